"""Matched keys that are alike, and late ones, as they are counted. Pure."""

from collections import Counter
from dataclasses import dataclass

from postback_wizard.domain.reconciliation import Late
from postback_wizard.effects.reconcile_time import STEP_S
from postback_wizard.effects.reconcile_words import Word


@dataclass(frozen=True, slots=True)
class Cell:
    """Matched keys that are alike: their words on both sides, how their amounts relate, whether times differ."""

    one: Word
    other: Word
    relation: str
    apart: bool

    @property
    def status_differs(self) -> bool:
        """Both words are known, and mean different things."""
        return bool(self.one.meaning and self.other.meaning) and self.one.meaning != self.other.meaning

    @property
    def currency_differs(self) -> bool:
        """Both sides name a currency, and not the same."""
        return bool(self.one.currency and self.other.currency) and self.one.currency != self.other.currency

    @property
    def payout_differs(self) -> bool:
        """Amounts of one currency that are not the same."""
        return self.relation not in ("same", "unknown") and not self.currency_differs


def late_of(found: Counter[tuple[int, int, int]]) -> Late:
    """The side that is late in most pairs, how late it is, and the hour it catches up in."""
    sides: Counter[int] = Counter()
    for (side, _, _), count in found.items():
        sides[side] += count
    if not sides:
        return Late()
    late, total = _commonest(sides)
    hours: Counter[int] = Counter()
    delays: Counter[int] = Counter()
    for (side, hour, quarters), count in found.items():
        if side == late:
            hours[hour] += count
            delays[quarters] += count
    hour, burst = _commonest(hours)
    minutes = STEP_S // 60
    return Late(
        "partner" if late > 0 else "tracker", total, _median(delays) * minutes, max(delays) * minutes, hour, burst
    )


def _commonest(counts: Counter[int]) -> tuple[int, int]:
    """The commonest value and its count; of equally common ones the smallest, in whatever order they were counted."""
    return min(counts.items(), key=lambda item: (-item[1], item[0]))


def _median(counts: Counter[int]) -> int:
    middle, seen = sum(counts.values()) / 2, 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= middle:
            return value
    return 0
