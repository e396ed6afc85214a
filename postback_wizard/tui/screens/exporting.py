"""In which form the report is to leave, and whether secrets stay in it."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from postback_wizard.domain.text import Text
from postback_wizard.tui.keys import CLOSE, UNMASK
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.copying import MASKED, OPEN
from postback_wizard.tui.screens.frame import Dialog
from postback_wizard.tui.widgets.keybar import KeyBar
from postback_wizard.tui.widgets.rows import Rows

TITLE = Text(en="The report as …", ru="Отчёт в виде …")
FORMS = {
    "md": Text(en="document (Markdown)", ru="документ (Markdown)"),
    "message": Text(en="short message for a ticket or a chat", ru="короткое сообщение для тикета или чата"),
    "curl": Text(en="script of the requests (curl)", ru="скрипт с запросами (curl)"),
    "har": Text(en="requests and answers (HAR 1.2)", ru="запросы и ответы (HAR 1.2)"),
    "json": Text(en="everything as JSON", ru="всё целиком, JSON"),
    "bundle": Text(en="bundle to verify: reports, evidence, SHA-256", ru="пакет для проверки: отчёты, данные, SHA-256"),
}
SURE = Text(en="Leave secrets in?", ru="Оставить секреты?")
SURE_SAYS = Text(
    en="Tokens, e-mail addresses, phone numbers and IP addresses will stand in the text. The file is marked UNMASKED.",
    ru="В тексте останутся токены, e-mail, телефоны и IP-адреса. Файл будет помечен словом UNMASKED.",
)
SURE_YES = Text(en="Enter leave them in", ru="Enter оставить")


class PickForm(Dialog):
    """A form to pick; the result is its name and ``masked`` or ``open``, such as ``har:masked``."""

    BINDINGS = [UNMASK.binding()]

    def __init__(self, lang: str, *, masked: bool) -> None:
        super().__init__()
        self._lang = lang
        self._masked = masked

    def compose(self) -> ComposeResult:
        with Vertical(classes="window small"):
            yield Static(plain(TITLE.say(self._lang), "bold"), classes="window-title")
            yield Rows(*(Option(plain(text.say(self._lang))) for text in FORMS.values()), id="forms", markup=False)
            yield Static(id="masking", classes="window-text")
            yield KeyBar((UNMASK, CLOSE), self._lang)

    def on_mount(self) -> None:
        self._say()
        self.query_one(Rows).focus()

    def action_unmask(self) -> None:
        """Leave secrets in, or mask them again."""
        self._masked = not self._masked
        self._say()

    def _say(self) -> None:
        said = plain(MASKED.say(self._lang), "$foreground 60%")
        said = said if self._masked else plain(OPEN.say(self._lang), "$text-warning")
        self.query_one("#masking", Static).update(said)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(f"{tuple(FORMS)[event.option_index]}:{'masked' if self._masked else 'open'}")
