"""Does one side learn of conversions late, or once a day?"""

from collections.abc import Iterator

from postback_wizard.checks.reconciliation import compared, comparison
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.reconciliation import Late, Offset, Reconciliation, Side
from postback_wizard.domain.text import Text

DELAYED_OR_BATCHED_DELIVERY = Rule(
    code="delayed-or-batched-delivery",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.NETWORK,
    title=Text(
        en="{file} recorded {late:conversion|conversions} over an hour after the other file, usually {typical}.",
        ru="{file}: {late:конверсия записана|конверсии записаны|конверсий записано} более чем через час после другого "
        "файла, обычно через {typical}.",
    ),
    why=Text(
        en="The longest took {longest}; {burst} came in the hour from {hour}:00. What is missing today may stand there "
        "tomorrow.",
        ru="Самая долгая задержка {longest}; {burst} пришло за час с {hour}:00. Чего нет сегодня, может появиться "
        "завтра.",
    ),
    fix=Text(
        en="Compare again when the next delivery is through, and agree on when deliveries are made.",
        ru="Повторите сверку после следующей доставки и договоритесь о времени доставки.",
    ),
    settle=Text(
        en="When the sender delivers: at once, or in batches.",
        ru="Когда отправитель доставляет: сразу или партиями.",
    ),
)

_SHARE, _LEAST = 0.05, 3


def check(case: Case) -> Iterator[Finding]:
    """Only where the clocks are known to be comparable, or the late ones come in one hour of the day."""
    found = compared(case)
    if found is None or found.books.other_basis:
        return
    late, timed = found.books.late, found.books.timed_pairs
    if late.pairs < max(_LEAST, timed * _SHARE):
        return
    batched = late.burst >= late.pairs * 0.8
    if not found.books.offsets and not batched:
        return
    yield DELAYED_OR_BATCHED_DELIVERY(
        "reconcile",
        confidence=None if found.books.offsets else Confidence.HINT,
        file=found.logs.files[0 if late.side == "tracker" else 1].name,
        late=late.pairs,
        typical=_spell(late.typical_minutes),
        longest=_spell(late.longest_minutes),
        burst=late.burst,
        hour=f"{late.burst_hour:02}",
    )


def _spell(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


EXAMPLES = {
    DELAYED_OR_BATCHED_DELIVERY: comparison(
        {"matched": 200, "time_differs": 40},
        Reconciliation(
            key=("click_id",),
            tracker=Side(rows=200, keys=200),
            partner=Side(rows=200, keys=200),
            offsets=(Offset(0, 160),),
            late=Late("tracker", 40, 540, 1380, 6, 38),
            timed_pairs=200,
        ),
    )
}
