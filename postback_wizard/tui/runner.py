"""Runs a step in the background. It only posts messages: it never queries, mounts or sets a widget."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing

from textual.message import Message
from textual.message_pump import MessagePump

from postback_wizard.domain.case import Case, StepId, StepRecord
from postback_wizard.domain.probe import Effect, Evidence, HttpProbe, Probe
from postback_wizard.domain.progress import LISTENER, Reading
from postback_wizard.domain.step import Permit, Settings, Step
from postback_wizard.engine import Answered, Asked, Done, run
from postback_wizard.tui.desk import WizardWorld


class Asking(Message):
    """A question is on its way, or how far the reading of its file has come."""

    def __init__(self, step: StepId, probe: Probe | Reading) -> None:
        super().__init__()
        self.step = step
        self.probe = probe


class Heard(Message):
    """An answer came in."""

    def __init__(self, step: StepId, evidence: Evidence) -> None:
        super().__init__()
        self.step = step
        self.evidence = evidence


class Finished(Message):
    """The step is judged; ``altered`` means that the request was no longer the confirmed one and was not sent."""

    def __init__(self, step: StepId, record: StepRecord | None, *, altered: bool = False) -> None:
        super().__init__()
        self.step = step
        self.record = record
        self.altered = altered


async def run_step(
    news: MessagePump,
    step: Step,
    case: Case,
    make_world: Callable[[Case], WizardWorld],
    settings: Settings,
    permit: Permit,
    confirmed: HttpProbe | None,
    save: Callable[[], Awaitable[None]],
    before: Sequence[Evidence] = (),
) -> None:
    """Run a step and post what happens. Only the confirmed request is ever sent, after the case was saved.

    ``before`` is what an earlier run heard and this one goes on from.
    """
    world = make_world(case)

    def hear(reading: Reading) -> None:
        news.post_message(Asking(step.id, reading))

    LISTENER.set(hear)
    try:
        async with aclosing(run(step, case, world, settings, permit, before)) as events:
            async for event in events:
                match event:
                    case Asked(probe) if probe.effect is Effect.WRITE and probe != confirmed:
                        news.post_message(Finished(step.id, None, altered=True))
                        return
                    case Asked(probe):
                        if probe.effect is Effect.WRITE:
                            await save()
                        news.post_message(Asking(step.id, probe))
                    case Answered(evidence):
                        news.post_message(Heard(step.id, evidence))
                    case Done(record):
                        news.post_message(Finished(step.id, record))
    finally:
        await world.aclose()
