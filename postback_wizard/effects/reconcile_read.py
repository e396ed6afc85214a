"""Both sides of a reconciliation read into tables; a file that proves to be damaged is read again, mended."""

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from postback_wizard.domain.probe import LogProbe
from postback_wizard.effects.date_order import with_order
from postback_wizard.effects.log_problem import LogProblem
from postback_wizard.effects.reconcile_files import Half, open_sides
from postback_wizard.effects.reconcile_stage import Plan, Read, stage
from postback_wizard.effects.stoppable import Run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Each time more is known of which files are damaged.
_TRIES = 4


def read_sides(con: "DuckDBPyConnection", probe: LogProbe, plan: Plan, run: Run, held: ExitStack) -> Read:
    """Both sides of a probe in the tables of an attached schema; copies of their files live as long as ``held``.

    A file that turns out to be damaged is read again through a copy without what is broken in it.

    Raises:
        LogProblem: a side cannot be read, or there is no column both could be compared by.
        OSError, duckdb.Error: a file cannot be read, or the work was stopped.
    """
    damaged: dict[str, bool] = {}
    for _ in range(_TRIES):
        with ExitStack() as copies:
            sides = [_ordered(con, probe, half) for half in open_sides(probe, run, copies, damaged)]
            read = stage(con, sides, plan, run)
            if not read.damaged.keys() - damaged.keys():
                held.push(copies.pop_all())
                return read
            damaged |= read.damaged
    raise LogProblem("unreadable")


def _ordered(con: "DuckDBPyConnection", probe: LogProbe, half: Half) -> Half:
    files = (replace(file, table=with_order(con, file.table, probe.columns)) for file in half.files)
    return replace(half, files=tuple(files))
