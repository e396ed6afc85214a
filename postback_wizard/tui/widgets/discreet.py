"""A field whose secret parts are shown as dots: tokens and a customer's raw data stay as they were typed, unseen."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from textual.widgets import TextArea

from postback_wizard.domain.case import Case
from postback_wizard.domain.customer import shown_line, unknown_names
from postback_wizard.domain.text import Text
from postback_wizard.domain.withheld import hidden_spans, holds_withheld

if TYPE_CHECKING:
    from rich.text import Text as Line

DOT = "•"
#: Longer texts are covered whole: finding their secrets takes longer than a screen may stand still.
LONGEST = 20_000

UNSAVED = Text(en="secrets not saved", ru="секреты не на диске")
PASTE_AGAIN = Text(en="paste it again", ru="вставьте заново")

MEMORY = Text(en="memory only", ru="только в памяти")
TYPE_AGAIN = Text(en="type it again", ru="введите заново")
UNKNOWN_NAMES = Text(
    en="not used: {names}; known are email, phone, first_name …",
    ru="не учтено: {names}; известны email, phone, first_name …",
)

Hide = Callable[[str], str]


def hider(case: Case, fact: str) -> Hide:
    """What a fact's text looks like when it is stored, beside the other facts of a case."""

    @lru_cache(maxsize=2)
    def hide(text: str) -> str:
        from postback_wizard.steps.withholding import withheld_text  # late: it reads the catalogue

        return withheld_text(case.learn({fact: text}, "typed"), fact) if text.strip() else text

    return hide


def secrecy(text: str, hide: Hide) -> Text | None:
    """What is to be said beside a field about what will not be saved, or was not."""
    if holds_withheld(text):
        return PASTE_AGAIN
    return UNSAVED if len(text) > LONGEST or hide(text) != text else None


class DiscreetArea(TextArea):
    """A text area that shows its secret parts as dots."""

    hide: Hide = staticmethod(str)
    _covered: tuple[str, str] = ("", "")

    def get_line(self, line_index: int) -> "Line":
        """A line as it is shown."""
        line = super().get_line(line_index)
        shown = self._shown().split("\n")
        line.plain = shown[line_index] if line_index < len(shown) else line.plain
        return line

    def _shown(self) -> str:
        text = self.text.replace("\r\n", "\n").replace("\r", "\n")
        if self._covered[0] != text:
            self._covered = text, covered(text, self.hide)
        return self._covered[1]


def covered(text: str, hide: Hide) -> str:
    """The text with a dot for each secret character; lines and columns stay where they are."""
    spans = ((0, len(text)),) if len(text) > LONGEST else hidden_spans(text, hide(text))
    characters = list(text)
    for start, end in ((0, len(text)),) if spans is None else spans:
        for at in range(start, end):
            characters[at] = characters[at] if characters[at] == "\n" else DOT
    return "".join(characters)


class CustomerArea(TextArea):
    """A customer's raw data: the names are shown, the values are dots."""

    def get_line(self, line_index: int) -> "Line":
        """A line as it is shown."""
        line = super().get_line(line_index)
        line.plain = shown_line(line.plain, DOT)
        return line


def customer_note(case: Case) -> tuple[Text, str]:
    """What is said beside a customer's data, and the names in it that no rule knows."""
    customer = case.facts.customer
    if not customer:
        return (TYPE_AGAIN if case.origins.get("customer") else Text(en="", ru="")), ""
    unknown = unknown_names(customer)
    return (UNKNOWN_NAMES if unknown else MEMORY), ", ".join(unknown)
