"""Everything beyond the first screen: cases and their steps, reports, practice, the knowledge base."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import fields
from typing import TYPE_CHECKING

from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.times import stamp
from postback_wizard.tui import words
from postback_wizard.tui.closing import Closing
from postback_wizard.tui.correcting import show_hop
from postback_wizard.tui.desk import Desk, DeskError, OpenedCase, PracticeChain
from postback_wizard.tui.library import Library
from postback_wizard.tui.opening import Opening, is_asked
from postback_wizard.tui.readings import help_lines, marked_lines
from postback_wizard.tui.reconciled import EVERY_DIFFERENCE
from postback_wizard.tui.reports import Reports
from postback_wizard.tui.runner import Asking, Finished, Going, Heard
from postback_wizard.tui.screens.ask import AskWish
from postback_wizard.tui.screens.closing import ClosingWish
from postback_wizard.tui.screens.entry import FindingReading
from postback_wizard.tui.screens.frame import Reading
from postback_wizard.tui.screens.pick import Picked, PickScreen
from postback_wizard.tui.screens.report import ReportWished
from postback_wizard.tui.screens.step import StepWish
from postback_wizard.tui.secrecy import reopened
from postback_wizard.tui.session import Session
from postback_wizard.tui.walk import Walk
from postback_wizard.tui.widgets.form import FactTyped
from postback_wizard.tui.widgets.result import FindingOpened, RowOpened

if TYPE_CHECKING:
    from postback_wizard.tui.app import WizardApp

#: Seconds of quiet after a keystroke before the case is written.
SAVE_AFTER = 0.4


class Casework:
    """Owns the case that is open, and what comes of every wish about it."""

    def __init__(self, app: "WizardApp", desk: Desk, home: Callable[[], Awaitable[None]]) -> None:
        self._app = app
        self._desk = desk
        self._home = home
        self._walk: Walk | None = None
        self._opening: Opening | None = None
        self._closing: Closing | None = None
        self._reports = Reports(app, desk)
        self.library = Library(app, desk, self._facts)
        self._save_is_due = False
        self._fault_told = False

    @property
    def _lang(self) -> str:
        return self._app.lang

    # -- cases --------------------------------------------------------------------------------------------------

    async def new(self) -> None:
        """A new, empty case."""
        case = Case(id=self._desk.new_id(), opened_at=stamp(self._desk.now()))
        await self._open(lambda: self._desk.create(case), fresh=True)

    async def adopt(self, path: str) -> None:
        """A case somebody sent, copied in."""
        await self._open(lambda: self._desk.adopt(path))

    async def open(self, ref: str) -> None:
        """A stored case."""
        await self._open(lambda: self._desk.open(ref))

    async def _open(self, opening: Callable[[], OpenedCase], *, fresh: bool = False) -> None:
        try:
            opened = await asyncio.to_thread(opening)
        except DeskError as error:
            self._app.complain(error)
            self._app.load_recent()
        else:
            await self.enter(opened, fresh=fresh)

    async def enter(
        self, opened: OpenedCase, chain: PracticeChain | None = None, lesson: str = "", *, fresh: bool = False
    ) -> None:
        """Show an open case at the step it was left at; a fresh one is asked what the platform says."""
        await self.put_away()
        session = Session(self._desk, opened, chain, lesson)
        self._walk = Walk(self._app, self._desk, session, self._lang, self._leave, self._report)
        self._opening = Opening(self._app, session, self._lang)
        self._closing = Closing(self._app, self._desk, session)
        done = [record.step for record in session.case.done()]
        if fresh and is_asked(session.case):
            await self._opening.show()
        else:
            await self._walk.show(done[-1] if done else "click")
        missing = reopened(session.case, self._lang)
        if missing:
            self._app.notify(missing, severity="warning", markup=False, timeout=15)
        await self._name_fault()

    async def _name_fault(self) -> None:
        """Say once that what was remembered about hosts cannot be read."""
        fault = None if self._fault_told else await asyncio.to_thread(self._desk.owners_fault)
        if fault is not None:
            self._fault_told = True
            self._app.notify(fault.say(self._lang), severity="warning", markup=False, timeout=10)

    async def put_away(self) -> None:
        """Stop what runs, save, let go of the case and the practice chain."""
        walk, self._walk = self._walk, None
        if walk is not None:
            await walk.stop()
            await self._save(walk.session)
            await walk.session.close()

    async def _save(self, session: Session) -> None:
        try:
            await session.save()
        except DeskError as error:
            why = words.SAVE_FAILED.say(self._lang, why=error.say(self._lang))
            self._app.notify(why, severity="error", markup=False, timeout=10)

    def typed(self, news: FactTyped) -> None:
        """Take over a fact at once, and write it when the typing pauses."""
        if self._walk is None or not self._walk.typed(news.name, news.value):
            return
        self._walk.retyped()
        if not self._save_is_due:
            self._save_is_due = True
            self._app.set_timer(SAVE_AFTER, self._save_now)

    async def _save_now(self) -> None:
        self._save_is_due = False
        if self._walk is not None:
            await self._save(self._walk.session)

    # -- steps --------------------------------------------------------------------------------------------------

    async def step_wish(self, wish: StepWish) -> None:
        """A key was pressed in a step."""
        if self._opening is not None and (wish.wish, wish.step) == ("previous", "click"):
            await self._opening.show()
        elif self._walk is not None:
            await self._walk.wish(wish)

    async def ask_wish(self, wish: AskWish) -> None:
        """A key was pressed at the first question."""
        match wish.wish:
            case "next" if self._opening is not None and self._walk is not None:
                await self._opening.answered(wish.choices)
                await self._save(self._walk.session)
                await self._walk.show("click")
            case "help" if self._opening is not None:
                await self._opening.help()
            case _:
                await self._leave()

    async def asking(self, news: Asking) -> None:
        """A question is on its way."""
        if self._walk is not None:
            await self._walk.runs.on_asking(news)

    def going(self, news: Going) -> None:
        """The question under way has come further."""
        if self._walk is not None:
            self._walk.going(news)

    async def heard(self, news: Heard) -> None:
        """An answer came in."""
        if self._walk is not None:
            await self._walk.runs.on_heard(news)

    async def finished(self, news: Finished) -> None:
        """A step is judged: show it and save."""
        if self._walk is not None:
            await self._walk.runs.on_finished(news)
            await self._save(self._walk.session)
        if self._closing is not None:
            await self._closing.look_alike()

    async def explain(self, news: FindingOpened) -> None:
        """Explain a finding."""
        await self._app.push_screen(FindingReading(news.finding, self._lang))

    async def show_row(self, news: RowOpened) -> None:
        """Show a piece of evidence in full; a hop with what it did, and whose it is.

        One that offers a better request puts it in place.
        """
        if news.row.host and self._walk is not None:
            await show_hop(self._app, self._desk, self._walk, news.row)
            return
        if self._walk is not None and news.row.where == EVERY_DIFFERENCE:
            self._walk.list_differences()
            return
        if self._walk is not None and self._walk.copying.opened(news.row):
            return
        await self._app.push_screen(Reading(news.row.head, news.row.detail, self._lang))

    async def closing_wish(self, news: ClosingWish) -> None:
        """A key was pressed where a case is closed."""
        walk = self._walk
        if walk is None or self._closing is None:
            return
        again = await self._closing.wish(news)
        await self._save(walk.session)
        if again:
            await walk.show("click")
        elif news.wish == "close" and walk.session.case.conclusion is not None:
            await self._leave()
        else:
            await self._report()

    # -- report -------------------------------------------------------------------------------------------------

    async def _report(self) -> None:
        if self._walk is not None:
            await self._reports.show(self._walk.session)

    async def report_wish(self, news: ReportWished) -> None:
        """A key was pressed at the report."""
        walk = self._walk
        if walk is None:
            return
        match news.wish:
            case "previous":
                await walk.show("upload")
            case "fixed" if self._closing is not None:
                await self._closing.show()
            case "answer":
                await self._ask_diagnosis(walk.session)
            case "leave":
                await self._leave()
            case _:
                await self._reports.wish(news.wish, walk.session)

    # -- practice -----------------------------------------------------------------------------------------------

    async def lessons(self) -> None:
        """The practice cases to pick from."""
        lang = self._lang
        found = await asyncio.to_thread(self._desk.lessons)
        entries = [(item.name, item.title.say(lang), item.story.say(lang)) for item in found]
        title, hint = words.PRACTICE.say(lang), words.PICK_LESSON.say(lang)
        await self._app.switch_screen(PickScreen("lesson", title, hint, entries, lang))

    async def practise(self, name: str) -> None:
        """Start a practice chain and open the case that happened in it."""
        try:
            chain = await asyncio.to_thread(self._desk.practise, name, self._lang)
            case = Case(id=self._desk.new_id(), opened_at=stamp(self._desk.now()))
            opened = await asyncio.to_thread(self._desk.create, case.learn(_known(chain.facts), "practice"))
        except DeskError as error:
            self._app.complain(error)
            return
        await self.enter(opened, chain, name)

    async def _leave(self) -> None:
        if self._walk is not None and self._walk.session.lesson:
            await self.put_away()
            await self.lessons()
        else:
            await self._home()

    async def _ask_diagnosis(self, session: Session) -> None:
        if not session.lesson:
            return
        choices = await asyncio.to_thread(self._desk.choices)
        entries = [(f"{choice.step}:{choice.code}", choice.words.say(self._lang), "") for choice in choices]
        title, hint = words.PRACTICE_DIAGNOSIS.say(self._lang), words.PRACTICE_PICK.say(self._lang)
        await self._app.switch_screen(PickScreen("diagnosis", title, hint, entries, self._lang))

    async def _mark(self, key: str) -> None:
        if self._walk is None:
            return
        step, _, code = key.partition(":")
        marked = await asyncio.to_thread(self._desk.mark, self._walk.session.lesson, step, code)
        title = words.PRACTICE_DIAGNOSIS.say(self._lang)

        def closed(_: str | None) -> None:
            if marked.right:
                self._app.call_later(self._leave)

        await self._app.push_screen(Reading(title, marked_lines(marked, self._lang), self._lang), closed)

    async def picked(self, news: Picked) -> None:
        """Something was picked from a list, or the list was left."""
        match news.purpose, news.key:
            case "diagnosis", "":
                await self._report()
            case _, "":
                await self._home()
            case "lesson", name:
                await self.practise(name)
            case "diagnosis", key:
                await self._mark(key)
            case _:
                pass

    # -- knowledge ----------------------------------------------------------------------------------------------

    async def knowledge(self) -> None:
        """Look anything up."""
        await self.library.search()

    def _facts(self) -> Facts:
        return self._walk.session.case.facts if self._walk else Facts()

    async def help(self) -> None:
        """The keys."""
        await self._app.push_screen(Reading(words.HELP_TITLE.say(self._lang), help_lines(None, self._lang), self._lang))


def _known(facts: Facts) -> dict[str, object]:
    return {item.name: getattr(facts, item.name) for item in fields(facts) if getattr(facts, item.name)}
