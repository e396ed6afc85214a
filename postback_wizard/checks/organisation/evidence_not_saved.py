"""Is there anything of the attempt beyond somebody's word?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.event import sight
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

BESIDE = "event"

EVIDENCE_NOT_SAVED = Rule(
    code="evidence-not-saved",
    level=Level.INFO,
    confidence=Confidence.LIKELY,
    owner=Owner.YOU,
    title=Text(
        en="The attempt is told of and nothing of it was kept: neither the request, nor its answer, nor a log.",
        ru="О попытке известно со слов, но ничего не сохранено: ни запроса, ни ответа, ни лога.",
    ),
    why=Text(
        en="Without the raw request nobody can say what left, and every support desk asks for it first. Known of the "
        "conversion: {known}.",
        ru="Без сырого запроса нельзя сказать, что именно ушло, и любая поддержка сначала спросит его. О конверсии "
        "известно: {known}.",
    ),
    fix=Text(
        en="Copy the request, its time, the answer and the IDs from the sender's postback log into the case, before "
        "the log expires.",
        ru="Скопируйте в случай из лога постбеков отправителя запрос, его время, ответ и ID, пока лог не удалён.",
    ),
    settle=Text(en="The line of the sender's postback log.", ru="Строка лога постбеков отправителя."),
    sources=(
        "https://trackingaudit.online/knowledge-base/how-to-test-postback",
        "https://trackingaudit.online/knowledge-base/how-to-compare-postback-template-vs-live-request",
    ),
)

#: What would be evidence of an attempt.
_KEPT = ("sent_request", "answer_status", "answer_body", "attempt_log")
_NAMED = ("click_id", "transaction_id", "conversion_time", "attempt_time", "status", "payout", "currency")


def check(case: Case) -> Iterator[Finding]:
    """An attempt somebody reports, without one byte of it."""
    seen = sight(case)
    if case.facts.attempt_seen != "yes" or case.facts.known(*_KEPT) or seen.has("attempt_log"):
        return
    known = ", ".join(f"{name} = {case.facts.get(name)}" for name in _NAMED if case.facts.get(name))
    yield EVIDENCE_NOT_SAVED("attempt_seen", known=known or "—")


EXAMPLES = {
    EVIDENCE_NOT_SAVED: example(attempt_seen="yes", click_id="w7k2p9q4m1"),
}
