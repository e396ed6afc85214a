"""The upload step: what is sent, every planted fault with its one finding, and Meta's answers."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard import checks
from postback_wizard.catalogue import meta
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Finding, Level, Rule
from postback_wizard.domain.probe import TOKEN, Answer, Effect, HttpEvidence, HttpProbe, SentRequest
from postback_wizard.domain.step import Settings
from postback_wizard.domain.upload import Upload, UploadProblem, numbered, read_upload
from postback_wizard.steps.upload import UPLOAD

NOW = 1772359200  # 2026-03-01T10:00:00Z, when examples are judged
HOUR, DAY = 3600, 86_400
EMAIL = hashlib.sha256(b"ann@example.com").hexdigest()
FBCLID = "IwAR0x1Y2z3_aB"


@pytest.fixture(autouse=True)
def _crashes_are_raised() -> Iterator[None]:
    checks.guard_checks = False
    yield
    checks.guard_checks = True


def event(**changes: Any) -> dict[str, Any]:
    """A healthy purchase; a change to None takes the field away, user_… changes a key of user_data."""
    user = {"em": [EMAIL], "client_user_agent": "Mozilla/5.0", "fbc": f"fb.1.{(NOW - HOUR) * 1000}.{FBCLID}"}
    keys = [name for name in changes if name.startswith("user_") and name != "user_data"]
    user.update({name[5:]: changes[name] for name in keys})
    data: dict[str, Any] = {
        "event_name": "Purchase",
        "event_time": NOW - HOUR,
        "event_id": "order-1",
        "action_source": "website",
        "event_source_url": "https://shop.example/thanks",
        "user_data": user,
        "custom_data": {"value": 12.5, "currency": "USD"},
    }
    data.update({name: value for name, value in changes.items() if name not in keys})
    return {name: value for name, value in data.items() if value is not None}


def text(*events: dict[str, Any]) -> str:
    return json.dumps({"data": list(events)})


def judge(upload_event: str, *heard: HttpEvidence, **facts: Any) -> list[Finding]:
    return list(checks.findings_of("upload", checks.example(*heard, upload_event=upload_event, **facts).case))


def bad(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings if finding.level is Level.BAD]


def answered(status: int, body: str, sent: str = "") -> HttpEvidence:
    request = SentRequest("POST", f"https://graph.facebook.com/v25.0/1/events?access_token={TOKEN}", "", (), sent)
    return HttpEvidence("upload", "2026-03-01T10:00:00.000Z", "answered", (), request, Answer(status, (), body))


RULES = [(module, rule, shown) for module in checks.modules("upload") for rule, shown in module.EXAMPLES.items()]


@pytest.mark.parametrize(("module", "rule", "shown"), RULES, ids=[rule.code for _, rule, _ in RULES])
def test_an_example_raises_exactly_its_rule(module: object, rule: Rule, shown: checks.Example) -> None:
    assert [finding.code for finding in module.check(shown.case)] == [rule.code]  # type: ignore[attr-defined]  # a module


@pytest.mark.parametrize(
    "payload", [text(event()), json.dumps([event(), event(event_id="order-2")]), json.dumps(event())]
)
def test_healthy_events_are_said_to_be_clean_and_nothing_else(payload: str) -> None:
    assert [finding.code for finding in judge(payload)] == ["upload-clean"]


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("upload-event-too-old", {"event_time": NOW - 8 * DAY}),
        ("upload-event-too-old", {"event_time": NOW - 63 * DAY, "action_source": "physical_store"}),
        ("upload-time-unit-or-zone", {"event_time": (NOW - HOUR) * 1000}),
        ("upload-time-unit-or-zone", {"event_time": (NOW - 90 * DAY) * 1000}),
        ("upload-time-unit-or-zone", {"event_time": (NOW - HOUR) * 1_000_000}),
        ("upload-time-unit-or-zone", {"event_time": "2026-03-01T09:00:00Z"}),
        ("upload-time-unit-or-zone", {"event_time": NOW + 3 * HOUR - 20}),
        ("upload-time-unit-or-zone", {"event_time": NOW + 400}),
        ("pii-hash-invalid", {"user_em": ["ann@example.com"]}),
        ("pii-hash-invalid", {"user_em": EMAIL.upper()}),
        ("pii-hash-invalid", {"user_ph": [hashlib.sha256(b"").hexdigest()]}),
        ("pii-hash-invalid", {"user_client_user_agent": EMAIL}),
        ("fbc-malformed", {"user_fbc": FBCLID}),
        ("fbc-malformed", {"user_fbc": f"fb.1.{NOW}.{FBCLID}"}),
        ("fbc-malformed", {"user_fbc": f"FB.1.{NOW}000.{FBCLID}"}),
        ("fbc-malformed", {"user_fbc": f"fb.5.{NOW}000.{FBCLID}"}),
        ("fbc-malformed", {"user_fbc": f"fb.1.{NOW}000.{FBCLID}.a.b"}),
        ("fbc-malformed", {"user_fbc": EMAIL}),
        ("upload-field-missing", {"event_name": None}),
        ("upload-field-missing", {"event_time": None}),
        ("upload-field-missing", {"user_data": {}}),
        ("upload-field-missing", {"action_source": None}),
        ("upload-field-missing", {"custom_data": None}),
        ("upload-field-missing", {"custom_data": {"value": 0}}),
        ("upload-action-source-unknown", {"action_source": "web"}),
    ],
)
def test_a_planted_fault_gives_its_one_finding(code: str, changes: dict[str, Any]) -> None:
    found = judge(text(event(**changes)))
    assert [finding.code for finding in found if finding.level is not Level.GOOD] == [code]


@pytest.mark.parametrize(
    "changes",
    [
        {"event_time": NOW - 7 * DAY},
        {"event_time": NOW + 300},
        {"event_time": str(NOW - HOUR)},
        {"event_time": NOW - 61 * DAY, "action_source": "physical_store"},
        {"user_fbc": f"fb.2.{NOW}000.{FBCLID}.AQYBAQIA"},
        {"user_external_id": "user-42"},
        {"event_name": "Lead", "custom_data": None},
        {"user_em": [f"{EMAIL}.AQYBAQIA"]},
    ],
)
def test_what_is_allowed_is_not_found(changes: dict[str, Any]) -> None:
    assert [finding.code for finding in judge(text(event(**changes)))] == ["upload-clean"]


def test_the_age_and_the_events_are_named() -> None:
    found = judge(text(event(), event(event_time=NOW - 9 * DAY), event(event_time=NOW - 12 * DAY - 5)))
    old = next(finding for finding in found if finding.code == "upload-event-too-old")
    assert (old.values["age"], old.values["events"], old.values["sunk"]) == ("12", "2-3", "3")


@pytest.mark.parametrize(
    ("written", "form", "seconds"),
    [
        ((NOW - HOUR) * 1000, "ms", str(NOW - HOUR)),
        ("2026-03-01T12:00:00+03:00", "ISO 8601", str(NOW - HOUR)),
        (NOW + 3 * HOUR - 20, "+3 h", str(NOW - 20)),
        (NOW + 1800, "+30 min", f"≤ {NOW}"),
    ],
)
def test_a_wrong_time_comes_with_its_form_and_the_right_number(written: object, form: str, seconds: str) -> None:
    found = judge(text(event(event_time=written)))[0]
    assert (found.values["form"], found.values["right"]) == (form, seconds)


def test_a_second_hash_shows_against_the_raw_value() -> None:
    twice = hashlib.sha256(EMAIL.encode()).hexdigest()
    found = judge(text(event(user_em=[twice])), customer={"email": "Ann@Example.com"})
    assert (bad(found), found[0].values["mistake"]) == (["pii-hash-invalid"], "hashed-twice")


def test_no_finding_repeats_customer_data() -> None:
    found = judge(text(event(user_em=["ann@example.com"])), customer={"email": "ann@example.com"})
    assert "ann@example.com" not in json.dumps([dict(finding.values) for finding in found])


def test_a_lower_cased_click_id_differs_from_the_one_seen_in_the_click() -> None:
    found = judge(
        text(event(user_fbc=f"fb.1.{NOW}000.{FBCLID.lower()}")), click_url=f"https://l.example/?a=1&fbclid={FBCLID}"
    )
    assert (bad(found), found[0].values["expected"]) == (["fbc-malformed"], f"fb.1.{NOW}000.{FBCLID}")


def test_the_click_id_is_also_taken_from_the_trace() -> None:
    hop = HttpEvidence(
        "trace", "", "answered", (), SentRequest("GET", f"https://l.example/?fbclid=Z{FBCLID}", ""), Answer(200), hop=1
    )
    assert bad(judge(text(event()), hop)) == ["fbc-malformed"]


def test_a_batch_is_not_held_against_one_click() -> None:
    assert bad(judge(text(event(), event()), click_url="https://l.example/?fbclid=other")) == []


@pytest.mark.parametrize(
    ("payload", "code", "at"),
    [
        ('{"data": [', "not-json", "1:11"),
        ("", "not-json", "1:1"),
        ('{"data": [1]}', "not-an-event", "data[0]"),
        ('{"data": 5}', "not-an-event", "data"),
        ('{"data": []}', "no-events", "data"),
        ('[{"value": NaN}]', "not-json", "1:1"),
        ("[" * 100_000, "not-json", "1:1"),
    ],
)
def test_what_holds_no_events_says_where_it_went_wrong(payload: str, code: str, at: str) -> None:
    assert read_upload(payload) == UploadProblem(code, at)  # type: ignore[arg-type]  # a parametrised literal


def test_data_may_be_a_json_string_as_in_a_form() -> None:
    upload = read_upload(json.dumps({"data": json.dumps([{"event_name": "Lead"}]), "test_event_code": "T1"}))
    assert isinstance(upload, Upload)
    assert (upload.events[0].get("event_name"), upload.test_event_code) == ("Lead", "T1")


def test_event_numbers_are_written_in_runs() -> None:
    assert numbered([7, 1, 3, 2]) == "1-3, 7"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["data", "event_name", "event_time", "user_data", "action_source", "fbc", "em", "custom_data"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(json_values.map(json.dumps) | st.text(max_size=40))
def test_no_payload_makes_a_check_raise(payload: str) -> None:
    known = [rule.code for _, rule, _ in RULES]
    assert all(finding.code in known for finding in judge(payload))


# -- the answer ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, '{"events_received":1,"messages":[]}', "upload-accepted"),
        (200, '{"events_received":0,"messages":[]}', "upload-unproven"),
        (200, '{"events_received":1,"messages":["late"]}', "upload-unproven"),
        (200, "<html>", "upload-unproven"),
        (400, '{"error":{"code":190,"message":"bad"}}', "upload-token-invalid"),
        (401, "no", "upload-token-invalid"),
        (400, '{"error":{"code":100,"error_subcode":33,"message":"x"}}', "upload-refused"),
        (500, "oops", "upload-refused"),
    ],
)
def test_each_answer_has_its_finding(status: int, body: str, code: str) -> None:
    found = judge(text(event()), answered(status, body, text(event())))
    assert sorted(finding.code for finding in found) == sorted([code, "upload-clean"])


def test_a_token_in_metas_words_is_never_repeated() -> None:
    body = '{"error":{"code":190,"message":"Malformed access token EAABcanary"}}'
    found = judge(text(event()), answered(400, body))
    assert "EAABcanary" not in json.dumps([dict(finding.values) for finding in found])


def test_a_refusal_is_told_in_metas_words_for_users() -> None:
    body = json.dumps(
        {"error": {"code": 100, "error_subcode": 1, "message": "m", "error_user_title": "T", "error_user_msg": "Why."}}
    )
    found = [item for item in judge(text(event()), answered(400, body)) if item.code == "upload-refused"]
    assert found[0].values["message"] == "T. Why"


def test_a_refusal_already_explained_by_the_event_is_no_second_fault() -> None:
    body = '{"error":{"code":100,"error_subcode":2804003,"message":"x","error_user_title":"Event Timestamp Too Old"}}'
    assert bad(judge(text(event(event_time=NOW - 9 * DAY)), answered(400, body))) == ["upload-event-too-old"]


def test_an_answer_that_never_came_proves_nothing() -> None:
    request = SentRequest("POST", "https://graph.facebook.com/", "")
    heard = HttpEvidence("upload", "", "sent", ("READ_TIMEOUT",), request)
    assert [finding.code for finding in judge(text(event()), heard)] == ["upload-unproven", "upload-clean"]


def test_another_platforms_event_is_not_judged_by_metas_rules() -> None:
    assert [finding.code for finding in judge('{"event": "x"}', ad_platform="applovin")] == ["upload-platform-unknown"]


# -- the step ------------------------------------------------------------------------------------------------------

SETTINGS = Settings(endpoints={"meta_capi": "http://127.0.0.1:9/graph/"}, has_token=True)


def planned(settings: Settings = SETTINGS, **facts: Any) -> tuple[object, ...]:
    known: dict[str, object] = {"upload_event": text(event()), "dataset_id": "42", "test_event_code": "TEST1"}
    case = Case("c", "2026-03-01T10:00:00.000Z", Facts().with_values({**known, **facts}))
    return tuple(UPLOAD.plan(case, (), settings))


def test_one_writing_request_is_planned_with_a_stand_in_for_the_token() -> None:
    (probe,) = planned()
    assert isinstance(probe, HttpProbe)
    assert (probe.method, probe.url, probe.effect, probe.headers) == (
        "POST",
        f"http://127.0.0.1:9/graph/v25.0/42/events?access_token={TOKEN}",
        Effect.WRITE,
        (("Content-Type", "application/json"),),
    )


def test_the_body_holds_the_events_unchanged_and_the_test_code() -> None:
    (probe,) = planned()
    assert isinstance(probe, HttpProbe)
    assert json.loads(probe.body) == {"data": [event()], "test_event_code": "TEST1"}


@pytest.mark.parametrize(
    "missing", [{"upload_event": "{"}, {"dataset_id": ""}, {"test_event_code": ""}, {"ad_platform": "applovin"}]
)
def test_nothing_is_sent_while_something_is_missing(missing: dict[str, Any]) -> None:
    assert planned(**missing) == ()


def test_nothing_is_sent_without_a_token() -> None:
    assert planned(Settings()) == ()


def test_the_question_is_asked_once() -> None:
    case = Case("c", "", Facts(upload_event=text(event()), dataset_id="42", test_event_code="TEST1"))
    assert UPLOAD.plan(case, (answered(200, "{}"),), SETTINGS) == ()


def test_metas_own_address_is_used_unless_settings_name_another() -> None:
    (probe,) = planned(Settings(has_token=True))
    assert isinstance(probe, HttpProbe)
    assert probe.url.startswith(f"https://graph.facebook.com/{meta().version}/42/events?")
