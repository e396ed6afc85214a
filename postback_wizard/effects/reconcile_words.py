"""What one side of a reconciliation says by itself: its status words and currencies, its totals and its days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from postback_wizard.catalogue.statuses import Meaning, status_meaning
from postback_wizard.effects.reconcile_rows import rows_at
from postback_wizard.effects.reconcile_stage import Staged
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
    """One file: ``by_code`` its words; ``days`` (day since 1970, currency) and ``totals`` rows and money."""

    by_code: dict[int, Word] = field(default_factory=dict)
    rows_of: dict[int, int] = field(default_factory=dict)
    days: dict[tuple[int, str], tuple[int, Decimal]] = field(default_factory=dict)
    totals: dict[str, tuple[int, Decimal]] = field(default_factory=dict)
    span_ms: tuple[int | None, int | None] = (None, None)
    without_key: int = 0
    date_only: bool = False

    def word(self, code: object) -> Word:
        """The words of a code; none for a code of no row."""
        return self.by_code.get(code, Word()) if isinstance(code, int) else Word()


def read_words(con: "DuckDBPyConnection", name: str, side: Staged, platform: str, run: Run) -> Words:
    """The words of a staged file with their meaning to a platform, and its sums.

    Raises:
        duckdb.Error: the query was interrupted.
    """
    run.check()
    found = Words()
    ((first, last, timed, hours, without, words),) = con.execute(
        "SELECT min(t) * 1000, max(t) * 1000, count(t), count(*) FILTER (t % 86400 <> 0), count(*) FILTER (h IS NULL),"  # noqa: S608
        f" approx_count_distinct(w) FROM stage.{name}"
    ).fetchall()
    found.span_ms, found.without_key = (first, last), without
    found.date_only = timed > 0 and not hours
    if words > MAX_WORDS:
        con.execute(f"UPDATE stage.{name} SET w = 0")  # noqa: S608
    first_rows: dict[int, int] = {}
    sums = con.execute(
        f"SELECT w, t // {DAY_S}, min(rowid), count(*), coalesce(sum(p), 0) FROM stage.{name} GROUP BY 1, 2 ORDER BY 2"  # noqa: S608
    ).fetchall()
    for code, _, row, count, _ in sums:
        first_rows[code] = min(row, first_rows.get(code, row))
        found.rows_of[code] = found.rows_of.get(code, 0) + count
    rows = {} if words > MAX_WORDS else rows_at(con, name, side, first_rows.values(), run)
    for code, row in first_rows.items():
        values: Mapping[str, str] = rows[row].values if row in rows else {}
        status, currency = values.get("status", ""), values.get("currency", "").upper()
        found.by_code[code] = Word(status, currency, status_meaning(status, platform))
    for code, day, _, count, amount in sums:
        _add(found, found.by_code[code].currency, day, count, amount)
    return found


def _add(found: Words, currency: str, day: int | None, count: int, amount: Decimal) -> None:
    rows, total = found.totals.get(currency, (0, Decimal(0)))
    found.totals[currency] = (rows + count, total + amount)
    if day is not None and (len(found.days) < MAX_DAYS or (day, currency) in found.days):
        rows, total = found.days.get((day, currency), (0, Decimal(0)))
        found.days[day, currency] = (rows + count, total + amount)
