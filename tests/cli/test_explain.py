"""``explain`` and ``practice --list``."""

import contextlib
import io
from argparse import Namespace
from typing import Any

import pytest

from postback_wizard.catalogue.modes import FAILURE_MODES
from postback_wizard.checks import examples, rules
from postback_wizard.commands.explain import explanation
from postback_wizard.commands.explain import run as explain
from postback_wizard.practice.scenarios import SCENARIOS


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("code", sorted({*rules(), *FAILURE_MODES}))
def test_every_code_is_explained(code: str, lang: str) -> None:
    lines = list(explanation(code, lang))
    assert (lines[0], "" in lines) == (code, True)


@pytest.mark.parametrize("code", list(examples()))
def test_an_explanation_shows_what_its_example_raises(code: str) -> None:
    assert "What is said about it" in list(explanation(code, "en"))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_without_a_code_every_code_is_listed(lang: str) -> None:
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(out):
        explain(Namespace(code=""), lang)
    out.seek(0)
    listed = {line.split()[0] for line in out if line.startswith("  ")}
    assert listed == {*rules(), *FAILURE_MODES}


def test_the_command_explains(program: Any) -> None:
    done = program.run("explain", "macro-literal")
    assert (done.code, done.out.splitlines()[0], done.err) == (0, "macro-literal", "")


def test_a_misspelt_code_is_answered_with_the_nearest(program: Any) -> None:
    assert "macro-literal" in program.run("explain", "macro-litteral").err


def test_the_list_of_scenarios_names_each(program: Any) -> None:
    lines = program.run("practice", "--list").out.splitlines()
    assert [line.split()[0] for line in lines] == [scenario.name for scenario in SCENARIOS]


def test_the_list_of_scenarios_gives_no_answer_away(program: Any) -> None:
    out = program.run("practice", "--list").out
    assert [scenario.code for scenario in SCENARIOS if scenario.code and scenario.code in out] == []


def test_a_word_with_one_meaning_opens_its_page(program: Any) -> None:
    done = program.run("explain", "voluum")
    assert (done.code, done.out.splitlines()[0]) == (0, "Voluum (voluum): tracker")


def test_explain_and_platforms_say_the_same_of_a_platform(program: Any) -> None:
    assert program.run("explain", "voluum").out == program.run("platforms", "voluum").out


def test_a_word_of_many_meanings_lists_them(program: Any) -> None:
    lines = program.run("explain", "{clickid}").out.splitlines()
    assert any(line.split()[:3] == ["macro", "{clickid}", "Voluum"] for line in lines)


@pytest.mark.parametrize(("lang", "word"), [("en", "What it means"), ("ru", "Что это значит")])
def test_a_message_is_explained_with_its_sources(program: Any, lang: str, word: str) -> None:
    out = program.run("explain", "Broken clickid", "--lang", lang).out
    assert (word in out, "  https://" in out) == (True, True)


def test_a_failure_mode_without_a_check_is_explained(program: Any) -> None:
    done = program.run("explain", "undocumented-contract")
    assert (done.code, "Who mends it" in done.out, done.err) == (0, True, "")


def test_what_nobody_knows_is_refused(program: Any) -> None:
    done = program.run("explain", "qqqqqqqq")
    assert (done.code, done.out) == (2, "")


@pytest.mark.parametrize("words", [("explain", "macro-literal"), ("decode", "Broken clickid"), ("check", "-")])
def test_a_bad_file_of_ones_own_is_named_once(program: Any, words: tuple[str, ...]) -> None:
    folder = program.home / "platforms"
    folder.mkdir()
    (folder / "bad.toml").write_text("id = \n", "utf-8")
    done = program.run(*words, stdin=b'{"template": "https://a.example/?cid={click_id}"}')
    assert done.err.count("bad.toml, line 1") == 1
