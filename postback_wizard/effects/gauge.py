"""How far a reconciliation has come: bytes of its files first, then rows of its parts."""

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postback_wizard.domain.progress import Phase, Progress

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Before this share nobody can tell how long the rest takes.
_TOO_EARLY = 0.03


@dataclass(slots=True)
class Gauge:
    """Written by the thread that works, read by the event loop; ``under_way`` is what the present query covers.

    ``inside`` is how much of it is done, where DuckDB cannot tell; ``file`` names the only file being read.
    ``reading`` is the share of the time that reading takes; the rest is comparing.
    """

    phase: Phase = "reading"
    done: int = 0
    total: int = 0
    under_way: int = 0
    reading: float = 0.7
    started: float = field(default_factory=time.monotonic)
    best: float = 0.0
    shown: int = 0
    inside: int = 0
    file: str = ""
    line: int = 0
    found: str = ""
    found_in: str = ""

    def begin(self, phase: Phase, total: int) -> None:
        """Start a phase of so many bytes or rows."""
        self.phase, self.done, self.total, self.under_way = phase, 0, total, 0
        self.shown = 0

    def ahead(self, size: int) -> None:
        """The next query covers so much; what was under way is done."""
        self.done, self.under_way = min(self.done + self.under_way, self.total), size
        self.inside = 0

    def read(self, con: "DuckDBPyConnection | None", lock: threading.Lock) -> Progress | None:
        """How far it is now; None before anything is known. Never waits."""
        if not self.total:
            return None
        # A file that is read twice does not go back.
        inside = self.inside or round(self.under_way * _share(con, lock))
        self.shown = max(self.shown, min(self.done + min(inside, self.under_way), self.total))
        part = self.shown / self.total
        whole = part * self.reading if self.phase == "reading" else self.reading + part * (1 - self.reading)
        self.best = max(self.best, whole)
        spent = time.monotonic() - self.started
        left = round(spent * (1 - self.best) / self.best) if self.best > _TOO_EARLY else -1
        return Progress(self.phase, self.shown, self.total, left, self.file, self.line, self.found, self.found_in)


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
