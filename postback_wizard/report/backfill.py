"""What two logs disagree about, class by class, and the conversions that can be booked afterwards."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from postback_wizard.domain.case import Case
from postback_wizard.domain.probe import LogEvidence
from postback_wizard.domain.reconciliation import CLASSES, Sample, SampleRow
from postback_wizard.domain.text import Text
from postback_wizard.report.md import cell, heading, prose, table, words

#: Rows of one class in a document for people; the rest is counted here and listed in the bundle.
SHOWN = 10
#: Rows of the list of what can be booked afterwards.
BOOKED = 20

DIFFERENCES = Text(en="Where both logs differ", ru="В чём логи расходятся")
CLASS, COUNT, EXAMPLES = Text(en="Class", ru="Вид"), Text(en="How many", ru="Сколько"), Text(en="First", ru="Первые")
CLASS_NAMES = {
    "matched": Text(en="matched in both logs", ru="есть в обоих логах"),
    "only_tracker": Text(en="only with the tracker", ru="только у трекера"),
    "only_partner": Text(en="only with the partner", ru="только у партнёра"),
    "duplicate_tracker": Text(en="twice with the tracker", ru="дважды у трекера"),
    "duplicate_partner": Text(en="twice with the partner", ru="дважды у партнёра"),
    "status_differs": Text(en="another status", ru="другой статус"),
    "payout_differs": Text(en="another payout", ru="другая выплата"),
    "currency_differs": Text(en="another currency", ru="другая валюта"),
    "time_differs": Text(en="another time", ru="другое время"),
}
BACKFILL = Text(en="Conversions to book afterwards", ru="Конверсии, которые нужно дозаписать")
BACKFILL_SAYS = Text(
    en="These are in the tracker's log and not in the partner's: {shown} of {all} are listed here.",
    ru="Они есть в логе трекера и отсутствуют у партнёра: здесь {shown} из {all}.",
)
BACKFILL_REST = Text(
    en="The case keeps the first of each class; the tracker's log has the others.",
    ru="Случай хранит первые записи каждого вида, остальные есть в логе трекера.",
)
COLUMNS = {
    "click_id": Text(en="click ID", ru="click ID"),
    "transaction_id": Text(en="conversion ID", ru="ID конверсии"),
    "time": Text(en="time", ru="время"),
    "status": Text(en="status", ru="статус"),
    "payout": Text(en="payout", ru="выплата"),
    "currency": Text(en="currency", ru="валюта"),
}


@dataclass(frozen=True, slots=True)
class Owed:
    """Conversions only the tracker has: those the case keeps, and how many there are."""

    rows: tuple[SampleRow, ...]
    total: int


def owed(case: Case) -> Owed:
    """What can be booked afterwards; nothing where no two logs were compared."""
    logs = case.reconciled()
    books = logs.reconciliation if logs else None
    if logs is None or books is None:
        return Owed((), 0)
    rows = tuple(item.tracker for item in books.samples if item.name == "only_tracker" and item.tracker)
    return Owed(rows, max(len(rows), logs.classes.get("only_tracker", 0)))


def differences(case: Case, lang: str) -> Iterator[str]:
    """A table of the classes with the first keys of each; nothing where no two logs were compared."""
    logs = case.reconciled()
    if logs is None:
        return
    yield heading(2, words(DIFFERENCES.say(lang)))
    head = [words(text.say(lang)) for text in (CLASS, COUNT, EXAMPLES)]
    yield table(head, _classes(logs, lang))


def _classes(logs: LogEvidence, lang: str) -> Iterator[tuple[str, str, str]]:
    for name in CLASSES:
        count = logs.classes.get(name, 0)
        if count:
            keys = logs.samples.get(name, ())[:SHOWN] if name != "matched" else ()
            more = " …" if keys and count > len(keys) else ""
            yield words(CLASS_NAMES[name].say(lang)), str(count), ", ".join(map(cell, keys)) + more


def backfill(case: Case, lang: str) -> Iterator[str]:
    """The list of conversions to book afterwards; nothing where there are none."""
    found = owed(case)
    if not found.rows:
        return
    yield heading(2, words(BACKFILL.say(lang)))
    shown = found.rows[:BOOKED]
    yield prose(BACKFILL_SAYS, lang, shown=str(len(shown)), all=str(found.total))
    yield table([words(text.say(lang)) for text in COLUMNS.values()], (_cells(row.values) for row in shown))
    if found.total > len(shown):
        yield words(BACKFILL_REST.say(lang))


def _cells(values: Mapping[str, str]) -> Sequence[str]:
    return [cell(values[name]) if values.get(name) else "" for name in COLUMNS]


def difference_rows(case: Case) -> Iterator[Sequence[str]]:
    """Every difference the case keeps as rows of a table: class, key, both sides' values; a head first."""
    logs = case.reconciled()
    books = logs.reconciliation if logs else None
    if books is None or not books.samples:
        return
    yield ("class", "key", *(f"{side}_{name}" for side in ("tracker", "partner") for name in COLUMNS))
    for item in books.samples:
        yield (item.name, item.key, *_both(item))


def _both(item: Sample) -> Iterator[str]:
    for row in (item.tracker, item.partner):
        yield from (row.values.get(name, "") if row else "" for name in COLUMNS)


def backfill_rows(case: Case) -> Iterator[Sequence[str]]:
    """The conversions to book afterwards as rows of a table, a head first; nothing where there are none."""
    found = owed(case)
    if found.rows:
        yield tuple(COLUMNS)
        yield from ([row.values.get(name, "") for name in COLUMNS] for row in found.rows)
