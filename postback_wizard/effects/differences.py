"""The differences of two compared logs, listed page by page: found once, kept on disk, asked off the event loop."""

import asyncio
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from postback_wizard.domain.differences import KINDS, Difference, Half, Listed, Narrowing, SourceRow, Written
from postback_wizard.domain.probe import LogEvidence, LogProbe
from postback_wizard.effects.difference_file import Backfill, write_backfill, write_list
from postback_wizard.effects.difference_sql import CELLS, build, kinds_of, narrowing_sql
from postback_wizard.effects.log_problem import LogProblem
from postback_wizard.effects.reconcile_files import Half as Files
from postback_wizard.effects.reconcile_money import plain
from postback_wizard.effects.reconcile_read import read_sides
from postback_wizard.effects.source_row import source_row
from postback_wizard.effects.spill import SPILL
from postback_wizard.effects.stoppable import Run, StoppedError, in_thread

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

T = TypeVar("T")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Rows fetched at a time for a file.
_FETCHED = 25_000


class DifferencesError(Exception):
    """The logs cannot be listed; ``code`` is that of a log's problem, ``detail`` what the system said."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


class Differences:
    """A list of differences. Every method may be cancelled; ``close`` removes what was written to disk."""

    def __init__(self, probe: LogProbe, logs: LogEvidence) -> None:
        self._probe, self._logs = probe, logs
        self._held = ExitStack()
        self._alone = threading.Lock()
        self._con: DuckDBPyConnection | None = None
        self._sides: tuple[Files, ...] = ()
        self._wanted = Narrowing()

    async def prepare(self) -> Listed:
        """Read the logs again and find every difference.

        Raises:
            DifferencesError: a file is gone or cannot be read.
        """
        try:
            return await self._do(self._prepare)
        except BaseException:
            await asyncio.shield(asyncio.to_thread(self.close))
            raise

    async def narrow(self, wanted: Narrowing) -> Listed:
        """Take another part of the list; pages count within it."""
        return await self._do(lambda run: self._narrow(wanted, run))

    async def page(self, first: int, count: int) -> tuple[Difference, ...]:
        """So many differences of the part taken, from this place (0 is the first)."""
        return await self._do(lambda _: tuple(_difference(row) for row in self._rows(first, count)))

    async def sources(self, item: Difference) -> tuple[SourceRow, ...]:
        """The rows of both files as they stand there, read once more."""
        return await self._do(lambda run: self._sources(item, run))

    async def write_list(self, folder: Path, stem: str) -> Written:
        """Write the part taken as CSV under a name nobody has; see ``difference_file``. Raises OSError."""
        return await self._do(lambda run: write_list(folder, stem, self._each(run, CELLS)))

    async def write_backfill(self, folder: Path, stem: str, backfill: Backfill) -> Written:
        """Write what only the partner has, of the part taken, for a tracker's import. Raises OSError."""
        return await self._do(lambda run: write_backfill(folder, stem, backfill, map(_difference, self._each(run))))

    def close(self) -> None:
        """Remove everything; waits for work under way."""
        with self._alone:
            self._con = None
            self._held.close()

    # -- inside the thread -------------------------------------------------------------------------------------

    async def _do(self, work: Callable[[Run], T]) -> T:
        def alone(run: Run) -> T:
            with self._alone:
                run.check()
                run.con = self._con
                return _named(work, run)

        return await in_thread(alone, Run())

    def _prepare(self, run: Run) -> Listed:
        folder = self._held.enter_context(TemporaryDirectory(prefix="postback-wizard-"))
        settings = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": "384MB",
            "threads": "2",
            "temp_directory": folder,
        }
        copies = self._held.enter_context(ExitStack())  # rows are opened from them later
        con = self._held.enter_context(run.connected(settings))
        spill = (Path(folder) / "spill.duckdb").as_posix().replace("'", "''")
        con.execute(f"ATTACH '{spill}' AS spill")
        self._sides = read_sides(con, self._probe, SPILL, run, copies).halves
        build(con, self._sides, self._probe, self._logs, run)
        for name in ("a", "b", "surplus_a", "surplus_b", "mean_a", "mean_b"):
            con.execute(f"DROP TABLE spill.{name}")
        self._con = con
        return self._listed("spill.diff")

    def _listed(self, table: str) -> Listed:
        counts = ", ".join(f"count(*) FILTER (kinds & {1 << at} <> 0)" for at in range(len(KINDS)))
        sql = f"SELECT count(*), {counts} FROM {table}"  # noqa: S608 - no foreign text
        ((total, *each),) = self._ask(sql)
        found = dict(zip(KINDS, each, strict=True))
        changed = any(found[name] != self._logs.classes.get(name, 0) for name in KINDS) and table == "spill.diff"
        return Listed(total, found, changed)

    def _narrow(self, wanted: Narrowing, run: Run) -> Listed:
        self._wanted = Narrowing()
        if not wanted.is_empty:
            condition, values = narrowing_sql(wanted)
            sql = f"CREATE OR REPLACE TABLE spill.part AS SELECT rowid AS r, kinds FROM spill.diff WHERE {condition}"  # noqa: S608
            self._ask(sql, values)
            run.check()
        self._wanted = wanted
        return self._listed("spill.diff" if wanted.is_empty else "spill.part")

    def _rows(self, first: int, count: int, chosen: str = "*") -> Sequence[tuple[Any, ...]]:
        span = f"rowid BETWEEN {first} AND {first + count - 1}"
        if not self._wanted.is_empty:
            ((low, high),) = self._ask(f"SELECT min(r), max(r) FROM spill.part WHERE {span}")  # noqa: S608
            if low is None:
                return []
            span = f"rowid BETWEEN {low} AND {high} AND rowid IN (SELECT r FROM spill.part WHERE {span})"  # noqa: S608
        return self._ask(f"SELECT {chosen} FROM spill.diff WHERE {span} ORDER BY rowid")  # noqa: S608

    def _each(self, run: Run, chosen: str = "*") -> Iterator[tuple[Any, ...]]:
        first = 0
        while rows := self._rows(first, _FETCHED, chosen):
            run.check()
            yield from rows
            first += len(rows)

    def _sources(self, item: Difference, run: Run) -> tuple[SourceRow, ...]:
        con = self._con
        halves = ((item.tracker, "tracker"), (item.partner, "partner"))
        return tuple(
            source_row(con, self._sides[at], name, half.row, run)  # type: ignore[arg-type]  # prepared
            for at, (half, name) in enumerate(halves)
            if half is not None
        )

    def _ask(self, sql: str, values: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        if self._con is None:
            raise StoppedError
        return self._con.execute(sql, values or {}).fetchall()


def _named(work: Callable[[Run], T], run: Run) -> T:
    import duckdb

    try:
        return work(run)
    except LogProblem as problem:
        raise DifferencesError(problem.code, problem.detail) from problem
    except (duckdb.Error, EOFError, ValueError, MemoryError, zlib.error) as error:
        run.check()
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise DifferencesError("unreadable", first[:200]) from error


def _difference(row: Sequence[Any]) -> Difference:
    bits, click, order, ra, rb, sa, sb, ca, cb, pa, pb, ta, tb, payout, seconds = row
    return Difference(
        *(kinds_of(bits), click, order),
        tracker=_half(ra, sa, pa, ca, ta),
        partner=_half(rb, sb, pb, cb, tb),
        payout_delta="" if payout is None else plain(payout),
        seconds_delta=seconds,
    )


def _half(row: int | None, status: str, payout: Decimal | None, currency: str, seconds: int | None) -> Half | None:
    if row is None:
        return None
    return Half(row + 1, status, "" if payout is None else plain(payout), currency, _time(seconds))


def _time(seconds: int | None) -> str:
    try:
        return "" if seconds is None else (_EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S")
    except OverflowError:
        return ""
