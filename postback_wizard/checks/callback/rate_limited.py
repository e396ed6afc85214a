"""Does the partner take requests this fast?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import heard
from postback_wizard.domain.text import Text

RATE_LIMITED = Rule(
    code="rate-limited",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{host} takes no more requests for now (429). Wait asked for (Retry-After): {wait}.",
        ru="{host} пока не принимает запросы (429). Сколько просит подождать (Retry-After): {wait}.",
    ),
    why=Text(
        en="Bursts above the partner's limit are refused, and a sender that does not retry loses them.",
        ru="Запросы сверх лимита партнёр отклоняет, и отправитель без повторов их теряет.",
    ),
    fix=Text(
        en="Send more slowly, make the sender retry after the wait, or ask the partner for a higher limit.",
        ru="Отправляйте реже, включите повтор после паузы или попросите партнёра поднять лимит.",
    ),
    sources=(
        "https://developers.everflow.io/user-guide/errors",
        "https://docs.datalyr.com/troubleshooting/postback-debugging",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """429, with the wait the partner names."""
    for answer in heard(case):
        if answer.status == 429 and not answer.has("BLOCKED_BY_WAF"):
            wait = answer.header("Retry-After")
            wait = f"{wait} s" if wait.isascii() and wait.isdigit() else wait
            yield RATE_LIMITED(answer.where, host=answer.host or "—", wait=wait or "—")


EXAMPLES = {
    RATE_LIMITED: example(
        replayed(429, "", (("Retry-After", "30"),)), sent_request="https://track.example/postback?cid=w7k2m9x4q1"
    ),
}
