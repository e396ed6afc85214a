"""How far a reconciliation has come: bytes of its files first, then rows of its parts."""

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postback_wizard.domain.progress import Phase, Progress

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Which share of the time reading takes; the rest is comparing.
_READING = 0.7
#: Before this share nobody can tell how long the rest takes.
_TOO_EARLY = 0.03


@dataclass(slots=True)
class Gauge:
    """Written by the thread that works, read by the event loop; ``under_way`` is what the present query covers."""

    phase: Phase = "reading"
    done: int = 0
    total: int = 0
    under_way: int = 0
    started: float = field(default_factory=time.monotonic)
    best: float = 0.0

    def begin(self, phase: Phase, total: int) -> None:
        """Start a phase of so many bytes or rows."""
        self.phase, self.done, self.total, self.under_way = phase, 0, total, 0

    def ahead(self, size: int) -> None:
        """The next query covers so much; what was under way is done."""
        self.done, self.under_way = min(self.done + self.under_way, self.total), size

    def read(self, con: "DuckDBPyConnection | None", lock: threading.Lock) -> Progress | None:
        """How far it is now; None before anything is known. Never waits."""
        if not self.total:
            return None
        done = min(self.done + round(self.under_way * _share(con, lock)), self.total)
        part = done / self.total
        whole = part * _READING if self.phase == "reading" else _READING + part * (1 - _READING)
        self.best = max(self.best, whole)
        spent = time.monotonic() - self.started
        left = round(spent * (1 - self.best) / self.best) if self.best > _TOO_EARLY else -1
        return Progress(self.phase, done, self.total, left)


def _share(con: "DuckDBPyConnection | None", lock: threading.Lock) -> float:
    """Which part of the query under way is done, 0 where that cannot be told."""
    import duckdb

    if con is None or not lock.acquire(blocking=False):
        return 0.0
    try:
        return max(0.0, con.query_progress()) / 100
    except duckdb.Error:
        return 0.0
    finally:
        lock.release()
