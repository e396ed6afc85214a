"""The browser's event and the server's event: whether they will be one, and what keeps them two."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard import checks
from postback_wizard.checks.copies import copies_of
from postback_wizard.checks.upload.dedup_failure import REASONS
from postback_wizard.domain.finding import Confidence, Finding, Level

NOW = 1772355600
DAY = 86_400
META = {"event_name": "Purchase", "event_id": "o-1", "event_time": NOW, "user_data": {"fbp": "fb.1.1.2"}}
BROWSER = {"event": "Purchase", "eventID": "o-1", "timestamp": NOW}
TIKTOK = {"event": "CompletePayment", "event_id": "o-1", "event_time": NOW, "user": {"ttp": "t-1"}}
SNAP = {"event_name": "PURCHASE", "event_id": "o-1", "event_time": NOW, "custom_data": {"order_id": "77"}}


@pytest.fixture(autouse=True)
def _crashes_are_raised() -> Iterator[None]:
    checks.guard_checks = False
    yield
    checks.guard_checks = True


def judged(server: Any, browser: Any, platform: str = "") -> Finding | None:
    text = browser if isinstance(browser, str) else json.dumps(browser)
    case = checks.example(upload_event=json.dumps(server), browser_event=text, ad_platform=platform).case
    codes = ("dedup-failure", "dedup-merges")
    return next((item for item in checks.findings_of("upload", case) if item.code in codes), None)


def reason(server: Any, browser: Any, platform: str = "") -> str:
    found = judged(server, browser, platform)
    return f"{found.values['reason']} {found.values['field']}" if found else ""


def without(event: dict[str, Any], /, *names: str, **changes: Any) -> dict[str, Any]:
    return {**{name: value for name, value in event.items() if name not in names}, **changes}


@pytest.mark.parametrize(
    ("server", "browser", "expected"),
    [
        (META, BROWSER, "merges-in-time event_id, event_name"),
        (META, without(BROWSER, "timestamp"), "merges event_id, event_name"),
        (META, without(BROWSER, eventID="O-1"), "case event_id"),
        (META, without(BROWSER, eventID="x"), "differs event_id"),
        (META, without(BROWSER, event="Lead"), "differs event_name"),
        (META, without(BROWSER, "eventID"), "no-browser event_id"),
        (without(META, "event_id"), BROWSER, "no-server event_id"),
        (without(META, "event_id"), without(BROWSER, "eventID"), "no-both event_id"),
        (without(META, "event_id"), without(BROWSER, "eventID", fbp="fb.1.1.2"), "instead fbp"),
        (META, without(BROWSER, timestamp=NOW + 2 * DAY + 1), "apart event_time"),
        (META, without(BROWSER, timestamp=(NOW + 2 * DAY) * 1000), "merges-in-time event_id, event_name"),
        (META, without(BROWSER, "event"), ""),
        (META, "https://www.facebook.com/tr?id=5&ev=Purchase&eid=o-1", "merges event_id, event_name"),
        (META, "https://www.facebook.com/tr?id=5&event=Purchase&eventID=o-1", "merges event_id, event_name"),
        (META, "https://www.facebook.com/tr?id=5&event=Purchase", "no-browser event_id"),
        (META, "fbq('track')", ""),
        ({"data": [META]}, {"data": [BROWSER]}, "merges-in-time event_id, event_name"),
        ({"data": [without(META, event_id="o-0"), META]}, BROWSER, "merges-in-time event_id, event_name"),
    ],
)
def test_meta(server: Any, browser: Any, expected: str) -> None:
    assert reason(server, browser) == expected


@pytest.mark.parametrize(
    ("server", "browser", "expected"),
    [
        ({"event_source_id": "P", "data": [TIKTOK]}, {**TIKTOK, "event_source_id": "P"}, "merges-in-time"),
        ({"event_source_id": "P", "data": [TIKTOK]}, TIKTOK, "merges-in-time"),
        ({"event_source_id": "P", "data": [TIKTOK]}, {**TIKTOK, "event_source_id": "Q"}, "differs event_source_id"),
        ({"data": [TIKTOK]}, {**TIKTOK, "event": "Purchase"}, "differs event"),
        ({"data": [without(TIKTOK, "event_id")]}, without(TIKTOK, "event_id"), "instead ttp"),
        (
            {"data": [without(TIKTOK, "event_id")]},
            without(TIKTOK, "event_id", event_time=NOW + 301),
            "no-both event_id",
        ),
        ({"data": [TIKTOK]}, {**TIKTOK, "event_time": NOW + 3 * DAY}, "apart event_time"),
    ],
)
def test_tiktok(server: Any, browser: Any, expected: str) -> None:
    assert reason(server, browser, "tiktok_events_api").startswith(expected)


@pytest.mark.parametrize(
    ("platform", "server", "browser", "expected"),
    [
        ("snapchat", {"data": [SNAP]}, without(SNAP, "event_id", client_dedup_id="o-1"), "merges-in-time"),
        ("snapchat", {"data": [without(SNAP, "event_id")]}, without(SNAP, "event_id", transaction_id="77"), "instead"),
        ("pinterest", {"data": [{"event_id": "1"}]}, {"event_id": "1"}, "merges event_id"),
        ("linkedin_capi", {"eventId": "1"}, {"eventId": "2"}, "differs eventId"),
        ("x_capi", {"conversions": [{"conversion_id": "1"}]}, {"conversion_id": "1"}, "merges conversion_id"),
        ("reddit", {"data": {"events": [{"metadata": {"conversion_id": "1"}}]}}, {"conversion_id": "2"}, "differs"),
        ("microsoft_uet_capi", {"data": [{"eventId": "1"}]}, {"event_id": "1"}, "merges eventId"),
        ("google_ads_click_conversions", {"conversions": [{"orderId": "1"}]}, {"transaction_id": "1"}, ""),
    ],
)
def test_other_platforms(platform: str, server: Any, browser: Any, expected: str) -> None:
    assert reason(server, browser, platform).startswith(expected)
    assert bool(reason(server, browser, platform)) is bool(expected)


def test_a_difference_seen_in_both_texts_is_certain_and_an_id_missing_in_the_browsers_text_is_likely() -> None:
    differs, missing = judged(META, {**BROWSER, "eventID": "x"}), judged(META, without(BROWSER, "eventID"))
    assert differs is not None
    assert missing is not None
    assert (differs.level, differs.confidence, missing.confidence) == (Level.BAD, Confidence.CERTAIN, Confidence.LIKELY)


def test_where_sources_disagree_a_failure_is_only_a_warning() -> None:
    found = judged({"data": {"events": [{"metadata": {"conversion_id": "1"}}]}}, {"conversion_id": "2"}, "reddit")
    assert found is not None
    assert (found.level, found.confidence) == (Level.WARN, Confidence.LIKELY)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_reason_is_said_in_words(lang: str) -> None:
    said = [checks.rules()["dedup-failure"].title.say(lang, {"reason": code, "hours": "49"}) for code in REASONS]
    assert not [text for code, text in zip(REASONS, said, strict=True) if f": {code}." in text]


def test_the_event_that_fits_best_is_the_one_compared() -> None:
    server = {"data": [{**META, "event_id": "o-0"}, META]}
    copies = copies_of(checks.example(upload_event=json.dumps(server), browser_event=json.dumps(BROWSER)).case)
    assert copies is not None
    assert copies.number == 2


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["data", "event_id", "event", "event_time", "user_data", "ts"]), inner)
    ),
    max_leaves=8,
)


@given(server=json_values, browser=json_values.map(json.dumps) | st.text(max_size=30))
def test_no_text_makes_it_raise(server: Any, browser: str) -> None:
    found = judged(server, browser)
    assert found is None or found.code.startswith("dedup-")
