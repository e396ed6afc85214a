"""Each scenario breaks what it says it breaks, in requests and logs, and nothing before it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import parse_qs

import pytest

from postback_wizard.domain.exact import ExactRequest
from postback_wizard.domain.recipes import search
from postback_wizard.domain.url import compare_params, split_url
from postback_wizard.practice.chain import Chain
from postback_wizard.practice.gates import signature

Start = Callable[..., Chain]
Ask = Callable[..., tuple[int, dict[str, str], str]]
Rows = Callable[[str], list[dict[str, str]]]
Walk = Callable[[str], list[str]]
AT_THE_PARTNERS_DOOR = {
    "moving-house": "301",
    "careful-doorman": "403",
    "full-waiting-room": "429",
    "new-letterbox": "405",
    "two-word-product": "403",
}
BROKEN_LATER = (
    *("first-launch", "empty-report", "word-against-word", "tidy-colleague", "blind-campaign"),
    *AT_THE_PARTNERS_DOOR,
    "half-the-phones",
)


def of_this_order(chain: Chain, rows: Rows, role: str) -> list[dict[str, str]]:
    return [row for row in rows(chain.facts.get(role)) if row["transaction_id"] == chain.facts.transaction_id]


@pytest.mark.parametrize("name", BROKEN_LATER)
def test_the_click_id_and_fbclid_reach_the_landing_page(name: str, running: Start, walk: Walk, rows: Rows) -> None:
    chain = running(name)
    visited = walk(chain.facts.click_url)
    landed = parse_qs(split_url(visited[-1]).query or "")
    last = rows(chain.facts.click_log)[-1]
    assert [split_url(url).host.partition(".")[0] for url in visited] == ["ads", "tracker", "network", "shop"]
    assert landed == {"clickid": [last["click_id"]], "fbclid": [last["fbclid"]]}


def test_stolen_sales_lose_the_whole_query_at_a_redirect_of_the_network(running: Start, walk: Walk) -> None:
    chain = running("stolen-sales")
    visited = [split_url(url) for url in walk(chain.facts.click_url)]
    before, after = visited[2], visited[3]
    assert (before.host, after.host, after.path) == ("network.localhost", "network.localhost", f"{before.path}/")
    assert {change.how for change in compare_params(before, after)} == {"lost"}
    assert visited[-1].query is None


def test_stolen_sales_send_an_empty_click_id_as_a_consequence(running: Start, rows: Rows) -> None:
    chain = running("stolen-sales")
    (attempt,) = of_this_order(chain, rows, "attempt_log")
    assert "cid=&" in attempt["url"]
    assert json.loads(attempt["answer"]) == {"status": "error", "message": "cid is missing"}


def test_an_empty_report_has_a_click_and_an_order_but_no_conversion(running: Start, rows: Rows) -> None:
    chain = running("empty-report")
    assert chain.facts.click_id == rows(chain.facts.click_log)[-1]["click_id"]
    assert chain.facts.conversion_seen == "yes"
    assert not of_this_order(chain, rows, "conversion_log")
    assert not of_this_order(chain, rows, "attempt_log")
    assert len(rows(chain.facts.conversion_log)) == 6


def test_an_empty_report_is_the_shop_never_calling_the_tracker(running: Start) -> None:
    chain = running("empty-report")
    assert ("shop", "POST") in [(item.role, item.method) for item in chain.received]
    assert ("tracker", "POST") not in [(item.role, item.method) for item in chain.received]


def test_word_against_word_is_a_perfect_request_and_a_refusal_with_status_200(running: Start, rows: Rows) -> None:
    chain = running("word-against-word")
    (attempt,) = of_this_order(chain, rows, "attempt_log")
    assert parse_qs(split_url(attempt["url"]).query or "") == {
        "cid": [attempt["click_id"]],
        "payout": ["12.50"],
        "currency": ["USD"],
        "txid": [chain.facts.transaction_id],
        "status": ["approved"],
    }
    assert attempt["http_status"] == "200"
    assert json.loads(attempt["answer"]) == {"status": "error", "message": "not taken into account"}


def test_a_tidy_colleague_sends_the_macro_in_place_of_the_click_id(running: Start, rows: Rows) -> None:
    chain = running("tidy-colleague")
    (attempt,) = of_this_order(chain, rows, "attempt_log")
    assert "cid={click_id}&" in chain.facts.template
    assert "cid={click_id}&" in attempt["url"]
    assert json.loads(attempt["answer"]) == {"status": "error", "message": "unknown click"}


def test_a_tidy_colleague_left_earlier_rows_with_the_old_template(running: Start, rows: Rows) -> None:
    chain = running("tidy-colleague")
    earlier = rows(chain.facts.attempt_log)[:-1]
    assert earlier
    assert all(f"cid={row['click_id']}&" in row["url"] for row in earlier)


def test_a_blind_campaign_is_paid_but_names_the_bare_fbclid(running: Start, rows: Rows) -> None:
    chain = running("blind-campaign")
    (attempt,) = of_this_order(chain, rows, "attempt_log")
    event = json.loads(chain.facts.upload_event)["data"][0]
    assert json.loads(attempt["answer"])["status"] == "recorded"
    assert event["user_data"]["fbc"] == rows(chain.facts.click_log)[-1]["fbclid"]


def test_two_calendars_are_the_same_sales_three_hours_apart_in_the_partners_file(running: Start, rows: Rows) -> None:
    chain = running("two-calendars")
    ours, theirs = rows(chain.facts.attempt_log), rows(chain.facts.partner_log)
    apart = {
        datetime.fromisoformat(partner["time"]) - datetime.fromisoformat(tracker["time"]).replace(tzinfo=None)
        for tracker, partner in zip(ours, theirs, strict=True)
    }
    assert apart <= {timedelta(hours=3), timedelta(hours=3, seconds=1)}


def test_after_the_repair_attempts_end_in_failures_while_conversions_go_on(running: Start, rows: Rows) -> None:
    chain = running("after-the-repair")
    attempts, conversions = rows(chain.facts.attempt_log), rows(chain.facts.conversion_log)
    assert [row["http_status"] for row in attempts[-7:]] == ["200", *["503"] * 6]
    assert sum(row["time"] > attempts[-1]["time"] for row in conversions) == 6


def test_half_the_phones_lack_the_ad_platforms_id_and_nobody_else(running: Start, rows: Rows) -> None:
    clicks = rows(running("half-the-phones").facts.click_log)
    assert sum("iPhone" in row["user_agent"] and not row["fbclid"] for row in clicks) == 13
    assert all(row["fbclid"] for row in clicks if "iPhone" not in row["user_agent"])


def test_too_generous_is_a_hundred_times_the_payout_in_every_row(running: Start, rows: Rows) -> None:
    chain = running("too-generous")
    assert {row["payout"] for row in rows(chain.facts.partner_log)} == {"1250"}
    assert {row["payout"] for row in rows(chain.facts.conversion_log)} == {"12.50"}


def test_a_healthy_postback_is_recorded(running: Start, rows: Rows) -> None:
    chain = running("first-launch")
    (attempt,) = of_this_order(chain, rows, "attempt_log")
    (logged,) = of_this_order(chain, rows, "partner_log")
    answer = json.loads(attempt["answer"])
    assert answer == {"status": "recorded", "conversion_id": logged["conversion_id"]}


def test_a_replayed_postback_is_recorded_under_the_same_number(running: Start, ask: Ask, rows: Rows) -> None:
    chain = running("first-launch")
    (attempt,) = of_this_order(chain, rows, "attempt_log")
    status, _, body = ask(attempt["url"])
    assert (status, json.loads(body)) == (200, json.loads(attempt["answer"]))


def test_a_mended_postback_of_the_tidy_colleague_is_recorded(running: Start, ask: Ask, rows: Rows) -> None:
    chain = running("tidy-colleague")
    (attempt,) = of_this_order(chain, rows, "attempt_log")
    _, _, body = ask(attempt["url"].replace("{click_id}", attempt["click_id"]))
    assert json.loads(body)["status"] == "recorded"


def test_a_healthy_event_tells_the_same_story_as_click_and_postback(running: Start, rows: Rows) -> None:
    chain = running("first-launch")
    click = rows(chain.facts.click_log)[-1]
    event = json.loads(chain.facts.upload_event)["data"][0]
    prefix, index, seen_ms, fbclid = event["user_data"]["fbc"].split(".")
    assert (prefix, index, fbclid) == ("fb", "1", click["fbclid"])
    assert int(seen_ms) <= event["event_time"] * 1000
    assert event["custom_data"] == {"currency": "USD", "value": 12.5, "order_id": chain.facts.transaction_id}


@pytest.mark.parametrize("fault", ["payout=12,50", "payout=12.50&txid=", "cid=zzz"])
def test_the_partner_refuses_what_it_cannot_use_with_status_200(
    fault: str, running: Start, ask: Ask, rows: Rows
) -> None:
    chain = running("first-launch")
    (attempt,) = of_this_order(chain, rows, "attempt_log")
    base, _, query = attempt["url"].partition("?")
    status, _, body = ask(f"{base}?{fault}&{query}")
    assert (status, json.loads(body)["status"]) == (200, "error")


def test_the_tracker_refuses_a_conversion_that_is_no_order(running: Start, ask: Ask) -> None:
    chain = running("first-launch")
    assert ask(f"{chain.addresses['tracker']}/conversion", "POST", "click_id=1")[0] == 400


@pytest.mark.parametrize("name", AT_THE_PARTNERS_DOOR)
def test_the_door_of_the_partner_answers_the_newest_attempt_only(name: str, running: Start, rows: Rows) -> None:
    attempts = rows(running(name).facts.attempt_log)
    assert {row["http_status"] for row in attempts[:-1]} == {"200"}
    assert attempts[-1]["http_status"] == AT_THE_PARTNERS_DOOR[name]


@pytest.mark.parametrize(
    ("name", "header", "value"),
    [
        ("full-waiting-room", "retry-after", "900"),
        ("new-letterbox", "allow", "POST"),
        ("careful-doorman", "cf-mitigated", "challenge"),
    ],
)
def test_the_door_says_what_it_wants(name: str, header: str, value: str, running: Start, ask: Ask, rows: Rows) -> None:
    (attempt,) = of_this_order(running(name), rows, "attempt_log")
    assert ask(attempt["url"])[1][header] == value


def test_the_new_address_of_the_moved_partner_records(running: Start, ask: Ask, rows: Rows) -> None:
    chain = running("moving-house")
    (attempt,) = of_this_order(chain, rows, "attempt_log")
    location = ask(attempt["url"])[1]["location"]
    assert json.loads(ask(location)[2])["status"] == "recorded"


def test_the_new_letterbox_takes_the_same_postback_as_a_form(running: Start, ask: Ask, rows: Rows) -> None:
    chain = running("new-letterbox")
    (attempt,) = of_this_order(chain, rows, "attempt_log")
    base, _, query = attempt["url"].partition("?")
    status, _, body = ask(base, "POST", query, "application/x-www-form-urlencoded")
    assert (status, json.loads(body)["status"]) == (200, "recorded")


def test_a_product_of_one_word_has_the_signature_the_partner_expects(running: Start, ask: Ask, rows: Rows) -> None:
    chain = running("two-word-product")
    (attempt,) = of_this_order(chain, rows, "attempt_log")
    values = {name: found[0] for name, found in parse_qs(split_url(attempt["url"]).query or "").items()}
    one_word = {**values, "item": "Vase"}
    sig = signature(chain.secret, one_word, encoded=True)
    url = attempt["url"].replace("Garden%20lamp", "Vase").replace(values["sig"], sig)
    assert json.loads(ask(url)[2])["status"] == "recorded"


def test_the_signature_of_two_words_is_over_the_encoded_value(running: Start, rows: Rows) -> None:
    chain = running("two-word-product")
    (attempt,) = of_this_order(chain, rows, "attempt_log")
    found = search(ExactRequest("GET", attempt["url"]), chain.secret)
    assert found is not None
    assert found.recipe is not None
    assert found.recipe.mistakes == ("encoded",)
