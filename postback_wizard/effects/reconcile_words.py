"""What one side of a reconciliation says by itself: its status words and currencies, its totals and its days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from postback_wizard.catalogue.statuses import Meaning, status_meaning
from postback_wizard.effects.reconcile_files import Half
from postback_wizard.effects.reconcile_pairs import rows_of
from postback_wizard.effects.reconcile_rows import rows_at
from postback_wizard.effects.stoppable import Run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: A column with more different texts than this holds no statuses or currencies.
MAX_WORDS = 500
MAX_DAYS = 3000
DAY_S = 86400


@dataclass(frozen=True, slots=True)
class Word:
    """A status and a currency as they stand in a row together."""

    status: str = ""
    currency: str = ""
    meaning: Meaning = ""


@dataclass(slots=True)
class Words:
    """One file: ``by_code`` its words; ``days`` (day since 1970, currency) and ``totals`` rows and money.

    ``odd`` counts lines of another kind than the rest of the log.
    """

    by_code: dict[int, Word] = field(default_factory=dict)
    rows_of: dict[int, int] = field(default_factory=dict)
    days: dict[tuple[int, str], tuple[int, Decimal]] = field(default_factory=dict)
    totals: dict[str, tuple[int, Decimal]] = field(default_factory=dict)
    span_ms: tuple[int | None, int | None] = (None, None)
    without_key: int = 0
    date_only: bool = False
    odd: int = 0

    def word(self, code: object) -> Word:
        """The words of a code; none for a code of no row."""
        return self.by_code.get(code, Word()) if isinstance(code, int) else Word()


def read_words(con: "DuckDBPyConnection", name: str, side: Half, platform: str, run: Run) -> Words:
    """The words of a staged side with their meaning to a platform, and its sums.

    Raises:
        duckdb.Error: the query was interrupted.
    """
    run.check()
    found = Words()
    ((words,),) = con.execute(f"SELECT approx_count_distinct(w) FROM stage.{name}").fetchall()  # noqa: S608
    if words > MAX_WORDS:
        con.execute(f"UPDATE stage.{name} SET w = 0 WHERE w IS NOT NULL").fetchall()  # noqa: S608
    first_rows: dict[int, int] = {}
    sums: list[tuple[int, int | None, int, Decimal]] = []
    hours = 0
    for code, day, row, count, amount, first, last, without, odd in rows_of(con, _SUMS.format(name=name)):
        run.check()
        if code is None:
            found.odd += count
            continue
        first_rows[code] = min(row, first_rows.get(code, row))
        found.rows_of[code] = found.rows_of.get(code, 0) + count
        found.span_ms = _wider(found.span_ms, first, last)
        found.without_key, hours = found.without_key + without, hours + odd
        sums.append((code, day, count, amount))
    found.date_only = found.span_ms[0] is not None and not hours
    rows = {} if words > MAX_WORDS else rows_at(con, name, side, first_rows.values(), run)
    for code, row in first_rows.items():
        values: Mapping[str, str] = rows[row].values if row in rows else {}
        status, currency = values.get("status", ""), values.get("currency", "").upper()
        found.by_code[code] = Word(status, currency, status_meaning(status, platform))
    for code, day, count, amount in sums:
        _add(found, found.by_code[code].currency, day, count, amount)
    return found


#: A row without words could not be read at all.
_SUMS = f"""
SELECT w, t // {DAY_S} AS day, min(rowid), count(*), coalesce(sum(p), 0), min(t), max(t), count(*) - count(h),
       count(*) FILTER (t % {DAY_S} <> 0) FROM stage.{{name}} GROUP BY 1, 2 ORDER BY 2"""  # noqa: S608 - no foreign text


def _wider(span: tuple[int | None, int | None], first: int | None, last: int | None) -> tuple[int | None, int | None]:
    if first is None or last is None:
        return span
    low, high = span
    return (
        first * 1000 if low is None else min(low, first * 1000),
        last * 1000 if high is None else max(high, last * 1000),
    )


def _add(found: Words, currency: str, day: int | None, count: int, amount: Decimal) -> None:
    rows, total = found.totals.get(currency, (0, Decimal(0)))
    found.totals[currency] = (rows + count, total + amount)
    if day is not None and (len(found.days) < MAX_DAYS or (day, currency) in found.days):
        rows, total = found.days.get((day, currency), (0, Decimal(0)))
        found.days[day, currency] = (rows + count, total + amount)
