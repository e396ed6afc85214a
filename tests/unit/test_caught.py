"""Requests that senders made to this machine: kept with the case, masked, and told in the report."""

from dataclasses import dataclass, replace

import pytest

from postback_wizard.domain.arrival import received
from postback_wizard.domain.case import MOST_CAUGHT, Case
from postback_wizard.domain.facts import Facts
from postback_wizard.effects.codec import dump_case, load_case, to_json
from postback_wizard.report.json_view import check_json
from postback_wizard.report.markdown import render
from postback_wizard.tui.caught import caught_rows


@dataclass(frozen=True)
class Said:
    status: int = 500
    body: str = "try later"
    delay_s: float = 3.0


@dataclass(frozen=True)
class Came:
    at: str = "2026-03-01T10:00:00.000Z"
    peer: str = "127.0.0.1:51000"
    method: str = "GET"
    target: str = "/pb?cid=w7k2m9x4q1&token=EAABcanarytoken"
    headers: tuple[tuple[str, str], ...] = (("Host", "h"), ("X-Odd", "[b]*x*"))
    body: str = ""
    raw_base64: str = "RUFBQmNhbmFyeXRva2Vu"
    problem: str = ""
    reply: Said = Said()
    left: bool = False


CASE = Case("c", "2026-03-01T09:00:00.000Z", Facts(template="https://t.example/pb?cid={clickid}&payout={payout}"))
CAUGHT = CASE.catch(received(Came(), "http://127.0.0.1:8080/"))


def test_what_was_caught_survives_the_disk() -> None:
    assert load_case(dump_case(CAUGHT)) == CAUGHT


def test_a_case_of_before_there_was_a_receiver_is_still_read() -> None:
    older = dump_case(CASE).replace(b' "caught": [],\n', b"").partition(b' "digest"')[0].rstrip(b",\n") + b"\n}"
    assert load_case(older) == CASE


def test_the_address_is_the_receivers_and_the_answer_is_the_one_it_gave() -> None:
    (item,) = CAUGHT.caught
    assert item.request.url == "http://127.0.0.1:8080/pb?cid=w7k2m9x4q1&token=EAABcanarytoken"
    assert (item.answer and item.answer.status, item.timing_ms.total) == (500, 3000)


def test_only_the_last_ones_are_kept() -> None:
    case = CASE
    for number in range(MOST_CAUGHT + 5):
        case = case.catch(received(replace(Came(), target=f"/{number}"), "http://127.0.0.1:1"))
    assert (len(case.caught), case.caught[0].request.target) == (MOST_CAUGHT, "/5")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("with 500 after 3 s", "query payout", "did not come")),
        ("ru", ("500 через 3 с", "query payout", "не пришло")),
    ],
)
def test_the_report_tells_what_came_what_was_answered_and_what_differs(lang: str, said: tuple[str, ...]) -> None:
    text = render(CAUGHT, lang).text
    plain = text.replace("`", "")
    assert [word for word in ("GET /pb?cid=w7k2m9x4q1", "try later", *said) if word not in plain] == []


def test_the_report_for_a_client_does_not_show_it() -> None:
    assert "w7k2m9x4q1" not in render(CAUGHT, "en", "client").text


def test_a_token_that_was_caught_is_masked_and_its_raw_bytes_left_out() -> None:
    text = render(CAUGHT, "en", secrets=("EAABcanarytoken",)).text
    assert ("EAABcanarytoken" in text, "RUFBQ" in text) == (False, False)


def test_the_json_holds_it_as_evidence_of_the_replay() -> None:
    found = check_json(CAUGHT, "en", to_json)
    steps = found["steps"]
    assert isinstance(steps, list)
    assert [(item["name"], item["outcome"]) for item in steps[2]["evidence"]] == [("received", ["RECEIVED"])]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_request_that_was_turned_away_says_why(lang: str) -> None:
    case = CASE.catch(received(replace(Came(), problem="bad-header"), "http://127.0.0.1:1"))
    assert "bad-header" in render(case, lang).text


def test_a_row_opens_to_the_request_the_answer_and_the_raw_bytes() -> None:
    (row,) = caught_rows(CAUGHT, "en")
    wanted = ("GET /pb?cid=w7k2m9x4q1", "X-Odd: [b]*x*", "500", "try later", "RUFBQ")
    assert [word for word in wanted if word not in row.detail] == []


def test_a_sender_that_left_is_told_of_the_request_it_made() -> None:
    again = CAUGHT.catch(received(Came(left=True), "http://127.0.0.1:8080/"))
    assert [item.outcome for item in again.caught] == [("RECEIVED", "SENDER_LEFT")]
