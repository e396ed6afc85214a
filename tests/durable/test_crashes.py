"""Deaths at every system call and in the middle of writes: what is on disk is the old case or the new one."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import postback_wizard

if sys.platform == "win32":
    pytest.skip("needs fork and resource limits", allow_module_level=True)


def deaths(task: str, folder: Path) -> list[dict[str, Any]]:
    root = Path(postback_wizard.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("crash_points.py")), task, str(folder)],
        env={**os.environ, "PYTHONPATH": str(root)},
        check=True,
        capture_output=True,
        text=True,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def saves(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return deaths("save", tmp_path_factory.mktemp("saves"))


@pytest.fixture(scope="module")
def creations(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return deaths("create", tmp_path_factory.mktemp("creations"))


@pytest.fixture(scope="module")
def sends(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return deaths("send", tmp_path_factory.mktemp("sends"))


def test_a_killed_save_leaves_the_old_case_or_the_new_one(saves: list[dict[str, Any]]) -> None:
    assert {item["content"] for item in saves} == {"old", "new"}


def test_saves_were_killed_at_many_points(saves: list[dict[str, Any]]) -> None:
    assert sum(not item["finished"] for item in saves) > 60


def test_a_finished_save_is_the_new_case(saves: list[dict[str, Any]]) -> None:
    assert {item["content"] for item in saves if item["finished"]} == {"new"}


def test_a_killed_writers_temporary_file_is_swept(saves: list[dict[str, Any]]) -> None:
    assert any(item["swept"] for item in saves)
    assert not any(item["stray"] for item in saves)


def test_a_killed_creation_leaves_no_case_or_a_whole_one(creations: list[dict[str, Any]]) -> None:
    assert {item["content"] for item in creations} == {"absent", "new"}


def test_everything_sent_is_in_the_journal_at_every_point_of_death(sends: list[dict[str, Any]]) -> None:
    assert [item["lost"] for item in sends if item["lost"]] == []


def test_everything_reported_as_settled_is_settled(sends: list[dict[str, Any]]) -> None:
    assert [item["unfinished"] for item in sends if item["unfinished"]] == []


def test_a_death_in_the_middle_of_a_line_loses_no_earlier_line(sends: list[dict[str, Any]]) -> None:
    assert all(item["first_kept"] for item in sends)


def test_the_journal_goes_on_after_every_death(sends: list[dict[str, Any]]) -> None:
    assert all(item["goes_on"] for item in sends)


def test_sends_were_killed_at_many_points(sends: list[dict[str, Any]]) -> None:
    assert sum(not item["finished"] for item in sends) > 60
