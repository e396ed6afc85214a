"""A large access log looked up line by line, where reading all of it as a table would take too long."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote

from postback_wizard.domain.probe import LogProbe
from postback_wizard.domain.times import read_moment
from postback_wizard.effects.access_log import FIXED, AccessLine, read_line
from postback_wizard.effects.access_scan import CHUNK, Line, scan
from postback_wizard.effects.log_query import MAX_ROWS, Hit, Summary, Table
from postback_wizard.effects.log_times import iso
from postback_wizard.effects.stoppable import Run

#: Smaller logs are read as tables, which also finds IDs in another case or cut short, and counts odd lines.
LARGE = 64 * 1024 * 1024
_EDGE = 64 * 1024


def is_large(path: Path, table: Table) -> bool:
    """Whether a log is one for this way of reading."""
    dialect = table.dialect
    return dialect.format == "access" and not dialect.packed and path.stat().st_size > LARGE


def look_up(path: Path, table: Table, probe: LogProbe, run: Run) -> tuple[Summary, list[Hit]]:
    """The lines that hold one of the IDs, and how many lines there are; odd lines are not counted here."""
    ids = [form for text in (probe.click_id.strip(), probe.transaction_id.strip()) for form in (text, quote(text, ""))]
    chunks = count()

    def step() -> None:
        run.check()
        run.gauge.inside = next(chunks) * CHUNK

    def hear(line: Line) -> None:
        run.found(str(table.path), line.number, line.text)

    done = scan(path, list(dict.fromkeys(ids)), step, most=MAX_ROWS, on_line=hear)
    hits = [hit for line in done.found for hit in _hit(line, table, probe)]
    first, last = _edges(path)
    return Summary(done.lines, 0, first, last, bad_quotes=False, bad_encoding=False), hits


def _hit(line: Line, table: Table, probe: LogProbe) -> Iterator[Hit]:
    read = read_line(line.text)
    if read is None:
        return
    cells = _cells(read, table)
    for rank, name, wanted in ((1, "click_id", probe.click_id), (2, "transaction_id", probe.transaction_id)):
        if wanted and any(cells[place].strip() == wanted.strip() for place in table.places.get(name, [])):
            yield Hit(line.number, rank, cells)
            return
    yield Hit(line.number, 3, cells)


def _cells(read: AccessLine, table: Table) -> tuple[str, ...]:
    named = (read.values.get(name.removeprefix("?"), "") for name in table.dialect.headers[len(FIXED) :])
    return (*read.cells, *named)


def _edges(path: Path) -> tuple[int | None, int | None]:
    """The times of the first and the last line that can be read, in milliseconds since 1970."""
    with path.open("rb") as file:
        head = file.read(_EDGE)
        file.seek(-_EDGE, 2)
        tail = file.read(_EDGE)
    return _time(head.splitlines()), _time(reversed(tail.splitlines()))


def _time(lines: "Iterator[bytes] | list[bytes]") -> int | None:
    read = (read_line(line.decode("utf-8", "replace")) for line in lines)
    first = next((item for item in read if item), None)
    moment = read_moment(iso(first.cells[0])) if first else None
    return int(moment.utc.timestamp() * 1000) if moment else None
