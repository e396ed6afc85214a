"""The constant offset between two clocks, voted for by the pairs of rows that both of them timed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from postback_wizard.domain.reconciliation import Offset
from postback_wizard.effects.log_times import stamp_of_ms

Clock = Literal["tracker", "partner"]

#: Offsets are multiples of this, up to 14 hours either way; a pair votes when it is this near to one.
STEP_S = 15 * 60
WIDEST = 14 * 4
NEAR_S = 5 * 60
#: An offset needs so many votes, and so large a share of the pairs.
_LEAST_VOTES, _LEAST_SHARE = 3, 0.5
#: Days must agree for so many pairs before an offset is read off them.
_DAYS_AGREE = 0.98
#: Votes a change of the offset must win before it is believed: at least, and as a share of all.
_CHANGE_VOTES, _CHANGE_SHARE = 5, 0.01
#: Steps a change for daylight saving can have: an hour, and the half hour of one island.
_CHANGES = (4, -4, 2, -2)

#: The place of votes for offsets that are not asked for.
OTHER = 1_000_000
#: Hour since 1970 → steps of the offset → how many pairs.
Votes = Mapping[int, Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Span:
    """An offset in minutes from an hour on (hours since 1970 by one side's clock; None from the start)."""

    minutes: int
    votes: int
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Spans:
    """The offsets in the order of time, by the clock they were split at."""

    clock: Clock
    spans: tuple[Span, ...]

    @property
    def votes(self) -> int:
        """The pairs that fit."""
        return sum(span.votes for span in self.spans)

    @property
    def main(self) -> int:
        """The offset of most pairs, in minutes."""
        return max(self.spans, key=lambda span: span.votes).minutes if self.spans else 0

    def as_offsets(self) -> tuple[Offset, ...]:
        """The same as evidence."""
        return tuple(
            Offset(
                span.minutes, span.votes, "" if span.since is None else stamp_of_ms(span.since * 3_600_000), self.clock
            )
            for span in self.spans
        )


def best_of(totals: Mapping[int, int]) -> int:
    """The offset most votes are for, in steps; of equal ones the smallest."""
    return max((step for step in totals if step != OTHER), key=lambda step: (totals[step], -abs(step)), default=0)


def rivals(totals: Mapping[int, int]) -> tuple[int, ...]:
    """The best offset and what it may become where clocks are changed, in steps; empty where too few votes say so.

    A change is believed for more votes than its price only, so that fewer need not be followed hour by hour.
    """
    first = best_of(totals)
    changed = tuple(first + change for change in _CHANGES if totals.get(first + change, 0) > _price(totals))
    return (first, *changed) if changed else ()


def settle(by_tracker: Votes, by_partner: Votes, pairs: int) -> Spans:
    """The offset or offsets; none where no offset fits at least half of the pairs.

    The votes are given by the hour of either clock, because only one of the two may observe daylight saving.
    """
    one, other = _spans("tracker", by_tracker), _spans("partner", by_partner)
    best = other if (other.votes, -len(other.spans)) > (one.votes, -len(one.spans)) else one
    if best.votes < _LEAST_VOTES or best.votes < pairs * _LEAST_SHARE:
        return Spans("tracker", ())
    return best


def _spans(clock: Clock, votes: Votes) -> Spans:
    totals = _totals(votes)
    if not totals.keys() - {OTHER}:
        return Spans(clock, ())
    first = best_of(totals)
    plain = Spans(clock, (Span(first * STEP_S // 60, totals[first]),))
    split = [_split(clock, votes, first, first + change) for change in _CHANGES if first + change in totals]
    return max([plain, *split], key=lambda spans: spans.votes - _price(totals) * len(spans.spans))


def _totals(votes: Votes) -> dict[int, int]:
    totals: dict[int, int] = {}
    for counts in votes.values():
        for step, count in counts.items():
            totals[step] = totals.get(step, 0) + count
    return totals


def _price(totals: Mapping[int, int]) -> float:
    return max(_CHANGE_VOTES, sum(totals.values()) * _CHANGE_SHARE)


def _split(clock: Clock, votes: Votes, *steps: int) -> Spans:
    """The hours divided between two offsets so that most pairs fit, at a price for each change."""
    hours = sorted(votes)
    price = _price(_totals(votes))
    scores = (0.0, 0.0)
    came_from: list[tuple[int, int]] = []
    for hour in hours:
        one, other = scores
        before = (int(other - price > one), int(other >= one - price))
        best = (max(one, other - price), max(other, one - price))
        scores = (best[0] + votes[hour].get(steps[0], 0), best[1] + votes[hour].get(steps[1], 0))
        came_from.append(before)
    return Spans(clock, tuple(_walk_back(votes, hours, came_from, steps, int(scores[1] > scores[0]))))


def _walk_back(
    votes: Votes, hours: Sequence[int], came_from: Sequence[tuple[int, int]], steps: Sequence[int], state: int
) -> list[Span]:
    states: list[int] = []
    for before in reversed(came_from):
        states.append(state)
        state = before[state]
    states.reverse()
    spans: list[Span] = []
    for at, (hour, now) in enumerate(zip(hours, states, strict=True)):
        count = votes[hour].get(steps[now], 0)
        if at and states[at - 1] == now:
            spans[-1] = Span(spans[-1].minutes, spans[-1].votes + count, spans[-1].since)
        else:
            spans.append(Span(steps[now] * STEP_S // 60, count, hour if at else None))
    return spans


def settle_by_days(pairs: Sequence[tuple[int, int, int]], *, tracker_days: bool) -> Spans:
    """The offset at which the days of two files agree where one of them names only days.

    ``pairs`` are the quarter of the day on the side that knows it, the days between, and how many there are. The
    smallest offset wins that is as good as any; none, where less than nearly all of the days can be made to agree.
    """
    sign = -1 if tracker_days else 1

    def fitting(step: int) -> int:
        return sum(count for quarter, days, count in pairs if sign * ((quarter + sign * step) // 96) == days)

    best = max(range(-WIDEST, WIDEST + 1), key=lambda step: (fitting(step), -abs(step)))
    agreed, total = fitting(best), sum(count for _, _, count in pairs)
    if agreed < _LEAST_VOTES or agreed < total * _DAYS_AGREE or agreed - fitting(0) < _LEAST_VOTES:
        return Spans("tracker", ())
    return Spans("tracker", (Span(best * STEP_S // 60, agreed),))
