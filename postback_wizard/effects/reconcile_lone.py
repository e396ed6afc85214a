"""Keys that only one side has: how many, since when, under which status, and whether the other file could hold them."""

from dataclasses import dataclass, field

from postback_wizard.domain.reconciliation import LoneStatus
from postback_wizard.effects.reconcile_words import DAY_S, Word, Words

_MOST = 50


@dataclass(slots=True)
class Lone:
    """The lone keys of one side, added up."""

    keys: int = 0
    inside: int = 0
    first_s: int | None = None
    statuses: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, word: Word, count: int, inside: int, first_s: int | None) -> None:
        """Count keys of one word in."""
        self.keys += count
        self.inside += inside
        if first_s is not None:
            self.first_s = first_s if self.first_s is None else min(self.first_s, first_s)
        if word.status:
            named = (word.status, word.meaning)
            self.statuses[named] = self.statuses.get(named, 0) + count

    def by_status(self, side: str) -> tuple[LoneStatus, ...]:
        """The statuses, the commonest first."""
        ordered = sorted(self.statuses.items(), key=lambda item: (-item[1], item[0]))
        return tuple(LoneStatus(side, word, means, count) for (word, means), count in ordered[:_MOST])


def inside_sql(side: str, offset_minutes: int, other: Words) -> str:
    """Whether a lone row's time lies in the other file's period, by that file's clock; true where no time tells."""
    first, last = other.span_ms
    if first is None or last is None:
        return "true"
    shift = offset_minutes * 60 if side == "a" else -offset_minutes * 60
    slack = DAY_S - 1 if other.date_only else 0
    return f"coalesce(t{side} + {shift} BETWEEN {first // 1000} AND {last // 1000 + slack}, true)"
