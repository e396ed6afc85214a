"""``platforms``: lists, shows, and checks files."""

from pathlib import Path
from typing import Any

import pytest

GOOD = (
    'id = "mine"\nname = "Mine"\nkind = "network"\nsources = ["a"]\n[sends]\nclick_id = { is = ["{c}"], src = [1] }\n'
)


def own(program: Any, name: str, text: str) -> Path:
    folder: Path = program.home / "platforms"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_without_an_id_platforms_and_conversion_apis_are_listed(program: Any) -> None:
    ids = {line.split()[0] for line in program.run("platforms").out.splitlines()}
    assert {"voluum", "affise", "meta_capi"} <= ids


@pytest.mark.parametrize(("lang", "word"), [("en", "tracker"), ("ru", "трекер")])
def test_the_list_says_the_kind_in_the_language(program: Any, lang: str, word: str) -> None:
    lines = program.run("platforms", "--lang", lang).out.splitlines()
    assert next(line for line in lines if line.startswith("voluum ")).endswith(word)


def test_a_platform_is_shown_with_its_sources(program: Any) -> None:
    done = program.run("platforms", "voluum")
    assert (done.code, "{clickid} [" in done.out, "] https://" in done.out, done.err) == (0, True, True, "")


def test_a_conversion_api_is_shown(program: Any) -> None:
    assert program.run("platforms", "meta_capi").out.startswith("Meta, Conversions API")


def test_an_unknown_id_is_answered_with_the_nearest(program: Any) -> None:
    done = program.run("platforms", "volum")
    assert (done.code, "voluum" in done.err, done.out) == (2, True, "")


def test_a_file_that_is_in_order_gets_a_sentence(program: Any, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, "utf-8")
    done = program.run("platforms", "--check", str(path))
    assert (done.code, done.out) == (0, "mine.toml is in order: Mine, affiliate network, 1 fact.\n")


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "mine.toml, line 6, sends.clickid: there is no such key"),
        ("ru", "mine.toml, строка 6, sends.clickid: такого ключа нет"),
    ],
)
def test_a_bad_file_is_refused_with_line_key_and_reason(program: Any, tmp_path: Path, lang: str, sentence: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace("click_id", "clickid"), "utf-8")
    done = program.run("platforms", "--check", str(path), "--lang", lang)
    assert (done.code, done.err.startswith(sentence), done.out) == (2, True, "")


def test_a_file_that_is_not_there_is_refused(program: Any) -> None:
    done = program.run("platforms", "--check", "nowhere.toml")
    assert (done.code, "nowhere.toml" in done.err) == (2, True)


def test_a_file_that_is_not_utf_8_is_refused(program: Any, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(GOOD.encode("utf-16"))
    assert program.run("platforms", "--check", str(path)).code == 2


def test_a_file_on_standard_input_needs_no_name(program: Any) -> None:
    assert program.run("platforms", "--check", "-", stdin=GOOD.encode()).out.startswith("- is in order: Mine")


def test_a_file_far_too_long_is_refused(program: Any, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f"{GOOD}\n#{' ' * (1 << 20)}", "utf-8")
    assert program.run("platforms", "--check", str(path)).code == 2


def test_an_id_and_a_file_together_are_too_much(program: Any) -> None:
    assert program.run("platforms", "voluum", "--check", "x.toml").code == 2


def test_a_platform_of_ones_own_is_shown(program: Any) -> None:
    own(program, "mine.toml", GOOD)
    assert program.run("platforms", "mine").out.splitlines()[0] == "Mine (mine): affiliate network"


def test_ones_own_file_takes_the_place_of_a_shipped_one(program: Any) -> None:
    own(program, "voluum.toml", GOOD.replace("mine", "voluum"))
    assert program.run("platforms", "voluum").out.splitlines()[0] == "Mine (voluum): affiliate network"


def test_a_bad_file_of_ones_own_is_named_and_the_rest_is_listed(program: Any) -> None:
    own(program, "bad.toml", "id = \n")
    own(program, "mine.toml", GOOD)
    done = program.run("platforms")
    listed = {line.split()[0] for line in done.out.splitlines()}
    assert (done.code, "bad.toml, line 1" in done.err, {"mine", "voluum"} <= listed) == (0, True, True)


def test_listing_creates_nothing(program: Any) -> None:
    program.run("platforms")
    assert list(program.home.iterdir()) == []
