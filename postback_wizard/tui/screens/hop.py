"""A hop opened: what it did to the parameters, its exact request and answer, and whose it is, to be corrected."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from postback_wizard.domain.finding import Level
from postback_wizard.tui import hopspeech as words
from postback_wizard.tui.hops import HOST, clip
from postback_wizard.tui.keys import CLOSE, COPY, WHOSE
from postback_wizard.tui.look import toned
from postback_wizard.tui.plain import plain, plain_block
from postback_wizard.tui.rows import Row
from postback_wizard.tui.screens.frame import Dialog
from postback_wizard.tui.whose import Choice, choices
from postback_wizard.tui.widgets.keybar import KeyBar

#: What the window answers when somebody wants to say whose the hop is.
WHOSE_WANTED = "whose"
#: What it answers when the hop's request is to be taken along.
COPY_WANTED = "copy"


class HopWindow(Dialog):
    """The summary of a hop and, below it, every byte."""

    BINDINGS = [
        WHOSE.binding(),
        COPY.binding(),
        Binding("up,k", "scroll('up')", show=False),
        Binding("down,j", "scroll('down')", show=False),
        Binding("pageup", "scroll('page_up')", show=False),
        Binding("pagedown", "scroll('page_down')", show=False),
        Binding("enter", "leave", show=False),
    ]

    def __init__(self, row: Row, lang: str) -> None:
        super().__init__()
        self._row = row
        self._lang = lang

    def compose(self) -> ComposeResult:
        row, lang = self._row, self._lang
        title = words.HOP.say(lang, n=row.where.removeprefix("hop "), host=clip(row.host, HOST))
        lines = [plain(text, toned(level)) for text, level in row.summary]
        with Vertical(classes="window tall"):
            yield Static(plain(title, "bold"), classes="window-title")
            with VerticalScroll(classes="window-body fill"):
                yield Static(Content("\n").join(lines), id="hop-summary")
                yield Static(plain(words.EXACT.say(lang), toned(Level.INFO)))
                yield Static(plain_block(row.detail))
            yield KeyBar((WHOSE, COPY, CLOSE), lang)

    def action_scroll(self, way: str) -> None:
        """Move the text by a line or a page."""
        body = self.query_one(VerticalScroll)
        match way:
            case "up":
                body.scroll_up(animate=False)
            case "down":
                body.scroll_down(animate=False)
            case "page_up":
                body.scroll_page_up(animate=False)
            case _:
                body.scroll_page_down(animate=False)

    def action_whose(self) -> None:
        """Say whose it is."""
        self.dismiss(WHOSE_WANTED)

    def action_copy(self) -> None:
        """Take the request along."""
        self.dismiss(COPY_WANTED)


class WhoseWindow(Dialog):
    """Every role and platform to pick from; what is typed searches them, and may be a name of its own."""

    BINDINGS = [
        Binding("up", "move('up')", show=False, priority=True),
        Binding("down", "move('down')", show=False, priority=True),
    ]

    def __init__(self, host: str, lang: str) -> None:
        super().__init__()
        self._host = host
        self._lang = lang
        self._shown: Sequence[Choice] = ()

    def compose(self) -> ComposeResult:
        lang = self._lang
        with Vertical(classes="window tall"):
            yield Static(plain(words.WHOSE.say(lang, host=clip(self._host, HOST)), "bold"), classes="window-title")
            yield Static(plain(words.WHOSE_HINT.say(lang), "$foreground 70%"), classes="window-text")
            yield Input(id="whose", compact=True, max_length=80)
            yield OptionList(id="menu", markup=False)
            yield KeyBar((CLOSE,), lang)

    def on_mount(self) -> None:
        self._search("")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._search(event.value)

    def _search(self, text: str) -> None:
        self._shown = choices(text, self._lang)
        menu = self.query_one(OptionList)
        menu.clear_options()
        menu.add_options(Option(plain(choice.words)) for choice in self._shown)
        menu.highlighted = 0 if self._shown else None

    def action_move(self, way: str) -> None:
        """Mark the entry above or below while the field keeps the keys."""
        menu = self.query_one(OptionList)
        menu.action_cursor_up() if way == "up" else menu.action_cursor_down()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._pick(self.query_one(OptionList).highlighted)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._pick(event.option_index)

    def _pick(self, index: int | None) -> None:
        if index is not None and index < len(self._shown):
            self.dismiss(self._shown[index].key)
