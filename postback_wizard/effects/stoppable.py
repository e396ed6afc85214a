"""Work with DuckDB in a thread of its own, and how it is stopped: within half a second, leaving nothing behind."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from postback_wizard.domain.progress import LISTENER, Reading

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

T = TypeVar("T")

#: How long, and how often, stopped work is told so before it is left to end by itself.
_NUDGE_S = 0.02
_NUDGES = 25
#: How often somebody who listens hears how far the work is.
_TELL_S = 0.5


class StoppedError(Exception):
    """The work was cancelled."""


@dataclass(slots=True)
class Run:
    """Work under way: its connection while there is one, and whether it has been told to stop."""

    stop: threading.Event = field(default_factory=threading.Event)
    con: "DuckDBPyConnection | None" = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    at: Reading | None = None
    since: float = 0
    hurry: Callable[[], None] = lambda: None

    def begin(self, file: str, total: int) -> None:
        """A pass over a file of so many bytes begins."""
        self.at, self.since = Reading(file, 0, total), time.perf_counter()

    def reached(self, done: int) -> None:
        """So many bytes of the pass are read; for work that DuckDB knows nothing of."""
        if self.at is not None:
            self.at = replace(self.at, done=min(done, self.at.total))

    def found(self, number: int, text: str) -> None:
        """A line that was looked for; the first is told at once."""
        if self.at is not None and not self.at.line:
            self.at = replace(self.at, found=text, line=number)
            self.hurry()

    def reading(self) -> Reading | None:
        """How far the pass under way is."""
        at = self.at
        if at is None:
            return None
        with self.lock:
            share = self.con.query_progress() / 100 if self.con is not None and not at.done else 0
        done = at.done or int(max(share, 0) * at.total)
        took = time.perf_counter() - self.since
        return replace(at, done=done, left_s=took * (at.total - done) / done if done else -1)

    def interrupt(self) -> None:
        """Tell the work to stop, and the query under way too."""
        self.stop.set()
        with self.lock:
            if self.con is not None:
                self.con.interrupt()

    def check(self) -> None:
        """Stop here if told so.

        Raises:
            StoppedError: the work was cancelled.
        """
        if self.stop.is_set():
            raise StoppedError

    @contextmanager
    def connected(self, settings: Mapping[str, str]) -> "Iterator[DuckDBPyConnection]":
        """A connection in UTC that can be interrupted as long as it is open."""
        import duckdb  # here, because it is large and most runs read no log

        con = duckdb.connect(":memory:", config=dict(settings))
        with self.lock:
            self.con = con
        try:
            con.execute("SET TimeZone = 'UTC'")
            con.execute("SET enable_progress_bar_print = false")  # it would be drawn on standard output
            con.execute("SET enable_progress_bar = true")  # so that progress can be asked for
            yield con
        finally:
            with self.lock:
                self.con = None
                con.close()


R = TypeVar("R", bound=Run)


async def in_thread(work: Callable[[R], T], run: R) -> T:
    """Do the work in a thread. Cancelling stops its query and waits, up to half a second, until it has left."""
    task = asyncio.ensure_future(asyncio.to_thread(work, run))
    tell = _teller(run)
    try:
        while not (await asyncio.wait([task], timeout=_TELL_S))[0]:
            tell()
        return task.result()
    except asyncio.CancelledError:
        task.add_done_callback(_ignore_end)
        # A query that is only about to start misses an interrupt, so ask until the thread has left.
        for _ in range(_NUDGES):
            run.interrupt()
            if (await asyncio.wait([task], timeout=_NUDGE_S))[0]:
                break
        raise


def _teller(run: Run) -> Callable[[], None]:
    """Tells whoever listens how far the work is."""
    listener, loop = LISTENER.get(), asyncio.get_running_loop()

    def tell() -> None:
        if listener is not None and (reading := run.reading()) is not None:
            listener(reading)

    def hurry() -> None:
        loop.call_soon_threadsafe(tell)

    run.hurry = hurry
    return tell


def _ignore_end(task: "asyncio.Future[T]") -> None:
    """Nobody waits any longer for how the work ended."""
    if not task.cancelled():
        task.exception()
