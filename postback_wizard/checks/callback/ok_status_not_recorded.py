"""Does a friendly status hide a refusal, or prove nothing?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.callback import is_explained
from postback_wizard.checks.event import exact_rows
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import Heard, heard
from postback_wizard.domain.text import Text

OK_STATUS_NOT_RECORDED = Rule(
    code="ok-status-not-recorded",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{host} answers {status} and does not confirm the conversion: {reason}",
        ru="{host} отвечает {status}, но конверсию не подтверждает: {reason}",
    ),
    why=Text(
        en="The status only says the request was read. Several platforms answer 200 and drop the "
        "conversion, or decide later.",
        ru="Статус говорит лишь, что запрос прочитан. Некоторые платформы отвечают 200 и отбрасывают "
        "конверсию или решают позже.",
    ),
    fix=Text(
        en="Look up what the partner's words mean, correct it in the request or the template, and compare "
        "with the partner's own conversion log.",
        ru="Выясните, что значат слова партнёра, исправьте это в запросе или шаблоне и сверьтесь с логом "
        "конверсий партнёра.",
    ),
    settle=Text(
        en="Ask the partner for its log line of this request: accepted is not yet proven to be recorded.",
        ru="Попросите у партнёра строку его лога по этому запросу: принято ещё не значит записано.",
    ),
    sources=(
        "https://help-center.affise.com/en/articles/6476587-server-postback-errors",
        "https://support.tune.com/hc/en-us/articles/4413247665431-Receiving-Conversions-via-Postback-URL",
        "https://helpdesk.everflow.io/customer/conversions-error-code-reference-guide",
    ),
)

#: What an answer without a clear word shows, in signs that need no translation.
_SHAPES = {"OK_2XX_EMPTY": "0 B", "OK_204": "204, 0 B", "OK_2XX_PIXEL": "1×1"}


def check(case: Case) -> Iterator[Finding]:
    """A refusal is certain; an empty, unknown or foreign body proves nothing either way.

    A log that kept the status alone says nothing about the body: worth a note, not a doubt. Where the receiver's own
    log holds the conversion, nothing is left to prove.
    """
    booked = bool(exact_rows(case.logs(), "partner_log"))
    for answer in heard(case):
        if answer.verdicts.http != "success" or answer.has("BLOCKED_BY_WAF"):
            continue
        host, status = answer.host or "—", answer.status
        if is_explained(case, answer):
            continue
        if answer.verdicts.business == "refused":
            yield OK_STATUS_NOT_RECORDED(answer.where, host=host, status=status, reason=answer.reason or "—")
        elif answer.verdicts.business in ("unproven", "none") and not booked:
            yield OK_STATUS_NOT_RECORDED(
                answer.where,
                level=Level.INFO if answer.where == "answer_status" else Level.WARN,
                confidence=Confidence.HINT,
                host=host,
                status=status,
                reason=_shown(answer),
            )


def _shown(answer: Heard) -> str:
    """The start of the body, or what it amounts to."""
    shape = next((_SHAPES[name] for name in answer.outcome if name in _SHAPES), "")
    text = " ".join(answer.body.split())
    return shape or (f"{text[:80]}…" if len(text) > 80 else text) or "0 B"


EXAMPLES = {
    OK_STATUS_NOT_RECORDED: example(
        replayed(200, "success=false; err_msg=Invalid Trans. ID"),
        sent_request="https://track.example/postback?cid=w7k2m9x4q1",
    ),
}
