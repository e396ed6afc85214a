"""Help, version, language, and what a wrong command line is answered."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from postback_wizard import __version__
from postback_wizard.commands.grammar import COMMANDS, WIZARD
from postback_wizard.commands.tongue import preferred_language, settings_places
from postback_wizard.effects.folders import find_folders

HEAVY = (
    "textual",
    "rich",
    "httpx",
    "httpcore",
    "pydantic",
    "duckdb",
    "dataclasses",
    "asyncio",
    "socket",
    "ssl",
    "typing",
)
CYRILLIC = set("абвгдежзийклмнопрстуфхцчшщъыьэюя")


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(program: Any, words: list[str]) -> None:
    script = (
        "import sys\n"
        "from postback_wizard.cli import main\n"
        f"code = main({words!r})\n"
        f"sys.stderr.write(' '.join(sorted(set(sys.modules) & set({HEAVY!r}))))\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", script],
        capture_output=True,
        check=True,
        env=program.environment({}),
        cwd=program.home,
    )
    assert done.stderr == b""


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_help_names_every_command(program: Any, lang: str) -> None:
    out = program.run("--help", "--lang", lang).out
    assert [name for name, command in COMMANDS.items() if name not in out or not command.about.say(lang)] == []


@pytest.mark.parametrize("command", list(COMMANDS))
def test_the_help_of_a_command_names_all_its_words(program: Any, command: str) -> None:
    out = program.run(command, "--help").out
    names = [name for word in COMMANDS[command].words for name in (word.names if word.is_option else (word.meta,))]
    assert [name for name in names if name not in out] == []


@pytest.mark.parametrize("command", list(COMMANDS))
def test_help_in_russian_has_no_english_heading(program: Any, command: str) -> None:
    out = program.run("--lang", "ru", command, "--help").out
    assert "usage" not in out
    assert "options" not in out
    assert CYRILLIC & set(out)


def test_help_goes_to_standard_output_alone(program: Any) -> None:
    done = program.run("--help")
    assert (done.code, done.err) == (0, "")


def test_help_after_a_command_needs_none_of_its_words(program: Any) -> None:
    assert program.run("check", "-h").code == 0


def test_help_before_a_command_is_the_help_of_that_command(program: Any) -> None:
    assert program.run("--help", "listen").out == program.run("listen", "--help").out


def test_the_version_is_the_package_s(program: Any) -> None:
    assert program.run("--version").out == f"postback-wizard {__version__}\n"


def test_nothing_is_coloured(program: Any) -> None:
    assert "\x1b" not in program.run("--help", FORCE_COLOR="1").out


# -- the language ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "en"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ru_RU.UTF-8"}, "ru"),
        ({"LC_ALL": "", "LANG": "ru"}, "ru"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_environment_chooses_the_language(tmp_path: Path, environment: dict[str, str], lang: str) -> None:
    assert preferred_language({**environment, "POSTBACK_WIZARD_HOME": str(tmp_path)}) == lang


def test_the_settings_win_over_the_environment(program: Any) -> None:
    (program.home / "settings.toml").write_text('theme = "x"\nlanguage = "ru"\n')
    assert CYRILLIC & set(program.run("--help", LANG="en_US.UTF-8").out)


def test_a_language_inside_a_table_is_not_the_setting(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[endpoints]\nlanguage = "ru"\n')
    assert preferred_language({"POSTBACK_WIZARD_HOME": str(tmp_path)}) == "en"


def test_the_flag_wins_over_the_settings(program: Any) -> None:
    (program.home / "settings.toml").write_text('language = "ru"\n')
    assert not CYRILLIC & set(program.run("--help", "--lang=en").out)


def test_the_settings_are_looked_for_where_they_are_kept() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "POSTBACK_WIZARD_HOME"}
    assert str(find_folders(environment).settings) in list(settings_places(environment))


# -- wrong command lines -----------------------------------------------------------------------------------------------

WRONG = [
    ["chek"],
    ["-"],
    ["--stepz"],
    ["check"],
    ["check", "a", "b"],
    ["check", "--steps"],
    ["check", "--json=1", "f"],
    ["check", "f", "--offlin"],
    ["check", "f", "--lang", "de"],
    ["--lang", "de", "paths"],
    ["--lang"],
    ["open"],
    ["recheck"],
    ["report"],
    ["report", "x", "--for", "boss"],
    ["report", "x", "--format", "pdf"],
    ["paths", "extra"],
    ["listen", "--port", "99999"],
    ["listen", "--port", "x"],
    ["listen", "--status", "42"],
    ["listen", "--delay", "nan"],
    ["listen", "--delay", "-1"],
    ["practice", "no-such-scenario"],
    ["explain", "no-such-code"],
]


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_command_line_is_answered_with_one_sentence(program: Any, words: list[str], lang: str) -> None:
    done = program.run(*words, LANG=lang)
    assert (done.code, done.out, len(done.sentences)) == (2, "", 1)


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_the_sentence_is_in_the_language_of_the_user(program: Any, words: list[str]) -> None:
    assert CYRILLIC & set(program.run(*words, LANG="ru").err)


def test_a_misspelt_command_is_answered_with_the_nearest(program: Any) -> None:
    assert '"check"' in program.run("chek").err


def test_a_misspelt_flag_is_answered_with_the_nearest(program: Any) -> None:
    assert "--offline" in program.run("check", "f", "--ofline").err


def test_control_characters_of_a_wrong_word_do_not_reach_the_terminal(program: Any) -> None:
    assert "\x1b" not in program.run("\x1b[2J").err


def test_the_wizard_without_a_terminal_says_so(program: Any) -> None:
    done = program.run()
    assert (done.code, done.out, len(done.sentences)) == (2, "", 1)


def test_the_wizard_has_no_words_of_its_own() -> None:
    assert WIZARD.words == ()


def test_a_reader_that_leaves_early_is_no_error(program: Any) -> None:
    shell = f"{sys.executable} -m postback_wizard --help | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", shell], capture_output=True, check=True, env=program.environment({}), cwd=program.home
    )
    assert (done.stdout, done.stderr) == (b"0\n", b"")


def test_output_survives_a_terminal_that_knows_no_cyrillic(program: Any) -> None:
    done = program.run("--help", "--lang", "ru", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (done.code, done.err) == (0, "")
