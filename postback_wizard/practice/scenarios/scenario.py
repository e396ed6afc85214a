"""One practice scenario: a symptom as people put it, what is broken, and the explanation afterwards."""

from dataclasses import dataclass

from postback_wizard.domain.text import Text
from postback_wizard.practice.choices import Pick
from postback_wizard.practice.faults import HEALTHY, Faults


@dataclass(frozen=True, slots=True)
class Scenario:
    """One exercise. ``step`` and ``code`` are the answer, both empty when the chain is healthy."""

    name: str
    title: Text
    story: Text
    step: Pick
    code: str
    explanation: Text
    faults: Faults = HEALTHY
