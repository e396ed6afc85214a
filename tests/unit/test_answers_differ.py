"""The sender's answer and ours, laid side by side."""

import pytest

from postback_wizard.checks import example, findings_of
from postback_wizard.checks.samples import replayed

URL = "https://track.example/postback?cid=w7k2m9x4q1"


def differs(status: int, body: str = "", **facts: str) -> list[dict[str, str]]:
    case = example(replayed(status, body), sent_request=URL, **facts).case
    return [dict(item.values) for item in findings_of("callback", case) if item.code == "answers-differ"]


def test_another_status_is_said_in_both_partners_words() -> None:
    found = differs(200, "OK", answer_status="403", answer_body="Forbidden for your IP")
    assert found == [{"host": "track.example", "ours": "200 OK", "theirs": "403 Forbidden for your IP"}]


def test_the_same_status_with_another_meaning_differs() -> None:
    bodies = '{"status": "recorded"}', '{"success": false, "error": "click not found"}'
    (found,) = differs(200, bodies[0], answer_status="200", answer_body=bodies[1])
    assert found["theirs"] == "200 click not found"


@pytest.mark.parametrize(
    ("status", "body", "facts"),
    [
        (200, "OK", {"answer_status": "200"}),
        (200, "OK", {"answer_status": "200", "answer_body": "OK"}),
        (200, "OK", {"answer_status": "204"}),
        (403, "", {"answer_status": "403"}),
        (200, "OK", {}),
        (200, "", {"answer_body": "thank you"}),
        (200, "duplicate conversion", {"answer_status": "200", "answer_body": '{"status": "recorded"}'}),
    ],
)
def test_answers_that_mean_the_same_do_not_differ(status: int, body: str, facts: dict[str, str]) -> None:
    assert differs(status, body, **facts) == []
