"""Did the sale ever become a conversion event?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.event import Sight, sight
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

EVENT_NEVER_FIRED = Rule(
    code="event-never-fired",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.ADVERTISER,
    title=Text(
        en="No conversion was ever recorded for {id}.",
        ru="Конверсия по {id} так и не была записана.",
    ),
    why=Text(
        en="A postback is sent when a conversion is recorded. Searched without result: {file}. "
        "The click or the order exists ({seen}), so the trigger on the offer's side did not fire.",
        ru="Постбек отправляется, когда записана конверсия. Где искали и не нашли: {file}. "
        "Клик или заказ при этом есть ({seen}), значит, на стороне оффера не сработал триггер события.",
    ),
    fix=Text(
        en="Ask the advertiser to repair the event's trigger in the shop or CRM (thank-you page, status change, "
        "webhook), then to send the missed conversions again.",
        ru="Попросите рекламодателя починить триггер события в магазине или CRM (страница благодарности, смена "
        "статуса, вебхук) и затем повторно отправить пропущенные конверсии.",
    ),
    settle=Text(
        en="Compare the CRM or order export with the conversion log by click ID or order number.",
        ru="Сверьте выгрузку заказов или CRM с логом конверсий по click ID или номеру заказа.",
    ),
    sources=(
        "https://trackingaudit.online/knowledge-base/postback-not-working?lang=ru",
        "https://www.scaleo.io/blog/why-conversions-are-not-being-accurately-tracked-between-the-affiliate-platform-and-the-igaming-software/",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Raised on a conversion log without the conversion, or on the agent's word."""
    seen = sight(case)
    if not seen.never_fired:
        return
    file = seen.file("conversion_log") if seen.lacks("conversion_log") else None
    yield EVENT_NEVER_FIRED(
        "conversion_log" if file else "conversion_seen",
        confidence=_confidence(seen),
        id=seen.id or "—",
        file=file.name if file else "—",
        seen=_witness(seen) or "—",
    )


def _witness(seen: Sight) -> str:
    """What shows that there is something to convert: a log that has it, or an order number."""
    for role in ("partner_log", "click_log"):
        file = seen.file(role)
        if file and seen.has(role):
            return file.path
    return seen.case.facts.transaction_id


def _confidence(seen: Sight) -> Confidence:
    return seen.sure("conversion_log") if _witness(seen) else Confidence.LIKELY


EXAMPLES = {EVENT_NEVER_FIRED: example(conversion_seen="no", transaction_id="ORD-1042", click_id="w7k2p9")}
