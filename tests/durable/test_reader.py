"""Showing a file in the user's own editor or pager."""

import os
from pathlib import Path

import pytest

from postback_wizard.effects.reader import read_in

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the programs are scripts")


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder of programs that write down what they were given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("vim", "less"):
        script = folder / name
        script.write_text(f'#!/bin/sh\necho "{name} $*" > "{tmp_path}/said"\nexit 3\n')
        script.chmod(0o755)
    return folder


def said(tmp_path: Path) -> str:
    return (tmp_path / "said").read_text().strip()


def test_the_editor_opens_the_file_with_its_flags(programs: Path, tmp_path: Path) -> None:
    environment = {"PATH": f"{programs}:/bin:/usr/bin", "EDITOR": "vim -R '+set x'", "PAGER": "less"}
    assert (read_in(tmp_path / "r.md", environment), said(tmp_path)) == ("vim", f"vim -R +set x {tmp_path}/r.md")


def test_the_pager_opens_it_where_there_is_no_editor(programs: Path, tmp_path: Path) -> None:
    environment = {"PATH": f"{programs}:/bin:/usr/bin", "EDITOR": "no-such-editor", "PAGER": "less"}
    assert read_in(tmp_path / "r.md", environment) == "less"


def test_a_setting_that_is_no_command_is_passed_over(programs: Path, tmp_path: Path) -> None:
    environment = {"PATH": f"{programs}:/bin:/usr/bin", "VISUAL": "vim 'unfinished"}
    assert read_in(tmp_path / "r.md", environment) == "less"


def test_where_nothing_is_there_nothing_is_opened(tmp_path: Path) -> None:
    assert read_in(tmp_path / "r.md", {"PATH": str(tmp_path)}) == ""
