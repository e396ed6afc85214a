"""The first screen: a new case, practice, recent cases."""

from collections.abc import Sequence
from typing import Literal

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from postback_wizard.domain.finding import Verdict
from postback_wizard.domain.text import Text
from postback_wizard.tui import closing_words, words
from postback_wizard.tui.desk import RecentCase, UnknownSend
from postback_wizard.tui.keys import HELP, QUIT
from postback_wizard.tui.look import VERDICT_SYMBOLS
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.frame import TitleLine, WizardScreen
from postback_wizard.tui.widgets.keybar import KeyBar
from postback_wizard.tui.widgets.rows import Rows

Choice = Literal[
    "new", "practice", "knowledge", "import", "help", "language", "theme", "quit", "case", "unknown", "faults"
]


class HomeWish(Message):
    """What was picked at home; ``ref`` is a case's id or an unknown send's."""

    def __init__(self, choice: Choice, ref: str = "") -> None:
        super().__init__()
        self.choice = choice
        self.ref = ref


_MENU: tuple[tuple[Choice, Text, Text], ...] = (
    ("new", words.NEW_CASE, words.NEW_CASE_WHY),
    ("practice", words.PRACTICE, words.PRACTICE_WHY),
    ("knowledge", words.KNOWLEDGE, words.KNOWLEDGE_WHY),
    ("import", closing_words.IMPORT, closing_words.IMPORT_WHY),
    ("language", words.LANGUAGE, words.LANGUAGE_WHY),
    ("theme", words.THEME, words.THEME_WHY),
    ("quit", words.QUIT, Text(en="Ctrl+Q", ru="Ctrl+Q")),
)


class HomeScreen(WizardScreen):
    """What can be done, and what was done lately."""

    KEYS = (HELP, QUIT)
    BINDINGS = [HELP.binding()]

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang
        self._wishes: list[HomeWish] = []

    def compose(self) -> ComposeResult:
        lang = self._lang
        yield TitleLine("")
        yield Static(words.TAGLINE.say(lang), id="tagline")
        yield OptionList(*(Option(self._entry(title, why)) for _, title, why in _MENU), id="menu", markup=False)
        yield Static(words.RECENT.say(lang), classes="section", id="recent-title")
        yield Rows(id="recent", markup=False)
        yield KeyBar(self.KEYS, lang)

    def on_mount(self) -> None:
        self.query_one("#recent").display = False
        self.query_one("#recent-title").display = False
        self.query_one("#menu").focus()

    def show_recent(self, cases: Sequence[RecentCase], unknown: Sequence[UnknownSend], faults: int = 0) -> None:
        """Stored cases, newest first, after sends whose outcome nobody knows and own files that were left out."""
        self._wishes = [
            *(HomeWish("unknown", item.id) for item in unknown),
            *([HomeWish("faults")] if faults else []),
            *(HomeWish("case", item.id) for item in cases),
        ]
        recent = self.query_one("#recent", OptionList)
        recent.clear_options()
        recent.add_options([Option(self._unknown(item)) for item in unknown])
        recent.add_options([Option(self._faults(faults))] if faults else [])
        recent.add_options([Option(self._case(item)) for item in cases])
        recent.display = bool(self._wishes)
        self.query_one("#recent-title").display = bool(self._wishes)

    def action_help(self) -> None:
        """What this program does and how its keys work."""
        self.post_message(HomeWish("help"))

    def _entry(self, title: Text, why: Text) -> Content:
        width = max(cell_len(entry.say(self._lang)) for _, entry, _ in _MENU)
        name = title.say(self._lang)
        gap = " " * (width - cell_len(name) + 2)
        return Content.assemble(Content.styled(name, "bold"), gap, plain(why.say(self._lang), "$foreground 60%"))

    def _unknown(self, item: UnknownSend) -> Content:
        text = words.UNKNOWN_SEND.say(self._lang, method=item.method, url=item.url, at=item.at)
        return Content.assemble(Content.styled("▲ ", "$text-warning"), plain(text))

    def _faults(self, count: int) -> Content:
        return Content.assemble(Content.styled("▲ ", "$text-warning"), plain(words.OWN_FAULTS.say(self._lang, n=count)))

    def _case(self, item: RecentCase) -> Content:
        if item.problem:
            return Content.assemble(Content.styled("! ", "$text-error"), plain(f"{item.id}  {item.problem}"))
        marks = [VERDICT_SYMBOLS[Verdict(verdict)] for _, verdict in item.verdicts]
        title = item.title or words.UNTITLED.say(self._lang)
        end = f"  {closing_words.DONE.say(self._lang)}" if item.closed else ""
        head = plain(f"{item.opened_at[:10]} {item.opened_at[11:16]}  ", "$foreground 60%")
        return Content.assemble(head, *marks, " " if marks else "", plain(title), plain(end, "$text-success"))

    @on(OptionList.OptionSelected, "#menu")
    def _picked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(HomeWish(_MENU[event.option_index][0]))

    @on(OptionList.OptionSelected, "#recent")
    def _picked_recent(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self._wishes[event.option_index])
