"""How long ``--help`` takes next to ``import argparse`` alone: the best of twenty each, in turn.

Run: ``python tests/bench/help.py``.
"""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from time import perf_counter

ROUNDS = 20
GOAL = 2.5


def milliseconds(command: list[str]) -> float:
    """One run, from start to exit."""
    start = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "NO_COLOR": "1"})
    return (perf_counter() - start) * 1000


def main() -> None:
    """Print the best time of each, side by side, and how they compare."""
    commands = {
        "python -c 'import argparse'": [sys.executable, "-c", "import argparse"],
        "python -m postback_wizard --help": [sys.executable, "-m", "postback_wizard", "--help"],
        "python -m postback_wizard check --help": [sys.executable, "-m", "postback_wizard", "check", "--help"],
    }
    script = Path(sysconfig.get_path("scripts"), "postback-wizard")
    if script.exists():
        commands["postback-wizard --help"] = [str(script), "--help"]
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(ROUNDS):
        for name, command in commands.items():
            best[name] = min(best[name], milliseconds(command))
    base = next(iter(best.values()))
    for name, took in best.items():
        print(f"{name:42} {took:7.1f} ms  {took / base:4.2f} x   (goal: at most {GOAL} x)")


if __name__ == "__main__":
    main()
