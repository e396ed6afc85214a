"""Which column of a log holds what: our names, and for each the file's columns to pick from."""

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from postback_wizard.domain.probe import LogSource
from postback_wizard.domain.text import Text
from postback_wizard.steps.words import PLACES
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.frame import Dialog

NAMES = (
    *("click_id", "transaction_id", "time", "status", "payout", "currency", "goal", "offer", "url"),
    *("answer_status", "answer_body"),
)
TITLE = Text(en="Columns of the logs", ru="Столбцы логов")
HINT = Text(
    en="Enter: pick another column. Esc: take this over and close.",
    ru="Enter: выбрать другой столбец. Esc: принять и закрыть.",
)
WHICH = Text(en="{file}: which column holds {name}?", ru="{file}: в каком столбце {name}?")
AS_FOUND = Text(en="as recognised", ru="как распознано")
REMEMBERED = Text(en="remembered", ru="запомнено")
NOTHING = Text(en="—", ru="—")


class ColumnMap(Dialog):
    """Closes with the name of nothing; ``chosen`` then holds what was picked, by ``role.name``."""

    def __init__(
        self, files: Sequence[LogSource], given: Mapping[str, str], lang: str, kept: Mapping[str, str] | None = None
    ) -> None:
        super().__init__()
        self._lines = [(file, name) for file in files if file.headers for name in NAMES]
        self.chosen = dict(given)
        self._lang = lang
        self._kept = kept or {}
        self._asked: tuple[LogSource, str] | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="window tall"):
            yield Static(plain(TITLE.say(self._lang), "bold"), classes="window-title")
            yield Static(plain(HINT.say(self._lang)), id="map-hint", classes="window-text")
            yield OptionList(id="map", markup=False)

    def on_mount(self) -> None:
        self._show_names(0)
        self.query_one(OptionList).focus()

    def _show_names(self, at: int) -> None:
        self._asked = None
        self.query_one("#map-hint", Static).update(plain(HINT.say(self._lang)))
        self._fill([self._line(file, name) for file, name in self._lines], at)

    def _line(self, file: LogSource, name: str) -> str:
        key = f"{file.role}.{name}"
        column = self.chosen.get(f"{file.role}.{name}") or file.columns.get(name) or NOTHING.say(self._lang)
        remembered = f"  ({REMEMBERED.say(self._lang)})" if self._kept.get(key) == column else ""
        return f"{PLACES[file.role].say(self._lang)}: {name} ← {column}{remembered}"

    def _show_columns(self, file: LogSource, name: str) -> None:
        self._asked = (file, name)
        text = WHICH.say(self._lang, file=file.name, name=name)
        self.query_one("#map-hint", Static).update(plain(text))
        self._fill([AS_FOUND.say(self._lang), *file.headers], 0)

    def _fill(self, lines: Sequence[str], at: int) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(plain(line)) for line in lines)
        options.highlighted = at if lines else None

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._asked is None:
            self._show_columns(*self._lines[event.option_index])
            return
        file, name = self._asked
        key = f"{file.role}.{name}"
        if event.option_index:
            self.chosen[key] = file.headers[event.option_index - 1]
        else:
            self.chosen.pop(key, None)
        self._show_names(self._lines.index((file, name)))
