"""The clocks of two logs: what the pairs, part by part, say of the offset between them."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from postback_wizard.effects import reconcile_pairs as pairs
from postback_wizard.effects.reconcile_time import Spans, rivals, settle, settle_by_days
from postback_wizard.effects.reconcile_words import Words

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: A second time column is what the other file's times are when so large a share of the pairs fits it.
_BASIS_SHARE = 0.8
_BASES = (("ua", "tb"), ("ta", "ub"))


class Clocks:
    """Votes of all parts. ``hear`` counts a part in; ``settle`` is what the parts heard so far amount to.

    ``others`` are the headers of the second time columns of tracker and partner, empty where there is none; ``steps``
    the offsets to follow hour by hour, by default those between which the first part's votes may change.
    """

    def __init__(self, words: Sequence[Words], others: Sequence[str], steps: tuple[int, ...] | None = None) -> None:
        self._tracker_days, self._partner_days = (side.date_only for side in words)
        self._others = others
        self._steps = steps
        self._timed = 0
        self._totals: Counter[int] = Counter()
        self._hours: tuple[dict[int, Counter[int]], dict[int, Counter[int]]] = ({}, {})
        self._days: Counter[tuple[int, ...]] = Counter()
        self._by_other: dict[str, Counter[int]] = {"partner": Counter(), "tracker": Counter()}

    @property
    def by_days(self) -> bool:
        """Whether one side knows days only."""
        return self._tracker_days or self._partner_days

    @property
    def is_sure(self) -> bool:
        """Whether the offsets followed hour by hour are those that all votes call for."""
        return self.by_days or self.best() == self._steps

    def best(self) -> tuple[int, ...]:
        """The offsets to follow, by all votes heard."""
        return rivals(self._totals)

    def hear(self, con: "DuckDBPyConnection") -> None:
        """Count the pairs of a part in."""
        if self.by_days:
            self._hear_days(con)
            return
        self._timed += pairs.timed(con)
        self._totals += pairs.votes_for(con)
        if self._steps is None:
            self._steps = self.best()
        for clock, hours in zip(("ta", "tb"), self._hours, strict=True):
            if not self._steps:
                break
            for hour, votes in pairs.votes_by(con, clock, self._steps).items():
                hours.setdefault(hour, Counter()).update(votes)
        for side, (mine, theirs), other in zip(("partner", "tracker"), _BASES, self._others, strict=True):
            if other and not self.settle().spans:
                self._by_other[side] += pairs.votes_for(con, mine, theirs)

    def _hear_days(self, con: "DuckDBPyConnection") -> None:
        if self._tracker_days != self._partner_days:
            for quarter, days, count in pairs.days_by_quarter(con, "tb" if self._tracker_days else "ta"):
                self._days[quarter, days] += count

    def settle(self) -> Spans:
        """The offset, as far as it is known."""
        if not self.by_days:
            tracker, partner = self._hours if self._steps else ({0: self._totals}, {0: self._totals})
            return settle(tracker, partner, self._timed)
        found = [(quarter, days, count) for (quarter, days), count in self._days.items()]
        return settle_by_days(found, tracker_days=self._tracker_days)

    def basis(self) -> str:
        """Where no offset fits: whose times are another column's of the other file, the click's or the approval's."""
        for (side, votes), other in zip(self._by_other.items(), self._others, strict=True):
            if other and self._timed and max(votes.values(), default=0) >= self._timed * _BASIS_SHARE:
                return f"{side}:{other}"
        return ""
