"""Closing a case, running it again after the fix, and remembering closed ones that look alike."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from postback_wizard.domain.case import Case
from postback_wizard.domain.closing import Alike, Conclusion, alike
from postback_wizard.domain.times import stamp
from postback_wizard.report.closed import by_words, card_of, compare, title_of
from postback_wizard.report.diagnosis import diagnose
from postback_wizard.tui import closing_words as words
from postback_wizard.tui.desk import Desk, DeskError
from postback_wizard.tui.screens.closing import ClosingScreen, ClosingWish
from postback_wizard.tui.session import Session

if TYPE_CHECKING:
    from postback_wizard.tui.app import WizardApp


class Closing:
    """One case's ending: the draft of its conclusion, and the closed cases it was already compared with."""

    def __init__(self, app: "WizardApp", desk: Desk, session: Session) -> None:
        self._app = app
        self._desk = desk
        self._session = session
        self._draft = session.case.conclusion
        self._told: set[str] = set()

    @property
    def _lang(self) -> str:
        return self._app.lang

    async def show(self) -> None:
        """Put the screen up, with the diagnosis where nobody wrote a cause yet."""
        case = self._session.case
        draft = self._draft
        if draft is None:
            draft = await asyncio.to_thread(_proposed, case, self._lang)
        before = case.before()
        changes = tuple(compare(before, case, self._lang)) if before else ()
        await self._app.switch_screen(ClosingScreen(case, draft, changes, self._lang))

    async def wish(self, news: ClosingWish) -> bool:
        """Do what a key asked for; True when the case starts over at its first step."""
        self._draft = news.conclusion
        if self._session.read_only or news.wish == "leave":
            return False
        now = stamp(self._desk.now())
        try:
            if news.wish == "close":
                await self._close(replace(news.conclusion, closed_at=now))
                return False
            self._session.restart(now)
            await asyncio.to_thread(self._desk.unshelve, self._session.case.id)
            self._app.notify(words.AGAIN.say(self._lang), markup=False, timeout=8)
        except DeskError as error:
            self._app.complain(error)
            return False
        return True

    async def _close(self, conclusion: Conclusion) -> None:
        self._session.conclude(conclusion)
        card = await asyncio.to_thread(card_of, self._session.case, tuple(self._desk.secrets()))
        await asyncio.to_thread(self._desk.shelve, card)
        self._app.notify(words.CLOSED.say(self._lang), markup=False)

    async def look_alike(self) -> None:
        """Say once of each closed case that it looks like this one, the likest now."""
        if self._session.lesson:
            return
        case = self._session.case
        found = await asyncio.to_thread(self._alike, case)
        if not found or self._session.case.id != case.id:
            return
        first, card = found[0], found[0].card
        self._told.update(item.card.id for item in found)
        cause = card.conclusion.cause
        said = words.ALIKE.say(
            self._lang, by=by_words(first, self._lang), title=title_of(card), cause=cause, id=card.id
        )
        self._app.notify(said, markup=False, timeout=12)

    def _alike(self, case: Case) -> tuple[Alike, ...]:
        closed = [card for card in self._desk.closed() if card.id not in self._told]
        return alike(card_of(case), closed) if closed else ()


def _proposed(case: Case, lang: str) -> Conclusion:
    found = diagnose(case.before() or case)
    return Conclusion(found.headline.say(lang) if found.code else "")
