"""Made-up pairs of template and live request: a correct one raises nothing, a planted fault is told first."""

import random
from collections import defaultdict
from collections.abc import Iterator

import pytest

from postback_wizard import checks
from postback_wizard.domain.finding import Finding, Level, weight
from tests.unit.made import any_pair
from tests.unit.planted import PLANTS, plant

PAIRS = 1000
SEED = 20260301


@pytest.fixture(autouse=True)
def _crashes_are_raised() -> Iterator[None]:
    checks.guard_checks = False
    yield
    checks.guard_checks = True


def judge(facts: dict[str, str]) -> list[Finding]:
    return sorted(checks.findings_of("template", checks.example(**facts).case), key=weight)


def alarms(facts: dict[str, str]) -> list[str]:
    return [finding.code for finding in judge(facts) if finding.level in (Level.BAD, Level.WARN)]


def test_a_thousand_correct_pairs_raise_no_alarm() -> None:
    rng = random.Random(SEED)
    wrong = []
    for _ in range(PAIRS):
        facts = any_pair(rng).case()
        if alarms(facts):
            wrong.append((alarms(facts), facts))
    assert wrong == []


def test_a_thousand_planted_faults_are_each_told_first() -> None:
    rng = random.Random(SEED)
    wrong = []
    for number in range(PAIRS):
        code, _, facts = plant(rng, number)
        if alarms(facts)[:1] != [code]:
            wrong.append((code, alarms(facts), facts))
    assert wrong == []


def test_each_fault_is_planted_in_three_dialects_and_more() -> None:
    rng = random.Random(SEED)
    dialects = defaultdict(set)
    for number in range(PAIRS):
        code, dialect, _ = plant(rng, number)
        dialects[code].add(dialect)
    assert [code for code, _ in PLANTS if len(dialects[code]) < 3] == []
