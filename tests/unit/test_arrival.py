"""A caught callback beside the expected one."""

from postback_wizard.domain.arrival import Difference, differences, raw_request
from postback_wizard.domain.exact import ExactRequest
from postback_wizard.domain.request import read_request

TEMPLATE = ExactRequest("GET", "https://track.example/postback?cid={clickid}&payout={payout}&goal=sale")


def odd(target: str, expected: ExactRequest = TEMPLATE, method: str = "GET", body: str = "") -> list[Difference]:
    found = differences(expected, method, target, (("Host", "127.0.0.1:8080"),), body)
    return [item for item in found if item.sort not in ("same", "filled")]


def test_macros_with_values_in_their_places_are_as_expected() -> None:
    assert odd("/postback?cid=w7k2&payout=12.50&goal=sale") == []


def test_a_macro_that_came_as_it_stands_is_named() -> None:
    assert odd("/postback?cid={clickid}&payout=1&goal=sale") == [
        Difference("query", "cid", "{clickid}", "{clickid}", "macro")
    ]


def test_an_emptied_macro_is_a_change() -> None:
    assert [item.sort for item in odd("/postback?cid=&payout=1&goal=sale")] == ["changed"]


def test_missing_and_added_parameters_are_named() -> None:
    found = [(item.name, item.sort) for item in odd("/postback?payout=1&goal=sale&sub=7")]
    assert found == [("cid", "missing"), ("sub", "added")]


def test_another_method_and_path_are_named() -> None:
    found = [(item.place, item.arrived) for item in odd("/pb?cid=1&payout=1&goal=sale", method="POST")]
    assert found == [("method", "POST"), ("path", "/pb")]


def test_a_value_that_was_encoded_anew_is_a_change() -> None:
    expected = ExactRequest("GET", "https://t.example/p?x=a%20b")
    assert [item.sort for item in odd("/p?x=a+b", expected)] == ["changed"]


def test_a_body_is_compared_field_by_field() -> None:
    expected = ExactRequest("POST", "https://t.example/p", (), '{"cid": "1", "sum": "2"}')
    found = [(item.name, item.sort) for item in odd("/p", expected, "POST", '{"cid": "1", "sum": "3"}')]
    assert [sort for _, sort in found] == ["changed"]


def test_a_caught_request_reads_as_a_request_again() -> None:
    text = raw_request("POST", "/p?x={y}", (("Host", "127.0.0.1:8080"), ("X-A", "b")), "cid=1")
    found = read_request(text)
    assert isinstance(found, ExactRequest)
    assert (found.method, found.url.endswith("/p?x={y}"), found.body) == ("POST", True, "cid=1")
