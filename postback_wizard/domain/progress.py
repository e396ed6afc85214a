"""How far long work has come, and who wants to hear of it."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

Phase = Literal["reading", "comparing"]


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total``: bytes while reading, rows while comparing. ``left_s`` is -1 while nobody can tell.

    ``file`` is the one being read, where it is one. ``found`` is the first line that holds what is looked for, as soon
    as its bytes were read, and ``line`` its number from 1, in ``found_in``.
    """

    phase: Phase
    done: int
    total: int
    left_s: int = -1
    file: str = ""
    line: int = 0
    found: str = ""
    found_in: str = ""


Tell = Callable[[Progress], object]

#: Whoever starts a run may set this in its own context; called on the event loop, a few times a second.
LISTENER: ContextVar[Tell | None] = ContextVar("LISTENER", default=None)
