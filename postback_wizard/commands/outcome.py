"""What a judged case amounts to for scripts: the exit code."""

from collections.abc import Iterable

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.finding import Verdict

CLEAR, PROBLEM, UNPROVEN = 0, 1, 3


def exit_code(case: Case) -> int:
    """1 when a step is broken or doubtful, else 3 when one that had facts could not be checked, else 0."""
    records = tuple(case.done())
    if any(record.verdict in (Verdict.BROKEN, Verdict.SUSPECT) for record in records):
        return PROBLEM
    return UNPROVEN if any(_unchecked(records)) else CLEAR


def _unchecked(records: Iterable[StepRecord]) -> Iterable[bool]:
    for record in records:
        had_facts = record.reason != "no-facts"
        yield record.verdict is Verdict.FAILED or (record.verdict is Verdict.NOT_CHECKED and had_facts)
