"""One conversion looked up in exported logs: read as text through DuckDB, off the event loop, and stopped at once."""

import time
import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.probe import LogEvidence, LogFile, LogProbe, LogReject, LogRow, LogSource
from postback_wizard.effects.access_lookup import is_large, look_up
from postback_wizard.effects.column_content import guess
from postback_wizard.effects.columns import columns_for, recognise
from postback_wizard.effects.date_order import with_order
from postback_wizard.effects.dialect import Dialect, detect
from postback_wizard.effects.log_copy import as_utf8
from postback_wizard.effects.log_files import Input, named, opened
from postback_wizard.effects.log_problem import LogProblem
from postback_wizard.effects.log_query import Quoting, Summary, Table, find, other_quoting, summarise
from postback_wizard.effects.log_rows import Found, rows_of, shown_headers
from postback_wizard.effects.log_shares import shares_of
from postback_wizard.effects.long_lines import long_lines
from postback_wizard.effects.stoppable import Run, in_thread

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "512MB",
    "threads": "2",
    "temp_directory": "",
}
#: Shorter values are met in any column by chance.
SHORTEST_ID = 6


@dataclass(slots=True)
class _Run(Run):
    """One look-up under way, and the click IDs met in the files so far."""

    ids: set[str] = field(default_factory=set)


async def read_logs(probe: LogProbe, at: str) -> LogEvidence:
    """Every row of a conversion in the given logs, up to 200 a file; a bad file is reported and stops no other.

    Files are read in the order given; the other ID of a conversion found is looked for in the rest.
    ``at`` is the time of asking, as it goes into the evidence. A row's ``values`` use our names, plus ``match``
    (``exact``, ``casefold``, ``prefix``) and ``by`` (``click_id``, ``transaction_id``, ``url``); its ``time`` is
    ISO 8601, with ``Z`` where the log names the zone. Cancelling stops the query under way.
    """
    return await in_thread(lambda run: _read_all(probe, at, run), _Run())


def _read_all(probe: LogProbe, at: str, run: _Run) -> LogEvidence:
    started = time.perf_counter()
    files: list[LogSource] = []
    rows: list[LogRow] = []
    items = list(named(probe.files))
    run.gauge.reading = 1.0
    run.gauge.begin("reading", sum(map(_size, items)))
    with run.connected(_SETTINGS) as con:
        for item in items:
            run.check()
            run.gauge.ahead(_size(item))
            with opened(item, run.check) as members:
                for member in members:
                    source, found = _read_one(member, probe, run, con)
                    files.append(source)
                    rows.extend(found)
                    probe = _with_learned(probe, found)
    readable = any(not file.problem for file in files)
    took = round((time.perf_counter() - started) * 1000, 1)
    outcome = ("OK",) if readable else ("LOGS_UNREADABLE",)
    return LogEvidence(probe.name, at, outcome, tuple(files), tuple(rows), took_ms=took)


def _size(item: Input) -> int:
    """The file's bytes on disk."""
    try:
        return 0 if item.problem else item.path.stat().st_size
    except OSError:
        return 0


def sources_of(probe: LogProbe, run: Run) -> tuple[LogSource, ...]:
    """Each file of a probe as it reads by itself; nothing is looked up."""
    return _read_all(
        replace(probe, click_id="", transaction_id=""), "", _Run(run.stop, lock=run.lock, gauge=run.gauge)
    ).files


def _with_learned(probe: LogProbe, found: list[LogRow]) -> LogProbe:
    """The other ID of the only conversion found, to find attempts whose click ID was lost on the way."""
    rows = [row for row in found if row.role == "conversion_log" and row.values["match"] == "exact"]
    for name in ("click_id", "transaction_id"):
        ids = {row.values.get(name, "") for row in rows} - {""}
        if len(ids) == 1 and not getattr(probe, name) and not find_macros(learned := ids.pop()):
            probe = replace(probe, **{name: learned})  # type: ignore[arg-type]  # both are text
    return probe


def _read_one(item: Input, probe: LogProbe, run: _Run, con: "DuckDBPyConnection") -> tuple[LogSource, list[LogRow]]:
    import duckdb

    file = LogFile(item.role, item.shown)
    try:
        if item.problem:
            raise item.problem
        return rows_of(_look_up(item.path, file, probe, run, con), probe)
    except LogProblem as problem:
        return LogSource(file.role, file.path, problem=problem.code, detail=problem.detail, headers=problem.headers), []
    except (duckdb.Error, OSError, EOFError, ValueError, MemoryError, zlib.error) as error:
        run.check()
        code = "no-permission" if isinstance(error, PermissionError) else "unreadable"
        return LogSource(file.role, file.path, problem=code, detail=_short(error)), []


