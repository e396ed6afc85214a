"""Who speaks in a message: proposed where one platform alone uses such words, and given back when declined."""

import pytest

from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.steps.said import ORIGIN, offer, open_to, with_offer
from postback_wizard.steps.words import origin


def case(**facts: str) -> Case:
    return Case("x", "2026-03-01T10:00:00.000Z").learn(facts, "typed")


@pytest.mark.parametrize(
    ("message", "facts", "certain"),
    [
        ("Affise: Broken clickid", {"network": "affise", "receiver": "affise"}, True),
        ("Everflow error 13", {"network": "everflow", "receiver": "everflow"}, True),
        ("SubID not found", {"tracker": "keitaro", "receiver": "keitaro"}, False),
        ("ERROR: Goal ID is invalid.", {"source": "exoclick", "receiver": "exoclick"}, False),
        ("TikTok code 40105", {"ad_platform": "tiktok_events_api"}, True),
        ("UNPARSEABLE_GCLID", {"ad_platform": "google_ads_click_conversions"}, False),
    ],
)
def test_the_platform_whose_words_these_are_is_proposed(message: str, facts: dict[str, str], certain: bool) -> None:
    found = offer(message)
    assert found is not None
    assert (found.facts, found.certain) == (facts, certain)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "We have forwarded your request.",
        "error code: 40105",
        "duplicate conversion",
        "SubID not found; Broken clickid",
        "Everflow says: SubID not found",
        "Click not found",
        "Retry-After: 5",
    ],
    ids=[
        "empty",
        "unknown",
        "number",
        "two say so",
        "two speak",
        "another is named",
        "not in the catalogue",
        "anybody",
    ],
)
def test_nobody_is_proposed_on_a_guess(message: str) -> None:
    assert offer(message) is None


def test_what_a_person_knows_is_not_touched() -> None:
    found = offer("Affise: Broken clickid")
    assert found is not None
    taken = with_offer(case(network="everflow"), found)
    assert (taken.facts.network, taken.facts.receiver, open_to(taken, found)) == (
        "everflow",
        "affise",
        {"receiver": "affise"},
    )


def test_an_offer_that_is_no_longer_taken_is_given_back() -> None:
    taken = with_offer(case(offer="42"), offer("Affise: Broken clickid"))
    assert with_offer(taken, None).facts == Facts(offer="42")


def test_another_platform_takes_the_place_of_the_first() -> None:
    taken = with_offer(case(), offer("Affise: Broken clickid"))
    other = with_offer(taken, offer("Keitaro: SubID not found"))
    assert (other.facts.network, other.facts.tracker, other.facts.receiver) == ("", "keitaro", "keitaro")


def test_what_a_step_finds_out_later_has_the_last_word() -> None:
    taken = with_offer(case(), offer("Affise: Broken clickid"))
    assert taken.derive({"receiver": "everflow"}, "replay").facts.receiver == "everflow"


@pytest.mark.parametrize(("lang", "words"), [("en", "from what the platform says"), ("ru", "из слов платформы")])
def test_its_origin_is_said_in_words(lang: str, words: str) -> None:
    assert origin(ORIGIN, lang) == words
