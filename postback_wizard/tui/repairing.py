"""Mending the template: a proposal is shown first; applying, putting back and replaying are keys of their own."""

import asyncio
from collections.abc import Awaitable, Callable

from textual.app import App

from postback_wizard.catalogue.names import find_platform
from postback_wizard.checks.build import build
from postback_wizard.checks.repair import Proposal, propose
from postback_wizard.domain.case import Case, StepId
from postback_wizard.domain.macros import fill, find_macros
from postback_wizard.domain.template import Pair, Value, known_value, meaning_of, read_values
from postback_wizard.domain.text import Text
from postback_wizard.tui import words
from postback_wizard.tui.desk import Desk
from postback_wizard.tui.screens.confirm import Agree
from postback_wizard.tui.screens.repair import RepairWindow
from postback_wizard.tui.session import Session

NOTHING = Text(
    en="Nothing to mend is known here. With no template, name sender and receiver, and one is built.",
    ru="Исправлять, насколько известно, нечего. Если шаблона нет, укажите отправителя и получателя: он будет собран.",
)
APPLIED = Text(
    en="Applied. The template of before is kept as the version before; F6, F4 puts it back.",
    ru="Применено. Прежний шаблон сохранён как прежняя версия; вернуть: F6, затем F4.",
)
PUT_BACK = Text(en="The version before is back.", ru="Прежняя версия возвращена.")
REPLACE_TITLE = Text(en="Use this request in step 3?", ru="Взять этот запрос на шаг 3?")
REPLACE = Text(
    en="It takes the place of the live request. Nothing is sent before your yes in step 3.",
    ru="Он займёт место живого запроса. До вашего согласия на шаге 3 ничего не отправится.",
)
REPLACE_YES = Text(en="Enter: use it", ru="Enter: взять")

#: What stands for a value this case does not have.
TEST_VALUES = {
    "click_id": "test-click",
    "payout": "1.00",
    "currency": "USD",
    "status": "test",
    "transaction_id": "test-1",
    "goal": "test",
}


class Repairing:
    """One wish for a repair, from the proposal to what was done with it."""

    def __init__(
        self,
        app: App[int],
        desk: Desk,
        session: Session,
        lang: str,
        done: Callable[[StepId], Awaitable[None]],
    ) -> None:
        self._app = app
        self._desk = desk
        self._session = session
        self._lang = lang
        self._done = done

    def wish(self) -> None:
        """Show the proposal, or say that there is none."""
        case = self._session.case
        proposal = proposal_of(case)
        if not proposal.template:
            self._app.notify(NOTHING.say(self._lang), markup=False)
            return
        request, tested = filled_request(case, proposal.template)

        def closed(answer: str | None) -> None:
            match answer:
                case "apply":
                    self._learn(proposal.template)
                    self._app.notify(APPLIED.say(self._lang), markup=False)
                case "undo":
                    self._learn(case.facts.previous_template)
                    self._app.notify(PUT_BACK.say(self._lang), markup=False)
                case "copy":
                    self._app.run_worker(self._copy(proposal.template), exit_on_error=True)
                case "try":
                    self._ask(request)
                case _:
                    pass

        can_undo = bool(case.facts.previous_template)
        window = RepairWindow(case.facts.template, proposal, request, tested, self._lang, can_undo=can_undo)
        self._app.push_screen(window, closed)

    def _learn(self, template: str) -> None:
        """The new template, and the old one as the version before."""
        self._session.learn({"template": template, "previous_template": self._session.case.facts.template}, "typed")
        self._app.call_later(self._done, "template")

    def _ask(self, request: str) -> None:
        def answered(answer: str | None) -> None:
            if answer:
                self._session.learn({"sent_request": request}, "typed")
                self._app.call_later(self._done, "replay")

        title, yes = REPLACE_TITLE.say(self._lang), REPLACE_YES.say(self._lang)
        self._app.push_screen(Agree(title, REPLACE.say(self._lang), yes, self._lang), answered)

    async def _copy(self, text: str) -> None:
        how = await asyncio.to_thread(self._desk.copy, text)
        if how:
            self._app.notify(words.COPIED.say(self._lang, how=how), markup=False)
            return
        self._app.copy_to_clipboard(text)
        self._app.notify(words.COPIED_TERMINAL.say(self._lang), markup=False)


def proposal_of(case: Case) -> Proposal:
    """The template mended; without one, built for sender and receiver; empty where nothing can be proposed."""
    if case.facts.template:
        found = propose(case)
        return found if found.changes or case.facts.previous_template else Proposal("", ())
    sender, receiver = find_platform(case.facts.sender), find_platform(case.facts.receiver)
    if sender is None or receiver is None:
        return Proposal("", ())
    built = build(sender, receiver)
    return Proposal(built.template, (), built.undocumented)


def filled_request(case: Case, template: str) -> tuple[str, tuple[str, ...]]:
    """The template filled with the case's values, and the names of those that only test values stand for."""
    values: dict[str, str] = {}
    tested: list[str] = []
    for value in read_values(template):
        for macro in find_macros(value.text):
            known = _known(case, value)
            if not known:
                tested.append(macro.written)
            values[macro.name] = known or TEST_VALUES.get(_meaning(value), "test")
    return fill(template, values), tuple(dict.fromkeys(tested))


def _known(case: Case, value: Value) -> str:
    return known_value(case, Pair(value, value.macros(), None))


def _meaning(value: Value) -> str:
    names = (value.name, *(macro.name for macro in value.macros()))
    return next((meaning for name in names if (meaning := meaning_of(name))), "")
