"""Two sides read once, into a table each: ``a`` holds the tracker's rows, ``b`` the partner's."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from postback_wizard.domain.probe import LogReject, LogSource
from postback_wizard.effects import log_query
from postback_wizard.effects.log_problem import LogProblem
from postback_wizard.effects.log_query import other_quoting, rows_sql
from postback_wizard.effects.log_sql import path_literal
from postback_wizard.effects.reconcile_columns import Typed, narrow, typed
from postback_wizard.effects.reconcile_files import Half, Staged
from postback_wizard.effects.reconcile_keys import Key, Places, keys_of, with_keys
from postback_wizard.effects.stoppable import Run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SIDES = ("a", "b")
#: Below this share of common keys another pair of columns is tried, and taken from this share on.
_TOO_FEW, _ENOUGH, _LEAST = 0.01, 0.5, 5
#: How many rows of one side are enough to tell how many keys the sides have in common.
_TOLD_BY = 16_384


@dataclass(frozen=True, slots=True)
class Read:
    """Both sides in their tables; ``damaged`` names files to be read again, as ``open_sides`` takes them."""

    halves: tuple[Half, Half]
    key: Key
    damaged: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the rows go and what is kept of them: ``columns`` names and expressions, ``h`` the key's hash among them.

    ``narrow``: a time ``t`` and an amount ``p`` are tried in half the room first.
    """

    schema: str
    columns: Callable[[Staged], Mapping[str, str]]
    narrow: bool = False


def stage(con: "DuckDBPyConnection", sides: Sequence[Half], plan: Plan, run: Run) -> Read:
    """Read both sides by the pair of columns that fits.

    Raises:
        LogProblem: there is no column both sides could be compared by.
        duckdb.Error: no file of a side can be read, or the query was interrupted.
    """
    one, other = with_keys(sides[0]), with_keys(sides[1])
    keys = list(keys_of(con, one, other, run))
    if not keys:
        raise LogProblem("no-common-key")
    for at, key in enumerate(keys):
        read = _stage_both(con, one, other, key, plan, run)
        if len(keys) == 1 or read.damaged:
            return read
        share, common = _overlap(con, plan.schema, min(half.rows for half in read.halves))
        if share >= _TOO_FEW if not at else share >= _ENOUGH and common >= _LEAST:
            return read
    return _stage_both(con, one, other, keys[0], plan, run)


def _overlap(con: "DuckDBPyConnection", schema: str, rows: int) -> tuple[float, int]:
    """Which share of the smaller side's keys the other has, and how many; of large files in a part of the keys."""
    part = f"h < {2**64 * _TOLD_BY // rows}" if rows > _TOLD_BY else "h IS NOT NULL"
    ((one, other, common),) = con.execute(
        "SELECT count(*) FILTER (a), count(*) FILTER (b), count(*) FILTER (a AND b) FROM"  # noqa: S608
        " (SELECT bool_or(mine) AS a, bool_or(NOT mine) AS b FROM"
        f" (SELECT h, true AS mine FROM {schema}.a WHERE {part} UNION ALL SELECT h, false FROM {schema}.b WHERE {part})"
        " GROUP BY h)"
    ).fetchall()
    return common / (min(one, other) or 1), common


def _stage_both(con: "DuckDBPyConnection", one: Half, other: Half, key: Key, plan: Plan, run: Run) -> Read:
    damaged: dict[str, bool] = {}
    run.gauge.begin("reading", sum(_size(file) for half in (one, other) for file in half.files))
    halves = [
        _stage_half(con, f"{plan.schema}.{name}", half, places, damaged, plan, run)
        for name, half, places in zip(SIDES, (one, other), (key.tracker, key.partner), strict=True)
    ]
    return Read((halves[0], halves[1]), key, damaged)


def _size(file: Staged) -> int:
    return file.table.path.stat().st_size


def _stage_half(
    con: "DuckDBPyConnection",
    name: str,
    half: Half,
    places: Places,
    damaged: dict[str, bool],
    plan: Plan,
    run: Run,
) -> Half:
    import duckdb

    con.execute(f"DROP TABLE IF EXISTS {name}")
    read: list[Staged] = []
    unread = list(half.unread)
    for file, key in zip(half.files, places, strict=True):
        first = read[-1].first + read[-1].rows if read else 0
        run.gauge.ahead(_size(file))
        try:
            found, bad_encoding = _stage_best(
                con, name, replace(file, key=key, first=first), plan, run, is_alone=len(half.files) == 1
            )
        except duckdb.InterruptException:
            raise
        except duckdb.Error as error:
            if file.table.dialect.packed:
                damaged[file.file.path] = True
            if len(half.files) == 1 and not file.table.dialect.packed:
                raise
            unread.append(LogSource(half.role, file.file.path, problem="unreadable", detail=str(error)[:200]))
            continue
        read.append(found)
        if bad_encoding:
            damaged[file.file.path] = False
    if not read and not damaged:
        raise LogProblem(unread[-1].problem, unread[-1].detail)
    return replace(half, files=tuple(read), unread=tuple(unread))


