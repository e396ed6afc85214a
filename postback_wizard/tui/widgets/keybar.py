"""The keys of a screen in its last line, clickable."""

from collections.abc import Collection, Sequence

from textual.content import Content
from textual.widgets import Static

from postback_wizard.tui.keys import BACK, LACKING, LEDGER, RECEIVE, REPORT, Key

#: Left out, in this order, where the line is too narrow: the rail names the key of the report, F1 all of them.
SPARE = (REPORT, LEDGER, BACK, RECEIVE, LACKING)


class KeyBar(Static):
    """Keys and their words; a click on one does what the key does."""

    def __init__(self, keys: Sequence[Key], lang: str) -> None:
        super().__init__(id="keybar")
        self._keys = keys
        self._lang = lang

    def show(self, keys: Sequence[Key]) -> None:
        """Other keys."""
        if list(keys) != list(self._keys):
            self._keys = keys
            self.refresh(layout=True)

    def render(self) -> Content:
        width = self.content_size.width
        parts = {key: self._part(key) for key in self._keys}
        for spare in SPARE:
            if _wide(parts.values(), 1) > width:
                parts.pop(spare, None)
        return Content("  " if _wide(parts.values(), 2) <= width else " ").join(parts.values())

    def _part(self, key: Key) -> Content:
        action = key.action if "." in key.action else f"screen.{key.action}"
        return Content.from_markup(f"[@click={action}][bold $accent]{key.cap}[/] {key.word.say(self._lang)}[/]")


def _wide(parts: Collection[Content], gap: int) -> int:
    """Columns the parts take in one line."""
    return sum(part.cell_length + gap for part in parts) - gap
