"""What the platform itself says, on the command line: exit codes, own files, other platforms' words."""

import json
from typing import Any

import pytest

OWN = """\
id = "mine"
name = "Mine Net"
kind = "network"
sources = ["our manager"]

[[accepts.errors]]
contains = "E_STRANGER"
means = { en = "The lead is a stranger.", ru = "Лид незнаком." }
modes = ["unknown-click-id"]
src = [1]
"""


@pytest.fixture
def own(program: Any) -> None:
    """An own platform file in the config folder."""
    folder = program.home / "platforms"
    folder.mkdir()
    (folder / "mine.toml").write_text(OWN, "utf-8")


def checked(program: Any, message: str, *words: str) -> Any:
    return program.run("check", "-", *words, stdin=json.dumps({"partner_message": message}).encode())


@pytest.mark.parametrize(("message", "code"), [("Please wait.", 3), ("Conversion status is not pending", 1)])
def test_a_message_alone_is_judged_without_sending(program: Any, message: str, code: int) -> None:
    assert checked(program, message).code == code


def test_a_message_nobody_knows_says_what_is_missing(program: Any) -> None:
    found = json.loads(checked(program, "Please wait.", "--json").out)
    step = found["steps"][2]
    assert (step["verdict"], "own words" in step["reason"], found["diagnosis"]["code"]) == ("not-checked", True, None)


@pytest.mark.parametrize(("lang", "words"), [("en", "the platform's own words"), ("ru", "слова самой платформы")])
def test_the_reason_is_said_in_the_language(program: Any, lang: str, words: str) -> None:
    assert words in checked(program, "Please wait.", "--lang", lang).out


@pytest.mark.usefixtures("own")
def test_an_answer_of_an_own_file_is_decoded(program: Any) -> None:
    out = program.run("decode", "E_STRANGER").out
    assert ('Mine Net says "E_STRANGER"' in out, "unknown-click-id" in out) == (True, True)


@pytest.mark.usefixtures("own")
def test_an_answer_of_an_own_file_is_judged_by_the_check(program: Any) -> None:
    done = checked(program, '{"error": "E_STRANGER"}')
    assert (done.code, "in the words of Mine Net" in done.out) == (1, True)
