"""What others' programs say of our exports: a Markdown linter, and the specification of HAR 1.2."""

import json
from pathlib import Path
from typing import Any

import pytest
from pymarkdown.api import PyMarkdownApi

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Verdict
from postback_wizard.domain.probe import HttpEvidence, SentRequest
from postback_wizard.report.har import to_har
from postback_wizard.report.markdown import Audience, render
from postback_wizard.report.unmasked import marked
from tests.unit.har_schema import faults
from tests.unit.test_report_exports import planted, simple
from tests.unit.test_report_forms import reconciled
from tests.unit.test_report_markdown import AT, hop, sample

#: Width of lines, and a heading that ends in a full stop because a title does.
NOT_OURS = ("md013", "md026")


def linted(text: str, folder: Path) -> list[str]:
    """Every complaint of the linter, as ``MD031 in line 7``."""
    path = folder / "report.md"
    path.write_text(text, encoding="utf-8")
    api = PyMarkdownApi().enable_extension_by_identifier("markdown-tables")
    for rule in NOT_OURS:
        api = api.disable_rule_by_identifier(rule)
    found = api.scan_path(str(path))
    return [f"{item.rule_id} in line {item.line_number}: {item.rule_name}" for item in found.scan_failures]


@pytest.mark.parametrize(("audience", "lang"), [("partner", "en"), ("internal", "ru"), ("client", "en")])
def test_a_linter_finds_nothing_in_a_report(audience: Audience, lang: str, tmp_path: Path) -> None:
    assert linted(render(sample(), lang, audience).text, tmp_path) == []


def test_a_linter_finds_nothing_in_a_report_of_differences(tmp_path: Path) -> None:
    assert linted(render(reconciled(30), "ru").text, tmp_path) == []


def test_a_linter_finds_nothing_in_an_unmasked_report(tmp_path: Path) -> None:
    text = render(planted()[0], "en", "internal", masked=False).text
    assert linted(marked(text, "md", "en"), tmp_path) == []


@pytest.mark.parametrize("case", [planted()[0], simple(method="POST", body="a=1"), sample("x\ny"), Case("c", AT)])
def test_an_archive_is_har_1_2(case: Case) -> None:
    assert faults(json.loads(to_har(case))) == []


def test_an_archive_of_what_got_no_answer_is_har_1_2() -> None:
    lost = HttpEvidence("replay", "", "sent", ("NO_ANSWER",), SentRequest("GET", "https://p.example/", "/"))
    case = Case("c", AT).merge(StepRecord("replay", Facts(), AT, Verdict.BROKEN, "", (hop(1, "v"), lost)))
    assert faults(json.loads(to_har(case))) == []


@pytest.mark.parametrize("change", [{"time": "1"}, {"request": None}, {"odd": 1}, {"startedDateTime": "2026"}])
def test_the_specification_is_not_met_by_anything(change: dict[str, Any]) -> None:
    archive = json.loads(to_har(simple()))
    archive["log"]["entries"][0] |= change
    assert len(faults(archive)) >= 1
