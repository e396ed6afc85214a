"""The window that asks for the path of a case file somebody sent."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from postback_wizard.tui import closing_words as words
from postback_wizard.tui.keys import CLOSE
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.frame import Dialog
from postback_wizard.tui.widgets.keybar import KeyBar


class ImportDialog(Dialog):
    """Closes with the path, or with nothing."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang

    def compose(self) -> ComposeResult:
        lang = self._lang
        with Vertical(classes="window small"):
            yield Static(plain(words.IMPORT.say(lang), "bold"), classes="window-title")
            yield Static(plain(words.IMPORT_ASK.say(lang)), classes="window-text")
            yield Input(placeholder=words.IMPORT_EXAMPLE, compact=True)
            yield Static(plain(words.IMPORT_KEYS.say(lang), "$foreground 60%"))
            yield KeyBar((CLOSE,), lang)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value.strip())
