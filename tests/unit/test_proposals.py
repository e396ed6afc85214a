"""What the program built itself proves nothing about what the agent sends."""

from datetime import UTC, datetime

import pytest

from postback_wizard.checks import example
from postback_wizard.domain.finding import Verdict
from postback_wizard.engine import conclude
from postback_wizard.steps import BY_ID

CLEAN = (
    '{"data": [{"event_name": "Lead", "event_time": 1772355600, "action_source": "system_generated", '
    '"user_data": {"fbc": "fb.1.1772355000000.IwAR0abc"}}]}'
)


@pytest.mark.parametrize(
    ("origin", "verdict", "reason"),
    [
        ("upload", Verdict.NOT_CHECKED, "proposal"),
        ("typed", Verdict.CLEAR, ""),
        ("typed:upload", Verdict.CLEAR, ""),
        ("file", Verdict.CLEAR, ""),
    ],
)
def test_only_an_event_of_ones_own_can_be_clear(origin: str, verdict: Verdict, reason: str) -> None:
    case = example().case.learn({"upload_event": CLEAN}, origin)
    record = conclude(BY_ID["upload"], case, (), datetime(2026, 3, 1, 10, tzinfo=UTC))
    assert (record.verdict, record.reason) == (verdict, reason)
