"""The ledger as one table: a line each place, a column each identifier, the first break of each marked."""

from collections.abc import Iterator, Sequence

from postback_wizard.domain.case import Case
from postback_wizard.domain.ledger import LedgerRow, ledger, unlooked
from postback_wizard.domain.text import Text
from postback_wizard.report import phrases
from postback_wizard.report.md import bullets, cell, code, heading, prose, spot, table, words

#: Columns of one table; more identifiers make another.
WIDEST = 6

_WAY = (
    *("click_url", "hop", "landing", "click_log", "conversion_log", "attempt_log", "template", "sent_request"),
    *("answer", "partner_log", "upload_event", "browser_event"),
)

SAME = Text(en="the same", ru="то же")
HOW_TO_READ = Text(
    en="An empty cell: this value does not belong there. An arrow marks the first break.",
    ru="Пустая ячейка: этого значения там и не должно быть. Стрелка отмечает первый разрыв.",
)
UNCHECKED = Text(en="not checked", ru="не проверено")
WHOLE = Text(en="Without a break in the places looked at: {names}.", ru="Без разрыва в просмотренных местах: {names}.")


def seen(case: Case, lang: str) -> Iterator[str]:
    """Where each identifier first went missing or changed, and what every place holds."""
    yield heading(2, words(phrases.LEDGER.say(lang)))
    rows = ledger(case)
    if not rows:
        yield words(phrases.NO_LEDGER.say(lang))
        return
    yield bullets(_breaks(rows, lang))
    for at in range(0, len(rows), WIDEST):
        yield _table(rows[at : at + WIDEST], lang)
    yield words(HOW_TO_READ.say(lang))


def _breaks(rows: Sequence[LedgerRow], lang: str) -> Iterator[str]:
    for row in rows:
        if row.first_break:
            yield prose(phrases.FIRST_BREAK, lang, name=row.name, place=spot(row.first_break, lang))
    whole = ", ".join(code(row.name) for row in rows if not row.first_break)
    if whole:
        yield words(WHOLE.say(lang, names="\ue000")).replace("\ue000", whole)


def _table(rows: Sequence[LedgerRow], lang: str) -> str:
    columns = [dict(_cells(row, lang)) for row in rows]
    head = [words(phrases.PLACE.say(lang)), *(cell(row.name) for row in rows)]
    places = _places(rows)
    return table(head, ([spot(place, lang).text, *(cells.get(place, "") for cells in columns)] for place in places))


def _cells(row: LedgerRow, lang: str) -> Iterator[tuple[str, str]]:
    """A value in full where it is new, and only named where it repeats the one before."""
    before: str | None = None
    for entry in row.seen:
        if entry.value is None:
            said = words(phrases.MISSING.say(lang))
        else:
            said = words(SAME.say(lang)) if entry.value == before else cell(entry.value)
            before = entry.value if entry.checked else before
        yield entry.place, f"→ {said}" if entry.place == row.first_break else said
    yield from ((place, words(UNCHECKED.say(lang))) for place in unlooked(row))


def _places(rows: Sequence[LedgerRow]) -> Sequence[str]:
    """Every place once, in the order a value passes them; places of another version come last."""
    looked = (entry.place for row in rows for entry in row.seen)
    return sorted(dict.fromkeys((*looked, *(place for row in rows for place in unlooked(row)))), key=_order)


def _order(place: str) -> tuple[int, int]:
    if place.startswith("hop "):
        return _WAY.index("hop"), int(place[4:]) if place[4:].isdecimal() else 0
    return (_WAY.index(place) if place in _WAY else len(_WAY)), 0
