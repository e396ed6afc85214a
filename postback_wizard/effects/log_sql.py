"""A log as SQL: its rows, the text of a column, its key, times and amounts as numbers."""

import re
from collections.abc import Sequence
from pathlib import Path

from postback_wizard.effects.log_query import Table, cell_sql
from postback_wizard.effects.log_times import sql_epoch_ms

#: A column's text, trimmed: casts do that themselves.
_TRIMMED = re.compile(r"trim\(c\d+\)")


def path_literal(path: Path) -> str:
    """The path for DuckDB, with its wildcard characters meaning themselves; the value of ``$path``."""
    return re.sub(r"[*?\[]", lambda match: f"[{match.group()}]", str(path))


def hash_sql(table: Table, places: Sequence[int]) -> str:
    """64 bits for the text of these columns together; NULL where all of them are empty."""
    cells = [f"coalesce({cell_sql(table, place)}, '')" for place in places]
    filled = " OR ".join(f"{cell} <> ''" for cell in cells)
    exact = f"CASE WHEN {filled} THEN hash({', '.join(cells)}) END"
    if not _is_plain(table):
        return exact
    # Text without a space needs no trimming, which costs more than everything else here.
    raw = [f"c{place}" for place in places]
    tight = " AND ".join(f"{cell} <> '' AND NOT contains({cell}, ' ')" for cell in raw)
    return f"CASE WHEN {tight} THEN hash({', '.join(raw)}) ELSE {exact} END"


def word_sql(table: Table, places: Sequence[int]) -> str:
    """32 bits for the words in these columns as they stand."""
    # Untrimmed text only makes more codes of one word, and is cheaper.
    cells = [f"c{place}" if table.dialect.format == "csv" else cell_sql(table, place) for place in places]
    return f"(hash({', '.join(cells)}) >> 32)::UINTEGER" if cells else "0::UINTEGER"


def _is_plain(table: Table) -> bool:
    """Whether a column's text needs no more than trimming."""
    return table.dialect.format in ("csv", "parquet") and table.quoting != "plain"


def seconds_sql(text: str) -> str:
    """Seconds since 1970; the commonest way to write a time is read without the detour through time zones."""
    raw = text.removeprefix("trim(").removesuffix(")") if _TRIMMED.fullmatch(text) else text
    # What is rarely needed stands in a CASE, or DuckDB works out what repeats in it for every row.
    plain = f"strlen({raw}) = 19 AND substr({raw}, 17, 1) = ':'"
    return (
        f"coalesce(CASE WHEN {plain} THEN epoch_us(try_cast({raw} AS TIMESTAMP)) // 1000000 END,"
        f" CASE WHEN {raw} <> '' THEN {sql_epoch_ms(text)} // 1000 END)"
    )


def amount_sql(text: str) -> str:
    """An amount with four decimals: plain, with a decimal comma, grouped, or with a currency sign; NULL for others."""
    raw = text.removeprefix("trim(").removesuffix(")") if _TRIMMED.fullmatch(text) else text
    number = rf"regexp_replace({text}, '[^0-9.,-]|[.,]+$', '', 'g')"
    spelt = (
        rf"CASE WHEN regexp_full_match({number}, '-?\d{{1,3}}(,\d{{3}})+(\.\d+)?') THEN replace({number}, ',', '')"
        rf" WHEN regexp_full_match({number}, '-?[\d.]*,\d+') THEN replace(replace({number}, '.', ''), ',', '.')"
        f" ELSE {number} END"
    )
    return (
        f"coalesce(try_cast({raw} AS DECIMAL(18, 4)),"
        f" CASE WHEN {raw} <> '' THEN try_cast({spelt} AS DECIMAL(18, 4)) END)"
    )
