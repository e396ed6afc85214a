"""Do both files mean the same moment by their time?"""

from collections.abc import Iterator

from postback_wizard.checks.reconciliation import Compared, compared, comparison
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.reconciliation import Reconciliation, Side
from postback_wizard.domain.text import Text

TIME_BASIS_MISMATCH = Rule(
    code="time-basis-mismatch",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.AFFILIATE,
    title=Text(
        en="{side} dates conversions by another moment: {shifted} of {all:conversion falls|conversions fall} on "
        "another day.",
        ru="{side} датирует конверсии другим моментом: на другой день приходится {shifted} из "
        "{all:конверсии|конверсий|конверсий}.",
    ),
    why=Text(
        en="{basis} A report by click, one by conversion and one by approval show the same rows on different days.",
        ru="{basis} Отчёты по времени клика, конверсии и подтверждения показывают одни и те же строки в разные дни.",
    ),
    fix=Text(
        en="Choose one time, click or conversion, in the settings of both reports, and export them again.",
        ru="Выберите в настройках обоих отчётов одно время, клика или конверсии, и выгрузите их заново.",
    ),
    settle=Text(
        en="Which time each of the two reports is by.",
        ru="По какому времени построен каждый из двух отчётов.",
    ),
    sources=("https://help-center.peerclick.com/en/articles/4314836-conversion-statuses-settings",),
)

_TRACKER, _PARTNER = "tracker", "partner"
_SAME = "{file}: {column}."
#: Rows of one day moved together are a basis; a few around midnight are a time zone.
_MOST, _LEAST = 0.5, 5


def check(case: Case) -> Iterator[Finding]:
    """The times of one file fit another column of the other, or nearly all days are moved by the same number."""
    found = compared(case)
    if found is None or found.books.timed_pairs < _LEAST:
        return
    books = found.books
    if books.other_basis:
        side, _, column = books.other_basis.partition(":")
        other = found.logs.files[1 if side == _TRACKER else 0].name
        yield _finding(found, side, sum(books.day_shifts.values()), _SAME.format(file=other, column=column))
        return
    days, count = max(books.day_shifts.items(), key=lambda item: item[1], default=("", 0))
    if count >= books.timed_pairs * _MOST and not books.offsets:
        yield _finding(found, _PARTNER, count, f"{days} d.", Confidence.HINT)


def _finding(found: Compared, side: str, shifted: int, basis: str, confidence: Confidence | None = None) -> Finding:
    file = found.logs.files[0 if side == _TRACKER else 1].name
    return TIME_BASIS_MISMATCH(
        "reconcile", confidence=confidence, side=file, shifted=shifted, all=found.books.timed_pairs, basis=basis
    )


EXAMPLES = {
    TIME_BASIS_MISMATCH: comparison(
        {"matched": 200, "time_differs": 190},
        Reconciliation(
            key=("click_id",),
            tracker=Side(rows=200, keys=200),
            partner=Side(rows=200, keys=200),
            other_basis="partner:click_time",
            day_shifts={"-1": 90},
            timed_pairs=200,
        ),
    )
}
