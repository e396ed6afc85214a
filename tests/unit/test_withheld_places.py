"""What is stored of clicks, recordings and logs: no secret and nobody's address, and all that the checks go by."""

import pytest

from postback_wizard import checks
from postback_wizard.checks import Example
from postback_wizard.steps.withholding import withhold

EXAMPLES = [
    (folder, code, shown)
    for folder in ("click", "event", "callback", "template")
    for module in checks.modules(folder)
    for rule, given in getattr(module, "EXAMPLES", {}).items()
    for code, shown in ((rule.code, given),)
]


@pytest.mark.parametrize(
    ("folder", "code", "shown"), EXAMPLES, ids=[f"{folder}-{code}" for folder, code, _ in EXAMPLES]
)
def test_a_stored_case_is_judged_as_before(folder: str, code: str, shown: Example) -> None:
    before = [finding.code for finding in checks.findings_of(folder, shown.case)]
    after = [finding.code for finding in checks.findings_of(folder, withhold(shown.case))]
    assert (code in after, after) == (code in before, before)
