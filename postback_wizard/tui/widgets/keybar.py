"""The keys of a screen in its last line, clickable."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from postback_wizard.tui.keys import Key


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
        parts = []
        for key in self._keys:
            action = key.action if "." in key.action else f"screen.{key.action}"
            parts.append(
                Content.from_markup(f"[@click={action}][bold $accent]{key.cap}[/] {key.word.say(self._lang)}[/]")
            )
        roomy = sum(part.cell_length + 2 for part in parts) - 2 <= self.content_size.width
        return Content("  " if roomy else " ").join(parts)
