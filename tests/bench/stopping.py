"""How long a comparison of two logs takes to stop once it is cancelled, and whether it leaves anything behind.

Run: python -m tests.bench.stopping [rows, in millions, default 1]
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from postback_wizard.domain.probe import LogFile, LogProbe
from postback_wizard.effects.reconcile import reconcile
from tests.bench.reconcile import GENERATE, MILLION

MOMENTS = tuple(tenth / 10 for tenth in range(10))


async def stop_after(files: tuple[LogFile, LogFile], seconds: float) -> float:
    """Seconds from cancelling to the end, -1 where there was nothing to cancel any more."""
    work = asyncio.ensure_future(reconcile(LogProbe("reconcile", files), ""))
    await asyncio.wait([work], timeout=seconds)
    if work.done():
        return -1
    started = time.perf_counter()
    work.cancel()
    await asyncio.wait([work])
    return time.perf_counter() - started


async def whole(files: tuple[LogFile, LogFile]) -> float:
    """Seconds of a comparison that nobody stops."""
    started = time.perf_counter()
    await reconcile(LogProbe("reconcile", files), "")
    return time.perf_counter() - started


def main() -> None:
    """Stop at ten moments of a comparison."""
    millions = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with tempfile.TemporaryDirectory(prefix="postback-wizard-bench-") as folder:
        subprocess.run([sys.executable, "-c", GENERATE, folder, str(millions * MILLION)], check=True)
        files = (LogFile("conversion_log", f"{folder}/tracker.csv"), LogFile("partner_log", f"{folder}/partner.csv"))
        with tempfile.TemporaryDirectory() as empty:
            tempfile.tempdir = empty
            length = asyncio.run(whole(files))
            for moment in MOMENTS:
                took = asyncio.run(stop_after(files, moment * length))
                left = len(list(Path(empty).iterdir()))
                print(f"after {moment * length:5.2f} s: stopped in {took * 1000:4.0f} ms, {left} files left")
            tempfile.tempdir = None


if __name__ == "__main__":
    main()
