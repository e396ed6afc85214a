"""One ID looked up in a web server's log of any size, about as fast as the disk gives it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

#: Bytes read at a time.
CHUNK = 4 * 1024 * 1024
#: A line is cut beyond this.
LONGEST = 64 * 1024
_WORD = re.compile(rb"[A-Za-z0-9_\-]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds the ID as a whole word: its number from 1, and its text."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan found: how many lines there are, and those with the ID, up to the limit asked for."""

    lines: int
    found: tuple[Line, ...]


def scan(
    path: Path,
    ids: Sequence[str],
    check: Callable[[], None],
    *,
    most: int = 200,
    on_line: Callable[[Line], None] | None = None,
) -> Scan:
    """Every line that holds one of the IDs; ``on_line`` hears of each as soon as its bytes were read.

    ``check`` is asked after each chunk and may raise to stop.
    """
    pattern = re.compile(b"|".join(re.escape(text.encode()) for text in ids if text) or b"(?!)")
    found: list[Line] = []
    buffer = bytearray(LONGEST + CHUNK)
    view = memoryview(buffer)
    lines = kept = 0
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(view[kept : kept + CHUNK]):
            check()
            end = buffer.rfind(b"\n", 0, kept + size) + 1
            for line in _lines(buffer, end, lines, pattern, most - len(found)):
                found.append(line)
                if on_line:
                    on_line(line)
            lines += buffer.count(b"\n", 0, end)
            # Of a line that is longer than any request only the end is kept.
            tail = bytes(view[max(end, kept + size - LONGEST) : kept + size])
            kept = len(tail)
            view[:kept] = tail
    if kept:
        for line in _lines(buffer, kept, lines, pattern, most - len(found)):
            found.append(line)
            if on_line:
                on_line(line)
        lines += 1
    return Scan(lines, tuple(found))


def _lines(buffer: bytearray, end: int, before: int, pattern: re.Pattern[bytes], most: int) -> Iterator[Line]:
    """The first lines of a buffer that hold the ID as a whole word; ``before`` lines went before it."""
    last = counted = 0
    number, told = before + 1, 0
    for hit in pattern.finditer(buffer, 0, end):
        if told >= most:
            return
        inside = _WORD.match(buffer, hit.end(), end) or _WORD.match(buffer, max(hit.start() - 1, 0), hit.start())
        if inside or hit.start() < last:
            continue
        start = buffer.rfind(b"\n", 0, hit.start()) + 1
        stop = buffer.find(b"\n", hit.end(), end)
        last = stop if stop >= 0 else end
        number += buffer.count(b"\n", counted, start)
        counted, told = start, told + 1
        yield Line(number, bytes(buffer[start : min(last, start + LONGEST)]).decode("utf-8", "replace").rstrip("\r"))
