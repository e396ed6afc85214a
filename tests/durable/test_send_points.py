"""Deaths at every system call between a yes and its result: what reached the server is in the journal, once."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

import postback_wizard

if sys.platform == "win32":
    pytest.skip("needs fork", allow_module_level=True)

PROGRAM = str(Path(__file__).with_name("send_points.py"))
BEHAVIOURS = ("answers", "answers under TLS", "redirects", "resets", "stays silent")
#: System calls that change what the disk holds or what a server hears.
CHANGING = "write,pwrite64,writev,sendto,sendmsg,connect,fsync,fdatasync,unlink,rename,renameat,mkdir,ftruncate,flock"
_LINE = re.compile(r"(\d+) +(\w+)\((.*)")


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(postback_wizard.__file__).parents[1]), "PYTHONWARNINGS": "ignore"}


@pytest.fixture(scope="module")
def deaths(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, PROGRAM, str(tmp_path_factory.mktemp("sends")), *BEHAVIOURS],
        env=environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_nothing_that_reached_the_server_is_missing_from_the_journal(deaths: list[dict[str, Any]]) -> None:
    assert [item for item in deaths if item["heard"] > item["in_journal"]] == []


def test_no_confirmation_sends_more_than_one_request(deaths: list[dict[str, Any]]) -> None:
    assert [item for item in deaths if item["heard"] > 1 or item["in_journal"] > 1] == []


def test_what_has_no_end_in_the_journal_is_shown_as_unknown(deaths: list[dict[str, Any]]) -> None:
    open_ends = [item for item in deaths if item["delivery"] == [""]]
    assert {tuple(item["shown_as_unknown"]) for item in open_ends} == {(True,)}


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_a_confirmation_that_lives_is_heard_once_and_has_its_end(behaviour: str, deaths: list[dict[str, Any]]) -> None:
    (lived,) = [item for item in deaths if item["finished"] and item["behaviour"] == behaviour]
    said = "answered" if behaviour in ("answers", "answers under TLS", "redirects") else "sent"
    assert (lived["heard"], lived["delivery"]) == (1, [said])


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_some_die_before_the_server_hears_and_some_after(behaviour: str, deaths: list[dict[str, Any]]) -> None:
    died = {(item["heard"], *item["delivery"]) for item in deaths if item["behaviour"] == behaviour}
    assert died >= {(0, ""), (1, "")}


def test_they_died_at_many_points(deaths: list[dict[str, Any]]) -> None:
    assert sum(not item["finished"] for item in deaths) > 300


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a tracer saw of one confirmation."""
    strace, folder = shutil.which("strace"), tmp_path_factory.mktemp("traced")
    if strace is None:
        pytest.skip("no tracer here")
    seen = folder / "seen"
    watched = [strace, "-f", "-o", str(seen), "-e", f"trace=close,openat,{CHANGING}"]
    subprocess.run(
        [*watched, sys.executable, PROGRAM, "--marks", str(folder), "answers"],
        env=environment(),
        check=False,
        capture_output=True,
    )
    found = seen.read_text(errors="replace") if seen.exists() else ""
    if "close(-1000)" not in found:
        pytest.skip("nothing may be traced here")
    return found


def changes(line: str) -> bool:
    return "O_RDONLY" not in line and not line.startswith("close(") and "O_DIRECTORY" not in line


def test_no_two_changing_system_calls_lie_between_two_points_of_death(traced: str) -> None:
    between: dict[str, list[str]] = defaultdict(list)
    marked: set[str] = set()
    crowded = []
    for found in _LINE.finditer(traced):
        thread, name, rest = found.groups()
        if f"{name}({rest}".startswith("close(-1000)"):
            crowded += [between[thread]] if thread in marked and len(between[thread]) > 1 else []
            marked.add(thread)
            between[thread] = []
        elif changes(f"{name}({rest}"):
            between[thread].append(f"{name}({rest}")
    assert crowded == []


def test_the_traced_points_include_the_intent_and_the_request(traced: str) -> None:
    whole = traced[traced.index("close(-1000)") :]
    assert whole.index('\\"intent\\"') < whole.index("fsync(", whole.index('\\"intent\\"')) < whole.index('"GET /pb')
