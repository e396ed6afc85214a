"""Was an answer that proves nothing ever held against the receiver's own log?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import heard
from postback_wizard.domain.text import Text

BESIDE = "callback"

PARTNER_LOG_NOT_CHECKED = Rule(
    code="partner-log-not-checked",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.YOU,
    title=Text(
        en="{host} answered {status}, and nobody has looked into its own log yet.",
        ru="{host} ответил {status}, но в лог самого получателя ещё никто не заглянул.",
    ),
    why=Text(
        en="The status shows that the request was heard. Whether the conversion was counted, and if not, why, often "
        "stands in the receiver's postback log or in an error column of its report.",
        ru="Статус показывает, что запрос услышан. Засчитана ли конверсия, а если нет, то почему, часто написано в "
        "логе постбеков получателя или в столбце ошибок его отчёта.",
    ),
    fix=Text(
        en="Open that log for this conversion, and give its line or its code to the case.",
        ru="Откройте этот лог по рассматриваемой конверсии и добавьте строку или код ошибки в случай.",
    ),
    settle=Text(en="The receiver's log line of this conversion.", ru="Строка лога получателя по этой конверсии."),
    sources=(
        "https://helpdesk.everflow.io/customer/conversions-error-code-reference-guide",
        "https://docs.keitaro.io/en/conversions-and-postback/postback-troubleshooting.html",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """A success in the status alone, while nothing of the receiver's own is known."""
    if case.facts.known("partner_log", "partner_message"):
        return
    for answer in heard(case):
        if answer.verdicts.http == "success" and answer.verdicts.business in ("unproven", "none"):
            yield PARTNER_LOG_NOT_CHECKED(answer.where, host=answer.host or "—", status=answer.status)
            return


EXAMPLES = {
    PARTNER_LOG_NOT_CHECKED: example(replayed(200, "OK"), sent_request="https://track.example/postback?cid=w7k2m9x4q1"),
}