def _stage_best(
    con: "DuckDBPyConnection", name: str, file: Staged, plan: Plan, run: Run, *, is_alone: bool
) -> tuple[Staged, bool]:
    """One file in the table of its side, with the quoting that loses the fewest rows."""
    import duckdb

    best: Staged | None = None
    failure: duckdb.Error | None = None
    for way in (file.table, *other_quoting(file.table)):
        try:
            found, bad_quotes, bad_encoding = _stage_one(
                con, name, replace(file, table=way), plan, run, keep_bad=False, is_alone=is_alone
            )
        except duckdb.InterruptException:
            raise
        except duckdb.Error as error:
            failure = failure or error
            continue
        if not bad_quotes:
            return found, bad_encoding
        if best is None or found.rows > best.rows:
            best = found
    if best is None:
        raise failure or LogProblem("unreadable")
    found, _, bad_encoding = _stage_one(con, name, best, plan, run, keep_bad=True, is_alone=is_alone)
    return found, bad_encoding


def _stage_one(
    con: "DuckDBPyConnection", name: str, file: Staged, plan: Plan, run: Run, *, keep_bad: bool, is_alone: bool
) -> tuple[Staged, bool, bool]:
    """The file's rows after those of the files before it; gone again where quotes are misread, unless kept."""
    import duckdb

    columns = plan.columns(file)
    if is_alone and plan.narrow:
        if quick := typed(file):
            try:
                return _fill_typed(con, name, file, quick, run), False, False
            except (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.OutOfRangeException):
                pass  # a cell of another kind, or a broken row: they are told apart below
        try:
            return _fill(con, name, file, narrow(columns), run, keep_bad=keep_bad)
        except (duckdb.ConversionException, duckdb.OutOfRangeException):
            pass  # a time or an amount needs more room
    return _fill(con, name, file, columns, run, keep_bad=keep_bad)


def _fill_typed(con: "DuckDBPyConnection", name: str, file: Staged, quick: Typed, run: Run) -> Staged:
    """A file whose every row and cell is as the first ones, which is read faster."""
    run.check()
    chosen = ", ".join(f"{sql} AS {ours}" for ours, sql in quick.columns.items())
    ((rows,),) = con.execute(
        f"CREATE OR REPLACE TABLE {name} AS SELECT {chosen}"  # noqa: S608 - no foreign text
        f" FROM ({rows_sql(file.table, quick.types, quick.time_format)})",
        {"path": path_literal(file.table.path)},
    ).fetchall()
    return replace(file, rows=rows)


def _fill(
    con: "DuckDBPyConnection",
    name: str,
    file: Staged,
    columns: Mapping[str, str],
    run: Run,
    *,
    keep_bad: bool,
) -> tuple[Staged, bool, bool]:
    import duckdb

    run.check()
    table = file.table
    log_query._forget_rejects(con)  # noqa: SLF001 - rejected rows are counted as the look-up counts them
    chosen = ", ".join(f"{sql} AS {ours}" for ours, sql in columns.items())
    into = f"INSERT INTO {name}" if file.first else f"CREATE OR REPLACE TABLE {name} AS"
    con.execute("BEGIN")
    try:
        ((rows,),) = con.execute(
            f"{into} SELECT {chosen} FROM ({rows_sql(table)})",  # noqa: S608 - no foreign text
            {"path": path_literal(table.path)},
        ).fetchall()
        rejected, bad_quotes, bad_encoding, rejects = _rejects(con, file, rows)
        con.execute("ROLLBACK" if bad_quotes and not keep_bad else "COMMIT")
    except duckdb.Error:
        con.execute("ROLLBACK")
        raise
    return replace(file, rows=rows, rejected=rejected, rejects=rejects), bad_quotes, bad_encoding


def _rejects(con: "DuckDBPyConnection", file: Staged, rows: int) -> tuple[int, bool, bool, tuple[LogReject, ...]]:
    """How many rows were left out, whether for quotes or for their bytes, and the first of them."""
    if file.table.dialect.format == "parquet":
        return 0, False, False, ()
    ((count, bad_quotes, bad_encoding),) = con.execute(log_query._REJECTS).fetchall()  # noqa: SLF001
    rejects: tuple[LogReject, ...] = ()
    if count:
        found = con.execute(log_query._FIRST_REJECTS).fetchall()  # noqa: SLF001
        rejects = tuple(LogReject(line, log_query._REASONS.get(kind, "text")) for line, kind in found)  # noqa: SLF001
    if file.cut:
        last = rows + count + int(file.table.dialect.has_header) + file.table.dialect.skip
        count, rejects = max(count, 1), (*rejects[:19], LogReject(last, "cut-short"))
    return count, bad_quotes, bad_encoding, rejects
