"""Do both files count their days in the same time zone?"""

from collections.abc import Iterator

from postback_wizard.checks.reconciliation import compared, comparison
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.reconciliation import Offset, Reconciliation, Side
from postback_wizard.domain.text import Text

TIMEZONE_DAY_SHIFT = Rule(
    code="timezone-day-shift",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.AFFILIATE,
    title=Text(
        en="The partner's times are {offset} from the tracker's in {pairs} of {all:conversion|conversions}.",
        ru="Время партнёра отличается от времени трекера на {offset} у {pairs} из {all:конверсии|конверсий|конверсий}.",
    ),
    why=Text(
        en="{changes} With such a shift the totals of a day differ though those of a week agree: conversions around "
        "midnight fall on another date.",
        ru="{changes} При таком сдвиге итоги за день расходятся, хотя за неделю совпадают: конверсии около полуночи "
        "попадают на другую дату.",
    ),
    fix=Text(
        en="Set both reports to UTC, or to the same zone, before comparing days.",
        ru="Переведите оба отчёта на UTC или на один часовой пояс, прежде чем сравнивать дни.",
    ),
    sources=("https://community.redtrack.io/t/my-affiliate-network-e-com-store-shows-different-conversions-amount/17",),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding for a constant difference, also where it changes with daylight saving."""
    found = compared(case)
    offsets = found.books.offsets if found else ()
    if found is None or not any(item.minutes for item in offsets):
        return
    by_days = found.books.tracker.date_only or found.books.partner.date_only
    yield TIMEZONE_DAY_SHIFT(
        "reconcile",
        confidence=Confidence.LIKELY if by_days else None,
        offset=", ".join(_spell(minutes) for minutes in dict.fromkeys(item.minutes for item in offsets)),
        pairs=sum(item.pairs for item in offsets),
        all=found.books.timed_pairs,
        changes=" ".join(f"{item.since[:16]}: {_spell(item.minutes)}." for item in offsets if item.since),
    )


def _spell(minutes: int) -> str:
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60}:{abs(minutes) % 60:02}"


EXAMPLES = {
    TIMEZONE_DAY_SHIFT: comparison(
        {"matched": 200},
        Reconciliation(
            key=("click_id",),
            tracker=Side(rows=200, keys=200),
            partner=Side(rows=200, keys=200),
            offsets=(Offset(180, 200),),
            timed_pairs=200,
        ),
        offset=180,
    )
}
