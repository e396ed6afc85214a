"""How far the reading of a large file has come, told to whoever set out to hear it."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """A file under way: bytes of this pass that are read and that there are, seconds left (negative: unknown).

    ``found`` is the first line that holds what is looked for, as soon as its bytes were read, and ``line`` its number.
    """

    file: str
    done: int
    total: int
    left_s: float = -1
    found: str = ""
    line: int = 0


#: Who is told, within the task that set it and what it starts; always called in that task's event loop.
LISTENER: ContextVar[Callable[[Reading], None] | None] = ContextVar("listener", default=None)
