"""What every screen of the wizard shares: title line, key bar, the language, and leaving with Esc."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from postback_wizard.tui.keys import CLOSE, Key
from postback_wizard.tui.plain import plain, plain_block
from postback_wizard.tui.widgets.keybar import KeyBar


class TitleLine(Static):
    """The program, the case, and a warning such as read-only."""

    def __init__(self, title: str, warning: str = "") -> None:
        parts: list[Content | str] = [Content.styled(" postback_wizard ", "bold reverse"), "  ", plain(title)]
        if warning:
            parts += ["  ", Content.styled(f"▲ {warning}", "$text-warning")]
        super().__init__(Content.assemble(*parts), id="title")


class Dialog(ModalScreen[str]):
    """A window over the screen, closed with Esc; a result other than an empty string is a yes."""

    BINDINGS = [CLOSE.binding()]

    def action_leave(self) -> None:
        """Close without a yes."""
        self.dismiss("")


class Reading(Dialog):
    """A text to read in full: a request and its answer, an explanation, the help."""

    KEYS: tuple[Key, ...] = (CLOSE,)
    BINDINGS = [
        Binding("up,k", "scroll('up')", show=False),
        Binding("down,j", "scroll('down')", show=False),
        Binding("enter", "leave", show=False),
    ]

    def __init__(self, title: str, body: Sequence[Content] | str, lang: str) -> None:
        super().__init__()
        self._title = title
        self._body = body
        self._lang = lang

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield Static(plain(self._title, "bold"), classes="window-title")
            with VerticalScroll(classes="window-body"):
                yield Static(plain_block(self._body) if isinstance(self._body, str) else Content("\n").join(self._body))
            yield KeyBar(self.KEYS, self._lang)

    def action_scroll(self, way: str) -> None:
        """Move the text by a line."""
        body = self.query_one(VerticalScroll)
        body.scroll_up() if way == "up" else body.scroll_down()


class WizardScreen(Screen[None]):
    """A full screen: what the keys mean here comes from KEYS."""

    KEYS: tuple[Key, ...] = ()
