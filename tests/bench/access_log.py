"""Finding one click ID in a web server's log of 1 GB, beside ``grep -F``: ``python -m tests.bench.access_log [MB]``."""

import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from postback_wizard.domain.probe import LogFile, LogProbe
from postback_wizard.domain.progress import LISTENER, Progress
from postback_wizard.effects.access_scan import scan
from postback_wizard.effects.logs import read_logs

CLICK = "w7k2p9q4m1zz"


def write(path: Path, megabytes: int) -> None:
    """A combined log of about this size, with the click near its end and once near its beginning."""
    line = '198.51.100.{0} - - [01/Mar/2026:12:{1:02d}:00 +0300] "GET /pb?cid=click{2:09d}&payout=1.5 HTTP/1.1" 200 2 "-" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"\n'  # noqa: E501
    block = "".join(line.format(n % 250, n % 60, n) for n in range(6000)).encode()
    hit = line.format(1, 1, 1).replace("click000000001", CLICK).encode()
    times = megabytes * 1024 * 1024 // len(block)
    with path.open("wb") as file:
        for at in range(times):
            file.write(block)
            if at in (times // 100, times - 2):
                file.write(hit)


def processor_s() -> float:
    """Processor time so far, of this process and the children it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(item.ru_utime + item.ru_stime for item in used)


def grepped(path: Path) -> float:
    """``grep -F``, in seconds of processor time."""
    began = processor_s()
    subprocess.run(["grep", "-F", CLICK, path], check=True, stdout=subprocess.PIPE)
    return processor_s() - began


def scanned(path: Path) -> float:
    """The bare scan, in seconds of processor time."""
    began = processor_s()
    assert len(scan(path, [CLICK], lambda: None).found) == 2
    return processor_s() - began


def looked_up(path: Path) -> tuple[float, float]:
    """The whole look-up: seconds of processor time, and of the clock until the first line is told."""
    began, started = processor_s(), time.perf_counter()
    told: list[float] = []

    def hear(reading: Progress) -> None:
        if reading.line and not told:
            told.append(time.perf_counter() - started)

    async def ask() -> None:
        LISTENER.set(hear)
        logs = await read_logs(LogProbe("lookup", (LogFile("attempt_log", str(path)),), CLICK), "")
        assert len(logs.rows_of_click) == 2

    asyncio.run(ask())
    return processor_s() - began, told[0]


def main() -> None:
    """Write the log, read it once so that all find it in memory, then time them in turn, and take the best of each."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 1024
    with tempfile.TemporaryDirectory(prefix="postback-wizard-bench-") as folder:
        path = Path(folder) / "access.log"
        write(path, megabytes)
        grepped(path)
        looked_up(path)
        rounds = [(grepped(path), scanned(path), *looked_up(path)) for _ in range(3)]
        grep, alone, whole, first = (min(column) for column in zip(*rounds, strict=True))
        print(f"{path.stat().st_size / 1024**2:.0f} MB; processor time, best of three, in turn")
        print(f"grep -F {grep:.2f} s   scan {alone:.2f} s, {alone / grep:.2f} times", end="   ")
        print(f"whole look-up {whole:.2f} s, {whole / grep:.2f} times")
        print(f"first line told {first:.3f} s after the start, by the clock")


if __name__ == "__main__":
    main()
