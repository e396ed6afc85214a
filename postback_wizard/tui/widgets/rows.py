"""A list that marks its first entry as soon as it has the focus, so that Enter always does something."""

from textual.widgets import OptionList


class Rows(OptionList):
    """Textual's list marks nothing in a list that was filled later."""

    def on_focus(self) -> None:
        """Mark the first entry if none is marked."""
        if self.highlighted is None and self.option_count:
            self.highlighted = 0
