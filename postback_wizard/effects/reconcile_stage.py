"""Two sides read once, into narrow tables of numbers: ``stage.a`` holds the tracker's, ``stage.b`` the partner's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from postback_wizard.domain.probe import LogReject, LogSource
from postback_wizard.effects import log_query
from postback_wizard.effects.log_problem import LogProblem
from postback_wizard.effects.log_query import cell_sql, other_quoting, rows_sql, time_sql
from postback_wizard.effects.log_sql import amount_sql, hash_sql, path_literal, seconds_sql, word_sql
from postback_wizard.effects.reconcile_files import Half, Staged
from postback_wizard.effects.stoppable import Run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SIDES = ("a", "b")
_PROBED_ROWS = 2000
#: Below this share of common keys another pair of columns is tried, and taken from this share on.
_TOO_FEW, _ENOUGH, _LEAST = 0.01, 0.5, 5
#: How many rows of one side are enough to tell how many keys the sides have in common.
_TOLD_BY = 16_384
#: Lines of another kind than the rest are rows without words.
_LINED = ("jsonl", "access")
_NOWHERE = -2

#: The places of the key's columns in each file of a side.
Places = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Key:
    """Which columns make the key: our names, and their places in the tracker's and the partner's files."""

    names: tuple[str, ...]
    tracker: Places
    partner: Places


@dataclass(frozen=True, slots=True)
class Read:
    """Both sides in their tables; ``damaged`` names files to be read again, as ``open_sides`` takes them."""

    halves: tuple[Half, Half]
    key: Key
    damaged: Mapping[str, bool]


def stage(con: "DuckDBPyConnection", sides: Sequence[Half], run: Run) -> Read:
    """Read both sides by the pair of columns that fits.

    Raises:
        LogProblem: there is no column both sides could be compared by.
        duckdb.Error: no file of a side can be read, or the query was interrupted.
    """
    one, other = _with_keys(sides[0]), _with_keys(sides[1])
    keys = list(_keys(con, one, other, run))
    if not keys:
        raise LogProblem("no-common-key")
    con.execute("ATTACH ':memory:' AS stage")
    for at, key in enumerate(keys):
        read = _stage_both(con, one, other, key, run)
        if len(keys) == 1 or read.damaged:
            return read
        share, common = _overlap(con, min(half.rows for half in read.halves))
        if share >= _TOO_FEW if not at else share >= _ENOUGH and common >= _LEAST:
            return read
    return _stage_both(con, one, other, keys[0], run)


def _with_keys(half: Half) -> Half:
    """The side without files that have no column for an identifier, as long as others have one."""
    able = tuple(file for file in half.files if file.table.places.keys() & {"click_id", "transaction_id"})
    lost = [file for file in half.files if file not in able]
    if not able:
        return half
    unread = [
        LogSource(half.role, file.file.path, problem="no-click-id-column", headers=file.table.dialect.headers[:200])
        for file in lost
    ]
    return replace(half, files=able, unread=(*half.unread, *unread))


def _keys(con: "DuckDBPyConnection", one: Half, other: Half, run: Run) -> Iterator[Key]:
    """The pairs of columns worth trying, the most likely first."""
    filled = [_filled(con, half, run) for half in (one, other)]
    clicks, orders = ([found[name] for found in filled] for name in ("click_id", "transaction_id"))
    both_orders = bool(orders[0] and orders[1])
    if clicks[0] and clicks[1]:
        if both_orders:
            yield Key(("click_id", "transaction_id"), *(_beside(clicks[at][0], orders[at][0]) for at in (0, 1)))
        yield Key(("click_id",), clicks[0][0], clicks[1][0])
    if both_orders:
        yield Key(("transaction_id",), orders[0][0], orders[1][0])
    pairs = [(mine, theirs) for mine in clicks[0][:3] for theirs in clicks[1][:3]]
    yield from (Key(("click_id",), mine, theirs) for mine, theirs in pairs[1:])


def _beside(one: Places, other: Places) -> Places:
    return tuple((*mine, *theirs) for mine, theirs in zip(one, other, strict=True))


def _filled(con: "DuckDBPyConnection", half: Half, run: Run) -> Mapping[str, list[Places]]:
    """For our names: which columns may be part of a key, the first of each file, the second of each file …"""
    found: dict[str, list[Places]] = {}
    for name in ("click_id", "transaction_id"):
        every = [file.table.places.get(name, []) for file in half.files]
        kept = [_with_text(con, file, places, run) for file, places in zip(half.files, every, strict=True)]
        if any(kept):
            ranked = [some or all_ for some, all_ in zip(kept, every, strict=True)]
            found[name] = [tuple((place,) for place in places) for places in zip(*ranked, strict=False)]
        else:
            found[name] = []
    return found


def _with_text(con: "DuckDBPyConnection", file: Staged, places: Sequence[int], run: Run) -> list[int]:
    """Those columns that hold anything in the first rows."""
    import duckdb

    sample = file.table.dialect.sample
    if all(place < len(sample) and any(map(str.strip, sample[place])) for place in places):
        return list(places)
    run.check()
    tests = ", ".join(f"coalesce(bool_or({cell_sql(file.table, place)} <> ''), true)" for place in places)
    sql = f"SELECT {tests} FROM (SELECT * FROM ({rows_sql(file.table)}) LIMIT {_PROBED_ROWS})"  # noqa: S608
    try:
        (found,) = con.execute(sql, {"path": path_literal(file.table.path)}).fetchall()
    except duckdb.InterruptException:
        raise
    except duckdb.Error:
        return list(places)  # another way of quoting may read it
    return [place for place, is_filled in zip(places, found, strict=True) if is_filled]


def _overlap(con: "DuckDBPyConnection", rows: int) -> tuple[float, int]:
    """Which share of the smaller side's keys the other has, and how many; of large files in a part of the keys."""
    part = f"h < {2**64 * _TOLD_BY // rows}" if rows > _TOLD_BY else "h IS NOT NULL"
    ((one, other, common),) = con.execute(
        "SELECT count(*) FILTER (a), count(*) FILTER (b), count(*) FILTER (a AND b) FROM"  # noqa: S608
        " (SELECT bool_or(mine) AS a, bool_or(NOT mine) AS b FROM"
        f" (SELECT h, true AS mine FROM stage.a WHERE {part} UNION ALL SELECT h, false FROM stage.b WHERE {part})"
        " GROUP BY h)"
    ).fetchall()
    return common / (min(one, other) or 1), common


