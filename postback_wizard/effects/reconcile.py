"""Two logs compared in full, off the event loop: matched, missing, surplus and differing keys, and their money."""

import time
import zlib
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from postback_wizard.domain.probe import LogEvidence, LogProbe, LogSource
from postback_wizard.effects.date_order import with_order
from postback_wizard.effects.log_problem import LogProblem
from postback_wizard.effects.log_times import stamp_of_ms
from postback_wizard.effects.reconcile_books import Books
from postback_wizard.effects.reconcile_inputs import alone, as_named, blamed
from postback_wizard.effects.reconcile_stage import SIDES, Key, Staged, open_sides, stage
from postback_wizard.effects.reconcile_words import read_words
from postback_wizard.effects.stoppable import Run, in_thread

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "640MB",
    "threads": "2",
}


async def reconcile(probe: LogProbe, at: str) -> LogEvidence:
    """Compare the first two files of a probe, the tracker's and the partner's, by click ID and transaction ID.

    ``at`` is the time of asking, as it goes into the evidence. The outcome is ``OK``, ``NO_COMMON_KEY`` or
    ``LOGS_UNREADABLE``. Cancelling stops within half a second; what was written to disk meanwhile is deleted.
    """
    return await in_thread(lambda run: _reconcile(probe, at, run), Run())


def _reconcile(probe: LogProbe, at: str, run: Run) -> LogEvidence:
    import duckdb

    started = time.perf_counter()
    try:
        with ExitStack() as unpacked:
            found = as_named(_compared(alone(probe, unpacked, run), at, run), probe)
    except LogProblem as problem:
        found = _failed(probe, at, run, problem)
    except (duckdb.Error, OSError, EOFError, ValueError, MemoryError, zlib.error) as error:
        run.check()
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        found = _failed(probe, at, run, LogProblem("unreadable", first[:200]))
    return replace(found, took_ms=round((time.perf_counter() - started) * 1000, 1))


def _failed(probe: LogProbe, at: str, run: Run, problem: LogProblem) -> LogEvidence:
    """What stands in the way, and in which file."""
    outcome = "NO_COMMON_KEY" if problem.code == "no-common-key" else "LOGS_UNREADABLE"
    detail = problem.detail or problem.code
    return LogEvidence(probe.name, at, (outcome,), blamed(probe, run, problem), detail=detail)


def _compared(probe: LogProbe, at: str, run: Run) -> LogEvidence:
    with TemporaryDirectory(prefix="postback-wizard-") as folder:
        settings = {**_SETTINGS, "temp_directory": folder}
        for repair in (False, True):
            with ExitStack() as copies, run.connected(settings) as con:
                sides, key, bad_encoding = stage(
                    con, _ordered(con, probe, open_sides(probe, run, copies, repair=repair)), run
                )
                if repair or not bad_encoding:
                    return _evidence(con, probe, at, sides, key, run)
    raise LogProblem("unreadable")


def _ordered(con: "DuckDBPyConnection", probe: LogProbe, sides: list[Staged]) -> list[Staged]:
    return [replace(side, table=with_order(con, side.table, probe.columns)) for side in sides]


def _evidence(
    con: "DuckDBPyConnection", probe: LogProbe, at: str, sides: list[Staged], key: Key, run: Run
) -> LogEvidence:
    words = [
        read_words(con, name, side, probe.platforms.get(side.file.role, ""), run)
        for name, side in zip(SIDES, sides, strict=True)
    ]
    books = Books(con, sides, key, words, run)
    books.close()
    return LogEvidence(
        *(probe.name, at, ("OK",)),
        files=tuple(_source(side, word.span_ms) for side, word in zip(sides, words, strict=True)),
        classes=books.classes,
        offset_minutes=books.spans.main,
        samples=_keys_of(books),
        reconciliation=books.result(),
    )


def _keys_of(books: Books) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for sample in books.samples:
        found[sample.name] = (*found.get(sample.name, ()), sample.key)
    return found


def _source(side: Staged, span_ms: tuple[int | None, int | None]) -> LogSource:
    original, table = side.original, side.table
    dialect = {
        "format": original.format,
        "encoding": original.encoding + ("-bom" if original.bom else ""),
        "header": "yes" if original.has_header else "no",
    }
    if original.format == "csv":
        dialect |= {"delimiter": original.delimiter, "quote": "" if table.quoting == "plain" else '"'}
    columns = {name: table.dialect.columns[places[0]].header for name, places in table.places.items()}
    return LogSource(
        *(side.file.role, side.file.path, side.rows, side.rejected, dialect, columns),
        first_time=stamp_of_ms(span_ms[0]),
        last_time=stamp_of_ms(span_ms[1]),
    )
