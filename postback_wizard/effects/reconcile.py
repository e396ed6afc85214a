"""Two logs compared in full, off the event loop: matched, missing, surplus and differing keys, and their money."""

import time
import zlib
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from postback_wizard.domain.probe import LogEvidence, LogProbe, LogSource, together
from postback_wizard.effects.log_problem import LogProblem
from postback_wizard.effects.log_times import stamp_of_ms
from postback_wizard.effects.reconcile_books import Books
from postback_wizard.effects.reconcile_columns import columns_of
from postback_wizard.effects.reconcile_files import Half, Staged
from postback_wizard.effects.reconcile_inputs import blamed
from postback_wizard.effects.reconcile_keys import Key
from postback_wizard.effects.reconcile_pairs import PART_ROWS
from postback_wizard.effects.reconcile_read import read_sides
from postback_wizard.effects.reconcile_stage import SIDES, Plan, Read
from postback_wizard.effects.reconcile_words import Words, read_words
from postback_wizard.effects.stoppable import Run, in_thread

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "760MB",
    "threads": "2",
}
_NARROW = Plan("stage", columns_of, narrow=True)


async def reconcile(probe: LogProbe, at: str, *, part_rows: int = PART_ROWS) -> LogEvidence:
    """Compare the first two logs of a probe, the tracker's and the partner's, by click ID and transaction ID.

    Each may be several files, a folder or an archive. ``at`` is the time of asking, as it goes into the evidence;
    ``part_rows`` how many rows of one side are brought together with the other's at a time. The outcome is ``OK``,
    ``NO_COMMON_KEY`` or ``LOGS_UNREADABLE``; ``files`` holds a line for each side, the tracker's first, then one for
    each file that could not be read. Cancelling stops within half a second; what was written to disk is deleted.
    """
    return await in_thread(lambda run: _reconcile(probe, at, part_rows, run), Run())


def _reconcile(probe: LogProbe, at: str, part_rows: int, run: Run) -> LogEvidence:
    import duckdb

    started = time.perf_counter()
    try:
        found = _compared(probe, at, part_rows, run)
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


def _compared(probe: LogProbe, at: str, part_rows: int, run: Run) -> LogEvidence:
    with (
        TemporaryDirectory(prefix="postback-wizard-") as folder,
        ExitStack() as copies,
        run.connected({**_SETTINGS, "temp_directory": folder}) as con,
    ):
        con.execute("ATTACH ':memory:' AS stage")
        read = read_sides(con, probe, _NARROW, run, copies)
        return _evidence(con, probe, at, read, part_rows, run)


def _evidence(con: "DuckDBPyConnection", probe: LogProbe, at: str, read: Read, part_rows: int, run: Run) -> LogEvidence:
    words = [
        read_words(con, name, half, probe.platforms.get(half.role, ""), run)
        for name, half in zip(SIDES, read.halves, strict=True)
    ]
    books = Books(con, read.halves, read.key, words, run, part_rows)
    books.close()
    sides = [_side(half, read.key, word) for half, word in zip(read.halves, words, strict=True)]
    return LogEvidence(
        *(probe.name, at, ("OK",)),
        files=(*sides, *(file for half in read.halves for file in half.unread)),
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


def _side(half: Half, key: Key, words: Words) -> LogSource:
    """The files of a side as one log."""
    whole = together([_source(file, key) for file in half.files])
    assert whole is not None  # noqa: S101 - a side without a file is not compared
    first, last = (stamp_of_ms(edge) for edge in words.span_ms)
    return replace(
        whole,
        rows=whole.rows - words.odd,
        rejected_rows=whole.rejected_rows + words.odd,
        first_time=first,
        last_time=last,
    )


def _source(file: Staged, key: Key) -> LogSource:
    original, table = file.original, file.table
    dialect = {
        "format": original.format,
        "encoding": original.encoding + ("-bom" if original.bom else ""),
        "header": "yes" if original.has_header else "no",
    }
    if original.format == "csv":
        dialect |= {"delimiter": original.delimiter, "quote": "" if table.quoting == "plain" else '"'}
    columns = {name: table.dialect.columns[places[0]].header for name, places in table.places.items()}
    # Where another pair of columns than the first was the key, it is that one that is told.
    columns |= {name: table.dialect.columns[place].header for name, place in zip(key.names, file.key, strict=True)}
    return LogSource(
        *(file.file.role, file.file.path, file.rows, file.rejected, dialect, columns),
        guessed=table.guessed,
        rejects=file.rejects,
    )
