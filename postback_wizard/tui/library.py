"""Looking things up: search and pages are worked out in threads, whose answers come back as messages."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from postback_wizard.domain.facts import Facts
from postback_wizard.report.closed import closed_markdown
from postback_wizard.report.knowledge.closed import closed_cards
from postback_wizard.report.knowledge.concerning import page_about
from postback_wizard.report.knowledge.lines import Page
from postback_wizard.report.knowledge.pages import OWN_FILES, page_of
from postback_wizard.tui import words
from postback_wizard.tui.desk import Desk, DeskError
from postback_wizard.tui.listing import listing_of
from postback_wizard.tui.lookup import KeepClosed, Known, LibraryNews, Listed, Opened, Ready, SearchWished, Typed
from postback_wizard.tui.screens.entry import EntryScreen
from postback_wizard.tui.screens.knowledge import KnowledgeScreen

if TYPE_CHECKING:
    from postback_wizard.tui.app import WizardApp

#: Seconds of quiet after a keystroke before anything is looked for.
SEARCH_AFTER = 0.08


class Library:
    """The screens of the knowledge base. They stand on top of whatever asked for them, and leave it as it was."""

    def __init__(self, app: "WizardApp", desk: Desk, facts: Callable[[], Facts]) -> None:
        self._app = app
        self._desk = desk
        self._facts = facts

    async def search(self) -> None:
        """Look for anything."""
        await self._app.push_screen(KnowledgeScreen(self._app.lang))

    def show_own_faults(self) -> None:
        """What is wrong with the user's own platform files."""
        self._fetch(partial(page_of, OWN_FILES, self._app.lang))

    async def take(self, item: Typed | Listed | Opened | Known | SearchWished | KeepClosed | Ready) -> None:
        """A wish of a screen, or the answer to one."""
        match item:
            case Typed(text):
                self._app.run_worker(self._list(text), group="look-up", exclusive=True)
            case Listed(text, listing):
                for screen in self._app.screen_stack:
                    if isinstance(screen, KnowledgeScreen):
                        screen.show(text, listing)
            case Opened(ref):
                self._fetch(partial(page_of, ref, self._app.lang))
            case Known(finding):
                self._fetch(partial(page_about, finding, self._facts(), self._app.lang))
            case SearchWished():
                await self.search()
            case KeepClosed():
                await self._keep_closed()
            case Ready(page, by):
                await self._show(page, by)

    async def _list(self, text: str) -> None:
        if text:
            await asyncio.sleep(SEARCH_AFTER)
        listing = await asyncio.to_thread(listing_of, text, self._app.lang)
        self._app.post_message(LibraryNews(Listed(text, listing)))

    async def _keep_closed(self) -> None:
        lang = self._app.lang
        text = await asyncio.to_thread(lambda: closed_markdown(closed_cards(), lang))
        try:
            path = await asyncio.to_thread(self._desk.write_report, f"closed-cases-{lang}.md", text)
        except DeskError as error:
            self._app.complain(error)
            return
        self._app.notify(words.SAVED_TO.say(lang, path=path), markup=False, timeout=8)

    def _fetch(self, page: Callable[[], Page]) -> None:
        by = self._app.screen

        async def fetched() -> None:
            self._app.post_message(LibraryNews(Ready(await asyncio.to_thread(page), by)))

        self._app.run_worker(fetched(), group="open", exclusive=True)

    async def _show(self, page: Page, by: object) -> None:
        screen = self._app.screen
        if screen is not by:
            return  # whoever asked has left meanwhile
        if isinstance(screen, EntryScreen):
            await screen.show(page)
        else:
            await self._app.push_screen(EntryScreen(page, self._app.lang))
