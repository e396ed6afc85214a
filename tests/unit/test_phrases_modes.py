"""The failure modes: names, layers and words agree, and a message says them in the reader's language."""

import pytest

from postback_wizard.catalogue.modes import FAILURE_MODES, MODES, ModeText, modes
from postback_wizard.checks import rules


def test_every_mode_has_its_words_and_no_words_lack_a_mode() -> None:
    assert list(modes()) == [name for names in MODES.values() for name in names]


def test_every_mode_is_in_the_layer_its_words_name() -> None:
    assert [name for layer, names in MODES.items() for name in names if modes()[name].layer != layer] == []


def test_there_are_as_many_names_as_modes() -> None:
    assert len(FAILURE_MODES) == len(modes()) == 97


@pytest.mark.parametrize("aspect", ["title", "fix"])
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_mode_speaks_in_short_sentences(aspect: str, lang: str) -> None:
    said = {name: getattr(mode, aspect).say(lang) for name, mode in modes().items()}
    assert [name for name, text in said.items() if not text.endswith(".") or len(text) > 140] == []


def test_the_russian_words_are_russian() -> None:
    texts = [text.ru for mode in modes().values() for text in (mode.title, mode.fix)]
    assert [text for text in texts if not any("а" <= letter <= "я" for letter in text)] == []


def test_every_mode_has_an_owner_and_a_source() -> None:
    assert [mode.id for mode in modes().values() if not mode.owners or not (mode.sources or mode.weak)] == []


def test_sources_are_public_pages() -> None:
    pages = [page for mode in modes().values() for page in (*mode.sources, *mode.weak)]
    assert [page for page in pages if not page.startswith(("https://", "http://"))] == []


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_message_says_modes_in_words(lang: str) -> None:
    said = ModeText(en="{modes}", ru="{modes}").say(lang, {"modes": "macro-empty offer-inactive"})
    assert said == " / ".join(modes()[name].title.say(lang) for name in ("macro-empty", "offer-inactive"))


def test_a_name_nobody_knows_stands_as_it_is() -> None:
    assert ModeText(en="{modes}.", ru="{modes}.", aspect="fix").say("en", modes="of-tomorrow") == "of-tomorrow."


def test_a_rule_of_the_same_code_exists_for_some_modes() -> None:
    assert {"macro-empty", "unknown-click-id"} <= FAILURE_MODES & set(rules())
