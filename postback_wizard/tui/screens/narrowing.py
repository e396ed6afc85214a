"""What differences are wanted: a class picked from a list with its count, or a text, a time and an amount typed."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from postback_wizard.domain.differences import Narrowing
from postback_wizard.domain.text import Text
from postback_wizard.tui.differences import FIELDS, read_fields, typed_of
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.frame import Dialog
from postback_wizard.tui.widgets.rows import Rows

TITLE = Text(en="Filter the differences", ru="Фильтр отличий")
HINT = Text(
    en="Tab: next field. Enter: apply. Esc: leave as it was. An empty field filters nothing.",
    ru="Tab: следующее поле. Enter: применить. Esc: оставить как было. Пустое поле ничего не отсеивает.",
)
LABELS = {
    "text": Text(en="Part of a click ID, transaction ID or status", ru="Часть click ID, ID транзакции или статуса"),
    "time_from": Text(en="Time from (as in either file)", ru="Время от (как в любом из файлов)"),
    "time_to": Text(en="Time to", ru="Время до"),
    "amount_from": Text(en="Amount from (of either file)", ru="Сумма от (в любом из файлов)"),
    "amount_to": Text(en="Amount to", ru="Сумма до"),
}
EXAMPLES = {"time_from": "2026-03-01", "time_to": "2026-03-01 18:00", "amount_from": "10.5", "amount_to": "100"}
NOT_READ = Text(en="Not understood: {field}. Example: {example}", ru="Не удалось понять: {field}. Пример: {example}")


class PickOne(Dialog):
    """A list to pick from; the result is the entry's key."""

    def __init__(self, title: str, entries: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._entries = entries

    def compose(self) -> ComposeResult:
        with Vertical(classes="window small"):
            yield Static(plain(self._title, "bold"), classes="window-title")
            yield Rows(*(Option(plain(text)) for _, text in self._entries), id="classes", markup=False)

    def on_mount(self) -> None:
        self.query_one(Rows).focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._entries[event.option_index][0])


class NarrowingForm(Dialog):
    """Closes with ``apply`` when Enter was pressed on fields that could be read; ``wanted`` then holds them."""

    def __init__(self, wanted: Narrowing, lang: str) -> None:
        super().__init__()
        self.wanted = wanted
        self._lang = lang

    def compose(self) -> ComposeResult:
        typed = typed_of(self.wanted)
        with Vertical(classes="window small"):
            yield Static(plain(TITLE.say(self._lang), "bold"), classes="window-title")
            for name in FIELDS:
                yield Static(plain(LABELS[name].say(self._lang), "$foreground 60%"))
                yield Input(typed[name], EXAMPLES.get(name, ""), id=f"narrow-{name}", max_length=200, compact=True)
            yield Static(plain(HINT.say(self._lang)), id="narrow-hint", classes="window-text")

    def on_mount(self) -> None:
        self.query_one("#narrow-text", Input).focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        found = read_fields({name: self.query_one(f"#narrow-{name}", Input).value for name in FIELDS}, self.wanted)
        if isinstance(found, Narrowing):
            self.wanted = found
            self.dismiss("apply")
            return
        said = NOT_READ.say(self._lang, field=LABELS[found].say(self._lang), example=EXAMPLES[found])
        self.query_one("#narrow-hint", Static).update(plain(said, "$text-warning"))
        self.query_one(f"#narrow-{found}", Input).focus()