def _short(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def _look_up(path: Path, file: LogFile, probe: LogProbe, run: _Run, con: "DuckDBPyConnection") -> Found:
    import duckdb

    original = detect(path, file.role, probe.columns)
    with as_utf8(path, original, run.check, role=file.role, given=probe.columns) as (copy, dialect):
        table = _table(copy, dialect, file, probe, run)
        run.gauge.file = file.path
        if is_large(copy, table):
            return Found(file, table, original, *look_up(copy, table, probe, run))
        try:
            table, summary = _summary(con, with_order(con, table, probe.columns), run)
            hits, damaged = find(con, table, probe)
        except duckdb.InterruptException:
            raise
        except duckdb.Error:
            if not dialect.packed:
                raise
            return _cut_short(path, replace(table, dialect=dialect), original, file, probe, run, con)
        if not damaged and not summary.bad_encoding:
            shares = shares_of(con, replace(table, path=copy, dialect=dialect), summary, run.check)
            return Found(file, table, original, summary, hits, shares)
    with as_utf8(path, original, run.check, repair=True) as (copy, dialect):
        table, summary = _summary(con, replace(table, path=copy, dialect=dialect), run)
        hits, _ = find(con, table, probe)
        return Found(file, table, original, summary, hits, shares_of(con, table, summary, run.check))


def _cut_short(
    path: Path,
    table: Table,
    original: Dialect,
    file: LogFile,
    probe: LogProbe,
    run: _Run,
    con: "DuckDBPyConnection",
) -> Found:
    """An archive that ends in the middle: what there is of it, and where it breaks off."""
    with as_utf8(path, original, run.check, repair=True) as (copy, dialect):
        table, summary = _summary(con, replace(table, path=copy, dialect=dialect), run)
        last = summary.rows + summary.rejected + int(dialect.has_header) + dialect.skip
        broken = (*summary.rejects[:19], LogReject(last, "cut-short"))
        summary = replace(summary, rejected=max(summary.rejected, 1), rejects=broken)
        return Found(file, table, original, summary, find(con, table, probe)[0])


def _table(path: Path, dialect: Dialect, file: LogFile, probe: LogProbe, run: _Run) -> Table:
    """The log with its columns recognised.

    Raises:
        LogProblem: no column can hold the identifier asked for.
    """
    places = recognise(dialect.headers, file.role, probe.columns)
    guessed = guess(dialect.headers, dialect.sample, places, run.ids | {probe.click_id} - {""})
    places = {**places, **guessed}
    usable = {"click_id", "url"} | ({"transaction_id"} if probe.transaction_id or not probe.click_id else set())
    if not places.keys() & usable:
        named_ones = shown_headers(dialect)
        raise LogProblem("no-click-id-column", ", ".join(named_ones[:20])[:200], named_ones)
    quoting: Quoting = "backslash" if dialect.backslash else "strict"
    if "click_id" in places and "click_id" not in guessed and dialect.sample:
        run.ids.update(cell for cell in dialect.sample[places["click_id"][0]] if len(cell) >= SHORTEST_ID)
    return Table(path, dialect, places, file.role, quoting, tuple(guessed), _zone(file.role, probe))


def _zone(role: str, probe: LogProbe) -> str:
    return columns_for(role, probe.columns).get("time_zone", "")


def _summary(con: "DuckDBPyConnection", table: Table, run: _Run) -> tuple[Table, Summary]:
    """The log counted, with the quoting that loses the fewest rows: one stray quote can swallow the rest of a file."""
    import duckdb

    best: tuple[Table, Summary] | None = None
    failure: duckdb.Error | None = None
    for way in (table, *other_quoting(table)):
        run.check()
        try:
            summary = summarise(con, way)
        except duckdb.InterruptException:
            raise
        except duckdb.Error as error:
            failure = failure or error
            continue
        if best is None or summary.rows > best[1].rows:
            best = (way, summary)
        if not best[1].bad_quotes:
            break
    if best is None:
        raise failure or LogProblem("unreadable")
    return best[0], _with_long_lines(*best, run)


def _with_long_lines(table: Table, summary: Summary, run: _Run) -> Summary:
    """Lines that are too long are among the rejected ones."""
    if table.dialect.packed or table.dialect.format == "parquet":
        return summary
    told = {reject.line for reject in summary.rejects}
    more = tuple(reject for reject in long_lines(table.path, run.check) if reject.line not in told)
    if not more:
        return summary
    rejects = sorted((*summary.rejects, *more), key=lambda reject: reject.line)[:20]
    return replace(summary, rejected=summary.rejected + len(more), rejects=tuple(rejects))
