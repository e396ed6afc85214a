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
