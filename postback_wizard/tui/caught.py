"""Requests that senders made to this machine, as rows of step 3: the newest first, every byte behind Enter."""

from collections.abc import Iterator

from postback_wizard.domain.arrival import raw_request
from postback_wizard.domain.case import SENDER_LEFT, Case
from postback_wizard.domain.finding import Level
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.text import Text
from postback_wizard.tui.rows import Row

HEAD = Text(en="caught {method}", ru="пойман {method}")
LINE = Text(
    en="{target} · {at} from {peer}, answered {status} after {n} s",
    ru="{target} · {at} от {peer}, ответ {status} через {n} с",
)
REPLY = Text(en="— the answer of this machine —", ru="— ответ этого компьютера —")
LEFT = Text(
    en="The sender had closed its side of the connection before this answer was sent.",
    ru="Отправитель закрыл соединение со своей стороны до того, как ушёл этот ответ.",
)
RAW = Text(en="— the bytes as they came, in base64 —", ru="— байты как пришли, в base64 —")


def caught_rows(case: Case, lang: str) -> Iterator[Row]:
    """A line for each."""
    for item in reversed(case.caught):
        yield _row(item, lang)


def _row(item: HttpEvidence, lang: str) -> Row:
    request, answer = item.request, item.answer
    status, body = (str(answer.status), answer.body) if answer else ("—", "")
    seconds = f"{item.timing_ms.total / 1000:g}"
    text = LINE.say(lang, target=request.target, at=item.at, peer=item.peer, status=status, n=seconds)
    whole = [
        f"{item.at}  {item.peer}  {' '.join(item.outcome)}",
        "",
        raw_request(request.method, request.target, request.headers, request.body),
        "",
        REPLY.say(lang),
        status,
        *([body] if body else []),
        *([LEFT.say(lang)] if SENDER_LEFT in item.outcome else []),
        *(["", RAW.say(lang), item.detail] if item.detail else []),
    ]
    tone = Level.INFO if item.outcome == ("RECEIVED",) else Level.WARN
    return Row(tone, HEAD.say(lang, method=request.method), text, "\n".join(whole), request=request)
