"""Are conversions that arrived turned down in numbers nobody explains?"""

from collections.abc import Iterator

from postback_wizard.checks.reconciliation import compared, comparison
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.reconciliation import Reconciliation, Side, StatusPair
from postback_wizard.domain.text import Text

BESIDE = "event"

SUSPECTED_SCRUB = Rule(
    code="suspected-scrub",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.NETWORK,
    title=Text(
        en="Delivery is in order, and {rejected} of {matched} conversions ({share}%) are turned down without an "
        "explanation.",
        ru="Доставка в порядке, но {rejected} из {matched} конверсий ({share}%) отклонены без объяснения.",
    ),
    why=Text(
        en="They are {pairs}. Both sides have them under the same IDs, so no technical loss explains it. That is a "
        "number to ask about and not an accusation: quality, returns and fraud filters look just the same.",
        ru="Это {pairs}. У обеих сторон они под теми же ID, так что технической потерей это не объяснить. Это повод "
        "для вопроса, а не обвинение: качество, возвраты и антифрод выглядят точно так же.",
    ),
    fix=Text(
        en="Ask the partner for the reason of each rejection, by ID. Make test orders of your own if no answer comes.",
        ru="Запросите у партнёра причину каждого отклонения по ID. Если ответа нет, сделайте свои контрольные заказы.",
    ),
    settle=Text(
        en="The partner's reasons by ID, and the share of rejections of earlier months.",
        ru="Причины партнёра по каждому ID и доля отклонений за прошлые месяцы.",
    ),
    sources=("https://support.dcmnetwork.com/affiliate-faqs/why-my-conversion-has-not-been-attributed/",),
)

#: Fewer conversions, or a smaller share of them, say nothing; nor do they where much is missing on either side.
_FEWEST, _SHARE, _LOST = 50, 0.2, 0.02


def check(case: Case) -> Iterator[Finding]:
    """What one side has approved and the other rejected, once the logs agree in everything else."""
    found = compared(case)
    if found is None or found.matched < _FEWEST:
        return
    lone = found.books.tracker.lone_inside + found.books.partner.lone_inside
    odd = any(found.count(name) for name in ("duplicate_tracker", "duplicate_partner", "payout_differs"))
    turned = [pair for pair in found.books.statuses if _is_turned_down(pair)]
    rejected = sum(pair.keys for pair in turned)
    if lone > found.matched * _LOST or odd or rejected < found.matched * _SHARE:
        return
    yield SUSPECTED_SCRUB(
        "reconcile",
        rejected=rejected,
        matched=found.matched,
        share=f"{rejected / found.matched * 100:.0f}",
        pairs=", ".join(f"{pair.tracker} / {pair.partner} ({pair.keys})" for pair in turned),
    )


def _is_turned_down(pair: StatusPair) -> bool:
    return pair.tracker_means == "approved" and pair.partner_means == "rejected"


_BOOKS = Reconciliation(
    key=("click_id",),
    tracker=Side(rows=200, keys=200),
    partner=Side(rows=200, keys=200),
    statuses=(StatusPair("approved", "declined", "approved", "rejected", 64),),
    timed_pairs=200,
)
EXAMPLES = {
    SUSPECTED_SCRUB: comparison({"matched": 200, "status_differs": 64}, _BOOKS),
}
