"""The Conversions API of the chain takes the event it is given and refuses what the original refuses."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from postback_wizard.practice.chain import Chain

Start = Callable[..., Chain]
Ask = Callable[..., tuple[int, dict[str, str], str]]
JSON = "application/json"


def address(chain: Chain, token: str = "") -> str:
    return f"{chain.endpoints['meta_capi']}/v25.0/{chain.facts.dataset_id}/events?access_token={token or chain.token}"


def error_of(answer: tuple[int, dict[str, str], str]) -> tuple[int, int, int | None]:
    error = json.loads(answer[2])["error"]
    return answer[0], error["code"], error.get("error_subcode")


@pytest.mark.parametrize("name", ["first-launch", "stolen-sales", "tidy-colleague", "blind-campaign"])
def test_the_event_of_the_tracker_is_received(name: str, running: Start, ask: Ask) -> None:
    chain = running(name)
    status, _, body = ask(address(chain), "POST", chain.facts.upload_event, JSON)
    answer = json.loads(body)
    assert (status, answer["events_received"], answer["messages"]) == (200, 1, [])
    assert answer["fbtrace_id"]


def test_the_token_may_travel_in_the_body(running: Start, ask: Ask) -> None:
    chain = running("first-launch")
    sent = {**json.loads(chain.facts.upload_event), "access_token": chain.token, "test_event_code": "TEST1"}
    assert ask(address(chain).partition("?")[0], "POST", json.dumps(sent), JSON)[0] == 200


def test_the_events_may_travel_as_json_in_a_form(running: Start, ask: Ask) -> None:
    chain = running("first-launch")
    form = urlencode({"data": json.dumps(json.loads(chain.facts.upload_event)["data"])})
    assert ask(address(chain), "POST", form, "application/x-www-form-urlencoded")[0] == 200


def test_a_wrong_token_is_code_190(running: Start, ask: Ask) -> None:
    chain = running("first-launch")
    assert error_of(ask(address(chain, "wrong"), "POST", chain.facts.upload_event, JSON)) == (400, 190, None)


def test_another_dataset_is_subcode_33(running: Start, ask: Ask) -> None:
    chain = running("first-launch")
    elsewhere = address(chain).replace(chain.facts.dataset_id, "1")
    assert error_of(ask(elsewhere, "POST", chain.facts.upload_event, JSON)) == (400, 100, 33)


def test_reading_the_events_is_refused(running: Start, ask: Ask) -> None:
    assert error_of(ask(address(running("first-launch")))) == (400, 100, None)


@pytest.mark.parametrize(
    ("change", "subcode"),
    [
        ({"event_time": 1_600_000_000}, 2804003),
        ({"custom_data": {"currency": "USD"}}, 2804009),
        ({"custom_data": {"value": 1}}, None),
        ({"user_data": {"client_user_agent": "Mozilla/5.0"}}, 2804050),
        ({"user_data": {"em": ["0" * 64]}}, None),
        ({"event_time": "soon"}, None),
        ({"action_source": "web"}, None),
        ({"event_source_url": ""}, None),
        ({"event_name": None}, None),
    ],
)
def test_one_faulty_event_refuses_the_whole_request(
    change: dict[str, Any], subcode: int | None, running: Start, ask: Ask
) -> None:
    chain = running("first-launch")
    (event,) = json.loads(chain.facts.upload_event)["data"]
    sent = json.dumps({"data": [event, {**event, **change}]})
    assert error_of(ask(address(chain), "POST", sent, JSON)) == (400, 100, subcode)


@pytest.mark.parametrize("body", ["", "[]", "{", '{"data": []}', '{"data": [1]}', '{"data": {}}'])
def test_what_holds_no_events_is_an_invalid_parameter(body: str, running: Start, ask: Ask) -> None:
    assert error_of(ask(address(running("first-launch")), "POST", body, JSON)) == (400, 100, None)
