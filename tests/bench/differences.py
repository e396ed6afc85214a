"""A million differences of two logs: how long until the first page, a page, a filter and the whole list as CSV.

Run: python tests/bench/differences.py [rows, in thousands, default 1000]
"""

import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path

import duckdb

from postback_wizard.domain.differences import Narrowing
from postback_wizard.domain.probe import LogFile, LogProbe
from postback_wizard.effects.differences import Differences
from postback_wizard.effects.reconcile import reconcile

ROWS = """COPY (SELECT substr(md5(i::VARCHAR), 1, 20) AS click_id, 'ORD-' || i AS transaction_id,
    strftime(TIMESTAMP '2026-01-05' + INTERVAL ((i * 37) % 3456000) SECOND, '%Y-%m-%d %H:%M:%S') AS time,
    'approved' AS status, printf('%.2f', {least} + (i % 4000) / 100.0) AS payout, 'USD' AS currency
    FROM range({rows}) t(i)) TO '{path}' (HEADER)"""


def spent() -> float:
    """Processor seconds of this process so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def timed(name: str, work: Awaitable[object]) -> None:
    """Do the work, and print what it took."""
    clock, processor = time.perf_counter(), spent()
    await work
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    took, used = time.perf_counter() - clock, spent() - processor
    print(f"{name:28} {took:8.3f} s   processor {used:8.3f} s   peak {peak:5} MB")


async def measure(folder: Path, rows: int) -> None:
    """Every key of two logs differs in its payout."""
    files = []
    with duckdb.connect(config={"threads": 2}) as con:
        for least, role in ((5, "conversion_log"), (6, "partner_log")):
            path = folder / f"{role}.csv"
            con.execute(ROWS.format(least=least, rows=rows, path=path))
            files.append(LogFile(role, str(path)))
    probe = LogProbe("reconcile", tuple(files))
    logs = await reconcile(probe, "")
    found = Differences(probe, logs)
    try:
        await timed("reading and first page", asyncio.ensure_future(_first(found)))
        await timed("last page", found.page(rows - 20, 20))
        await timed("filter by text", found.narrow(Narrowing(text="abc")))
        await timed("filter taken away", found.narrow(Narrowing()))
        await timed("all as CSV", found.write_list(folder, "list"))
    finally:
        found.close()


async def _first(found: Differences) -> None:
    await found.prepare()
    await found.page(0, 20)


def main() -> None:
    """Print what each of them takes."""
    rows = (int(sys.argv[1]) if len(sys.argv) > 1 else 1000) * 1000
    print(f"{rows} differences")
    with tempfile.TemporaryDirectory(prefix="postback-wizard-bench-") as folder:
        asyncio.run(measure(Path(folder), rows))


if __name__ == "__main__":
    main()
