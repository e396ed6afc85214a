"""The practice scenarios, and how an answer is judged."""

from postback_wizard.domain.case import StepId
from postback_wizard.domain.text import Text
from postback_wizard.practice.choices import CHOICES, Choice
from postback_wizard.practice.scenarios.click import CLICK
from postback_wizard.practice.scenarios.event import EVENT
from postback_wizard.practice.scenarios.healthy import HEALTHY
from postback_wizard.practice.scenarios.replay import REPLAY
from postback_wizard.practice.scenarios.scenario import Scenario
from postback_wizard.practice.scenarios.template import TEMPLATE
from postback_wizard.practice.scenarios.upload import UPLOAD

__all__ = ["SCENARIOS", "Scenario", "answer_choices", "find", "judge", "remark"]

#: The healthy chain first; the others by name, because the order of the checklist would give their steps away.
SCENARIOS: tuple[Scenario, ...] = (
    *HEALTHY,
    *sorted((*CLICK, *EVENT, *REPLAY, *TEMPLATE, *UPLOAD), key=lambda scenario: scenario.name),
)

RIGHT = Text(en="Right.", ru="Верно.")
RIGHT_LAYER = Text(
    en="The step is right, but it broke in another way.", ru="Шаг назван верно, но сломано в нём другое."
)
NOT_YET = Text(
    en="Not yet. Name the first thing on the way that the data proves broken, if there is one.",
    ru="Пока нет. Назовите первое по пути место, поломка которого видна в данных, если такое есть.",
)


def find(name: str) -> Scenario | None:
    """The scenario of that name."""
    return next((scenario for scenario in SCENARIOS if scenario.name == name), None)


def answer_choices(step: StepId | None = None) -> tuple[Choice, ...]:
    """What a trainee may pick, in the order of the checklist; with ``step``, only the faults of that step."""
    return tuple(choice for choice in CHOICES if step is None or choice.step == step)


def judge(scenario: Scenario, step: str, code: str) -> bool:
    """Whether this is the answer: the step and the code of the fault, both empty for "nothing is wrong"."""
    return (step, code) == (scenario.step, scenario.code)


def remark(scenario: Scenario, step: str, code: str) -> Text:
    """A sentence about a pick that does not give the answer away."""
    if judge(scenario, step, code):
        return RIGHT
    return RIGHT_LAYER if step == scenario.step else NOT_YET
