"""Step 1 judged: links without a click ID, in the wrong place, broken, cached, downgraded, sorted or foreign."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.checks import example, findings_of
from postback_wizard.checks.samples import AT, chain, hop
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level
from postback_wizard.domain.probe import Evidence, Headers, HttpEvidence

ID = "w7k2m9x4q1"
START = "https://trk.example/c/7?source=12"
BAD, WARN, INFO = Level.BAD, Level.WARN, Level.INFO


def case_of(*evidence: Evidence, **facts: object) -> Case:
    if evidence:
        facts.setdefault("click_url", START)
    return example(*evidence, at=AT, **facts).case


def judged(*evidence: Evidence, **facts: object) -> list[Finding]:
    return list(findings_of("click", case_of(*evidence, **facts)))


def heavy(findings: list[Finding]) -> list[tuple[str, Level, str]]:
    return [(item.code, item.level, item.where) for item in findings if item.level in (WARN, BAD)]


def only(*evidence: Evidence, **facts: object) -> Finding:
    (found,) = [item for item in judged(*evidence, **facts) if item.level in (WARN, BAD)]
    return found


def with_headers(item: HttpEvidence, *headers: tuple[str, str]) -> HttpEvidence:
    assert item.answer is not None
    given: Headers = (*item.answer.headers, *headers)
    return replace(item, answer=replace(item.answer, headers=given))


# -- no click ID -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["id=42&clickid=", "id=42&sub1=&sub2=", "aff_sub=", "id=42&aff_sub&aff_sub2"])
def test_an_empty_click_id_is_named_with_host_and_parameter(query: str) -> None:
    found = only(*chain(START, f"https://go.example/offer?{query}", "https://shop.example/landing?lang=en"))
    assert (found.code, found.where, found.values["host"]) == ("click-id-param-absent", "hop 2", "go.example")


def test_a_click_that_hands_no_id_on_is_a_warning_where_the_tracker_is_known() -> None:
    hops = chain("https://trk.example/c/7?source=12", "https://shop.example/landing?lang=en")
    assert heavy(judged(*hops, tracker="voluum")) == [("click-id-param-absent", WARN, "hop 2")]


def test_an_id_lost_on_the_way_is_not_also_called_absent() -> None:
    hops = chain(START, f"https://go.example/offer?clickid={ID}", "https://shop.example/landing?clickid=")
    assert [code for code, *_ in heavy(judged(*hops))] == ["redirect-drops-query"]


def test_an_empty_slot_beside_a_filled_one_is_no_fault() -> None:
    assert heavy(judged(*chain(START, f"https://shop.example/?sub1={ID}&sub2=&clickid="))) == []


# -- the wrong parameter -----------------------------------------------------------------------------------------


def test_a_network_that_does_not_read_the_parameter_is_named_with_the_one_it_reads() -> None:
    found = only(*chain(START, f"https://go.example/?clickid={ID}", f"https://shop.example/?x={ID}"), network="adcombo")
    assert (found.code, found.where, found.values["reader"], found.values["wanted"]) == (
        "click-id-wrong-param",
        "hop 2: clickid",
        "AdCombo",
        "subacc4",
    )


def test_a_postback_that_returns_another_slot_contradicts_the_click() -> None:
    hops = chain(START, f"https://go.example/?sub3={ID}", f"https://shop.example/?x={ID}")
    found = only(*hops, template="https://trk.example/postback?cid={sub1}&payout={sum}")
    assert (found.code, found.level, found.values["param"], found.values["wanted"]) == (
        "click-id-wrong-param",
        BAD,
        "sub3",
        "sub1",
    )


@pytest.mark.parametrize("template", ["?cid={sub3}", "?cid={clickid}", "?cid=[SUB3]", "?payout={sub1}", "?cid="])
def test_a_postback_that_does_not_contradict_the_link_is_no_fault(template: str) -> None:
    link = "https://go.example/offer?id=42&sub3={clickid}"
    assert heavy(judged(offer_url=link, tracker="voluum", template=f"https://trk.example/postback{template}")) == []


def test_a_network_of_which_no_slot_is_known_is_not_judged() -> None:
    assert heavy(judged(offer_url="https://go.example/?zz={clickid}", tracker="voluum", network="awin")) == []


def test_a_network_known_by_its_host_is_judged_without_being_named() -> None:
    found = only(offer_url="https://acme.go2cloud.org/aff_c?offer_id=1&aff_id=2&source={clickid}", tracker="voluum")
    assert (found.code, found.values["reader"], found.where) == (
        "click-id-wrong-param",
        "TUNE (HasOffers)",
        "offer_url: source",
    )


# -- structure ---------------------------------------------------------------------------------------------------


def test_a_broken_link_is_one_finding_at_the_hop_that_has_it() -> None:
    found = only(*chain(START, f"https://go.example/offer?id=42?clickid={ID}", f"https://shop.example/?cid={ID}"))
    assert (found.code, found.level, found.where) == ("url-structure-broken", BAD, "hop 2: clickid")


def test_a_raw_nested_address_that_loses_its_click_id_is_not_also_a_dropped_query() -> None:
    url = f"https://go.example/out?u=https://shop.example/landing?a=1&clickid={ID}"
    found = only(*chain(url, "https://shop.example/landing?a=1"), click_url=url)
    assert (found.code, found.level, found.where) == ("url-structure-broken", BAD, "hop 1: clickid")


def test_a_raw_nested_address_that_arrives_whole_is_no_fault() -> None:
    url = f"https://go.example/out?u=https://shop.example/landing?a=1&clickid={ID}"
    assert heavy(judged(*chain(url, f"https://shop.example/landing?a=1&clickid={ID}"), click_url=url)) == []


def test_a_link_is_linted_without_a_trace() -> None:
    found = only(click_url="trk.example/c/7&sub_id=w7k2m9x4q1")
    assert (found.code, found.where, found.values["meant"]) == (
        "url-structure-broken",
        "click_url: sub_id",
        "?sub_id=",
    )


# -- redirects that stay ---------------------------------------------------------------------------------------


def permanent(status: int, *headers: tuple[str, str], url: str = START) -> tuple[HttpEvidence, ...]:
    landing = f"https://shop.example/?clickid={ID}"
    return with_headers(hop(1, url, landing, status=status), *headers), hop(2, landing)


@pytest.mark.parametrize("status", [301, 308])
def test_a_permanent_redirect_that_mints_an_id_is_a_warning(status: int) -> None:
    found = only(*permanent(status))
    assert (found.code, found.confidence, found.values["status"]) == (
        "permanent-redirect-cached",
        Confidence.CERTAIN,
        str(status),
    )


@pytest.mark.parametrize("rule", ["no-store", "private, no-cache", "max-age=0, must-revalidate"])
def test_a_permanent_redirect_nobody_may_keep_is_no_fault(rule: str) -> None:
    assert heavy(judged(*permanent(301, ("Cache-Control", rule)))) == []


def test_a_permanent_redirect_of_an_address_used_once_is_no_fault() -> None:
    url = "https://trk.example/c/7?gclid=Cj0KCQiA1234567890abcdef"
    assert heavy(judged(*permanent(301, url=url), click_url=url)) == []


def test_a_permanent_redirect_to_https_is_no_fault() -> None:
    hops = hop(1, f"http://shop.example/?cid={ID}", f"https://shop.example/?cid={ID}", status=301)
    assert heavy(judged(hops, hop(2, f"https://shop.example/?cid={ID}"))) == []


# -- https -------------------------------------------------------------------------------------------------------


def test_the_hop_that_leaves_https_is_named() -> None:
    found = only(*chain(START, f"http://go.example/?cid={ID}", f"https://shop.example/?cid={ID}"))
    assert (found.code, found.where, found.values["next_host"]) == ("protocol-downgrade", "hop 1", "go.example")


def test_a_step_down_that_hsts_hides_from_browsers_is_a_note() -> None:
    first, *rest = chain(START, f"http://trk.example/o?cid={ID}", f"https://shop.example/?cid={ID}")
    rule = ("Strict-Transport-Security", "max-age=31536000")
    assert heavy(judged(with_headers(first, rule), *rest)) == []


def test_http_from_the_start_is_no_step_down() -> None:
    assert heavy(judged(*chain("http://trk.example/c/7?source=12", f"http://shop.example/?cid={ID}"))) == []


# -- branches ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["geo-blocked", "offer/not-available-country-blocked", "fallback", "wrong_country"])
def test_a_page_for_visitors_without_an_offer_is_a_warning(path: str) -> None:
    found = only(*chain(START, f"https://go.example/{path}?clickid={ID}"))
    assert (found.code, found.where) == ("geo-device-branch", "hop 1")


def test_a_redirect_that_varies_by_user_agent_is_a_note_with_time_and_agent() -> None:
    first, last = chain(START, f"https://shop.example/?clickid={ID}")
    findings = judged(with_headers(first, ("Vary", "Accept-Encoding, User-Agent")), last)
    (found,) = [item for item in findings if item.code == "geo-device-branch"]
    assert (found.level, found.values["sign"], found.values["at"]) == (INFO, "Vary: User-Agent", first.at)


def test_a_page_that_varies_says_nothing_about_the_way() -> None:
    first, last = chain(START, f"https://shop.example/?clickid={ID}")
    findings = judged(first, with_headers(last, ("Vary", "User-Agent")))
    assert "geo-device-branch" not in [item.code for item in findings]


def test_a_country_that_a_hop_puts_on_is_a_note() -> None:
    findings = judged(*chain(START, f"https://shop.example/?clickid={ID}&country=DE"))
    (found,) = [item for item in findings if item.code == "geo-device-branch"]
    assert found.values["sign"] == "country=DE"


# -- an ID of somebody else ----------------------------------------------------------------------------------------


def test_the_ad_click_id_in_the_click_ids_place_is_foreign() -> None:
    url = "https://trk.example/c/7?gclid=Cj0KCQiA1234567890abcdef"
    found = only(*chain(url, "https://shop.example/?clickid=Cj0KCQiA1234567890abcdef"), click_url=url)
    assert (found.code, found.where, found.values["found"]) == (
        "foreign-click-id",
        "hop 2: clickid",
        "Google Ads (gclid)",
    )


def test_the_ad_click_id_beside_the_trackers_own_is_no_fault() -> None:
    url = "https://trk.example/c/7?gclid=Cj0KCQiA1234567890abcdef"
    hops = chain(url, f"https://shop.example/?clickid={ID}&external_id=Cj0KCQiA1234567890abcdef")
    assert heavy(judged(*hops, click_url=url)) == []


def test_a_value_without_the_shape_its_platform_states_is_odd() -> None:
    found = only(*chain(START, "https://shop.example/?_ef_transaction_id=4815162342"))
    assert (found.code, found.values["platform"]) == ("click-id-shape-odd", "Everflow")


def test_a_typed_click_id_without_the_trackers_shape_is_foreign() -> None:
    assert only(click_url=START, click_id="4815162342", tracker="bemob").code == "foreign-click-id"


def test_a_typed_click_id_of_the_trackers_shape_is_fine() -> None:
    assert heavy(judged(click_url=START, click_id="aB3dE5fG7hJ9kL1mN3pQ5r", tracker="bemob")) == []


# -- tracking domains ----------------------------------------------------------------------------------------------

EVERFLOW = "https://www.second.example/?nid=77&transaction_id=5f1d0a1c2b3d4e5f6a7b8c9d0e1f2a3b"


def test_a_conversion_on_another_domain_than_the_click_is_a_warning_where_that_is_refused() -> None:
    found = only(click_url="https://go.first.example/A/B/?sub1=abc123", sent_request=EVERFLOW, receiver="everflow")
    assert (found.code, found.where, found.values["host"]) == (
        "tracking-domain-mismatch",
        "sent_request",
        "www.second.example",
    )


@pytest.mark.parametrize(
    "facts",
    [
        {"click_url": "https://go.second.example/A/B/", "sent_request": EVERFLOW, "receiver": "everflow"},
        {"click_url": START, "offer_url": "https://second.example/A/?sub1={clickid}", "sent_request": EVERFLOW},
        {"click_url": START, "sent_request": "https://other.example/postback?cid=abc123"},
        {"click_url": START, "template": "https://{domain}/?nid=1&transaction_id={x}", "receiver": "everflow"},
        {"sent_request": EVERFLOW, "receiver": "everflow"},
    ],
)
def test_one_domain_or_a_platform_that_takes_any_is_no_fault(facts: dict[str, object]) -> None:
    assert heavy(judged(**facts)) == []


# -- addresses inside the link -------------------------------------------------------------------------------------


def test_identifiers_of_a_nested_address_that_get_lost_are_named() -> None:
    url = f"https://go.example/out?url=https%3A%2F%2Fshop.example%2Fl%3Fcid%3D{ID}%26gclid%3DCj0KCQabc123"
    found = only(*chain(url, "https://shop.example/l"), click_url=url)
    assert (found.code, found.values["lost"], found.values["host"]) == (
        "nested-destination-loses-ids",
        "cid, gclid",
        "go.example",
    )


def test_a_chain_that_leads_elsewhere_than_the_link_says_is_a_note() -> None:
    url = f"https://go.example/out?url=aHR0cHM6Ly9zaG9wLmV4YW1wbGUvbA&cid={ID}"
    findings = judged(*chain(url, f"https://other.example/?cid={ID}"), click_url=url)
    (found,) = [item for item in findings if item.code == "nested-destination-not-reached"]
    assert (found.level, found.values["destination"], found.values["end"]) == (
        INFO,
        "https://shop.example/l",
        f"https://other.example/?cid={ID}",
    )


def test_a_nested_address_that_is_reached_later_is_no_fault() -> None:
    url = f"https://go.example/out?url=https%253A%252F%252Fshop.example%252Fl%253Fcid%253D{ID}"
    hops = chain(url, "https://mid.example/w?t=1", f"https://www.shop.example/l/?cid={ID}")
    assert [item.code for item in judged(*hops, click_url=url) if item.code.startswith("nested")] == []


URLS = st.one_of(
    st.text(max_size=60),
    st.text("htps:/?&=#%25{}[]@.abu clickid", max_size=80).map("https://go.example/".__add__),
    st.text("htps:/?&=#%25{}[]@.abu clickid", max_size=80).map("https://".__add__),
)


@given(st.lists(URLS, min_size=1, max_size=4), URLS, URLS, st.sampled_from(["", "keitaro", "everflow", "nobody"]))
def test_no_text_of_a_link_makes_a_check_raise(urls: list[str], link: str, postback: str, party: str) -> None:
    parties = {"tracker": party, "network": party, "receiver": party}
    facts = {"offer_url": link, "template": postback, "sent_request": postback, "click_id": link, **parties}
    assert isinstance(judged(*chain(*urls), click_url=urls[0], **facts), list)
