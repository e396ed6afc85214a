"""Finding one click ID in a web server's log of 1 GB, beside ``grep -F``: ``python -m tests.bench.access_log [MB]``."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from postback_wizard.effects.access_scan import scan

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


def main() -> None:
    """Write the log, read it once so that both find it in memory, then time both three times and take the best."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 1024
    with tempfile.TemporaryDirectory(prefix="postback-wizard-bench-") as folder:
        path = Path(folder) / "access.log"
        write(path, megabytes)
        subprocess.run(["grep", "-cF", CLICK, path], check=True, stdout=subprocess.PIPE)
        grep, ours, first = [], [], []
        for _ in range(3):
            started = time.perf_counter()
            subprocess.run(["grep", "-F", CLICK, path], check=True, stdout=subprocess.PIPE)
            grep.append(time.perf_counter() - started)
            started = time.perf_counter()
            seen: list[float] = []
            done = scan(path, [CLICK], lambda: None, on_line=lambda _, seen=seen: seen.append(time.perf_counter()))  # type: ignore[misc]  # a default binds the loop's list
            ours.append(time.perf_counter() - started)
            first.append(seen[0] - started)
        assert len(done.found) == 2
        print(f"{path.stat().st_size / 1024**2:.0f} MB, {done.lines:,} lines, {len(done.found)} found")
        print(f"grep -F {min(grep):.2f} s   scan {min(ours):.2f} s   {min(ours) / min(grep):.2f} times")
        print(f"first line after {min(first):.3f} s")


if __name__ == "__main__":
    main()
