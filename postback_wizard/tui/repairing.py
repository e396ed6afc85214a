"""Mending the template or the offer link: a proposal is shown first; what it replaces is kept and can be put back."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from textual.app import App

from postback_wizard.catalogue.names import find_platform
from postback_wizard.checks.build import build
from postback_wizard.checks.link_repair import propose_link
from postback_wizard.checks.repair import Proposal, propose
from postback_wizard.domain.case import Case, StepId
from postback_wizard.domain.macros import fill, find_macros
from postback_wizard.domain.template import Pair, Value, known_value, meaning_of, read_values
from postback_wizard.domain.text import Text
from postback_wizard.tui import words
from postback_wizard.tui.desk import Desk
from postback_wizard.tui.screens.confirm import Agree
from postback_wizard.tui.screens.repair import NAMES, Mendable, PutBack, RepairWindow, Shown
from postback_wizard.tui.session import Session

NOTHING = Text(
    en="Nothing to mend is known here. With no template, name sender and receiver, and one is built.",
    ru="Исправлять, насколько известно, нечего. Если шаблона нет, укажите отправителя и получателя: он будет собран.",
)
APPLIED = Text(
    en="Applied. What stood there is kept: in step 4, F6 and then F4 puts it back.",
    ru="Применено. Прежний текст сохранён: на шаге 4 его вернут F6, затем F4.",
)
PUT_BACK = Text(
    en="Put back: {what}. In step 4, F6 and then F4 puts back the next.",
    ru="Возвращено: {what}. Следующее вернут на шаге 4 F6, затем F4.",
)
REPLACE_TITLE = Text(en="Use this request in step 3?", ru="Взять этот запрос на шаг 3?")
REPLACE = Text(
    en="It takes the place of the live request. Nothing is sent before your yes in step 3.",
    ru="Он займёт место живого запроса. До вашего согласия на шаге 3 ничего не отправится.",
)
KEPT = Text(
    en="The live request that stands there is kept: in step 4, F6 and then F4 puts it back.",
    ru="Нынешний живой запрос сохранится: на шаге 4 его вернут F6, затем F4.",
)
REPLACE_YES = Text(en="Enter: use it", ru="Enter: взять")

OTHER: Mapping[Mendable, Mendable] = {"template": "offer_url", "offer_url": "template"}
STEP_OF: Mapping[str, StepId] = {"template": "template", "offer_url": "click", "sent_request": "replay"}

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

    def wish(self, fact: Mendable) -> None:
        """Show the proposal for a text, else the one for its fellow, or say that there is none."""
        found = [shown for name in (fact, OTHER[fact]) if (shown := shown_for(self._session.case, name))]
        if not found:
            self._app.notify(NOTHING.say(self._lang), markup=False)
            return
        shown = found[0]
        other = OTHER[shown.fact] if len(found) > 1 else None

        def closed(answer: str | None) -> None:
            match answer:
                case "apply":
                    self._apply(shown.fact, shown.proposal.template)
                case "undo":
                    self._put_back()
                case "copy":
                    self._app.run_worker(self._copy(shown.proposal.template), exit_on_error=True)
                case "try":
                    self._ask(shown.request)
                case "other" if other is not None:
                    self.wish(other)
                case _:
                    pass

        self._app.push_screen(RepairWindow(shown, self._lang, other=other), closed)

    def _apply(self, fact: Mendable, text: str) -> None:
        """The text mended; a template of before is the version before, unless a person named another one."""
        case = self._session.case
        old, known = case.facts.get(fact), case.facts.previous_template
        mine = not known or ("template", known) in case.kept
        self._session.exchange(fact, text)
        if fact == "template" and mine:
            self._session.learn({"previous_template": old}, "typed")
        self._app.notify(APPLIED.say(self._lang), markup=False)
        self._app.call_later(self._done, STEP_OF[fact])

    def _put_back(self) -> None:
        case = self._session.case
        fact = case.kept[-1][0] if case.kept else "template"
        if case.kept:
            self._session.put_back()
        else:
            old = {"template": case.facts.previous_template, "previous_template": case.facts.template}
            self._session.learn(old, "typed")
        self._app.notify(PUT_BACK.say(self._lang, what=NAMES[fact].say(self._lang)), markup=False)
        self._app.call_later(self._done, STEP_OF.get(fact, "replay"))

    def _ask(self, request: str) -> None:
        def answered(answer: str | None) -> None:
            if answer:
                self._session.exchange("sent_request", request)
                self._app.call_later(self._done, "replay")

        lang, there = self._lang, self._session.case.facts.sent_request
        text = " ".join(item.say(lang) for item in (REPLACE, *((KEPT,) if there and there != request else ())))
        self._app.push_screen(Agree(REPLACE_TITLE.say(lang), text, REPLACE_YES.say(lang), lang), answered)

    async def _copy(self, text: str) -> None:
        how = await asyncio.to_thread(self._desk.copy, text)
        if how:
            self._app.notify(words.COPIED.say(self._lang, how=how), markup=False)
            return
        self._app.copy_to_clipboard(text)
        self._app.notify(words.COPIED_TERMINAL.say(self._lang), markup=False)


def shown_for(case: Case, fact: Mendable) -> Shown | None:
    """What the window shows of a text; None where nothing can be proposed for it and nothing put back."""
    saved, back = case.facts.get(fact), _put_back_next(case)
    proposal = propose_link(case) if fact == "offer_url" else proposal_of(case)
    mine = back is not None and back.fact in (fact, "sent_request")
    if not proposal.template or not (mine or proposal.template != saved):
        return None
    request, tested = filled_request(case, proposal.template) if fact == "template" else ("", ())
    return Shown(fact, saved, proposal, request, tested, back)


def _put_back_next(case: Case) -> PutBack | None:
    if case.kept:
        fact, text = case.kept[-1]
        return PutBack(fact, text)
    old = case.facts.previous_template
    return PutBack("template", old) if old else None


def proposal_of(case: Case) -> Proposal:
    """The template mended; without one, built for sender and receiver; empty where nothing can be proposed."""
    if case.facts.template:
        return propose(case)
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
