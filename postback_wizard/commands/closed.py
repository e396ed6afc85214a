"""The team's closed cases, read when they are asked for and again only when their folder has changed."""

from collections.abc import Sequence

from postback_wizard.domain.closing import ClosedCase
from postback_wizard.effects.closed import ClosedShelf, own_shelf
from postback_wizard.report.knowledge.closed import use_closed


class ClosedBook:
    """The cards on a shelf, kept in memory as long as nobody puts one there or takes one away."""

    def __init__(self, shelf: ClosedShelf) -> None:
        self._shelf = shelf
        self._seen = 0
        self._cards: Sequence[ClosedCase] = ()

    def read(self) -> Sequence[ClosedCase]:
        """Every card; none where there is no folder."""
        try:
            seen = self._shelf.folder.stat().st_mtime_ns
        except OSError:
            return ()
        if seen != self._seen:
            self._cards, self._seen = self._shelf.read(), seen
        return self._cards


def use_own_closed() -> None:
    """Let this user's, or the team's, closed cases be found."""
    use_closed(ClosedBook(own_shelf()).read)
