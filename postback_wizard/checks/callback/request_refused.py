"""Does the partner refuse this request?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.callback import is_explained
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.answer import challenge_mark, challenge_reference
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import Heard, heard, names_conversion
from postback_wizard.domain.text import Text

REQUEST_REFUSED = Rule(
    code="request-refused",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{host} refuses the request with {status}: {reason}",
        ru="{host} отклоняет запрос, статус {status}: {reason}",
    ),
    why=Text(
        en="The partner read the request and did not want it; its words name what it missed or did not accept.",
        ru="Партнёр прочитал запрос и не принял его; его слова называют, чего не хватило или что не подошло.",
    ),
    fix=Text(
        en="Correct what the answer names in the postback template, or send the request and the answer to "
        "the partner's support.",
        ru="Исправьте в шаблоне постбека то, что названо в ответе, или отправьте запрос и ответ в поддержку партнёра.",
    ),
    settle=Text(
        en="The partner's log line for this request.",
        ru="Строка лога партнёра для этого запроса.",
    ),
    sources=(
        "https://help-center.affise.com/en/articles/6476587-postback-errors",
        "https://helpdesk.everflow.io/en/articles/6127792-error-code-reference-guide-conversions",
    ),
)

BOT_CHALLENGE = Rule(
    code="bot-challenge",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.RECEIVER,
    title=Text(
        en="A bot check in front of {host} answered {status} instead of the partner's server: {mark}",
        ru="Вместо сервера партнёра ответила защита от ботов перед {host}, статус {status}: {mark}",
    ),
    why=Text(
        en="Servers cannot solve such a check, so postbacks end there. Our own request may be checked while "
        "the partner's sender is let through.",
        ru="Серверы такую проверку не проходят, и постбеки останавливаются на ней. Наш запрос могли "
        "проверить, а отправителя партнёра пропустить.",
    ),
    fix=Text(
        en="Ask the owner of {host} to exempt the postback path or the sender's addresses from bot protection.",
        ru="Попросите владельца {host} исключить путь постбека или адреса отправителя из защиты от ботов.",
    ),
    settle=Text(
        en="The answer in the sender's own log, or the entry in the firewall's log.",
        ru="Ответ в логе самого отправителя или запись в логе файрвола.",
    ),
    sources=(
        "https://bytescale.com/docs/storage/sources/http/cloudflare-setup-guide",
        "https://community.cloudflare.com/t/the-never-ending-nightmare-of-bot-fight-mode-blocking-legitimate-apis/421070",
    ),
)

#: Statuses with a rule of their own.
_ELSEWHERE = (404, 405, 410, 415, 429)


def check(case: Case) -> Iterator[Finding]:
    """Every 4xx that no other rule explains, statuses outside HTTP, and bot checks."""
    for answer in heard(case):
        host, status = answer.host or "—", answer.status
        if answer.has("BLOCKED_BY_WAF"):
            mark = challenge_mark(status, answer.headers, answer.body) or "—"
            reference = challenge_reference(answer.headers, answer.body)
            mark = f"{mark} · {reference}" if reference else mark
            level = Level.BAD if answer.where != "answer" or _met_by_sender(case, status) else Level.WARN
            yield BOT_CHALLENGE(answer.where, level=level, host=host, status=status, mark=mark)
        elif _refused(answer) and not is_explained(case, answer):
            certain = answer.verdicts.http == "client-error"
            confidence = Confidence.CERTAIN if certain else Confidence.LIKELY
            yield REQUEST_REFUSED(
                answer.where, confidence=confidence, host=host, status=status, reason=answer.reason or "—"
            )


def _met_by_sender(case: Case, status: int) -> bool:
    """Whether the sender's own log holds the same page: then it is not only we who are taken for a robot."""
    logged = case.facts
    return str(status) in logged.answer_status and bool(challenge_mark(status, (), logged.answer_body))


def _refused(answer: Heard) -> bool:
    if answer.verdicts.business == "duplicate":
        return False
    if answer.verdicts.http == "odd":
        return True
    if answer.verdicts.http != "client-error":
        return False
    return answer.status not in _ELSEWHERE or (answer.status in (404, 410) and names_conversion(answer))


EXAMPLES = {
    REQUEST_REFUSED: example(
        replayed(400, '{"error": "conversion window is over"}'),
        sent_request="https://track.example/postback?cid=w7k2m9x4q1",
    ),
    BOT_CHALLENGE: example(
        replayed(403, "<html><title>Just a moment...</title></html>", (("cf-mitigated", "challenge"),)),
        sent_request="https://track.example/postback?cid=w7k2m9x4q1",
    ),
}
