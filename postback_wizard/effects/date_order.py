"""Dates written with slashes: whether the day or the month comes first, said by the agent or proved by the log."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from postback_wizard.effects.columns import columns_for
from postback_wizard.effects.log_query import Table, rows_sql, time_sql
from postback_wizard.effects.parquet import literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SLASHED = re.compile(r"\s*\d{1,2}/\d{1,2}/\d{4}\b")
_PART = r"max(try_cast(regexp_extract(t, '^(\d{{1,2}})/(\d{{1,2}})/\d{{4}}', {n}) AS INTEGER))"


def with_order(con: "DuckDBPyConnection", table: Table, given: Mapping[str, str]) -> Table:
    """The log with the order of its dates.

    A number over twelve proves it; ``date_order`` of the fact ``columns`` (``DD/MM`` or ``MM/DD``) settles it. Where
    neither does, such dates are not read.
    """
    if not _is_slashed(table):
        return table
    match columns_for(table.role, given).get("date_order", "").strip().upper()[:1]:
        case "D":
            return replace(table, date_order="dmy")
        case "M":
            return replace(table, date_order="mdy")
    first, second = _largest(con, table)
    order = "unknown" if (first > 12) == (second > 12) else "dmy" if first > 12 else "mdy"
    return replace(table, date_order=order)  # type: ignore[arg-type]  # one of the four, which mypy widens to text


def _is_slashed(table: Table) -> bool:
    places, sample = table.places.get("time", []), table.dialect.sample
    return any(_SLASHED.match(cell) for place in places[:2] if place < len(sample) for cell in sample[place])


def _largest(con: "DuckDBPyConnection", table: Table) -> tuple[int, int]:
    """The largest first and second number of all dates; 0 where the log cannot be read this way."""
    import duckdb

    one, other = (_PART.format(n=n) for n in (1, 2))
    sql = f"SELECT {one}, {other} FROM (SELECT {time_sql(table)} AS t FROM ({rows_sql(table)}))"  # noqa: S608 - no foreign text
    try:
        ((first, second),) = con.execute(sql, {"path": literal(table.path)}).fetchall()
    except duckdb.InterruptException:
        raise
    except duckdb.Error:
        return 0, 0
    return first or 0, second or 0
