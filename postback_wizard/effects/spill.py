"""Two logs read into a database on disk, one row a log's row, from which their differences are listed.

The comparison itself keeps numbers only; a list needs the words, so they are read again, and kept out of memory.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from postback_wizard.domain.probe import LogEvidence, LogFile, LogProbe, LogSource
from postback_wizard.effects.columns import recognise
from postback_wizard.effects.dialect import Dialect, detect
from postback_wizard.effects.log_copy import as_utf8
from postback_wizard.effects.log_problem import LogProblem
from postback_wizard.effects.log_query import Table, cell_sql, other_quoting, rows_sql, time_sql
from postback_wizard.effects.log_sql import amount_sql, hash_sql, path_literal, seconds_sql
from postback_wizard.effects.stoppable import Run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SIDES = ("a", "b")


@dataclass(frozen=True, slots=True)
class Side:
    """One log as it was read: ``original`` is its dialect on disk, ``table`` how DuckDB reads it."""

    name: str
    file: LogFile
    original: Dialect
    table: Table
    rows: int
    rejected: int


def read_sides(con: "DuckDBPyConnection", probe: LogProbe, logs: LogEvidence, run: Run, stack: ExitStack) -> list[Side]:
    """Fill ``spill.a`` and ``spill.b`` as the comparison ``logs`` read them; copies live as long as the stack.

    Raises:
        LogProblem: a file is gone or cannot be read.
        OSError, duckdb.Error: a file cannot be read, or the work was stopped.
    """
    keys = logs.reconciliation.key if logs.reconciliation else ()
    return [
        _read(con, name, file, source, probe, keys, run, stack)
        for name, file, source in zip(SIDES, probe.files, logs.files, strict=False)
    ]


def _read(
    con: "DuckDBPyConnection",
    name: str,
    file: LogFile,
    source: LogSource,
    probe: LogProbe,
    keys: Sequence[str],
    run: Run,
    stack: ExitStack,
) -> Side:
    """The log read in the way that finds as many rows as the comparison did; else in the way that finds the most."""
    import duckdb

    best: Side | None = None
    failure: duckdb.Error | None = None
    for original, table in _ways(file, source, probe, run, stack):
        try:
            found = _fill(con, name, file, original, table, keys, run)
        except duckdb.InterruptException:
            raise
        except duckdb.Error as error:
            failure = failure or error
            continue
        if found.rows == source.rows:
            return found
        if best is None or found.rows > best.rows:
            best = found
    if best is None:
        raise failure or LogProblem("unreadable")
    return _fill(con, name, file, best.original, best.table, keys, run)


def _ways(
    file: LogFile, source: LogSource, probe: LogProbe, run: Run, stack: ExitStack
) -> Iterator[tuple[Dialect, Table]]:
    path = Path(file.path).expanduser().absolute()
    if not path.is_file():
        raise LogProblem("missing", path.name)
    given = {**probe.columns, **{f"{file.role}.{ours}": header for ours, header in source.columns.items() if header}}
    original = detect(path, file.role, probe.columns)
    for repair in (False, True):
        copy, dialect = stack.enter_context(as_utf8(path, original, run.check, repair=repair))
        places = recognise(dialect.headers, file.role, given)
        table = Table(copy, dialect, places, file.role, "backslash" if dialect.backslash else "strict")
        for way in (table, *other_quoting(table)):
            yield original, way


def _fill(
    con: "DuckDBPyConnection",
    name: str,
    file: LogFile,
    original: Dialect,
    table: Table,
    keys: Sequence[str],
    run: Run,
) -> Side:
    run.check()
    con.execute(f"DROP TABLE IF EXISTS spill.{name}")
    for rejects in ("reject_errors", "reject_scans"):
        con.execute(f"DROP TABLE IF EXISTS {rejects}")
    chosen = ", ".join(f"{sql} AS {ours}" for ours, sql in _columns(table, keys).items())
    con.execute(
        f"CREATE TABLE spill.{name} AS SELECT {chosen} FROM ({rows_sql(table)})",  # noqa: S608 - no foreign text
        {"path": path_literal(table.path)},
    ).fetchall()
    ((rows,),) = con.execute(f"SELECT count(*) FROM spill.{name}").fetchall()  # noqa: S608
    rejected = 0
    if table.dialect.format != "parquet":
        ((rejected,),) = con.execute("SELECT count(DISTINCT line) FROM reject_errors").fetchall()
    return Side(name, file, original, replace(table), rows, rejected)


def _columns(table: Table, keys: Sequence[str]) -> Mapping[str, str]:
    """Key ``h``, click ID ``i``, transaction ID ``o``, status ``s``, currency ``c``, time ``t``, amount ``p``."""
    missing = [name for name in keys if name not in table.places]
    if missing or not keys:
        raise LogProblem("no-common-key", ", ".join(missing))
    time, payout = time_sql(table), table.places.get("payout", [])
    return {
        "h": hash_sql(table, [table.places[name][0] for name in keys]),
        "i": _text(table, "click_id"),
        "o": _text(table, "transaction_id"),
        "s": _text(table, "status"),
        "c": f"upper({_text(table, 'currency')})",
        "t": seconds_sql(time) if time else "NULL::BIGINT",
        "p": amount_sql(cell_sql(table, payout[0])) if payout else "NULL::DECIMAL(18, 4)",
    }


def _text(table: Table, name: str) -> str:
    places = table.places.get(name, [])
    return f"coalesce({cell_sql(table, places[0])}, '')" if places else "''"
