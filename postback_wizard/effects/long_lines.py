"""Lines too long for any log, found by looking at few places of a file: DuckDB passes over them in silence."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from postback_wizard.domain.probe import LogReject
from postback_wizard.effects.log_query import MAX_LINE_BYTES

#: A line over the limit covers one stretch of this length whole; a shorter look tells nearly always that it does not.
_STRETCH, _LOOK = MAX_LINE_BYTES // 2, 64 * 1024
_MOST = 20


def long_lines(path: Path, check: Callable[[], None]) -> tuple[LogReject, ...]:
    """The first lines of a file that are longer than 4 MB, by their numbers from 1. ``check`` may raise to stop."""
    if path.stat().st_size <= MAX_LINE_BYTES:
        return ()
    with path.open("rb") as file:
        found = list(_starts(file, check))
        return tuple(LogReject(number, "too-long") for number in _numbers(file, found, check))


def _starts(file: IO[bytes], check: Callable[[], None]) -> Iterator[int]:
    """A place inside each long line, up to the most that are told."""
    at = told = 0
    while told < _MOST and file.seek(at) == at and (look := file.read(_LOOK)):
        check()
        if b"\n" not in look and b"\n" not in file.read(_STRETCH - _LOOK):
            start, end = _start_of(file, at), _end_of(file, at + _STRETCH, check)
            if end - start > MAX_LINE_BYTES:
                yield start
                told += 1
            at = max(end, at + _STRETCH)
        else:
            at += _STRETCH


def _start_of(file: IO[bytes], at: int) -> int:
    """Where the line begins that covers a place; it is nearer than a stretch, or an earlier look had found it."""
    before = max(at - _STRETCH, 0)
    file.seek(before)
    return before + file.read(at - before).rfind(b"\n") + 1


def _end_of(file: IO[bytes], at: int, check: Callable[[], None]) -> int:
    file.seek(at)
    while chunk := file.read(_STRETCH):
        check()
        if (end := chunk.find(b"\n")) >= 0:
            return at + end
        at += len(chunk)
    return at


def _numbers(file: IO[bytes], places: list[int], check: Callable[[], None]) -> Iterator[int]:
    number, at = 1, 0
    for place in places:
        file.seek(at)
        while at < place and (chunk := file.read(min(_STRETCH, place - at))):
            check()
            number += chunk.count(b"\n")
            at += len(chunk)
        yield number
