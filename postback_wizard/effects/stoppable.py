"""Work with DuckDB in a thread of its own, and how it is stopped: within half a second, leaving nothing behind."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from postback_wizard.domain.progress import LISTENER, Tell
from postback_wizard.effects.gauge import Gauge

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

T = TypeVar("T")

#: How long, and how often, stopped work is told so before it is left to end by itself.
_NUDGE_S = 0.02
_NUDGES = 25
#: How often whoever listens is told how far the work has come.
_TOLD_EVERY_S = 0.25


class StoppedError(Exception):
    """The work was cancelled."""


@dataclass(slots=True)
class Run:
    """Work under way: its connection while there is one, how far it is, and whether it has been told to stop."""

    stop: threading.Event = field(default_factory=threading.Event)
    con: "DuckDBPyConnection | None" = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    gauge: Gauge = field(default_factory=Gauge)
    hurry: Callable[[], None] = lambda: None

    def found(self, file: str, number: int, text: str) -> None:
        """A line that was looked for; the first of all is told at once."""
        if not self.gauge.line:
            self.gauge.found_in, self.gauge.line, self.gauge.found = file, number, text
            self.hurry()

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
            # Its progress is wanted, but not drawn on standard output.
            con.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
            con.execute("SET progress_bar_time = 0")
            yield con
        finally:
            with self.lock:
                self.con = None
                con.close()


R = TypeVar("R", bound=Run)


async def in_thread(work: Callable[[R], T], run: R) -> T:
    """Do the work in a thread. Cancelling stops its query and waits, up to half a second, until it has left."""
    task = asyncio.ensure_future(asyncio.to_thread(work, run))
    try:
        if (tell := LISTENER.get()) is not None:
            await _tell_until(task, run, tell)
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        task.add_done_callback(_ignore_end)
        # A query that is only about to start misses an interrupt, so ask until the thread has left.
        for _ in range(_NUDGES):
            run.interrupt()
            if (await asyncio.wait([task], timeout=_NUDGE_S))[0]:
                break
        raise


async def _tell_until(task: "asyncio.Future[T]", run: Run, tell: Tell) -> None:
    def tell_now() -> None:
        if (progress := run.gauge.read(run.con, run.lock)) is not None:
            tell(progress)

    loop = asyncio.get_running_loop()

    def hurry() -> None:
        loop.call_soon_threadsafe(tell_now)

    run.hurry = hurry
    while not (await asyncio.wait([task], timeout=_TOLD_EVERY_S))[0]:
        tell_now()


def _ignore_end(task: "asyncio.Future[T]") -> None:
    """Nobody waits any longer for how the work ended."""
    if not task.cancelled():
        task.exception()
