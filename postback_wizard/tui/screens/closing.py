"""After the fix: what changed since, what was learned, and the case is closed or run again."""

from collections.abc import Mapping
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from postback_wizard.domain.case import Case
from postback_wizard.domain.closing import Conclusion
from postback_wizard.domain.text import Text
from postback_wizard.tui import closing_words as words
from postback_wizard.tui.keys import CONCLUDE, RERUN, RETURN
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.frame import TitleLine, WizardScreen
from postback_wizard.tui.widgets.keybar import KeyBar

_FIELDS: Mapping[str, Text] = {
    "cause": words.CAUSE,
    "fix": words.FIX,
    "who": words.WHO,
    "verified": words.VERIFIED,
}


class ClosingWish(Message):
    """The case is to be closed as written, or run again."""

    def __init__(self, wish: Literal["close", "again", "leave"], conclusion: Conclusion) -> None:
        super().__init__()
        self.wish = wish
        self.conclusion = conclusion


class ClosingScreen(WizardScreen):
    """Four sentences to write, beside what changed since the run before."""

    KEYS = (CONCLUDE, RERUN, RETURN)
    BINDINGS = [key.binding() for key in KEYS]

    def __init__(self, case: Case, draft: Conclusion, changes: tuple[str, ...], lang: str) -> None:
        super().__init__()
        self._case = case
        self._draft = draft
        self._changes = changes
        self._lang = lang

    def compose(self) -> ComposeResult:
        lang = self._lang
        ended = self._case.conclusion
        yield TitleLine(words.TITLE.say(lang), words.ALREADY.say(lang, at=ended.closed_at[:10]) if ended else "")
        yield Static(plain(words.HINT.say(lang), "$foreground 60%"), id="question")
        with VerticalScroll(id="closing", can_focus=False):
            for name, label in _FIELDS.items():
                yield Static(plain(label.say(lang), "bold"), classes="label")
                yield Input(getattr(self._draft, name), id=name, compact=True)
            yield Static(plain(words.COMPARED.say(lang)), classes="section")
            yield Static(self._compared(), id="compared")
        yield KeyBar(self.KEYS, lang)

    def on_mount(self) -> None:
        empty = next((name for name in _FIELDS if not getattr(self._draft, name)), "cause")
        self.query_one(f"#{empty}", Input).focus()

    def _compared(self) -> Content:
        lines = self._changes
        if self._case.before() is None:
            lines = (words.NOT_AGAIN.say(self._lang),)
        return Content("\n").join([plain(line) for line in lines or (words.SAME.say(self._lang),)])

    def _written(self) -> Conclusion:
        return Conclusion(**{name: self.query_one(f"#{name}", Input).value.strip() for name in _FIELDS})

    def action_conclude(self) -> None:
        """Close the case as written."""
        written = self._written()
        if not written.cause:
            self.notify(words.NEEDS_CAUSE.say(self._lang), severity="warning", markup=False)
            self.query_one("#cause", Input).focus()
            return
        self.post_message(ClosingWish("close", written))

    def action_rerun(self) -> None:
        """Keep what was found and start over."""
        self.post_message(ClosingWish("again", self._written()))

    def action_leave(self) -> None:
        """Back to the report; what was written stays until the case is put away."""
        self.post_message(ClosingWish("leave", self._written()))

    @on(Input.Submitted)
    def _next_field(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next(Input)
