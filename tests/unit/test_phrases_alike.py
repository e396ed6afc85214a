"""The same trouble in other platforms' words, the step that shows it, and the lines a reader gets."""

import pytest

from postback_wizard.catalogue.alike import alike
from postback_wizard.catalogue.decoding import decode, dictionary
from postback_wizard.catalogue.modes import modes
from postback_wizard.domain.text import LANGS
from postback_wizard.report.decoded import told
from postback_wizard.steps import BY_ID
from postback_wizard.steps.proof import proof, proof_words


def test_other_platforms_words_are_named_one_each() -> None:
    found = alike("unknown-click-id", {"trackier"})
    assert (len(found), len({item.platform for item in found}), "trackier" in {item.platform for item in found}) == (
        4,
        4,
        False,
    )


def test_words_beat_numbers() -> None:
    assert [item.said for item in alike("offer-inactive") if item.platform == "everflow"] == ["Inactive Offer"]


def test_words_that_mean_other_things_too_are_a_last_resort() -> None:
    assert {item.ambiguous for item in alike("unknown-click-id", most=99)} == {False}
    assert {item.ambiguous for item in alike("foreign-click-id")} == {True}


@pytest.mark.parametrize("mode", list(modes()))
def test_every_wording_decodes_to_its_mode(mode: str) -> None:
    for item in alike(mode, most=99):
        assert mode in {name for reading in decode(item.said, item.platform) for name in reading.modes}, item


def test_nobody_is_named_for_a_trouble_without_words() -> None:
    assert alike("geo-device-branch") == ()


@pytest.mark.parametrize(
    ("mode", "platform", "expected"),
    [
        ("unknown-click-id", "", ("event", True)),
        ("macro-empty", "", ("template", True)),
        ("offer-inactive", "", ("event", True)),
        ("upload-token-invalid", "meta_capi", ("upload", True)),
        ("upload-token-invalid", "reddit_capi_v3", ("upload", True)),
        ("undocumented-contract", "", (None, False)),
    ],
)
def test_the_step_is_the_one_whose_checks_raise_it(mode: str, platform: str, expected: tuple[str, bool]) -> None:
    assert proof(modes()[mode], platform) == expected


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("mode", list(modes()))
def test_every_mode_has_a_sentence_about_its_step(mode: str, lang: str) -> None:
    step, _ = proof(modes()[mode])
    said = proof_words(modes()[mode], "", lang)
    assert (BY_ID[step].title.say(lang) if step else ".") in said


def kinds(text: str, platform: str = "") -> list[str]:
    return [line.kind for reading in decode(text, platform) for line in told(reading, "en")]


def test_a_clear_message_is_told_in_this_order() -> None:
    assert kinds("Click not found") == ["said", "mode", "owner", "next", "proof", "alike"]


def test_an_ambiguous_message_says_so_before_its_modes_and_what_decides_after() -> None:
    found = kinds("SubID not found")
    assert (found.index("ambiguous") < found.index("mode"), found[-1]) == (True, "note")


def test_words_two_platforms_use_differently_say_so() -> None:
    lines = [line.text for reading in decode("duplicate conversion") for line in told(reading, "en")]
    assert "Other platforms mean something else by these words." in lines


def test_controls_in_a_message_are_made_visible() -> None:
    [reading] = decode("Broken\n clickid")
    assert next(told(reading, "en")).text == 'Affise says "Broken\\n clickid"'


def test_the_platforms_a_text_names_are_known() -> None:
    assert dictionary().platforms_named("Everflow says: error 13, see https://affise.com") == {"everflow"}
