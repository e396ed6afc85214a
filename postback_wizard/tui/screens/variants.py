"""The variants of a click side by side; Enter opens a variant's hops, F5 asks to compare again."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from postback_wizard.domain.text import Text
from postback_wizard.tui.keys import AGAIN, CLOSE
from postback_wizard.tui.look import symbol
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.frame import Dialog
from postback_wizard.tui.variants import HEAD, VariantRow
from postback_wizard.tui.widgets.keybar import KeyBar
from postback_wizard.tui.widgets.result import RowOpened
from postback_wizard.tui.widgets.rows import Rows

TITLE = Text(en="Variants of the click (Enter: every hop)", ru="Варианты клика (Enter: все переходы)")
ONE_VISIT = Text(
    en="One visit each. A difference that stays when compared again is a rule; one that wanders is a rotation.",
    ru="По одному визиту. Если разница осталась и при повторном сравнении, это правило, если гуляет, это ротация.",
)


class VariantsTable(Dialog):
    """A line for each variant and, below it, what it does otherwise. The result ``again`` wishes a new comparison."""

    BINDINGS = [AGAIN.binding()]

    def __init__(self, rows: Sequence[VariantRow], lang: str) -> None:
        super().__init__()
        self._rows = rows
        self._lang = lang

    def compose(self) -> ComposeResult:
        head = tuple(text.say(self._lang) for text in HEAD)
        widths = [
            max(len(cells[at]) for cells in (head, *(row.cells for row in self._rows))) for at in range(len(head))
        ]
        with Vertical(classes="window variants"):
            yield Static(plain(TITLE.say(self._lang), "bold"), classes="window-title")
            yield Static(plain(f"  {_line(head, widths)}", "$foreground 60%"), classes="variants-head")
            yield Rows(*(Option(_entry(row, widths)) for row in self._rows), id="variants", markup=False)
            yield Static(plain(ONE_VISIT.say(self._lang), "$foreground 60%"), classes="window-text")
            yield KeyBar((AGAIN, CLOSE), self._lang)

    def on_mount(self) -> None:
        self.query_one(Rows).focus()

    def action_again(self) -> None:
        """Wish for a new comparison."""
        self.dismiss("again")

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(RowOpened(self._rows[event.option_index].row))


def _entry(row: VariantRow, widths: Sequence[int]) -> Content:
    first = Content.assemble(symbol(row.row.tone), " ", plain(_line(row.cells, widths), "bold"))
    return Content("\n").join([first, plain(f"    {row.rest}")])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    label, hops, status, arrived = cells
    return f"{label:<{widths[0]}}  {hops:>{widths[1]}}  {status:>{widths[2]}}  {arrived}"
