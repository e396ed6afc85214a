"""The wizard's frame: home, language and theme, the way in and the way out.

What the first screen does not need lives in ``casework`` and is imported once the first screen stands.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from textual.app import App

from postback_wizard.tui.desk import DeskError
from postback_wizard.tui.plain import NoControls
from postback_wizard.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from postback_wizard.tui.casework import Casework
    from postback_wizard.tui.desk import Start
    from postback_wizard.tui.lookup import LibraryNews
    from postback_wizard.tui.runner import Asking, Finished, Going, Heard
    from postback_wizard.tui.screens.ask import AskWish
    from postback_wizard.tui.screens.closing import ClosingWish
    from postback_wizard.tui.screens.home import HomeWish
    from postback_wizard.tui.screens.pick import Picked
    from postback_wizard.tui.screens.report import ReportWished
    from postback_wizard.tui.screens.step import StepWish
    from postback_wizard.tui.widgets.form import FactTyped
    from postback_wizard.tui.widgets.result import FindingOpened, RowOpened

THEMES = ("textual-dark", "textual-light")


class WizardApp(App[int]):
    """Shows one screen at a time and passes its wishes on; the casework owns the case."""

    CSS_PATH = "wizard.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]

    def __init__(self, start: Start) -> None:
        super().__init__()
        self._filters.append(NoControls())
        self.theme = start.theme if start.theme in THEMES else THEMES[0]
        self._start = start
        self._desk = start.desk
        self.lang = start.lang
        self._work: Casework | None = None

    @property
    def work(self) -> Casework:
        """Everything beyond the first screen."""
        if self._work is None:
            from postback_wizard.tui.casework import Casework

            self._work = Casework(self, self._desk, self.home)
        return self._work

    async def on_mount(self) -> None:
        """The first screen: a case, practice, or home."""
        await self.push_screen(HomeScreen(self.lang))
        start = self._start
        if start.opened is not None:
            await self.work.enter(start.opened, fresh=start.fresh)
        elif start.lesson:
            await self.work.practise(start.lesson)
        elif start.practice:
            await self.work.lessons()
        else:
            self.call_after_refresh(self.load_recent)
        self.call_after_refresh(self.run_worker, self._warm_up, thread=True, group="warm-up")

    def _warm_up(self) -> None:
        """Import what comes next while the first screen is being read."""
        from postback_wizard.tui import casework  # noqa: F401 - the import itself is wanted

        self._desk.prepare()

    # -- home ---------------------------------------------------------------------------------------------------

    async def home(self) -> None:
        """Put the case away and show home."""
        if self._work is not None:
            await self._work.put_away()
        await self.switch_screen(HomeScreen(self.lang))
        self.call_after_refresh(self.load_recent)

    def load_recent(self) -> None:
        """Read the list of cases in the background."""
        self.run_worker(self._recent(), group="recent", exclusive=True)

    async def _recent(self) -> None:
        cases = await asyncio.to_thread(self._desk.recent)
        unknown = await asyncio.to_thread(self._desk.unknown_sends)
        if isinstance(self.screen, HomeScreen):
            self.screen.show_recent(cases, unknown)
        faults = await asyncio.to_thread(self._desk.own_faults)
        if faults and isinstance(self.screen, HomeScreen):
            self.screen.show_recent(cases, unknown, faults)

    async def on_home_wish(self, wish: HomeWish) -> None:
        """Something was picked at home."""
        match wish.choice:
            case "new":
                await self.work.new()
            case "practice":
                await self.work.lessons()
            case "knowledge":
                await self.work.knowledge()
            case "faults":
                self.work.library.show_own_faults()
            case "import":
                await self._import()
            case "help":
                await self.work.help()
            case "language":
                self.lang = "en" if self.lang == "ru" else "ru"
                await self._remember()
                await self.home()
            case "theme":
                self.theme = THEMES[1 - THEMES.index(self.theme)]
                await self._remember()
            case "case":
                await self.work.open(wish.ref)
            case "unknown":
                await self._acknowledge(wish.ref)
            case "quit":
                await self.action_quit_wizard()

    async def _import(self) -> None:
        from postback_wizard.tui.screens.importing import ImportDialog

        def given(path: str | None) -> None:
            if path:
                self.run_worker(self.work.adopt(path), group="import", exclusive=True)

        await self.push_screen(ImportDialog(self.lang), given)

    async def _remember(self) -> None:
        with contextlib.suppress(DeskError):  # a language that cannot be stored is no reason to stop
            await asyncio.to_thread(self._desk.remember, self.lang, self.theme)

    async def _acknowledge(self, intent: str) -> None:
        try:
            await asyncio.to_thread(self._desk.acknowledge, intent)
        except DeskError as error:
            self.complain(error)
        self.load_recent()

    def complain(self, error: DeskError) -> None:
        """Say what went wrong outside."""
        self.notify(error.say(self.lang), severity="error", markup=False, timeout=10)

    # -- wishes and news, passed on -----------------------------------------------------------------------------

    async def on_step_wish(self, wish: StepWish) -> None:
        """A key was pressed in a step."""
        await self.work.step_wish(wish)

    async def on_ask_wish(self, wish: AskWish) -> None:
        """A key was pressed at the first question."""
        await self.work.ask_wish(wish)

    def on_fact_typed(self, news: FactTyped) -> None:
        """A fact was typed."""
        self.work.typed(news)

    async def on_asking(self, news: Asking) -> None:
        """A question is on its way."""
        await self.work.asking(news)

    def on_going(self, news: Going) -> None:
        """The question under way has come further."""
        self.work.going(news)

    async def on_heard(self, news: Heard) -> None:
        """An answer came in."""
        await self.work.heard(news)

    async def on_finished(self, news: Finished) -> None:
        """A step is judged."""
        await self.work.finished(news)

    async def on_finding_opened(self, news: FindingOpened) -> None:
        """A finding is to be explained."""
        await self.work.explain(news)

    async def on_row_opened(self, news: RowOpened) -> None:
        """Evidence is to be seen in full."""
        await self.work.show_row(news)

    async def on_report_wished(self, news: ReportWished) -> None:
        """A key was pressed at the report."""
        await self.work.report_wish(news)

    async def on_closing_wish(self, news: ClosingWish) -> None:
        """A key was pressed where a case is closed."""
        await self.work.closing_wish(news)

    async def on_library_news(self, news: LibraryNews) -> None:
        """Something is looked up, or was found."""
        await self.work.library.take(news.item)

    async def on_picked(self, news: Picked) -> None:
        """Something was picked from a list."""
        await self.work.picked(news)

    # -- the end ------------------------------------------------------------------------------------------------

    async def on_unmount(self) -> None:
        """However the wizard ends: save, let go of the case, stop a practice chain."""
        if self._work is not None:
            await self._work.put_away()

    async def action_quit_wizard(self) -> None:
        """Save and leave."""
        if self._work is not None:
            await self._work.put_away()
        self.exit(0)

    async def action_quit(self) -> None:
        """The same, for Textual's own way of leaving."""
        await self.action_quit_wizard()

    def _fatal_error(self) -> None:
        """Textual's own would print local variables, and with them secrets and personal data."""
        from rich.segment import Segments
        from rich.text import Text

        from postback_wizard.tui.crash import crash_text

        report = Text(crash_text(self._exception or RuntimeError(), self.lang))
        self._exit_renderables.append(Segments(self.console.render(report, self.console.options)))
        self._close_messages_no_wait()


def run_wizard(start: Start) -> int:
    """Run the wizard until it is left; the exit code: 0, or 1 after a fault of its own."""
    app = WizardApp(start)
    return app.run() or app.return_code or 0
