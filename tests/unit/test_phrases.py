"""The shipped dictionary: every phrase of it is found, bare and wrapped, and every entry keeps the rules."""

import csv
import html
import io
import json
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote

import pytest

from postback_wizard.catalogue.decoding import Reading, decode
from postback_wizard.catalogue.modes import FAILURE_MODES
from postback_wizard.catalogue.phrases import ANY, Entry, Phrase, read_speakers, speakers

PHRASES = [phrase for speaker in speakers().values() for phrase in speaker.phrases]
ENTRIES = list(dict.fromkeys(phrase.entry for phrase in PHRASES))
#: Wording that needs no platform to be recognised.
TELLING = [phrase for phrase in PHRASES if phrase.place in ("anywhere", "field") and not phrase.is_number]
#: Platforms whose messages nobody gave a source for.
UNSOURCED = ("admitad",)


def shown(phrase: Phrase) -> str:
    """A phrase as it could stand in an answer: ``-*`` and ``2xx`` become numbers of that kind."""
    return {"-*": "-3", "2xx": "204"}.get(phrase.say, phrase.say)


def in_json(phrase: Phrase) -> str:
    say = shown(phrase)
    code, _, subcode = say.partition("/")
    if phrase.kind == "header":
        return json.dumps({"status": 429, "headers": {say: "30"}})
    if phrase.kind == "status":
        return json.dumps({"status": int(say), "message": ""})
    if phrase.is_number and subcode:
        return json.dumps({"error": {"message": "no", "code": int(code), "error_subcode": int(subcode)}})
    if phrase.is_number:
        return json.dumps({"error": {"message": "no", "code": int(say)}})
    return json.dumps({"status": "error", "data": [{"message": say}]})


def in_html(phrase: Phrase) -> str:
    say = html.escape(shown(phrase))
    said = f"{say}: 30" if phrase.kind == "header" else say
    return f"<html><head><title>Report</title></head><body>\n<table><tr><td>{said}</td></tr></table></body></html>"


def in_row(phrase: Phrase) -> str:
    out = io.StringIO()
    said = f"{phrase.say}: 30" if phrase.kind == "header" else shown(phrase)
    csv.writer(out).writerow(["2026-03-01T10:00:05Z", "w7k2m9x4q1", "12.50", "rejected", said])
    return out.getvalue()


WRAPPED: Mapping[str, Callable[[Phrase], str]] = {
    "json": in_json,
    "html": in_html,
    "csv": in_row,
    "json in json": lambda phrase: json.dumps({"response_body": in_json(phrase)}),
    "json in html": lambda phrase: f"<pre>{html.escape(in_json(phrase))}</pre>",
    "percent-encoded": lambda phrase: quote(in_json(phrase), safe=""),
    "percent-encoded twice": lambda phrase: quote(quote(in_json(phrase), safe=""), safe=""),
    "capitals": lambda phrase: in_json(phrase).upper(),
    "spread over lines": lambda phrase: in_html(phrase).replace(" ", " \n  "),
}


def of(entry: Entry, readings: tuple[Reading, ...]) -> list[tuple[str, ...]]:
    """What the readings of an entry's platform mean, as far as they are this entry."""
    return [item.modes for item in readings if (item.platform, item.modes) == (entry.platform, entry.modes)]


def asked(phrase: Phrase) -> str:
    return "" if phrase.entry.platform == ANY else phrase.entry.platform


@pytest.mark.parametrize("wrapping", WRAPPED)
def test_every_phrase_is_found_inside(wrapping: str) -> None:
    missed = [
        (phrase.entry.platform, phrase.say)
        for phrase in PHRASES
        if not of(phrase.entry, decode(WRAPPED[wrapping](phrase), asked(phrase)))
    ]
    assert missed == []


