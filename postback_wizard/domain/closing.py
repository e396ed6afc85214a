"""How a case ended, and what a team keeps of it: the card by which the next case like it is recognised."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

#: Why a closed case came to mind, the strongest reason first.
Likeness = Literal["message", "code", "platforms"]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a person settled: the cause, what mended it, who did that, how it was verified, when (ISO 8601 UTC)."""

    cause: str
    fix: str = ""
    who: str = ""
    verified: str = ""
    closed_at: str = ""


@dataclass(frozen=True, slots=True)
class ClosedCase:
    """A closed case as its team remembers it. ``platforms`` are catalogue ids; ``codes`` name the root cause first."""

    id: str
    title: str
    opened_at: str
    conclusion: Conclusion
    platforms: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """A closed case that another resembles, and by what."""

    card: ClosedCase
    by: tuple[Likeness, ...]


def alike(card: ClosedCase, closed: Iterable[ClosedCase]) -> tuple[Alike, ...]:
    """The closed cases that resemble a case, the likest first.

    The same platforms alone are no likeness: most cases of a team share them. The same words of a partner, or the
    same root cause where one of the platforms is the same or one side names none, are.
    """
    found = [Alike(other, by) for other in closed if other.id != card.id and (by := _likeness(card, other))]
    found.sort(key=lambda item: item.card.conclusion.closed_at, reverse=True)
    found.sort(key=lambda item: _weight(item.by), reverse=True)
    return tuple(found)


def _weight(by: tuple[Likeness, ...]) -> int:
    weights: dict[Likeness, int] = {"message": 4, "code": 2, "platforms": 1}
    return sum(weights[reason] for reason in by)


def _likeness(card: ClosedCase, other: ClosedCase) -> tuple[Likeness, ...]:
    shared = bool(set(card.platforms) & set(other.platforms))
    message = bool(said(card.message)) and said(card.message) == said(other.message)
    code = card.codes[:1] == other.codes[:1] != () and (shared or not card.platforms or not other.platforms)
    if not (message or code):
        return ()
    reasons: dict[Likeness, bool] = {"message": message, "code": code, "platforms": shared}
    return tuple(name for name, holds in reasons.items() if holds)


def said(message: str) -> str:
    """A partner's words without what changes from one answer to the next: letter case, white space, digits."""
    return " ".join("".join(" " if letter.isdigit() else letter for letter in message.casefold()).split())
