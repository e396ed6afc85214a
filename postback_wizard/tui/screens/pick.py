"""A list to pick from: a practice case, a diagnosis, a finding to read about."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from postback_wizard.tui.keys import RETURN
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.frame import TitleLine, WizardScreen
from postback_wizard.tui.widgets.keybar import KeyBar


class Picked(Message):
    """An entry was picked from the list of that ``purpose``; an empty ``key`` means that the list was left."""

    def __init__(self, purpose: str, key: str) -> None:
        super().__init__()
        self.purpose = purpose
        self.key = key


class PickScreen(WizardScreen):
    """A title, a sentence, and entries of a bold word and a line of text."""

    KEYS = (RETURN,)
    BINDINGS = [RETURN.binding()]

    def __init__(self, purpose: str, title: str, hint: str, entries: Sequence[tuple[str, str, str]], lang: str) -> None:
        super().__init__()
        self._purpose = purpose
        self._title = title
        self._hint = hint
        self._entries = entries
        self._lang = lang

    def compose(self) -> ComposeResult:
        yield TitleLine(self._title)
        yield Static(plain(self._hint, "$foreground 60%"), id="tagline")
        yield OptionList(*(Option(self._entry(head, text)) for _, head, text in self._entries), id="menu", markup=False)
        yield KeyBar(self.KEYS, self._lang)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    def action_leave(self) -> None:
        """Leave without picking."""
        self.post_message(Picked(self._purpose, ""))

    def _entry(self, head: str, text: str) -> Content:
        if not text:
            return plain(head)
        return Content("\n").join([plain(head, "bold"), Content.assemble("  ", plain(text, "$foreground 60%"))])

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(Picked(self._purpose, self._entries[event.option_index][0]))
