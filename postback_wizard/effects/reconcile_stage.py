"""Two logs read once, into narrow tables of numbers: ``stage.a`` holds the tracker's, ``stage.b`` the partner's."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from postback_wizard.domain.probe import LogFile, LogProbe
from postback_wizard.effects import log_query
from postback_wizard.effects.columns import TIMES_OF_ROLE, day_column, fold, recognise
from postback_wizard.effects.dialect import Dialect, detect
from postback_wizard.effects.log_amounts import amount_sql
from postback_wizard.effects.log_copy import as_utf8
from postback_wizard.effects.log_problem import LogProblem
from postback_wizard.effects.log_query import Table, cell_sql, other_quoting, rows_sql, time_sql
from postback_wizard.effects.log_sql import hash_sql, path_literal, seconds_sql, word_sql
from postback_wizard.effects.stoppable import Run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SIDES = ("a", "b")
#: Headers of other times a row may carry: when it was clicked, approved, or its postback came.
_OTHER_TIMES = (
    *(name for role in ("click_log", "attempt_log", "conversion_log") for name in TIMES_OF_ROLE[role]),
    *("visittime", "visitdate", "approvedat", "approvaltime", "approvaldate", "postbackdate", "датаподтверждения"),
)
_PROBED_ROWS = 2000
#: Below this share of common keys another pair of columns is tried, and taken from this share on.
_TOO_FEW, _ENOUGH, _LEAST = 0.01, 0.5, 5


@dataclass(frozen=True, slots=True)
class Key:
    """Which columns make the key: our names, and their places in the tracker's and the partner's file."""

    names: tuple[str, ...]
    tracker: tuple[int, ...]
    partner: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Staged:
    """One file, read: ``original`` is its dialect on disk, ``key`` the places of the key's columns.

    ``other_time`` is the place of a second time column, -1 where there is none.
    """

    file: LogFile
    original: Dialect
    table: Table
    rows: int = 0
    rejected: int = 0
    key: tuple[int, ...] = ()
    other_time: int = -1


def open_sides(probe: LogProbe, run: Run, stack: ExitStack, *, repair: bool = False) -> list[Staged]:
    """The first two files of the probe with their columns recognised; copies live as long as the stack.

    Raises:
        LogProblem: a file cannot be used, with its ``detail``.
        OSError: a file cannot be read.
    """
    found: list[Staged] = []
    for file in probe.files[:2]:
        path = Path(file.path).expanduser().absolute()
        if not path.is_file():
            raise LogProblem("missing")
        original = detect(path, file.role, probe.columns)
        copy, dialect = stack.enter_context(as_utf8(path, original, run.check, repair=repair))
        places = recognise(dialect.headers, file.role, probe.columns)
        table = Table(copy, dialect, places, file.role, "backslash" if dialect.backslash else "strict")
        found.append(Staged(file, original, table, other_time=_other_time(table)))
    return found


def _other_time(table: Table) -> int:
    taken = table.places.get("time", [])
    first, day = taken[:1], day_column(table.dialect.headers, taken) if taken else None
    folded = [fold(header) for header in table.dialect.headers]
    named = (at for name in _OTHER_TIMES for at, header in enumerate(folded) if header == name)
    return next((at for at in named if at not in first and at != day), -1) if first else -1


def stage(con: "DuckDBPyConnection", sides: list[Staged], run: Run) -> tuple[list[Staged], Key, bool]:
    """Read both files by the pair of columns that fits. The last value tells of bytes that are no UTF-8.

    Raises:
        LogProblem: there is no column both files could be compared by.
        duckdb.Error: a file cannot be read, or the query was interrupted.
    """
    keys = list(_keys(con, sides, run))
    if not keys:
        raise LogProblem("no-common-key")
    _attach(con)
    first = None
    for at, key in enumerate(keys):
        read, bad_encoding = _stage_all(con, sides, key, run)
        first = first or (read, key, bad_encoding)
        if len(keys) == 1 or bad_encoding:
            return read, key, bad_encoding
        share, common = _overlap(con)
        if share >= _TOO_FEW if not at else share >= _ENOUGH and common >= _LEAST:
            return read, key, bad_encoding
    read, bad_encoding = _stage_all(con, sides, keys[0], run)
    return read, keys[0], bad_encoding


def _attach(con: "DuckDBPyConnection") -> None:
    import duckdb

    try:
        con.execute("ATTACH ':memory:' AS stage (COMPRESS)")
    except duckdb.Error:
        con.execute("ATTACH ':memory:' AS stage")


def _keys(con: "DuckDBPyConnection", sides: list[Staged], run: Run) -> Iterator[Key]:
    """The pairs of columns worth trying, the most likely first."""
    filled = [_filled(con, side, run) for side in sides]
    clicks, orders = ([found[name] for found in filled] for name in ("click_id", "transaction_id"))
    both_orders = bool(orders[0] and orders[1])
    if clicks[0] and clicks[1]:
        if both_orders:
            yield Key(("click_id", "transaction_id"), (clicks[0][0], orders[0][0]), (clicks[1][0], orders[1][0]))
        yield Key(("click_id",), (clicks[0][0],), (clicks[1][0],))
    if both_orders:
        yield Key(("transaction_id",), (orders[0][0],), (orders[1][0],))
    pairs = [(one, other) for one in clicks[0][:3] for other in clicks[1][:3]]
    yield from (Key(("click_id",), (one,), (other,)) for one, other in pairs[1:])


def _filled(con: "DuckDBPyConnection", side: Staged, run: Run) -> Mapping[str, list[int]]:
    """The columns that may be part of a key and hold anything in the first rows, by our names."""
    import duckdb

    run.check()
    named = {name: side.table.places.get(name, []) for name in ("click_id", "transaction_id")}
    places = [place for found in named.values() for place in found]
    tests = ", ".join(f"coalesce(bool_or({cell_sql(side.table, place)} <> ''), true)" for place in places)
    sql = f"SELECT {tests or 'true'} FROM (SELECT * FROM ({rows_sql(side.table)}) LIMIT {_PROBED_ROWS})"  # noqa: S608
    try:
        (found,) = con.execute(sql, {"path": path_literal(side.table.path)}).fetchall()
    except duckdb.InterruptException:
        raise
    except duckdb.Error:
        return named  # another way of quoting may read it
    kept = {place for place, is_filled in zip(places, found, strict=False) if is_filled}
    return {name: [place for place in places if place in kept] for name, places in named.items()}


def _overlap(con: "DuckDBPyConnection") -> tuple[float, int]:
    """Which share of the smaller side's keys the other has, and how many; of large files in a part of the keys."""
    ((rows,),) = con.execute(
        "SELECT greatest((SELECT count(*) FROM stage.a), (SELECT count(*) FROM stage.b))"
    ).fetchall()
    part = f"h < {2**64 // 64}" if rows > 200_000 else "h IS NOT NULL"
    ((one, other, common),) = con.execute(
        f"WITH x AS (SELECT DISTINCT h FROM stage.a WHERE {part}), y AS (SELECT DISTINCT h FROM stage.b WHERE {part})"  # noqa: S608
        " SELECT (SELECT count(*) FROM x), (SELECT count(*) FROM y), (SELECT count(*) FROM x SEMI JOIN y USING (h))"
    ).fetchall()
    return common / (min(one, other) or 1), common


