"""A step of the event that rests on the comparison of two logs says so in the report."""

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Verdict
from postback_wizard.domain.probe import LogEvidence
from postback_wizard.domain.reconciliation import Reconciliation
from postback_wizard.report.ending import excluded

AT = "2026-03-01T10:00:00.000Z"


def said(lang: str) -> str:
    facts = Facts(conversion_log="a.csv", partner_log="b.csv")
    compared = LogEvidence("reconcile", AT, ("OK",), classes={"matched": 3}, reconciliation=Reconciliation())
    record = StepRecord("event", facts, AT, Verdict.CLEAR, evidence=(compared,))
    return "\n".join(excluded(Case(id="c", opened_at=AT, facts=facts).merge(record), lang))


def test_the_conversions_in_both_logs_are_counted() -> None:
    assert "3 conversions found in both logs" in said("en")


def test_it_is_said_in_russian_with_its_plural() -> None:
    assert "3 конверсии найдены в обоих логах" in said("ru")
