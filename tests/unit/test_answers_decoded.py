"""The words of an answer are read with the receiver's dictionary, where no check of its own explains them."""

import pytest

from postback_wizard.checks import example, findings_of
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.finding import Finding, Level

URL = "https://track.example/postback?clickid=w7k2m9x4q1"
GOAL = '{"status": 2, "message": "Goal not found in campaign"}'


def decoded(status: int, body: str, **facts: str) -> list[Finding]:
    case = example(replayed(status, body), sent_request=URL, **facts).case
    return [item for item in findings_of("callback", case) if item.code == "partner-message-decoded"]


def test_an_answer_is_decoded_in_its_receivers_words() -> None:
    (found,) = decoded(400, GOAL, receiver="affise_reach")
    assert (found.where, found.level, found.values["said"]) == ("answer", Level.INFO, "Goal not found in campaign")


def test_what_the_senders_log_holds_is_decoded_too() -> None:
    case = example(sent_request=URL, answer_status="400", answer_body=GOAL, network="affise_reach").case
    found = [item.where for item in findings_of("callback", case) if item.code == "partner-message-decoded"]
    assert found == ["answer_body"]


@pytest.mark.parametrize(
    ("status", "body", "facts"),
    [
        (400, GOAL, {}),
        (400, GOAL, {"receiver": "everflow"}),
        (200, '{"status": "recorded"}', {"receiver": "affise_reach"}),
        (200, "OK", {"receiver": "affise"}),
        (403, "<html><title>Goal not found in campaign</title></html>", {"receiver": "affise_reach"}),
        (403, "Invalid signature", {"receiver": "affise"}),
    ],
)
def test_nothing_is_read_into_other_answers(status: int, body: str, facts: dict[str, str]) -> None:
    assert decoded(status, body, **facts) == []
