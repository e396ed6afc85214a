"""Whom a case can name, how old a click may be at each, and why a party is proposed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.catalogue import platforms, upload_apis
from postback_wizard.catalogue.directory import PARTIES, entries, find_entry, listed_for, near_entries
from postback_wizard.catalogue.platform import read_platform
from postback_wizard.catalogue.sheet import sheet
from postback_wizard.catalogue.windows import windows_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence
from postback_wizard.steps import BY_ID
from postback_wizard.steps.parties import FOLLOWS, reasons


def days(name: str) -> list[tuple[int, bool]]:
    return [(window.days, window.fixed) for window in windows_of(name)]


@pytest.mark.parametrize(
    ("name", "known"),
    [
        *(("everflow", [(90, True), (30, False)]), ("Offer18", [(30, False)]), ("google_ads", [(90, True)])),
        *(("Google Ads", [(90, True)]), ("taboola", [(30, True)]), ("affise", []), ("meta", []), ("", []), ("?", [])),
    ],
)
def test_a_window_is_known_only_where_it_is_documented_as_a_number(name: str, known: list[tuple[int, bool]]) -> None:
    assert days(name) == known


@pytest.mark.parametrize("name", ["everflow", "offer18", "google_ads", "taboola"])
def test_every_window_has_its_source(name: str) -> None:
    assert all(window.sources for window in windows_of(name))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_sheets_show_the_windows(lang: str) -> None:
    found = {"en": "by default, days: 30", "ru": "по умолчанию, дней: 30"}
    assert any(found[lang] in line for line in sheet(platforms()["offer18"], lang))
    assert any(": 90" in line for line in sheet(upload_apis()["google_ads_click_conversions"], lang))


def test_a_file_of_ones_own_may_state_a_default_window() -> None:
    click = {"default_window_days": {"is": 45}}
    found = read_platform({"id": "a", "name": "A", "kind": "network", "sources": ["https://a.example"], "click": click})
    assert found.default_window_days is not None
    assert found.default_window_days.value == 45


# -- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["keitaro", "Keitaro", " KEITARO ", "binom v2", "binom_v2", "google_ads", "Google Ads"]
)
def test_an_id_or_a_name_is_found_in_any_case_and_spacing(text: str) -> None:
    assert find_entry(text) is not None


@pytest.mark.parametrize("text", ["", " ", "my own tracker", "{tracker}", "…"])
def test_what_is_not_in_the_catalogue_is_not_found(text: str) -> None:
    assert find_entry(text) is None


@pytest.mark.parametrize(
    ("text", "near"), [("keit", "keitaro"), ("Volum", "voluum"), ("Binon", "binom_v2"), ("evrflow", "everflow")]
)
def test_a_slip_or_a_beginning_names_the_likely_one(text: str, near: str) -> None:
    assert near in [item.id for item in near_entries(text, "tracker")]


def test_every_platform_is_listed_once() -> None:
    ids = [item.id for item in entries()]
    assert len(ids) == len(set(ids)) >= len(platforms())


@pytest.mark.parametrize(
    ("fact", "kinds"),
    [("tracker", {"tracker", "mmp"}), ("network", {"network"}), ("source", {"ad_network", "upload"})],
)
def test_those_that_fit_come_first_and_none_is_left_out(fact: str, kinds: set[str]) -> None:
    listed = [item.kind in kinds for item in listed_for(fact)]
    assert listed == sorted(listed, reverse=True)
    assert len(listed) == len(entries())


@given(st.text(max_size=40))
def test_nothing_raises_whatever_is_typed(text: str) -> None:
    assert len(near_entries(text, "tracker")) <= 3
    assert find_entry(text) is None or find_entry(text) in entries()


def test_every_party_has_a_field_of_its_own() -> None:
    fields = [field for step in BY_ID.values() for field in step.fields if field.form == "party"]
    assert {field.fact for field in fields} == set(PARTIES)
    assert all(field.more for field in fields)


# -- reasons -----------------------------------------------------------------------------------------------------


def proposed(**facts: Any) -> Case:
    known = Case(id="c", opened_at="2026-03-01T10:00:00.000Z")
    return known.learn({name: value for name, value in facts.items() if value.startswith("http")}, "typed").learn(
        {name: value for name, value in facts.items() if not value.startswith("http")}, "click"
    )


def test_a_proposal_has_the_reason_of_the_url_that_made_it() -> None:
    found = reasons(proposed(click_url="https://a.example/?gclid=Cj0", source="google_ads"))["source"]
    assert (found.confidence, "gclid" in found.why.en, "gclid" in found.why.ru) == (Confidence.LIKELY, True, True)


def test_a_sender_that_follows_from_the_receiver_says_so() -> None:
    sent = "https://go.mysite.example/click.php?cnv_id=w7k2m9&payout=1"
    assert reasons(proposed(sent_request=sent, sender="affise"))["sender"].why == FOLLOWS


def test_what_a_person_typed_has_no_reason() -> None:
    known = proposed(click_url="https://a.example/?gclid=Cj0").learn({"source": "google_ads"}, "typed")
    assert reasons(known) == {}
