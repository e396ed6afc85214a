"""What a report says after the fix: what changed since the run before, and how the case was closed."""

from dataclasses import replace

import pytest

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.closing import Conclusion
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Verdict
from postback_wizard.report.markdown import Audience, render

AT = "2026-03-01T10:00:00.000Z"
LITERAL = Finding("macro-literal", Level.BAD, Confidence.CERTAIN, Owner.TRACKER, {}, "sent_request: cid")


def run_again() -> Case:
    """A case that was broken, was run again, and is in order."""
    broken = StepRecord("template", Facts(), AT, Verdict.BROKEN, findings=(LITERAL,))
    case = replace(Case("a", AT), records={"template": broken}).again(AT)
    return replace(case, records={"template": replace(broken, verdict=Verdict.CLEAR, findings=())})


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("en", ("## Before and after the fix", "Template: ✗ broken → ✓ clear", "macro")),
        ("ru", ("## До и после исправления", "Шаблон: ✗ сломано → ✓ в порядке", "macro")),
    ],
)
@pytest.mark.parametrize("audience", ["partner", "internal", "client"])
def test_what_changed_since_the_fix_is_told(lang: str, lines: tuple[str, ...], audience: Audience) -> None:
    text = render(run_again(), lang, audience).text
    assert [line in text for line in lines] == [True] * len(lines)


def test_a_case_that_was_not_run_again_compares_nothing() -> None:
    assert "Before and after" not in render(Case("a", AT), "en").text


def test_how_a_case_ended_is_told_and_holds_no_secret() -> None:
    secret = "tok-4815162342-abcdef"
    ended = Conclusion(f"Their token {secret} was old.", "A new one.", "Ann", "Ten sales came.", AT)
    text = render(replace(run_again(), conclusion=ended), "en", secrets=(secret,)).text
    assert ("## How it ended" in text, "Ten sales came." in text, secret in text) == (True, True, False)
