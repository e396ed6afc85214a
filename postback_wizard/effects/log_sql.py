"""A log as SQL: its rows, the text of a column, its key, times and amounts as numbers."""

import re
from collections.abc import Sequence
from pathlib import Path

from postback_wizard.effects.log_query import Table, cell_sql
from postback_wizard.effects.log_times import sql_epoch_ms


def path_literal(path: Path) -> str:
    """The path for DuckDB, with its wildcard characters meaning themselves; the value of ``$path``."""
    return re.sub(r"[*?\[]", lambda match: f"[{match.group()}]", str(path))


def hash_sql(table: Table, places: Sequence[int]) -> str:
    """64 bits for the text of these columns together; NULL where all of them are empty."""
    cells = [f"coalesce({cell_sql(table, place)}, '')" for place in places]
    filled = " OR ".join(f"{cell} <> ''" for cell in cells)
    return f"CASE WHEN {filled} THEN hash({', '.join(cells)}) END"


def word_sql(table: Table, places: Sequence[int]) -> str:
    """32 bits for the words in these columns as they stand."""
    # Untrimmed text only makes more codes of one word, and is cheaper.
    cells = [f"c{place}" if table.dialect.format == "csv" else cell_sql(table, place) for place in places]
    return f"(hash({', '.join(cells)}) >> 32)::UINTEGER" if cells else "0::UINTEGER"


def seconds_sql(text: str) -> str:
    """Seconds since 1970; the commonest way to write a time is read without the detour through time zones."""
    plain = f"strlen({text}) = 19 AND substr({text}, 5, 1) = '-' AND substr({text}, 17, 1) = ':'"
    return (
        f"CASE WHEN {plain} THEN epoch_ms(try_cast({text} AS TIMESTAMP)) // 1000 ELSE {sql_epoch_ms(text)} // 1000 END"
    )
