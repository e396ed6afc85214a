"""What the list of differences keeps of a log's row: the words too, which the comparison does not need.

The comparison keeps numbers only; a list needs the words, so the logs are read again, and kept out of memory.
"""

from collections.abc import Mapping

from postback_wizard.effects.log_query import Table, cell_sql, time_sql
from postback_wizard.effects.log_sql import amount_sql, hash_sql, seconds_sql
from postback_wizard.effects.reconcile_files import Staged
from postback_wizard.effects.reconcile_stage import Plan


def _columns(file: Staged) -> Mapping[str, str]:
    """Key ``h``, click ID ``i``, transaction ID ``o``, status ``s``, currency ``c``, time ``t``, amount ``p``."""
    table = file.table
    time, payout = time_sql(table), table.places.get("payout", [])
    return {
        "h": hash_sql(table, file.key),
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


SPILL = Plan("spill", _columns)
