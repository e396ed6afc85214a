"""Every failure mode of the event and of two compared logs has a check in step 2, as have those only logs show."""

import pytest

from postback_wizard import checks
from postback_wizard.catalogue.modes import MODES

#: Modes of other layers that stand in a log or nowhere.
ONLY_IN_LOGS = (
    *("browser-strips-click-id", "auto-tagging-off", "click-id-not-persisted", "unknown-click-id"),
    *("click-outside-window", "postback-url-missing", "postback-scope-mismatch", "postback-auto-disabled"),
    "no-retry-after-failure",
)
#: What a row or a whole log shows beyond them, and no mode has a name for.
OVER_TIME = ("receiver-5xx-block", "unannounced-partner-change")


@pytest.mark.parametrize("code", [*MODES["event"], *MODES["reconciliation"], *ONLY_IN_LOGS, *OVER_TIME])
def test_a_failure_mode_has_a_check_of_the_event_step_with_an_example(code: str) -> None:
    finding = checks.shown(code)
    assert finding is not None
    assert (finding.code, checks.folder_of(code)) == (code, "event")


def test_the_modes_beyond_are_modes() -> None:
    assert set(ONLY_IN_LOGS) <= {code for codes in MODES.values() for code in codes}
