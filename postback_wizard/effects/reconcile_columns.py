"""What the comparison keeps of a row: numbers alone, in little room."""

from collections.abc import Mapping

from postback_wizard.effects.log_query import cell_sql, time_sql
from postback_wizard.effects.log_sql import amount_sql, hash_sql, seconds_sql, word_sql
from postback_wizard.effects.reconcile_files import Staged

#: Lines of another kind than the rest are rows without words.
_LINED = ("jsonl", "access")
_NOWHERE = -2


def narrow(columns: Mapping[str, str]) -> Mapping[str, str]:
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
