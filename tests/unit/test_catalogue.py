"""The catalogue: shipped files hold to the schema, bad ones are named with line, key and reason."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard import catalogue
from postback_wizard.catalogue import CatalogueError, Platform, Sentence, overlaid
from postback_wizard.catalogue.fault import line_of
from postback_wizard.catalogue.files import PLATFORMS, UPLOADS, parsed_any, parsed_platform, parsed_upload_api, shipped
from postback_wizard.catalogue.sheet import sheet
from postback_wizard.domain.macros import find_macros

ROOT = Path(__file__).parents[2]
GOOD = """\
id = "mine"
name = "Mine"
kind = "network"
sources = ["https://mine.example/help", "our account manager"]

[sends]
click_id = { is = ["{sub1}"], src = [1] }

[accepts]
url_template = { is = "https://mine.example/pb?id=REPLACE", src = [2], read = "2026-03-01" }

[[accepts.errors]]
contains = "no click"
means = { en = "The click is not known.", ru = "Клик неизвестен." }
modes = ["unknown-click-id"]
src = [2]

[click]
id_pattern = { is = '^\\d+$', src = [1] }

[[notes]]
en = "Braces such as {sub1} stay as they are."
ru = "Скобки вида {sub1} остаются как есть."
src = [1, 2]
"""
#: What is put in place of what, and then: line, key, and words of the reason.
FAULTS = [
    ('kind = "network"', 'kind = "shop"', 3, "kind", "shop is none of"),
    ('name = "Mine"', 'name = ""', 2, "name", "left out"),
    ('name = "Mine"', "name = 5", 2, "name", "text is expected"),
    ('name = "Mine"\n', "", None, "name", "missing"),
    ("[click]", "[clicks]", 18, "clicks", "no such key"),
    ("click_id =", "clickid =", 7, "sends.clickid", "no such key"),
    ('["{sub1}"], src = [1] }', '["{sub1}"] }', 7, "sends.click_id", "needs its source"),
    ('["{sub1}"], src = [1] }', '["{sub1}"], src = [3] }', 7, "sends.click_id.src", "no entry 3"),
    ('["{sub1}"], src = [1] }', '["{sub1}"], src = [0] }', 7, "sends.click_id.src", "no entry 0"),
    ('["{sub1}"], src = [1] }', '["{sub1}", 5], src = [1] }', 7, "sends.click_id.is[2]", "text is expected"),
    ('["{sub1}"], src = [1] }', "[], src = [1] }", 7, "sends.click_id.is", "left out"),
    ('"2026-03-01"', '"last March"', 10, "accepts.url_template.read", "2026-03-01"),
    ('["unknown-click-id"]', '["unknown-clickid"]', 15, "accepts.errors[1].modes", "unknown-click-id"),
    (', ru = "Клик неизвестен." }', " }", 14, "accepts.errors[1].means", "both languages"),
    ("'^\\d+$'", "'^(\\d+$'", 19, "click.id_pattern", "no regular expression"),
    ("src = [1, 2]\n", "", 21, "notes[1]", "needs its source"),
    ('id = "mine"', 'id = "yours"', 1, "id", "yours"),
    ('id = "mine"', 'id = "Mine!"', 1, "id", "small Latin letters"),
    ("[sends]", "[sends", 6, "", "not TOML"),
]


@pytest.fixture
def undone() -> Iterator[None]:
    """Own files of a test are gone after it."""
    yield
    catalogue.use_own(lambda: ())


@pytest.mark.parametrize("name", shipped(PLATFORMS))
def test_a_shipped_platform_is_read_strictly(name: str) -> None:
    assert catalogue.platform(name).id == name


@pytest.mark.parametrize("name", shipped(UPLOADS))
def test_a_shipped_conversion_api_is_read_strictly(name: str) -> None:
    assert catalogue.upload_api(name).id == name


@pytest.mark.parametrize("path", [*PLATFORMS.glob("*.toml"), *UPLOADS.glob("*.toml")], ids=lambda path: path.stem)
def test_shipped_words_are_in_the_language_they_claim(path: Path) -> None:
    found = parsed_any(path.name, path.read_text("utf-8"))
    said = [line for line in _sentences(found) if line.en != line.ru]
    assert [line.en for line in said if re.search("[а-яё]", line.en)] == []
    assert [line.ru for line in said if len(line.ru.split()) > 3 and not re.search("[а-яё]", line.ru)] == []


@pytest.mark.parametrize("name", shipped(PLATFORMS))
def test_a_shipped_macro_is_one_for_the_macro_finder(name: str) -> None:
    macros = catalogue.platform(name).sends.macros
    url = "https://receiver.example/pb?a={}&b=1"
    assert [macro for macro in macros if [m.text for m in find_macros(url.replace("{}", macro))] != [macro]] == []


@pytest.mark.parametrize(("old", "new", "line", "key", "reason"), FAULTS)
def test_a_fault_names_line_key_and_reason(old: str, new: str, line: int | None, key: str, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(CatalogueError) as caught:
        parsed_platform("mine.toml", GOOD.replace(old, new, 1))
    assert (caught.value.line, caught.value.key, reason in caught.value.say("en")) == (line, key, True)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_fault_is_one_sentence_without_gaps(lang: str) -> None:
    for old, new, *_ in FAULTS:
        with pytest.raises(CatalogueError) as caught:
            parsed_platform("mine.toml", GOOD.replace(old, new, 1))
        assert "—" not in caught.value.say(lang)


@given(st.integers(0, len(GOOD)), st.integers(0, 12), st.text(alphabet="[]{}=\"'.#, \n\\a1", max_size=4))
def test_a_damaged_file_is_read_or_named_and_nothing_else(start: int, length: int, put: str) -> None:
    own = overlaid({}, [("mine.toml", f"{GOOD[:start]}{put}{GOOD[start + length :]}")])
    assert [*own.platforms, *(fault.file for fault in own.faults)] in (["mine"], ["mine.toml"])


@pytest.mark.parametrize(
    "text", [f"id = {'[' * 5000}", f"id = {'9' * 5000}", "id = 2026-13-45", "\0", "id = 1979-05-27"]
)
def test_text_that_breaks_readers_is_a_fault_like_any_other(text: str) -> None:
    with pytest.raises(CatalogueError):
        parsed_platform("mine.toml", text)


def test_a_day_may_be_written_as_a_date_of_toml() -> None:
    fact = parsed_platform("mine.toml", GOOD.replace('"2026-03-01"', "2026-03-01")).accepts.url_template
    assert fact is not None
    assert fact.read == "2026-03-01"


def test_facts_keep_their_sources_and_their_day() -> None:
    fact = parsed_platform("mine.toml", GOOD).accepts.url_template
    assert fact is not None
    assert (fact.sources, fact.read) == (("our account manager",), "2026-03-01")


def test_a_source_need_not_be_named_where_there_is_only_one() -> None:
    text = 'id = "mine"\nname = "Mine"\nkind = "tracker"\nsources = ["a"]\n[sends]\nclick_id = { is = ["{c}"] }\n'
    assert parsed_platform("mine.toml", text).sends.click_id.sources == ("a",)


def test_what_is_sent_is_kept_apart_from_what_is_accepted() -> None:
    found = parsed_platform("mine.toml", GOOD)
    assert (dict(found.sends.macros), found.accepts.required_params.value) == ({"{sub1}": "click_id"}, ())


def test_an_unknown_fact_is_absent() -> None:
    found = parsed_platform("mine.toml", GOOD)
    assert (found.click_id_lifetime_days, found.accepts.ok, bool(found.sends.payout)) == (None, None, False)


def test_braces_in_words_are_taken_literally() -> None:
    note = parsed_platform("mine.toml", GOOD).notes[0].value
    assert (note.say("en"), note.text.say("en")) == ("Braces such as {sub1} stay as they are.",) * 2


def test_a_line_inside_a_long_text_is_no_key() -> None:
    assert line_of('a = """\nb = 1\n"""\nb = 2\n', "b") == 4


def test_the_second_item_of_a_list_of_tables_has_its_own_line() -> None:
    assert line_of("[[notes]]\nen = 1\n[[notes]]\nen = 2\n", "notes[2].en") == 4


def test_an_own_file_takes_the_place_of_a_shipped_one() -> None:
    shipped_one = parsed_platform("mine.toml", GOOD)
    own = overlaid({"mine": shipped_one}, [("mine.toml", GOOD.replace('"Mine"', '"Changed"'))])
    assert own.platforms["mine"].name == "Changed"


def test_a_bad_own_file_is_named_and_the_rest_still_loads() -> None:
    own = overlaid({}, [("bad.toml", "id = "), ("mine.toml", GOOD)])
    assert ([fault.file for fault in own.faults], list(own.platforms)) == (["bad.toml"], ["mine"])


def test_own_files_are_not_asked_for_before_they_are_needed(undone: None) -> None:
    asked: list[str] = []

    def files() -> Iterator[tuple[str, str | CatalogueError]]:
        asked.append("read")
        yield "mine.toml", GOOD

    catalogue.use_own(files)
    before = list(asked)
    assert (before, catalogue.platform("mine").name, asked) == ([], "Mine", ["read"])


def test_own_files_are_listed_with_the_shipped_ones(undone: None) -> None:
    catalogue.use_own(lambda: [("mine.toml", GOOD)])
    assert {"mine", *shipped(PLATFORMS)} == set(catalogue.platforms())


@pytest.mark.parametrize("name", ["nothing", "../platforms/voluum", "", "Voluum", "voluum.toml", "ä"])
def test_an_unknown_id_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        catalogue.platform(name)


def test_one_platform_is_read_without_the_others() -> None:
    script = (
        "import sys, postback_wizard.catalogue as c\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "c.platform('voluum')\n"
        "print([name for name in opened if name.endswith('.toml') and not name.endswith('voluum.toml')])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_nothing_is_read_when_the_catalogue_is_imported() -> None:
    script = (
        "import sys\nopened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "import postback_wizard.catalogue\n"
        "print([name for name in opened if name.endswith('.toml')])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("name", [*shipped(PLATFORMS), *shipped(UPLOADS)])
def test_every_sheet_cites_only_sources_it_lists(name: str, lang: str) -> None:
    found = catalogue.platform(name) if name in shipped(PLATFORMS) else catalogue.upload_api(name)
    lines = sheet(found, lang)
    groups = [group for line in lines for group in re.findall(r" \[(\d+(?:, \d+)*)\]$", line)]
    cited = {number for group in groups for number in group.split(", ")}
    assert cited <= {str(number) for number in range(1, len(found.sources) + 1)}


def test_a_sheet_says_when_a_fact_was_read() -> None:
    assert any(line.endswith("[2, read 2026-03-01]") for line in sheet(parsed_platform("mine.toml", GOOD), "en"))


def test_a_message_of_several_causes_says_so() -> None:
    text = GOOD.replace('["unknown-click-id"]', '["unknown-click-id", "macro-empty"]')
    assert any("may mean one of: unknown-click-id, macro-empty" in line for line in sheet(_mine(text), "en"))


def test_a_conversion_api_without_confidence_is_refused() -> None:
    text = 'id = "x"\nplatform = "X"\napi = "Y"\nsources = [{ ref = "https://x.example" }]\n'
    with pytest.raises(CatalogueError) as caught:
        parsed_upload_api("x.toml", text)
    assert caught.value.key == "confidence"


@pytest.mark.parametrize("name", ["kwai_adsnebula", "bigo_ads", "vk_ads_topmail", "reddit_capi_v3"])
def test_what_rests_on_third_parties_is_marked(name: str) -> None:
    assert catalogue.upload_api(name).experimental is True


def _mine(text: str) -> Platform:
    return parsed_platform("mine.toml", text)


def _sentences(found: object) -> Iterator[Sentence]:
    """Every sentence anywhere in a value."""
    if isinstance(found, Sentence):
        yield found
    elif isinstance(found, tuple):
        for item in found:
            yield from _sentences(item)
    elif isinstance(found, dict):
        yield from _sentences(tuple(found.values()))
    elif is_dataclass(found):
        for field in fields(found):
            yield from _sentences(getattr(found, field.name))
