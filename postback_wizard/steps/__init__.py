"""The five steps of the checklist, in their order."""

from postback_wizard.domain.step import Step
from postback_wizard.steps.click import CLICK
from postback_wizard.steps.event import EVENT
from postback_wizard.steps.replay import REPLAY
from postback_wizard.steps.template import TEMPLATE
from postback_wizard.steps.upload import UPLOAD

STEPS: tuple[Step, ...] = (CLICK, EVENT, REPLAY, TEMPLATE, UPLOAD)
BY_ID = {step.id: step for step in STEPS}
