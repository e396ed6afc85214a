"""What the comparison keeps of a row: numbers alone, in little room."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from postback_wizard.effects.log_query import cell_sql, time_sql
from postback_wizard.effects.log_sql import amount_sql, hash_sql, seconds_sql, word_sql
from postback_wizard.effects.reconcile_files import Staged

#: Lines of another kind than the rest are rows without words.
_LINED = ("jsonl", "access")
_NOWHERE = -2
#: Cells that DuckDB reads while it takes a line apart, which costs less than reading them from text afterwards.
_TIMES = {
    "%Y-%m-%d %H:%M:%S": re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|"),
    "%Y-%m-%dT%H:%M:%S": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d|"),
}
_AMOUNT = re.compile(r"-?\d{1,5}(\.\d{1,4})?|")


def narrow(columns: Mapping[str, str]) -> Mapping[str, str]:
    """The same columns in half the room: times until 2038, amounts below 100,000. An error where one is beyond."""
    return {**columns, "t": f"({columns['t']})::INTEGER", "p": f"({columns['p']})::DECIMAL(9, 4)"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A CSV read with types: those of its columns, the format of its times, and the columns of the narrow table."""

    types: Mapping[int, str]
    time_format: str
    columns: Mapping[str, str]


def typed(file: Staged) -> Typed | None:
    """Types for the time and the amount of a plain CSV where the first rows fit; None where nothing is won.

    A later cell of another kind is an error: the file is then to be read as text.
    """
    table, places, columns = file.table, file.table.places, dict(narrow(columns_of(file)))
    if table.dialect.format != "csv" or table.quoting != "strict" or file.cut:
        return None
    text = {*file.key, file.other_time, *places.get("status", [])[:1], *places.get("currency", [])[:1]}
    types: dict[int, str] = {}
    time_format = ""
    time, amount = places.get("time", []), places.get("payout", [])
    if time and time[0] not in text and time_sql(table) == cell_sql(table, time[0]):
        time_format = next((name for name, form in _TIMES.items() if _fits(file, time[0], form)), "")
        if time_format:
            types[time[0]] = "TIMESTAMP"
            columns["t"] = f"(epoch_us(c{time[0]}) // 1000000)::INTEGER"
    if amount and amount[0] not in {*text, *time[:1]} and _fits(file, amount[0], _AMOUNT):
        types[amount[0]] = "DECIMAL(9, 4)"
        columns["p"] = f"c{amount[0]}"
    return Typed(types, time_format, columns) if types else None


def _fits(file: Staged, place: int, form: re.Pattern[str]) -> bool:
    sample = file.table.dialect.sample
    return place < len(sample) and any(sample[place]) and all(form.fullmatch(cell) for cell in sample[place])


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
