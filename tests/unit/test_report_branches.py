"""A report says who asked: where a request left from, as which browser, and which branch a finding is about."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from postback_wizard.checks import example
from postback_wizard.checks.samples import chain
from postback_wizard.domain.case import Case
from postback_wizard.domain.probe import VARIANT, HttpEvidence
from postback_wizard.domain.step import Settings
from postback_wizard.domain.variants import ANDROID, IPHONE
from postback_wizard.engine import absorb, conclude
from postback_wizard.report.curl import to_curl
from postback_wizard.report.markdown import render
from postback_wizard.steps import BY_ID

START, OFFER = "https://trk.example/c/7?source=12", "https://go.example/offer?cid=w7k2m9x4q1"
KEPT, FORGOTTEN = "https://shop.example/landing?cid=w7k2m9x4q1", "https://shop.example/landing"


def of(name: str, agent: str, egress: str, *hops: HttpEvidence) -> tuple[HttpEvidence, ...]:
    headers = (("User-Agent", agent),)
    return tuple(
        replace(item, name=name, egress=egress, request=replace(item.request, headers=headers)) for item in hops
    )


def judged(*hops: HttpEvidence) -> Case:
    case = example(*hops, click_url=START).case
    now = datetime(2026, 3, 1, 10, tzinfo=UTC)
    return absorb(case, conclude(BY_ID["click"], case, case.records["click"].evidence, now), Settings())


def phone_loses() -> Case:
    return judged(
        *of("trace", ANDROID, "203.0.113.20", *chain(START, OFFER, KEPT)),
        *of(f"{VARIANT}iphone", IPHONE, "203.0.113.20", *chain(START, OFFER, FORGOTTEN)),
    )


def click_loses(egress: str) -> Case:
    return judged(*of("trace", ANDROID, egress, *chain(START, OFFER, FORGOTTEN)))


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("en", "one trace proves one branch only"), ("ru", "одна проверка доказывает одну ветку")],
)
def test_a_hop_says_as_whom_it_was_asked_and_what_that_proves(lang: str, sentence: str) -> None:
    text = render(click_loses("proxy.example"), lang).text
    assert ("proxy.example" in text, ANDROID in text, sentence in text) == (True, True, True)


def test_the_own_address_is_masked_like_every_address_of_a_person() -> None:
    text = render(click_loses("93.184.216.34"), "en").text
    assert ("93.184.216.34" in text, "It left from" in text) == (False, True)


def test_evidence_of_an_older_version_is_shown_without_it() -> None:
    assert "It left from" not in render(click_loses(""), "en").text


def test_a_finding_about_a_variant_brings_its_hops_as_proof() -> None:
    text = render(phone_loses(), "en").text
    assert (text.count("(variant: `iphone`)"), text.count("(hop ")) == (3, 0)


def test_the_commands_of_a_case_repeat_no_variant() -> None:
    assert IPHONE not in to_curl(phone_loses())
