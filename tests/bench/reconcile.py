"""Two logs compared in full, against a bare full outer join of the same files by the same key in DuckDB.

How bare a join is depends on what becomes of its rows: they are only counted, and DuckDB reads no column but the key;
they are added up, over the columns a comparison needs; or they are kept, so that they can be looked at, as those of a
comparison can.

Run: python tests/bench/reconcile.py [rows, in millions, default 1]
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = {1: 5, 10: 3}
MILLION = 1_000_000

GENERATE = """
import sys, duckdb
folder, rows = sys.argv[1], int(sys.argv[2])
con = duckdb.connect(config={"threads": 2, "memory_limit": "2GB", "temp_directory": folder})
con.execute("SET enable_progress_bar = false")
for name, first, shift in (("tracker", 0, 0), ("partner", rows // 100, 180)):
    con.execute(f\"\"\"COPY (SELECT substr(md5((i + {first})::VARCHAR), 1, 20) AS click_id,
        'ORD-' || (i + {first}) AS transaction_id,
        strftime(TIMESTAMP '2026-01-05' + INTERVAL (((i + {first}) * 37) % 3456000) SECOND
                 + INTERVAL {shift} MINUTE, '%Y-%m-%d %H:%M:%S') AS time,
        CASE (i + {first}) % 5 WHEN 0 THEN 'pending' WHEN 1 THEN 'rejected' ELSE 'approved' END AS status,
        printf('%.2f', 5 + ((i + {first}) % 4000) / 100.0) AS payout,
        CASE (i + {first}) % 7 WHEN 0 THEN 'EUR' ELSE 'USD' END AS currency
        FROM range({rows}) t(i)) TO '{folder}/{name}.csv' (HEADER)\"\"\")
"""
TAIL = """
used = resource.getrusage(resource.RUSAGE_SELF)
print(time.perf_counter() - started, time.process_time() - worked, used.ru_maxrss // 1024)"""
JOIN = """
import resource, sys, time, duckdb
started, worked = time.perf_counter(), time.process_time()
con = duckdb.connect(config={"threads": 2})
con.execute("SET enable_progress_bar = false")
con.execute(f\"\"\"%s FROM read_csv('{sys.argv[1]}/tracker.csv') a
    FULL OUTER JOIN read_csv('{sys.argv[1]}/partner.csv') b USING (click_id, transaction_id)\"\"\").fetchall()
"""
OF_ALL = (
    "SELECT count(a.status), count(b.status), count(*), count(*) FILTER (a.status <> b.status), sum(a.payout),"
    " sum(b.payout), count(*) FILTER (a.payout <> b.payout), count(*) FILTER (a.currency <> b.currency),"
    " count(*) FILTER (a.time <> b.time)"
)
OURS = """
import asyncio, resource, sys, time, duckdb
from postback_wizard.domain.probe import LogFile, LogProbe
from postback_wizard.effects.reconcile import reconcile
started, worked = time.perf_counter(), time.process_time()
files = LogFile("conversion_log", sys.argv[1] + "/tracker.csv"), LogFile("partner_log", sys.argv[1] + "/partner.csv")
logs = asyncio.run(reconcile(LogProbe("reconcile", files), ""))
rows = int(sys.argv[2])
wanted = {"matched": rows - rows // 100, "only_tracker": rows // 100, "only_partner": rows // 100}
assert {name: count for name, count in logs.classes.items() if count} == wanted, logs
assert logs.offset_minutes == 180
"""
PROGRAMS = {
    "bare join, rows counted": JOIN % "SELECT count(*)" + TAIL,
    "bare join, rows added up": JOIN % OF_ALL + TAIL,
    "bare join, rows kept": JOIN % "CREATE TABLE joined AS SELECT *" + TAIL,
    "reconciliation": OURS + TAIL,
}


Measured = tuple[float, float, int]


def measure(millions: int) -> dict[str, list[Measured]]:
    """Seconds, seconds of processor time of all threads, and peak megabytes of each program, taken in turns."""
    found: dict[str, list[Measured]] = {name: [] for name in PROGRAMS}
    with tempfile.TemporaryDirectory(prefix="postback-wizard-bench-") as folder:
        words = [folder, str(millions * MILLION)]
        subprocess.run([sys.executable, "-c", GENERATE, *words], check=True)
        for _ in range(ROUNDS.get(millions, 1)):
            for name, code in PROGRAMS.items():
                done = subprocess.run(
                    [sys.executable, "-c", code, *words],
                    cwd=Path(__file__).parents[2],
                    capture_output=True,
                    text=True,
                    check=True,
                )
                seconds, worked, megabytes = done.stdout.splitlines()[-1].split()
                found[name].append((float(seconds), float(worked), int(megabytes)))
    return found


def main() -> None:
    """Print medians, peaks, and how many times the bare join the comparison takes."""
    millions = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    found = measure(millions)
    print(f"{millions} million against {millions} million rows, {len(found['reconciliation'])} rounds, medians;")
    print("in brackets how many times as long the reconciliation takes")
    ours = middle(found["reconciliation"])
    for name, runs in found.items():
        seconds, worked = middle(runs)
        peak = max(megabytes for *_, megabytes in runs)
        print(
            f"{name:24} {seconds:6.2f} s ({ours[0] / seconds:.2f})   processor {worked:6.2f} s ({ours[1] / worked:.2f})"
            f"   peak {peak:5} MB"
        )


def middle(runs: list[Measured]) -> tuple[float, float]:
    """The median seconds, and those of processor time."""
    return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)


if __name__ == "__main__":
    main()