def test_every_phrase_is_found_bare_when_its_platform_is_asked_about() -> None:
    missed = [
        (phrase.entry.platform, phrase.say)
        for phrase in PHRASES
        if phrase.kind != "header" and not of(phrase.entry, decode(shown(phrase), asked(phrase)))
    ]
    assert missed == []


def test_every_phrase_is_found_when_the_text_names_its_platform() -> None:
    missed = [
        (phrase.entry.platform, phrase.say)
        for phrase in PHRASES
        if phrase.kind != "header"
        for name in speakers()[phrase.entry.platform].known_as[:1]
        if not of(phrase.entry, decode(f"{name}\t{shown(phrase)}"))
    ]
    assert missed == []


@pytest.mark.parametrize("wrapping", ["json", "html", "csv"])
def test_telling_words_need_no_platform(wrapping: str) -> None:
    missed = [phrase.say for phrase in TELLING if not of(phrase.entry, decode(WRAPPED[wrapping](phrase)))]
    assert missed == []


def test_a_reading_points_at_its_words() -> None:
    texts = [wrap(phrase) for wrap in WRAPPED.values() for phrase in PHRASES[::7]]
    wrong = [
        item
        for text in texts
        for item in decode(text)
        if text[item.start : item.end] != item.said or not item.said.strip()
    ]
    assert wrong == []


def test_every_mode_it_names_exists() -> None:
    assert {mode for entry in ENTRIES for mode in entry.modes} <= FAILURE_MODES


def test_an_entry_without_modes_says_what_it_means() -> None:
    assert [entry for entry in ENTRIES if not entry.modes and entry.means is None] == []


def test_an_ambiguous_entry_says_how_to_tell_its_modes_apart() -> None:
    assert [entry for entry in ENTRIES if len(entry.modes) > 1 and entry.note is None] == []


def test_no_entry_names_a_mode_twice() -> None:
    assert [entry.modes for entry in ENTRIES if len(set(entry.modes)) != len(entry.modes)] == []


def test_every_entry_has_a_source() -> None:
    assert [entry.platform for entry in ENTRIES if not entry.sources and entry.platform not in UNSOURCED] == []


def test_no_platform_has_the_same_phrase_under_two_meanings() -> None:
    def doubles() -> Iterator[str]:
        for speaker in speakers().values():
            says = [(phrase.say.casefold(), phrase.kind) for phrase in speaker.phrases]
            yield from (f"{speaker.id}: {say}" for say in says if says.count(say) > 1)

    assert list(doubles()) == []


@pytest.mark.parametrize("field", ["means", "note"])
def test_sentences_end_with_a_full_stop_and_the_russian_ones_are_russian(field: str) -> None:
    texts = [text for entry in ENTRIES if (text := getattr(entry, field)) is not None]
    assert [
        text for text in texts if not (text.en.endswith(".") and text.ru.endswith(".") and has_russian(text.ru))
    ] == []


def has_russian(text: str) -> bool:
    return any("а" <= letter <= "я" for letter in text.lower())


HEAD = '[[platform]]\nid = "mine"\nname = "Mine"\nsources = ["https://mine.example"]\n[[platform.phrase]]\n'


@pytest.mark.parametrize(
    ("rest", "error"),
    [
        ('text = ["no"]\nmeaning = ["a"]', TypeError),
        ('modes = ["macro-empty"]', TypeError),
        ('text = ["no"]\nsrc = [2]', IndexError),
        ('text = ["no"]\nmeans = { en = "a" }', TypeError),
        ('text = ["no"', ValueError),
    ],
)
def test_a_dictionary_that_breaks_the_rules_is_refused(rest: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        list(read_speakers(HEAD + rest))


def test_a_phrase_keeps_its_platform_and_its_source() -> None:
    [speaker] = read_speakers(HEAD + 'text = ["no way"]\nmodes = ["macro-empty"]')
    [phrase] = speaker.phrases
    assert (phrase.say, phrase.entry.platform, phrase.entry.sources) == ("no way", "mine", ("https://mine.example",))
