"""A program that does one thing again and again, and each time dies at the next system call, or the next byte.

Usage: crash_points.py TASK FOLDER. Prints one JSON list: what each death left on disk.
"""

import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import HttpProbe
from postback_wizard.effects.codec import CaseError, dump_case, load_case
from postback_wizard.effects.durable import sweep
from postback_wizard.effects.journal import Journal
from postback_wizard.effects.store import CaseStore
from postback_wizard.steps.withholding import withheld_url, withhold

OLD = Case("c", "2026-03-01T10:00:00.000Z", Facts(title="old", body="o" * 3000))
NEW = Case("c", "2026-03-01T10:00:00.000Z", Facts(title="new", body="n" * 5000))
PROBE = HttpProbe("replay", "GET", "http://p.example/?click_id=1")
# What a save loads when it is first asked for is loaded here: no death before the first write tells anything.
withhold(NEW)
withheld_url(PROBE.url)


def dies_at(point: int) -> None:
    """Let this process be killed before or after a system call of its own, counted from now."""
    left = point

    def count(_frame: FrameType, event: str, function: object) -> None:
        nonlocal left
        if event in ("c_call", "c_return") and getattr(function, "__module__", "") == "posix":
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


def fork(task: Callable[[], object], prepare: Callable[[], object]) -> bool:
    """Run a task in a child that was prepared to die; returns whether it lived to the end."""
    child = os.fork()
    if child == 0:
        prepare()
        task()
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def limit_files(size: int) -> None:
    """Let the kernel kill this process in the middle of a write."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def content(path: Path) -> str:
    """What a case file holds: old, new, absent, or something that must never be."""
    try:
        found = load_case(path.read_bytes())
    except FileNotFoundError:
        return "absent"
    except CaseError as error:
        return str(error)
    return found.facts.title if found in (OLD, NEW) else "mixture"


def after_save(folder: Path) -> dict[str, object]:
    cases = folder / "cases"
    found = content(cases / "c.json")
    swept = sweep(cases) if cases.exists() else 0
    stray = [item.name for item in folder.rglob(".tmp-*")]
    return {"content": found, "swept": swept, "stray": stray}


def save(folder: Path) -> None:
    with CaseStore(folder / "cases").open("c") as opened:
        opened.save(NEW)


def create(folder: Path) -> None:
    CaseStore(folder / "cases").create(NEW).close()


def with_old(folder: Path) -> None:
    (folder / "cases").mkdir(parents=True)
    (folder / "cases" / "c.json").write_bytes(dump_case(OLD))


def send(folder: Path) -> None:
    """Write an intent down, then "send" by leaving a mark, then settle."""
    journal = Journal(folder / "journal.jsonl")
    intent = journal.intend("second", PROBE, "2026-03-01T10:00:01.000Z")
    (folder / f"sent-{intent}").touch()
    journal.settle(intent, "answered", ("OK_2XX",))
    (folder / f"settled-{intent}").touch()


def with_intent(folder: Path) -> None:
    folder.mkdir()
    Journal(folder / "journal.jsonl").intend("first", PROBE, "2026-03-01T10:00:00.000Z")


def after_send(folder: Path) -> dict[str, object]:
    journal = Journal(folder / "journal.jsonl")
    known = {item.id: item for item in journal.sent_before(first_key(journal))}
    third = journal.intend("third", PROBE, "2026-03-01T10:00:02.000Z")
    return {
        "first_kept": "first" in {item.case_id for item in journal.unsettled()},
        "lost": [mark.name for mark in folder.glob("sent-*") if mark.name.removeprefix("sent-") not in known],
        "unfinished": [mark.name for mark in folder.glob("settled-*") if not known[mark.name[8:]].delivery],
        "goes_on": third in {item.id for item in journal.unsettled()},
    }


def first_key(journal: Journal) -> str:
    return journal.unsettled()[0].key


TASKS = {
    "save": (with_old, save, after_save),
    "create": (lambda folder: folder.mkdir(), create, after_save),
    "send": (with_intent, send, after_send),
}


def main(name: str, base: Path) -> None:
    before, task, after = TASKS[name]
    results: list[dict[str, object]] = []

    def attempt(label: str, prepare: Callable[[], object]) -> bool:
        folder = base / label
        before(folder)
        finished = fork(lambda: task(folder), prepare)
        results.append({"point": label, "finished": finished, **after(folder)})
        shutil.rmtree(folder)
        return finished

    point = 0
    while not attempt(f"call-{point}", partial(dies_at, point)):
        point += 1
    for size in range(0, 6000, 97):
        if attempt(f"byte-{size}", partial(limit_files, size)):
            break
    print(json.dumps(results))  # noqa: T201 - this is its output


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
