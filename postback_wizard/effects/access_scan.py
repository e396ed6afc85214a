"""One ID looked up in a web server's log of any size, about as fast as the disk gives it."""

import re
from collections.abc import Callable, Sequence
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

    ``check`` is asked after each chunk and may raise to stop. A line break inside a chunk's end is carried over.
    """
    needles = [text.encode() for text in ids if text]
    found: list[Line] = []
    lines, rest = 0, b""
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            check()
            whole, newline, tail = chunk.rpartition(b"\n")
            if not newline:
                rest = (rest + chunk)[: LONGEST * 2]
                continue
            block = rest + whole
            _search(block, lines, needles, found, most, on_line)
            lines += block.count(b"\n") + 1
            rest = tail
    if rest.strip():
        _search(rest, lines, needles, found, most, on_line)
        lines += 1
    return Scan(lines, tuple(found))


def _search(
    block: bytes,
    before: int,
    needles: Sequence[bytes],
    found: list[Line],
    most: int,
    on_line: Callable[[Line], None] | None,
) -> None:
    """The lines of a block in their order; ``before`` lines went before it."""
    starts = sorted({start for needle in needles for start in _line_starts(block, needle)})
    for start in starts[: max(most - len(found), 0)]:
        end = block.find(b"\n", start)
        text = block[start : end if end >= 0 else len(block)][:LONGEST].decode("utf-8", "replace").rstrip("\r")
        line = Line(before + block.count(b"\n", 0, start) + 1, text)
        found.append(line)
        if on_line:
            on_line(line)


def _line_starts(block: bytes, needle: bytes) -> set[int]:
    starts: set[int] = set()
    at = block.find(needle)
    while at >= 0:
        end = at + len(needle)
        if not _WORD.match(block[end : end + 1]) and not _WORD.match(block[at - 1 : at] if at else b""):
            starts.add(block.rfind(b"\n", 0, at) + 1)
        at = block.find(needle, end)
    return starts
