"""Two logs compared in full, against a bare full outer join of the same files by the same key in DuckDB.

Run: python tests/bench/reconcile.py [rows, in millions, default 1]
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = {1: 5, 10: 1}
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
TAIL = "\nprint(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
JOIN = """
import resource, sys, time, duckdb
started = time.perf_counter()
con = duckdb.connect(config={"threads": 2})
con.execute("SET enable_progress_bar = false")
con.execute(f\"\"\"SELECT %s FROM read_csv('{sys.argv[1]}/tracker.csv') a
    FULL OUTER JOIN read_csv('{sys.argv[1]}/partner.csv') b USING (click_id, transaction_id)\"\"\").fetchall()
"""
OF_ALL = (
    "count(a.status), count(b.status), count(*), count(*) FILTER (a.status <> b.status), sum(a.payout), sum(b.payout),"
    " count(*) FILTER (a.payout <> b.payout), count(*) FILTER (a.currency <> b.currency),"
    " count(*) FILTER (a.time <> b.time)"
)
OURS = """
import asyncio, resource, sys, time, duckdb
from postback_wizard.domain.probe import LogFile, LogProbe
from postback_wizard.effects.reconcile import reconcile
started = time.perf_counter()
files = LogFile("conversion_log", sys.argv[1] + "/tracker.csv"), LogFile("partner_log", sys.argv[1] + "/partner.csv")
logs = asyncio.run(reconcile(LogProbe("reconcile", files), ""))
rows = int(sys.argv[2])
wanted = {"matched": rows - rows // 100, "only_tracker": rows // 100, "only_partner": rows // 100}
assert {name: count for name, count in logs.classes.items() if count} == wanted, logs
assert logs.offset_minutes == 180
"""
PROGRAMS = {
    "bare join, keys only": JOIN % "count(*)" + TAIL,
    "bare join, all columns": JOIN % OF_ALL + TAIL,
    "reconciliation": OURS + TAIL,
}


def measure(millions: int) -> dict[str, list[tuple[float, int]]]:
    """Seconds and peak megabytes of each program, taken in turns."""
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in PROGRAMS}
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
                seconds, megabytes = done.stdout.splitlines()[-1].split()
                found[name].append((float(seconds), int(megabytes)))
    return found


def main() -> None:
    """Print medians, peaks, and how many times the bare join the comparison takes."""
    millions = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    found = measure(millions)
    medians = {name: statistics.median(seconds for seconds, _ in runs) for name, runs in found.items()}
    print(f"{millions} million against {millions} million rows, {len(found['reconciliation'])} rounds")
    for name, runs in found.items():
        peak = max(megabytes for _, megabytes in runs)
        ratio = medians["reconciliation"] / medians[name]
        print(f"{name:24} {medians[name]:7.2f} s   peak {peak:5} MB   reconciliation takes {ratio:.2f} times as long")


if __name__ == "__main__":
    main()
