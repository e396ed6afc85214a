"""A list that marks its first entry as soon as it has the focus, so that Enter always does something."""

from textual import events
from textual.message import Message
from textual.widgets import OptionList


class RowHovered(Message):
    """The mouse points at another entry of a list, None at none of them."""

    def __init__(self, index: int | None) -> None:
        super().__init__()
        self.index = index


class Rows(OptionList):
    """Textual's list marks nothing in a list that was filled later, and does not say what the mouse points at."""

    _pointed_at: int | None = None

    def on_focus(self) -> None:
        """Mark the first entry if none is marked."""
        if self.highlighted is None and self.option_count:
            self.highlighted = 0

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say which entry the mouse points at."""
        index = event.style.meta.get("option")
        self._point(index if isinstance(index, int) else None)

    def on_leave(self) -> None:
        """The mouse points elsewhere."""
        self._point(None)

    def _point(self, index: int | None) -> None:
        if index != self._pointed_at:
            self._pointed_at = index
            self.post_message(RowHovered(index))
