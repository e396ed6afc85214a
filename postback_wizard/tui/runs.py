"""The run of a step: begun, told of, stopped and finished; one at a time."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from textual.app import App
from textual.worker import Worker

from postback_wizard.domain.case import Reason, StepId, StepRecord
from postback_wizard.domain.probe import Evidence, HttpProbe
from postback_wizard.domain.step import Permit, Settings, Step
from postback_wizard.engine import carry_answer, conclude
from postback_wizard.steps import BY_ID
from postback_wizard.steps.progress_words import progress_text
from postback_wizard.tui import words
from postback_wizard.tui.desk import Desk
from postback_wizard.tui.runner import Asking, Finished, Going, Heard, run_step
from postback_wizard.tui.session import Session
from postback_wizard.tui.views import progress


class Refresh(Protocol):
    """Shows a step anew; after its run with the first finding in sight."""

    def __call__(self, step: StepId, *, finished: bool = False) -> Awaitable[None]: ...


class Runs:
    """``step`` is the one under way, None between runs; ``heard`` and ``asking`` are what it has and what it wants.

    ``ended`` is called with the record of a run that came to its end.
    """

    def __init__(
        self,
        app: App[int],
        desk: Desk,
        session: Session,
        lang: str,
        refresh: Refresh,
        ended: Callable[[Step, StepRecord], None],
    ) -> None:
        self._app = app
        self._desk = desk
        self._session = session
        self._lang = lang
        self._refresh = refresh
        self._ended = ended
        self._worker: Worker[None] | None = None
        self.step: StepId | None = None
        self.heard: list[Evidence] = []
        self.asking = ""

    def start(
        self,
        step: Step,
        permit: Permit,
        settings: Settings,
        confirmed: HttpProbe | None = None,
        before: Sequence[Evidence] = (),
    ) -> None:
        """Begin, unless a run is under way; ``before`` is what an earlier run heard and this one goes on from."""
        if self.step is not None:
            return
        self.step, self.heard, self.asking = step.id, [*before], ""
        work = run_step(
            self._app,
            step,
            self._session.case,
            self._desk.world,
            settings,
            permit,
            confirmed,
            self._session.save,
            before,
        )
        self._worker = self._app.run_worker(work, group="run", exit_on_error=True)
        self._app.call_later(self._refresh, step.id)

    async def stop(self) -> None:
        """Stop the run under way and judge what was heard so far."""
        step, worker = self.step, self._worker
        if step is None or worker is None:
            return
        worker.cancel()
        self.step, self._worker = None, None
        case, settings = self._session.case, self._desk.settings()
        # What a stopped comparison leaves out does not make the trace beside it a stopped one.
        reason: Reason = "stopped" if BY_ID[step].plan(case, self.heard, settings) else ""
        self._session.finish(conclude(BY_ID[step], case, self.heard, self._desk.now(), reason))
        self._app.notify(words.STOPPED.say(self._lang), markup=False)
        await self._refresh(step, finished=True)

    # -- news of the run ----------------------------------------------------------------------------------------

    async def on_asking(self, news: Asking) -> None:
        """A question is on its way."""
        if news.step == self.step:
            self.asking = progress(self._lang)(news.probe)
            await self._refresh(news.step)

    def on_going(self, news: Going) -> str:
        """How far the question under way has come, in words; empty for one that is no longer asked."""
        return f"{self.asking}: {progress_text(news.progress, self._lang)}" if news.step == self.step else ""

    async def on_heard(self, news: Heard) -> None:
        """An answer came in."""
        if news.step == self.step:
            self.heard.append(news.evidence)
            await self._refresh(news.step)

    async def on_finished(self, news: Finished) -> None:
        """The run ended."""
        if news.step != self.step:
            return
        self.step, self._worker = None, None
        if news.record is None:
            self._app.notify(words.CHANGED_MEANWHILE.say(self._lang), severity="warning", markup=False)
            await self._refresh(news.step)
            return
        step = BY_ID[news.step]
        self._session.finish(carry_answer(step, self._session.case, news.record, self._desk.settings()))
        await self._refresh(news.step, finished=True)
        self._ended(step, news.record)
