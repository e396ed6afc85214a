"""One screen serves every step: the question, the form, the run, the findings and the evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from postback_wizard.domain.case import Case, StepId
from postback_wizard.domain.step import Step
from postback_wizard.tui import words
from postback_wizard.tui.keys import RECEIVE, Key
from postback_wizard.tui.lookup import Known, LibraryNews
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.frame import TitleLine, WizardScreen
from postback_wizard.tui.screens.step_keys import KEYS, Standing, step_keys
from postback_wizard.tui.widgets.form import Form
from postback_wizard.tui.widgets.keybar import KeyBar
from postback_wizard.tui.widgets.rail import Rail, stops
from postback_wizard.tui.widgets.result import FindingItem, Outcome, Result

Wish = Literal[
    "help",
    "allow",
    "onward",
    "copy",
    "probe",
    "receive",
    "build",
    "ledger",
    "columns",
    "run",
    "send",
    "variants",
    "repair",
    "differences",
    "previous",
    "next",
    "report",
    "leave",
]


class StepWish(Message):
    """What the person at the keys wants of a step; the app decides what comes of it."""

    def __init__(self, wish: Wish, step: StepId) -> None:
        super().__init__()
        self.wish = wish
        self.step = step


@dataclass(frozen=True, slots=True)
class StepView:
    """Everything a step's screen shows."""

    case: Case
    outcome: Outcome
    lang: str
    read_only: bool = False
    running: StepId | None = None


class StepScreen(WizardScreen):
    """A function of a step and a case; leaving it loses nothing."""

    KEYS = KEYS
    BINDINGS = [
        *(key.binding() for key in KEYS),
        RECEIVE.binding(),
        Binding("pageup", "page('up')", show=False),
        Binding("pagedown", "page('down')", show=False),
    ]

    def __init__(self, step: Step, view: StepView) -> None:
        super().__init__(classes="-done" if view.outcome.record is not None else "")
        self.step = step
        self.view = view

    def compose(self) -> ComposeResult:
        view, lang = self.view, self.view.lang
        title = view.case.facts.title or words.UNTITLED.say(lang)
        yield TitleLine(title, words.READ_ONLY.say(lang) if view.read_only else "")
        yield Rail(stops(view.case, self.step.id, view.running, lang), words.RAIL_REPORT.say(lang), at_report=False)
        yield Static(plain(self.step.question.say(lang), "bold"), id="question")
        yield Static(plain(self.step.why.say(lang), "$foreground 60%"), id="why")
        with Container(id="body"):
            with Container(id="left"):
                yield Form(self.step, view.case, lang, view.read_only)
                yield Static(plain(f"[ F5  {self.step.run.say(lang)} ]", "bold $text-accent"), id="run")
            with Container(id="right"):
                yield Result(self.step, view.case, view.outcome, lang)
        yield KeyBar(tuple(self._keys()), lang)

    def _keys(self) -> Iterator[Key]:
        return step_keys(self._standing())

    def _standing(self) -> Standing:
        view = self.view
        return Standing(
            self.step.id,
            view.case,
            view.outcome,
            folds=any(field.more for field in self.step.fields),
            at_finding=isinstance(self.focused, FindingItem),
            mends=self._mends(),
            read_only=view.read_only,
        )

    def _mends(self) -> bool:
        """Whether there is a text to mend here: the template, or the offer link where it is looked at or stands alone.

        A click that can be followed has variants of itself for the same key.
        """
        if self.step.id != "click" or self.view.read_only:
            return self.step.id == "template" and not self.view.read_only
        if not self._typed("offer_url"):
            return False
        focused = self.focused
        at_link = focused is not None and focused.id == "fact-offer_url"
        at_finding = isinstance(focused, FindingItem) and focused.finding.where.startswith("offer_url")
        return at_link or at_finding or not self._typed("click_url")

    def _typed(self, fact: str) -> str:
        """What stands in a field this moment; the view knows it as it was when it was last shown."""
        for field in self.query(f"#fact-{fact}"):
            match field:
                case Input():
                    return field.value
                case TextArea():
                    return field.text
        return self.view.case.facts.get(fact)

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        self._show_keys()

    def on_descendant_blur(self, _: events.DescendantBlur) -> None:
        self._show_keys()

    def _show_keys(self) -> None:
        """Some keys mean something for a finding only."""
        for bar in self.query(KeyBar):
            bar.show(tuple(self._keys()))

    async def show(self, view: StepView, *, finished: bool = False) -> None:
        """Another state of the same step; after a run the first finding is looked at."""
        self.view = view
        self.set_class(view.outcome.record is not None, "-done")
        self.query_one(Rail).show(stops(view.case, self.step.id, view.running, view.lang))
        self.query_one(Form).show(view.case)
        result = self.query_one(Result)
        await result.show(view.case, view.outcome)
        if finished:
            self._show_keys()
            self.call_after_refresh(self._look_at_result)

    def going(self, told: str) -> None:
        """How far the run has come; nothing else is drawn anew."""
        self.query_one(Result).going(told)

    def reread(self, view: StepView) -> None:
        """What is typed, as it is understood; the form is left alone."""
        self.view = view
        self.query_one(Result).reread(view.case, view.outcome)

    def _look_at_result(self) -> None:
        self.query_one("#headline").scroll_visible(animate=False, top=True, immediate=True)
        first = self.query_one(Result).first()
        if first is not None:
            first.focus(scroll_visible=False)

    def action_more(self) -> None:
        """Fold or unfold the rarer fields."""
        self.query_one(Form).toggle()

    def action_page(self, way: str) -> None:
        """Move the page by its height."""
        body = self.query_one("#body")
        body.scroll_page_up(animate=False) if way == "up" else body.scroll_page_down(animate=False)

    def action_help(self) -> None:
        """Explain the keys and the fields of this step."""
        self._wish("help")

    def action_allow(self) -> None:
        """Let this case speak to an address that is not public, or what the step has for this key."""
        outcome = self.view.outcome
        replay: Wish = "probe" if outcome.puzzling or outcome.signed else "copy"
        others: dict[StepId, Wish] = {"click": "onward", "replay": replay, "upload": "build"}
        self._wish("allow" if self._standing().blocked else others.get(self.step.id, "allow"))

    def action_ledger(self) -> None:
        """Every identifier in every place."""
        self._wish("ledger")

    def action_columns(self) -> None:
        """Say which column of a log holds what."""
        if self._standing().has_columns:
            self._wish("columns")

    def action_known(self) -> None:
        """What is known around the finding that has the focus."""
        if isinstance(self.focused, FindingItem):
            self.post_message(LibraryNews(Known(self.focused.finding)))

    def action_run(self) -> None:
        """Run the step without changing anything outside."""
        self._wish("run")

    def action_send(self) -> None:
        """Send the request once, after a yes; a click has variants of itself instead, and a template its repair."""
        others: dict[StepId, Wish] = {"click": "variants", "event": "differences"}
        self._wish("repair" if self._mends() else others.get(self.step.id, "send"))

    def action_receive(self) -> None:
        """Catch a callback on this machine."""
        if self.step.id == "replay":
            self._wish("receive")

    def action_previous(self) -> None:
        """The step before."""
        self._wish("previous")

    def action_next(self) -> None:
        """The step after."""
        self._wish("next")

    def action_report(self) -> None:
        """The report."""
        self._wish("report")

    def action_leave(self) -> None:
        """Stop a run, or go home."""
        self._wish("leave")

    def _wish(self, wish: Wish) -> None:
        self.post_message(StepWish(wish, self.step.id))
