"""The README tells the truth: rules, commands, dependencies, and the folders its recipes name."""

import re
import tomllib
from pathlib import Path

import pytest

from postback_wizard.checks import FOLDERS, modules, rules
from postback_wizard.commands.grammar import COMMANDS
from postback_wizard.domain.finding import Rule
from tests.house.rule_table import rule_table

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_lists_every_rule_with_its_title() -> None:
    assert f"<!-- rules -->\n{rule_table()}<!-- /rules -->" in README, "python -m tests.house.rule_table writes it"


def test_it_lists_every_command() -> None:
    missing = [name for name in COMMANDS if not re.search(rf"^\| `postback-wizard {name}[ `]", README, re.MULTILINE)]
    assert missing == []


def test_it_gives_a_reason_for_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[<>=]", item)[0] for item in project["dependencies"]]
    assert [name for name in names if name not in README.partition("| dependency |")[2].partition("###")[0]] == []


def test_its_pictures_exist() -> None:
    assert [name for name in re.findall(r"!\[.*?\]\((.*?)\)", README) if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("name", re.findall(r"`((?:postback_wizard|tests)/[\w/.]+)`", README))
def test_a_path_it_names_exists(name: str) -> None:
    assert (ROOT / name).exists()


@pytest.mark.parametrize("recipe", re.findall(r"^### (Add a .*?)$(.*?)(?=^##)", README, re.MULTILINE | re.DOTALL))
def test_a_recipe_is_under_ten_lines(recipe: tuple[str, str]) -> None:
    assert len(recipe[1].strip().splitlines()) < 10


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_rule_of_a_folder_has_an_example_and_every_example_its_rule(folder: str) -> None:
    for module in modules(folder):
        defined = {value.code for value in vars(module).values() if isinstance(value, Rule)}
        assert defined == {rule.code for rule in module.EXAMPLES}, module.__name__


@pytest.mark.parametrize("code", [code for code in rules() if code != "check-crashed"])
def test_an_example_raises_exactly_its_rule(code: str) -> None:
    for folder in FOLDERS:
        for module in modules(folder):
            for rule, example in module.EXAMPLES.items():
                if rule.code == code:
                    assert {finding.code for finding in module.check(example.case)} == {code}


def test_no_code_is_given_twice() -> None:
    codes = [
        value.code
        for folder in FOLDERS
        for module in modules(folder)
        for value in vars(module).values()
        if isinstance(value, Rule)
    ]
    assert len(codes) == len(set(codes))


def test_sources_are_public_pages() -> None:
    assert [
        url for rule in rules().values() for url in rule.sources if not url.startswith(("https://", "http://"))
    ] == []
