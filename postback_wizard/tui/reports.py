"""The report of a session: shown, saved, copied, in either language, for each kind of reader."""

import asyncio
from typing import TYPE_CHECKING, Literal, get_args

from postback_wizard.domain.case import Case
from postback_wizard.report.markdown import ReportLeak, render
from postback_wizard.tui import words
from postback_wizard.tui.desk import Desk, DeskError
from postback_wizard.tui.screens.report import ReportScreen
from postback_wizard.tui.session import Session

if TYPE_CHECKING:
    from postback_wizard.tui.app import WizardApp

Audience = Literal["partner", "internal", "client"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)


class Reports:
    """Remembers the language and the reader chosen last."""

    def __init__(self, app: "WizardApp", desk: Desk) -> None:
        self._app = app
        self._desk = desk
        self._lang = ""
        self._audience: Audience = "partner"

    @property
    def _speech(self) -> str:
        return self._lang or self._app.lang

    async def show(self, session: Session) -> None:
        """Put the report on screen."""
        text, masked = await self._render(session.case)
        practice = bool(session.lesson)
        await self._app.switch_screen(
            ReportScreen(session.case, text, masked, self._audience, self._app.lang, practice)
        )

    async def wish(self, wish: str, session: Session) -> None:
        """Do what a key asked for."""
        match wish:
            case "save":
                await self._save(session.case)
            case "copy":
                await self._copy(session.case)
            case "speech":
                self._lang = "en" if self._speech == "ru" else "ru"
                await self.show(session)
            case "audience":
                self._audience = AUDIENCES[(AUDIENCES.index(self._audience) + 1) % len(AUDIENCES)]
                await self.show(session)
            case _:
                pass

    async def _render(self, case: Case) -> tuple[str, int]:
        secrets = tuple(self._desk.secrets())
        try:
            report = await asyncio.to_thread(render, case, self._speech, self._audience, secrets=secrets)
        except ReportLeak:
            return "", 0
        return report.text, len(report.manifest)

    async def _save(self, case: Case) -> None:
        text, _ = await self._render(case)
        if not text:
            return
        name = f"{case.id}-{self._audience}-{self._speech}.md"
        try:
            path = await asyncio.to_thread(self._desk.write_report, name, text)
        except DeskError as error:
            self._app.complain(error)
            return
        self._app.notify(words.SAVED_TO.say(self._app.lang, path=path), markup=False, timeout=8)

    async def _copy(self, case: Case) -> None:
        text, _ = await self._render(case)
        if not text:
            return
        how = await asyncio.to_thread(self._desk.copy, text)
        if how:
            self._app.notify(words.COPIED.say(self._app.lang, how=how), markup=False)
            return
        self._app.copy_to_clipboard(text)
        self._app.notify(words.COPIED_TERMINAL.say(self._app.lang), markup=False)
