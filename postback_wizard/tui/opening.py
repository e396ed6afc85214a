"""The first question of a case on the screen of an app, and what comes of its answer."""

import asyncio

from textual.app import App

from postback_wizard.domain.case import Case
from postback_wizard.steps.said import Offer, offer, with_offer
from postback_wizard.tui import ask_words, words
from postback_wizard.tui.plain import VIEW_CAP
from postback_wizard.tui.readings import help_lines
from postback_wizard.tui.screens.ask import AskScreen, AskView, Choices
from postback_wizard.tui.screens.frame import Reading
from postback_wizard.tui.session import Session


def is_asked(case: Case) -> bool:
    """Whether a new case begins with the question: nobody is asked what they have said."""
    return not case.facts.partner_message.strip()


class Opening:
    """Asks once before the steps, and again whenever somebody comes back; knows what was said about platforms."""

    def __init__(self, app: App[int], session: Session, lang: str) -> None:
        self._app = app
        self._session = session
        self._lang = lang
        self._choices: Choices = {}

    async def show(self) -> None:
        """Put the question on screen."""
        choices = tuple(self._choices.items())
        view = AskView(self._session.case, self._lang, self._session.read_only, choices)
        await self._app.switch_screen(AskScreen(view))

    async def help(self) -> None:
        """What the question is for, and the keys."""
        lines = help_lines(None, self._lang, ask_words.HELP.say(self._lang))
        await self._app.push_screen(Reading(words.HELP_TITLE.say(self._lang), lines, self._lang))

    async def answered(self, choices: Choices) -> None:
        """Take over what follows from the message; an empty one costs nothing."""
        self._choices = choices
        session = self._session
        message = session.case.facts.partner_message[:VIEW_CAP]
        found = await asyncio.to_thread(offer, message) if message.strip() else None
        if not session.read_only:
            session.case = with_offer(session.case, found if found and self._takes(found) else None)

    def _takes(self, found: Offer) -> bool:
        return self._choices.get(found.platform, found.certain)
