"""Which columns of two sides may be the key they are compared by, the most likely first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from postback_wizard.domain.probe import LogSource
from postback_wizard.effects.log_query import cell_sql, rows_sql
from postback_wizard.effects.log_sql import path_literal
from postback_wizard.effects.reconcile_files import Half, Staged
from postback_wizard.effects.stoppable import Run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_PROBED_ROWS = 2000

#: The places of the key's columns in each file of a side.
Places = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Key:
    """Which columns make the key: our names, and their places in the tracker's and the partner's files."""

    names: tuple[str, ...]
    tracker: Places
    partner: Places


def with_keys(half: Half) -> Half:
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


def keys_of(con: "DuckDBPyConnection", one: Half, other: Half, run: Run) -> Iterator[Key]:
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
