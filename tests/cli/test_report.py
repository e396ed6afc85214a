"""``report`` beyond Markdown: bundles, short messages, what is missing, and secrets left in after a yes."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

FACTS = {
    "title": "Nothing arrives",
    "click_id": "clk-998877",
    "template": "https://t.example/p?cid={clickid}&token=tok-12345678",
    "sent_request": "https://t.example/p?cid={clickid}&token=tok-12345678&sig=9f86d081884c7d659a2f",
}


@pytest.fixture
def stored(program: Any) -> str:
    """The id of a stored case with a broken template and a secret."""
    program.run("check", "-", "--offline", "--save", stdin=json.dumps(FACTS).encode())
    (path,) = (program.home / "cases").glob("*.json")
    return str(path.stem)


def test_a_bundle_is_verified_by_its_sums(program: Any, stored: str, tmp_path: Path) -> None:
    program.run("report", stored, "--format", "bundle", "-o", str(tmp_path / "b"))
    done = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=tmp_path / "b", check=False)
    assert done.returncode == 0


def test_a_changed_bundle_is_found_out(program: Any, stored: str, tmp_path: Path) -> None:
    program.run("report", stored, "--format", "bundle", "-o", str(tmp_path / "b"))
    (tmp_path / "b" / "message.txt").write_text("changed")
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "b", check=False, capture_output=True)
    assert done.returncode != 0


def test_a_bundle_as_zip_holds_one_folder(program: Any, stored: str, tmp_path: Path) -> None:
    program.run("report", stored, "--format", "bundle", "-o", str(tmp_path / "case.zip"))
    with zipfile.ZipFile(tmp_path / "case.zip") as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == {"case"}


def test_a_bundle_needs_a_place(program: Any, stored: str) -> None:
    done = program.run("report", stored, "--format", "bundle")
    assert (done.code, done.out, len(done.sentences)) == (2, "", 1)


def test_a_bundle_overwrites_no_folder_that_holds_something(program: Any, stored: str, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = program.run("report", stored, "--format", "bundle", "-o", str(tmp_path))
    assert (done.code, sorted(path.name for path in tmp_path.iterdir() if path.is_file())) == (2, ["mine.txt"])


def test_a_message_is_plain_text(program: Any, stored: str) -> None:
    done = program.run("report", stored, "--format", "message", "--lang", "ru")
    assert (done.code, done.out.startswith("Здравствуйте"), "9f86d081884c" in done.out) == (0, True, False)


def test_what_is_missing_is_said_before_a_file_is_written(program: Any, stored: str, tmp_path: Path) -> None:
    done = program.run("report", stored, "-o", str(tmp_path / "r.md"))
    assert [line for line in done.sentences if line.startswith("Missing: conversion ID")]


def test_secrets_stay_out_where_nobody_can_say_yes(program: Any, stored: str, tmp_path: Path) -> None:
    done = program.run("report", stored, "--unmasked", "-o", str(tmp_path / "r.md"), stdin=b"yes\n")
    assert (done.code, len(done.sentences), list(tmp_path.glob("*.md"))) == (2, 1, [])


@pytest.mark.skipif(os.name != "posix", reason="there is no such terminal elsewhere")
@pytest.mark.parametrize(("typed", "files"), [(b"yes\n", ["r.UNMASKED.md"]), (b"no\n", [])])
def test_secrets_stay_in_after_a_typed_yes(
    program: Any, stored: str, tmp_path: Path, typed: bytes, files: list[str]
) -> None:
    import pty

    leader, follower = pty.openpty()
    words = ["report", stored, "--unmasked", "-o", str(tmp_path / "r.md")]
    os.write(leader, typed)
    subprocess.run(
        [sys.executable, "-m", "postback_wizard", *words],
        stdin=follower,
        stdout=subprocess.DEVNULL,
        stderr=follower,
        env=program.environment({}),
        timeout=60,
        check=False,
    )
    os.close(follower)
    os.close(leader)
    found = list(tmp_path.glob("*.md"))
    assert [path.name for path in found] == files
    texts = [path.read_text() for path in found]
    assert all(text.startswith("# UNMASKED") and "9f86d081884c7d659a2f" in text for text in texts)
    assert not any("tok-12345678" in text for text in texts)  # never stored, so there is nothing to leave in
