"""What the whole catalogue costs next to ``tomllib`` alone for the same files: processor time, the best of twenty.

Run: ``python tests/bench/catalogue.py``.
"""

import sys
import tomllib
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[2]))

from postback_wizard import catalogue
from postback_wizard.catalogue.files import PLATFORMS, UPLOADS

ROUNDS = 20
GOAL = 1.3


def bare() -> None:
    """Every file through ``tomllib``, and nothing else."""
    for folder in (PLATFORMS, UPLOADS):
        for path in sorted(folder.glob("*.toml")):
            tomllib.loads(path.read_text("utf-8"))


def everything() -> None:
    """Every file through our strict reading."""
    forget()
    catalogue.platforms()
    catalogue.upload_apis()


def one() -> None:
    """One platform."""
    forget()
    catalogue.platform("voluum")


def meta() -> None:
    """What the checks need of the largest conversion API."""
    forget()
    catalogue.meta()


def forget() -> None:
    """Drop what was read before."""
    for cached in (catalogue.platform, catalogue.platforms, catalogue.upload_api, catalogue.upload_apis):
        cached.cache_clear()


def main() -> None:
    """Print the best time of each, side by side, and how they compare."""
    best = dict.fromkeys((bare, everything, one, meta), float("inf"))
    for _ in range(ROUNDS):
        for work in best:
            start = process_time()
            work()
            best[work] = min(best[work], (process_time() - start) * 1000)
    files = sum(1 for folder in (PLATFORMS, UPLOADS) for _ in folder.glob("*.toml"))
    print(f"tomllib alone, {files} files    {best[bare]:7.1f} ms")
    whole = best[everything]
    print(f"the whole catalogue       {whole:7.1f} ms  {whole / best[bare]:4.2f} x   (goal: at most {GOAL} x)")
    print(f"one platform              {best[one]:7.1f} ms")
    print(f"Meta's rules              {best[meta]:7.1f} ms")


if __name__ == "__main__":
    main()
