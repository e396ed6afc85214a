"""What the steps propose from the URLs of a case: only what is sure enough, and never over a person."""

from typing import Any

import pytest

from postback_wizard.checks.samples import chain
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.steps.parties import along_the_click, of_the_postback
from postback_wizard.steps.template import TEMPLATE

BINOM = "https://go.mysite.example/click.php?cnv_id=w7k2m9&payout=1"


def case(**facts: Any) -> Case:
    return Case(id="c", opened_at="2026-03-01T10:00:00.000Z").learn(facts, "typed")


def test_a_postback_to_a_tracker_names_receiver_and_tracker() -> None:
    assert of_the_postback(case(sent_request=BINOM)) == {"receiver": "binom_v1", "tracker": "binom_v1"}


def test_a_curl_command_is_read_for_its_url() -> None:
    assert of_the_postback(case(sent_request=f"curl '{BINOM}'"))["receiver"] == "binom_v1"


def test_a_tracker_hears_from_the_network_where_that_is_known() -> None:
    assert of_the_postback(case(sent_request=BINOM, network="affise"))["sender"] == "affise"


def test_a_traffic_source_hears_from_the_tracker() -> None:
    sent = "https://a.mgid.com/postback?c=abc&e=lead&r=1"
    assert of_the_postback(case(sent_request=sent, tracker="voluum")) == {
        "receiver": "mgid",
        "source": "mgid",
        "sender": "voluum",
    }


def test_the_template_is_read_where_no_request_is_known() -> None:
    assert of_the_postback(case(template="https://go.mysite.example/p.ashx?r={x}&t={y}"))["receiver"] == "cake"


def test_a_shared_shape_proposes_nothing() -> None:
    assert of_the_postback(case(sent_request="https://go.mysite.example/postback?cid=1&payout=2")) == {}


@pytest.mark.parametrize("text", ["", "it was sent yesterday", "https://shop.example/?a=1"])
def test_other_texts_propose_nothing(text: str) -> None:
    assert of_the_postback(case(sent_request=text)) == {}


def test_the_click_names_source_and_network_from_any_of_its_urls() -> None:
    hops = chain("https://go.mysite.example/c/7?gclid=abc", "https://shop.example/?awc=1_2")
    found = along_the_click(case(click_url="https://go.mysite.example/c/7?gclid=abc"), hops)
    assert found == {"source": "google_ads", "network": "awin"}


def test_two_sources_on_one_click_propose_neither() -> None:
    assert along_the_click(case(click_url="https://go.mysite.example/?gclid=a&ttclid=b"), ()) == {}


def test_what_a_person_said_stays() -> None:
    known = case(sent_request=BINOM, receiver="voluum")
    assert known.derive(of_the_postback(known), "replay").facts.receiver == "voluum"


def test_a_receiver_a_step_proposed_gives_way_to_what_the_url_says_now() -> None:
    known = case(sent_request=BINOM).learn({"receiver": "mgid"}, "replay")
    assert known.derive(of_the_postback(known), "replay").facts.receiver == "binom_v1"


def test_the_template_step_offers_both_parties_among_its_further_fields() -> None:
    assert {"sender", "receiver"} <= {field.fact for field in TEMPLATE.fields if field.more}


def test_a_changed_sender_makes_the_template_step_stale() -> None:
    assert "sender" in TEMPLATE.reads


def test_nothing_is_proposed_for_an_empty_case() -> None:
    empty = Case(id="c", opened_at="2026-03-01T10:00:00.000Z", facts=Facts())
    assert (dict(of_the_postback(empty)), dict(along_the_click(empty, ()))) == ({}, {})
