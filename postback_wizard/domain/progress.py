"""How far long work has come, and who wants to hear of it."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

Phase = Literal["reading", "comparing"]


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total``: bytes while reading, rows while comparing. ``left_s`` is -1 while nobody can tell."""

    phase: Phase
    done: int
    total: int
    left_s: int = -1


Tell = Callable[[Progress], object]

#: Whoever starts a run may set this in its own context; called on the event loop, a few times a second.
LISTENER: ContextVar[Tell | None] = ContextVar("LISTENER", default=None)
