"""Steps of a case run one after the other, each learning from those before; the case kept up to date throughout."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing

from postback_wizard.domain.case import Case, Reason, StepRecord
from postback_wizard.domain.probe import Effect, Evidence
from postback_wizard.domain.step import Permit, Settings, Step
from postback_wizard.engine import Answered, Asked, Done, World, absorb, conclude, run

Keep = Callable[[Case], None]


class Run:
    """One run over several steps. ``case`` is always the newest; ``keep`` is called with it before anything is sent.

    ``crashed`` holds the names of errors of the program itself, one for each step that ended in one.
    """

    def __init__(self, case: Case, world: World, settings: Settings, permit: Permit, keep: Keep) -> None:
        self.case = case
        self.crashed: list[str] = []
        self._world = world
        self._settings = settings
        self._permit = permit
        self._keep = keep

    async def steps(self, steps: Sequence[Step], began: Callable[[Step], None]) -> None:
        """Run each step. When cancelled, what was heard until then is judged and kept first."""
        for step in steps:
            began(step)
            await self._step(step)

    async def _step(self, step: Step) -> None:
        heard: list[Evidence] = []
        try:
            async with aclosing(run(step, self.case, self._world, self._settings, self._permit)) as events:
                async for event in events:
                    match event:
                        case Asked(probe) if probe.effect is Effect.WRITE:
                            self._keep(self._judged(step, heard, "stopped"))
                        case Answered(evidence):
                            heard.append(evidence)
                            self._keep(self._judged(step, heard, "stopped"))
                        case Done(record):
                            self._merge(record)
        except asyncio.CancelledError:
            self._merge(conclude(step, self.case, heard, self._world.now(), "stopped"))
            raise
        except Exception as error:  # noqa: BLE001 - a crashing step must not take the others' findings with it
            self.crashed.append(type(error).__name__)
            self._merge(conclude(step, self.case, heard, self._world.now(), "failed"))

    def _judged(self, step: Step, heard: Sequence[Evidence], reason: Reason) -> Case:
        return self.case.merge(conclude(step, self.case, heard, self._world.now(), reason))

    def _merge(self, record: StepRecord) -> None:
        self.case = absorb(self.case, record, self._settings)
        self._keep(self.case)
