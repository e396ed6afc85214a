"""The books of a reconciliation: what the parts of the keys add up to."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from postback_wizard.domain.reconciliation import CLASSES, Reconciliation, Sample, Side, StatusPair
from postback_wizard.effects import reconcile_pairs as pairs
from postback_wizard.effects.log_times import stamp_of_ms
from postback_wizard.effects.reconcile_cells import Cell, late_of
from postback_wizard.effects.reconcile_clock import Clocks
from postback_wizard.effects.reconcile_files import Half
from postback_wizard.effects.reconcile_keys import Key
from postback_wizard.effects.reconcile_lone import Lone, inside_sql
from postback_wizard.effects.reconcile_money import Amounts, Ratios, days_of, stakes_of, totals_of, unmapped_of
from postback_wizard.effects.reconcile_rows import rows_at
from postback_wizard.effects.reconcile_stage import SIDES
from postback_wizard.effects.reconcile_time import Spans
from postback_wizard.effects.reconcile_words import Word, Words
from postback_wizard.effects.stoppable import Run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_DIFFERENT = "('other', 'partner-cents', 'tracker-cents')"
_NONE = Decimal(0)
_STATUS_PAIRS = 100
Rows = tuple[int | None, int | None]


class Books:
    """Counts of a pair of staged sides, part by part; ``close`` does the work."""

    def __init__(
        self,
        con: "DuckDBPyConnection",
        sides: Sequence[Half],
        key: Key,
        words: Sequence[Words],
        run: Run,
        part_rows: int = pairs.PART_ROWS,
    ) -> None:
        self._con, self._sides, self._key, self._words, self._run = con, sides, key, words, run
        self._part_rows = part_rows
        self.spans = Spans("tracker", ())
        self.samples: tuple[Sample, ...] = ()
        self._days = words[0].date_only or words[1].date_only
        self._offset = "0"
        self._basis = ""
        self._begin()

    def _begin(self) -> None:
        """Forget what was counted."""
        self.classes: dict[str, int] = dict.fromkeys(CLASSES, 0)
        self._timed = 0
        self._shifts: Counter[int] = Counter()
        self._late: Counter[tuple[int, int, int]] = Counter()
        self._statuses: Counter[tuple[Word, Word]] = Counter()
        self._amounts, self._ratios = Amounts(), Ratios()
        self._first: dict[str, list[Rows]] = {}
        self._lone = {"tracker": Lone(), "partner": Lone()}

    def close(self) -> None:
        """Go through all keys.

        Raises:
            duckdb.Error: a query was interrupted.
        """
        parts = pairs.parts(self._con, self._part_rows)
        clocks = Clocks(self._words, [side.other_time for side in self._sides])
        self._run.gauge.begin("comparing", sum(part.rows for part in parts))
        for at, part in enumerate(parts):
            self._run.gauge.ahead(part.rows)
            pairs.pair_up(self._con, part, self._run)
            clocks.hear(self._con)
            if not at:
                self._take(clocks.settle())
            self._add_part()
        self._settle(parts, clocks)
        self.samples = tuple(self._samples())

    def _add_part(self) -> None:
        self._run.check()
        self._count()
        self._run.check()
        self._collect_times()

    # -- clocks ------------------------------------------------------------------------------------------------

    def _settle(self, parts: Sequence[pairs.Part], clocks: Clocks) -> None:
        """What the first part said of the offset is held against all parts; where it was wrong, count once more."""
        if not clocks.is_sure:
            clocks = Clocks(self._words, [side.other_time for side in self._sides], clocks.best())
            for part in parts:
                pairs.pair_up(self._con, part, self._run)
                clocks.hear(self._con)
        first, last = self.spans, clocks.settle()
        self._take(last)
        if [(span.minutes, span.since) for span in first.spans] != [(span.minutes, span.since) for span in last.spans]:
            self._begin()
            for part in parts:
                pairs.pair_up(self._con, part, self._run)
                self._add_part()
        if not last.spans:
            self._basis = clocks.basis()

    def _take(self, spans: Spans) -> None:
        self.spans, self._offset = spans, pairs.offset_sql(spans)

    def _gap(self) -> str:
        return pairs.day_gap_sql(self._offset, tracker_days=self._words[0].date_only)

    def _apart(self) -> str:
        return f"({self._gap()} <> 0)" if self._days else pairs.apart_sql(self._offset)

    def _collect_times(self) -> None:
        if not self._days:
            for side, hour, quarters, count in pairs.late(self._con, self._offset):
                self._late[side, hour, quarters] += count

    # -- counts ------------------------------------------------------------------------------------------------

    def _count(self) -> None:
        one, other = self._words
        cells: list[tuple[tuple[int, int], Cell]] = []
        for wa, wb, relation, apart, shift, count, timed, pa, pb, *rest in pairs.cube(
            self._con, self._apart(), self._gap()
        ):
            cell = Cell(one.word(wa), other.word(wb), str(relation), bool(apart))
            cells.append(((wa, wb), cell))
            self._timed += timed
            if timed:
                self._shifts[shift] += timed
            self._add_cell(cell, count, pa, pb)
            self._ratios.add(cell.one.currency, cell.other.currency, cell.relation, count, rest)
        for name, side in zip(SIDES, ("tracker", "partner"), strict=True):
            words = one if name == "a" else other
            self._count_lone(name, side, words, other if name == "a" else one)
            for code, count, amount in pairs.surplus(self._con, name):
                self._add_one_sided(f"duplicate_{side}", words.word(code), count, amount)
        self._collect_first(cells)

    def _count_lone(self, name: str, side: str, words: Words, other: Words) -> None:
        inside = inside_sql(name, self.spans.main, other)
        for code, count, amount, in_period, first in pairs.alone(self._con, name, inside):
            self._lone[side].add(words.word(code), count, in_period, first)
            self._add_one_sided(f"only_{side}", words.word(code), count, amount)

    def _add_one_sided(self, name: str, word: Word, count: int, amount: Decimal) -> None:
        self.classes[name] += count
        of_tracker = name.endswith("tracker")
        self._amounts.add(name, word.currency, count, amount if of_tracker else _NONE, _NONE if of_tracker else amount)

    def _add_cell(self, cell: Cell, count: int, pa: Decimal, pb: Decimal) -> None:
        self._statuses[cell.one, cell.other] += count
        for name, counts in (
            ("matched", True),
            ("status_differs", cell.status_differs),
            ("payout_differs", cell.payout_differs),
            ("currency_differs", cell.currency_differs),
            ("time_differs", cell.apart),
        ):
            if counts:
                self.classes[name] += count
                self._amounts.add(name, cell.one.currency or cell.other.currency, count, pa, pb)

    def _collect_first(self, cells: Sequence[tuple[tuple[int, int], Cell]]) -> None:
        statuses = _listed(codes for codes, cell in cells if cell.status_differs)
        currencies = _listed(codes for codes, cell in cells if cell.currency_differs)
        conditions = {
            "only_tracker": "rb IS NULL",
            "only_partner": "ra IS NULL",
            "status_differs": f"{pairs.BOTH} AND (wa, wb) IN ({statuses})" if statuses else "",
            "payout_differs": f"{pairs.BOTH} AND {pairs.RELATION} IN {_DIFFERENT}"
            + (f" AND (wa, wb) NOT IN ({currencies})" if currencies else ""),
            "currency_differs": f"{pairs.BOTH} AND (wa, wb) IN ({currencies})" if currencies else "",
            "time_differs": f"{pairs.BOTH} AND {self._apart()}",
        }
        for name, condition in conditions.items():
            if condition and self.classes[name]:
                self._keep(name, pairs.first_pairs(self._con, condition))
        for name, side in (("a", "duplicate_tracker"), ("b", "duplicate_partner")):
            if self.classes[side]:
                self._keep(side, pairs.first_surplus(self._con, name))

    def _keep(self, name: str, rows: list[Rows]) -> None:
        every = [*self._first.get(name, []), *rows]
        self._first[name] = sorted(every, key=lambda item: _order(item))[: pairs.SAMPLES]

    def _samples(self) -> "list[Sample]":
        wanted = [row for rows in self._first.values() for row in rows]
        tables = [
            rows_at(self._con, name, side, (row[at] for row in wanted if row[at] is not None), self._run)  # type: ignore[misc]
            for at, (name, side) in enumerate(zip(SIDES, self._sides, strict=True))
        ]
        found: list[Sample] = []
        for name in CLASSES:
            for one, other in self._first.get(name, []):
                tracker = tables[0].get(one) if one is not None else None
                partner = tables[1].get(other) if other is not None else None
                values = (tracker or partner).values if tracker or partner else {}  # type: ignore[union-attr]
                key = " · ".join(values.get(part, "") for part in self._key.names)
                found.append(Sample(name, key, tracker, partner))
        return found

    # -- the result --------------------------------------------------------------------------------------------

    def result(self) -> Reconciliation:
        """Everything but the classes."""
        one, other = self._words
        return Reconciliation(
            key=self._key.names,
            tracker=self._side(0),
            partner=self._side(1),
            totals=totals_of(one, other),
            days=days_of(one, other),
            stakes=stakes_of(self._amounts),
            offsets=self.spans.as_offsets(),
            timed_pairs=self._timed,
            day_shifts={_shift_name(days): count for days, count in sorted(self._shifts.items()) if days},
            other_basis=self._basis,
            statuses=self._status_pairs(),
            lone=(*self._lone["tracker"].by_status("tracker"), *self._lone["partner"].by_status("partner")),
            unmapped=unmapped_of(one, other),
            ratios=self._ratios.constant(),
            late=late_of(self._late),
            samples=self.samples,
        )

    def _side(self, at: int) -> Side:
        words, kind = self._words[at], ("tracker", "partner")[at]
        lone = self._lone[kind]
        return Side(
            rows=self._sides[at].rows - words.odd,
            keys=self.classes["matched"] + self.classes[f"only_{kind}"],
            rows_without_key=words.without_key,
            first_time=stamp_of_ms(words.span_ms[0]),
            last_time=stamp_of_ms(words.span_ms[1]),
            date_only=words.date_only,
            static_payout=self._ratios.static(at),
            lone_inside=lone.inside,
            lone_first_time=stamp_of_ms(None if lone.first_s is None else lone.first_s * 1000),
        )

    def _status_pairs(self) -> tuple[StatusPair, ...]:
        counts: Counter[tuple[str, str, str, str]] = Counter()
        for (one, other), count in self._statuses.items():
            counts[one.status, other.status, one.meaning, other.meaning] += count
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_STATUS_PAIRS]
        return tuple(StatusPair(*names, keys=count) for names, count in ordered)


def _listed(codes: "object") -> str:
    return ", ".join(f"({one}, {other})" for one, other in codes)  # type: ignore[attr-defined]


def _order(rows: Rows) -> tuple[int, int]:
    first = rows[0] if rows[0] is not None else rows[1] or 0
    return first, rows[1] or 0


def _shift_name(days: int) -> str:
    far = pairs.FAR_DAYS + 1
    return f"{'<' if days < 0 else '>'}{pairs.FAR_DAYS}" if abs(days) == far else f"{days:+d}"
