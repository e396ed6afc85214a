"""Where things live, and that nobody else may look."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from postback_wizard.effects.folders import Folders, find_folders


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def folders(home: Path) -> Folders:
    return find_folders({"POSTBACK_WIZARD_HOME": str(home)})


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_one_variable_moves_everything(folders: Folders, home: Path) -> None:
    places = (folders.cases, folders.journal, folders.settings, folders.log, folders.exports)
    assert all(place.is_relative_to(home) for place in places)


def test_without_the_variable_everything_has_the_programs_name() -> None:
    found = find_folders({})
    places = (found.cases, found.journal, found.settings, found.log, found.exports)
    assert all("postback-wizard" in str(place) for place in places)


def test_finding_folders_creates_nothing(home: Path, folders: Folders) -> None:
    assert folders
    assert not home.exists()


@posix
@pytest.mark.usefixtures("open_umask")
def test_created_folders_are_their_owners_alone(folders: Folders, home: Path) -> None:
    assert folders.tighten() == ()
    assert {mode(item) for item in (home, *home.rglob("*"))} == {0o700}


@posix
@pytest.mark.usefixtures("open_umask")
def test_rights_that_grew_too_wide_are_taken_back(folders: Folders, home: Path) -> None:
    folders.cases.mkdir(parents=True)
    for file in (folders.cases / "a.json", folders.journal, folders.settings):
        file.touch()
    folders.tighten()
    assert [item for item in (home, *home.rglob("*")) if mode(item) & 0o077] == []


@posix
@pytest.mark.usefixtures("open_umask")
def test_other_files_in_a_portable_folder_keep_their_rights(folders: Folders, home: Path) -> None:
    home.mkdir()
    (home / "program").touch(0o755)
    folders.tighten()
    assert mode(home / "program") == 0o755


@posix
def test_what_a_link_leads_to_keeps_its_rights(folders: Folders, tmp_path: Path) -> None:
    (tmp_path / "theirs").touch()
    (tmp_path / "theirs").chmod(0o644)
    folders.cases.mkdir(parents=True)
    (folders.cases / "a.json").symlink_to(tmp_path / "theirs")
    folders.tighten()
    assert mode(tmp_path / "theirs") == 0o644


@posix
def test_a_folder_everybody_shares_keeps_its_rights(folders: Folders, home: Path) -> None:
    home.mkdir()
    home.chmod(0o1777)
    folders.tighten()
    assert mode(home) == 0o1777


def test_what_cannot_be_created_is_returned(folders: Folders, home: Path) -> None:
    home.touch()
    assert folders.cases in folders.tighten()


def test_a_start_sweeps_what_dead_writers_left(folders: Folders) -> None:
    folders.cases.mkdir(parents=True)
    (folders.cases / ".tmp-x-abc").touch()
    folders.tighten()
    assert list(folders.cases.iterdir()) == []