def _stage_both(con: "DuckDBPyConnection", one: Half, other: Half, key: Key, run: Run) -> Read:
    damaged: dict[str, bool] = {}
    run.gauge.begin("reading", sum(_size(file) for half in (one, other) for file in half.files))
    halves = [
        _stage_half(con, name, half, places, damaged, run)
        for name, half, places in zip(SIDES, (one, other), (key.tracker, key.partner), strict=True)
    ]
    return Read((halves[0], halves[1]), key, damaged)


def _size(file: Staged) -> int:
    return file.table.path.stat().st_size


def _stage_half(
    con: "DuckDBPyConnection", name: str, half: Half, places: Places, damaged: dict[str, bool], run: Run
) -> Half:
    import duckdb

    con.execute(f"DROP TABLE IF EXISTS stage.{name}")
    read: list[Staged] = []
    unread = list(half.unread)
    for file, key in zip(half.files, places, strict=True):
        first = read[-1].first + read[-1].rows if read else 0
        run.gauge.ahead(_size(file))
        try:
            found, bad_encoding = _stage_best(
                con, name, replace(file, key=key, first=first), run, is_alone=len(half.files) == 1
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


def _stage_best(con: "DuckDBPyConnection", name: str, file: Staged, run: Run, *, is_alone: bool) -> tuple[Staged, bool]:
    """One file in the table of its side, with the quoting that loses the fewest rows."""
    import duckdb

    best: Staged | None = None
    failure: duckdb.Error | None = None
    for way in (file.table, *other_quoting(file.table)):
        try:
            found, bad_quotes, bad_encoding = _stage_one(
                con, name, replace(file, table=way), run, keep_bad=False, is_alone=is_alone
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
    found, _, bad_encoding = _stage_one(con, name, best, run, keep_bad=True, is_alone=is_alone)
    return found, bad_encoding


def _stage_one(
    con: "DuckDBPyConnection", name: str, file: Staged, run: Run, *, keep_bad: bool, is_alone: bool
) -> tuple[Staged, bool, bool]:
    """The file's rows after those of the files before it; gone again where quotes are misread, unless kept."""
    import duckdb

    columns = columns_of(file)
    if is_alone:
        try:
            return _fill(con, name, file, _narrow(columns), run, keep_bad=keep_bad)
        except (duckdb.ConversionException, duckdb.OutOfRangeException):
            pass  # a time or an amount needs more room
    return _fill(con, name, file, columns, run, keep_bad=keep_bad)


def _fill(
    con: "DuckDBPyConnection", name: str, file: Staged, columns: Mapping[str, str], run: Run, *, keep_bad: bool
) -> tuple[Staged, bool, bool]:
    import duckdb

    run.check()
    table = file.table
    log_query._forget_rejects(con)  # noqa: SLF001 - rejected rows are counted as the look-up counts them
    chosen = ", ".join(f"{sql} AS {ours}" for ours, sql in columns.items())
    into = f"INSERT INTO stage.{name}" if file.first else f"CREATE OR REPLACE TABLE stage.{name} AS"
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


def _narrow(columns: Mapping[str, str]) -> Mapping[str, str]:
    """The same columns in half the room: times until 2038, amounts below 100,000. An error where one is beyond."""
    return {**columns, "t": f"({columns['t']})::INTEGER", "p": f"({columns['p']})::DECIMAL(9, 4)"}


def columns_of(file: Staged) -> Mapping[str, str]:
    """The columns of the narrow table: key ``h``, time ``t``, amount ``p``, words ``w``, second time ``u``."""
    table = file.table
    time, payout = time_sql(table), table.places.get("payout", [])
    words = [*table.places.get("status", [])[:1], *table.places.get("currency", [])[:1]]
    word = word_sql(table, words)
    empty = "NULL::UTINYINT" if file.other_time == _NOWHERE else "NULL::BIGINT"
    return {
        "h": hash_sql(table, file.key),
        "t": seconds_sql(time) if time else "NULL::BIGINT",
        "p": amount_sql(cell_sql(table, payout[0])) if payout else "NULL::DECIMAL(18, 4)",
        "w": f"CASE WHEN c0 IS NOT NULL THEN {word} END" if table.dialect.format in _LINED else word,
        "u": seconds_sql(cell_sql(table, file.other_time)) if file.other_time >= 0 else empty,
    }
