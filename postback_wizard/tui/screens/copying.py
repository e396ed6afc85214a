"""A request to take along: in which form, with or without its secrets; and an exchange that can be copied."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from postback_wizard.domain.text import Text
from postback_wizard.tui.keys import CLOSE, COPY, UNMASK
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.frame import Dialog, Reading
from postback_wizard.tui.widgets.keybar import KeyBar
from postback_wizard.tui.widgets.rows import Rows

TITLE = Text(en="Copy the request as …", ru="Скопировать запрос как …")
MASKED = Text(
    en="Secrets and personal data are masked. F2 leaves them in.",
    ru="Секреты и личные данные скрыты. F2 оставит их в тексте.",
)
OPEN = Text(
    en="Secrets and personal data stay in the text. F2 masks them.",
    ru="Секреты и личные данные останутся в тексте. F2 скроет их.",
)
FORMS = {
    "bash": Text(en="curl for bash (Linux, macOS)", ru="curl для bash (Linux, macOS)"),
    "powershell": Text(en="curl for PowerShell (Windows)", ru="curl для PowerShell (Windows)"),
    "cmd": Text(en="curl for cmd (Windows, at the prompt)", ru="curl для cmd (Windows, в командной строке)"),
    "har": Text(en="HAR 1.2, for browsers and tools", ru="HAR 1.2, для браузеров и программ"),
    "raw": Text(en="raw HTTP/1.1", ru="сырой HTTP/1.1"),
}


class CopyAs(Dialog):
    """A form to pick; the result is its name and ``masked`` or ``open``, such as ``bash:masked``."""

    BINDINGS = [UNMASK.binding()]

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang
        self._masked = True

    def compose(self) -> ComposeResult:
        with Vertical(classes="window small"):
            yield Static(plain(TITLE.say(self._lang), "bold"), classes="window-title")
            yield Rows(*(Option(plain(text.say(self._lang))) for text in FORMS.values()), id="forms", markup=False)
            yield Static(plain(MASKED.say(self._lang), "$foreground 60%"), id="masking", classes="window-text")
            yield KeyBar((UNMASK, CLOSE), self._lang)

    def on_mount(self) -> None:
        self.query_one(Rows).focus()

    def action_unmask(self) -> None:
        """Leave secrets in, or mask them again."""
        self._masked = not self._masked
        said = plain(MASKED.say(self._lang), "$foreground 60%")
        self.query_one("#masking", Static).update(
            said if self._masked else plain(OPEN.say(self._lang), "$text-warning")
        )

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        form = tuple(FORMS)[event.option_index]
        self.dismiss(f"{form}:{'masked' if self._masked else 'open'}")


class ExchangeReading(Reading):
    """A request and its answer in full; the result ``copy`` wishes the request copied."""

    KEYS = (COPY, CLOSE)
    BINDINGS = [COPY.binding()]

    def action_copy(self) -> None:
        """Take the request along."""
        self.dismiss("copy")
