"""An offer link is mended like a template: each change has a reason, and what nobody knows is left alone."""

import random

import pytest

from postback_wizard import checks
from postback_wizard.checks.link_repair import propose_link
from postback_wizard.checks.repair import REASONS
from postback_wizard.domain.finding import Level

LINK = "https://network.example/offer/7?aff_sub={clickid}"
GO = "https://go.example/offer?id=42"
FAULTS = {
    "space before": (f" {LINK}", LINK),
    "no scheme": (LINK.removeprefix("https://"), LINK),
    "zero width": (LINK.replace("aff", "aff\u200b"), LINK),
    "Cyrillic letter": (LINK.replace("click", "\u0441lick"), LINK),
    "encoded macro": (LINK.replace("{clickid}", "%7Bclickid%7D"), LINK),
    "other case": (LINK.replace("clickid", "ClickID"), LINK),
    "other brackets": (LINK.replace("{clickid}", "[clickid]"), LINK),
    "another tracker's": (LINK.replace("{clickid}", "{subid}"), LINK),
    "entity": (f"{GO}&amp;sub1={{clickid}}", f"{GO}&sub1={{clickid}}"),
    "second question": (f"{GO}?sub1={{clickid}}", f"{GO}&sub1={{clickid}}"),
    "no question": (GO.replace("?", "&") + "&sub1={clickid}", f"{GO}&sub1={{clickid}}"),
    "behind the hash": (f"{GO}#sub1={{clickid}}", f"{GO}&sub1={{clickid}}"),
    "space in a value": (f"{LINK}&utm_campaign=black friday", f"{LINK}&utm_campaign=black%20friday"),
    "bare percent": (f"{LINK}&utm_term=50%off", f"{LINK}&utm_term=50%25off"),
    "tag in capitals": (f"{LINK}&UTM_Source=push", f"{LINK}&utm_source=push"),
    "tag with hyphen": (f"{LINK}&utm-medium=cpc", f"{LINK}&utm_medium=cpc"),
    "tag in both spellings": (f"{LINK}&utm_source=push&UTM_SOURCE=Push", f"{LINK}&utm_source=push"),
    "tag twice": (f"{LINK}&utm_source=a&utm_source=b", f"{LINK}&utm_source=a"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_link_changes_where_it_is_wrong_and_nowhere_else(name: str) -> None:
    saved, meant = FAULTS[name]
    assert propose_link(checks.example(offer_url=saved, tracker="voluum").case).template == meant


@pytest.mark.parametrize("name", FAULTS)
def test_every_change_of_a_link_names_its_reason(name: str) -> None:
    changes = propose_link(checks.example(offer_url=FAULTS[name][0], tracker="voluum").case).changes
    assert [change.reason in REASONS for change in changes] == [True] * max(len(changes), 1)


def test_several_faults_are_mended_one_after_the_other() -> None:
    rng, wrong = random.Random(7), []
    for _ in range(200):
        saved, meant = LINK, LINK
        for name in rng.sample(["tag in capitals", "tag with hyphen", "bare percent", "space in a value"], 3):
            saved, meant = saved + FAULTS[name][0][len(LINK) :], meant + FAULTS[name][1][len(LINK) :]
        saved = rng.choice([" ", "\u200b", ""]) + rng.choice([saved, saved.replace("&", "&amp;", 1)])
        if propose_link(checks.example(offer_url=saved, tracker="voluum").case).template != meant:
            wrong.append((saved, meant))
    assert wrong == []


def test_the_click_id_moves_to_the_slot_that_the_postback_returns() -> None:
    case = checks.example(
        offer_url=f"{GO}&sub3={{clickid}}", template="https://trk.example/postback?cid={sub1}", tracker="voluum"
    ).case
    assert propose_link(case).template == f"{GO}&sub1={{clickid}}"


def test_a_missing_click_id_is_added_where_network_and_tracker_are_known() -> None:
    case = checks.example(offer_url=f"{GO}&utm_source=x", tracker="voluum", network="everflow").case
    assert propose_link(case).template == f"{GO}&utm_source=x&sub1={{clickid}}"


def test_where_nobody_is_known_no_click_id_is_made_up() -> None:
    assert propose_link(checks.example(offer_url=GO).case).changes == ()


def test_a_tag_with_a_macro_of_the_source_is_named_and_left_as_it_stands() -> None:
    proposal = propose_link(checks.example(offer_url=f"{LINK}&utm_campaign=__CAMPAIGN_ID__", tracker="voluum").case)
    assert (proposal.changes, proposal.open) == ((), ("utm_campaign",))


@pytest.mark.parametrize(
    "link",
    [
        LINK,
        f"{LINK}&utm_source=push&utm_medium=cpc&utm_campaign=%D0%BB%D0%B5%D1%82%D0%BE",
        f"{LINK}&url=https%3A%2F%2Fshop.example%2F%3Fa%3D1%26b%3D%7Bclickid%7D",
        "https://go.example/?sub1={clickid}#/offer?utm_source=x",
        f"{GO}&url=https://shop.example/?a=1&b={{clickid}}",
        "https://go.example/c/{clickid}",
        "https://go.example/o?s1={clickid}&s2={trafficsource.name}&s3=a+b",
        "",
    ],
)
def test_a_correct_link_is_left_alone(link: str) -> None:
    assert propose_link(checks.example(offer_url=link, tracker="voluum").case).changes == ()


@pytest.mark.parametrize("name", FAULTS)
def test_a_mended_link_is_judged_well(name: str) -> None:
    case = checks.example(offer_url=propose_link(checks.example(offer_url=FAULTS[name][0]).case).template).case
    told = [item for item in checks.findings_of("click", case) if item.where.startswith("offer_url")]
    assert [item.code for item in told if item.level in (Level.WARN, Level.BAD)] == []