def _stage_all(con: "DuckDBPyConnection", sides: list[Staged], key: Key, run: Run) -> tuple[list[Staged], bool]:
    read: list[Staged] = []
    bad = False
    for name, side, places in zip(SIDES, sides, (key.tracker, key.partner), strict=True):
        found, bad_encoding = _stage_best(con, name, replace(side, key=places), run)
        read.append(found)
        bad = bad or bad_encoding
    return read, bad


def _stage_best(con: "DuckDBPyConnection", name: str, side: Staged, run: Run) -> tuple[Staged, bool]:
    """One file in its table, with the quoting that loses the fewest rows."""
    import duckdb

    run.begin(side.file.path, side.table.path.stat().st_size)
    best: Staged | None = None
    failure: duckdb.Error | None = None
    for way in (side.table, *other_quoting(side.table)):
        try:
            found, bad_quotes, bad_encoding = _stage_one(con, name, replace(side, table=way), run)
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
    found, _, bad_encoding = _stage_one(con, name, best, run)
    return found, bad_encoding


def _stage_one(con: "DuckDBPyConnection", name: str, side: Staged, run: Run) -> tuple[Staged, bool, bool]:
    run.check()
    table = side.table
    con.execute(f"DROP TABLE IF EXISTS stage.{name}")
    log_query._forget_rejects(con)  # noqa: SLF001 - rejected rows are counted as the look-up counts them
    chosen = ", ".join(f"{sql} AS {ours}" for ours, sql in columns_of(side).items())
    con.execute(
        f"CREATE TABLE stage.{name} AS SELECT {chosen} FROM ({rows_sql(table)})",  # noqa: S608 - no foreign text
        {"path": path_literal(table.path)},
    ).fetchall()
    ((rejected, bad_quotes, bad_encoding),) = con.execute(log_query._REJECTS).fetchall()  # noqa: SLF001
    ((rows,),) = con.execute(f"SELECT count(*) FROM stage.{name}").fetchall()  # noqa: S608
    return replace(side, rows=rows, rejected=rejected), bad_quotes, bad_encoding


def columns_of(side: Staged) -> Mapping[str, str]:
    """The columns of the narrow table: key ``h``, time ``t``, amount ``p``, words ``w``, second time ``u``."""
    table = side.table
    time, payout = time_sql(table), table.places.get("payout", [])
    words = [*table.places.get("status", [])[:1], *table.places.get("currency", [])[:1]]
    other = seconds_sql(cell_sql(table, side.other_time)) if side.other_time >= 0 else "NULL::BIGINT"
    return {
        "h": hash_sql(table, side.key),
        "t": seconds_sql(time) if time else "NULL::BIGINT",
        "p": amount_sql(cell_sql(table, payout[0])) if payout else "NULL::DECIMAL(18, 4)",
        "w": word_sql(table, words),
        "u": other,
    }
