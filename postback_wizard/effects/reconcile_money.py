"""The money of a reconciliation: totals of both files, what each class is worth, and constant relations of amounts."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from postback_wizard.domain.reconciliation import CLASSES, Ratio, Stake, Total, UnmappedStatus
from postback_wizard.effects.reconcile_words import DAY_S, Words

#: How far single ratios may stand from their mean, as a share of it, and how many make a constant.
_SPREAD, _LEAST = 0.01, 3
_HUNDREDFOLD = 0.9
_MOST_WORDS = 50
_NOTHING = (0, Decimal(0))


def plain(amount: Decimal) -> str:
    """An amount as people write it: no exponent, no zeros at the end."""
    text = f"{amount:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


@dataclass(slots=True)
class Amounts:
    """Counts and money of both sides by class and currency."""

    by_class: dict[tuple[str, str], tuple[int, Decimal, Decimal]] = field(default_factory=dict)

    def add(self, name: str, currency: str, count: int, tracker: Decimal, partner: Decimal) -> None:
        """Count keys or rows of a class in."""
        old = self.by_class.get((name, currency), (0, Decimal(0), Decimal(0)))
        self.by_class[name, currency] = (old[0] + count, old[1] + tracker, old[2] + partner)


def stakes_of(amounts: Amounts) -> tuple[Stake, ...]:
    """The money of each class, in the order of the classes."""
    ordered = sorted(amounts.by_class.items(), key=lambda item: (CLASSES.index(item[0][0]), item[0][1]))
    return tuple(
        Stake(name, currency, count, plain(tracker), plain(partner))
        for (name, currency), (count, tracker, partner) in ordered
    )


def totals_of(one: Words, other: Words) -> tuple[Total, ...]:
    """Rows and money of both files by currency."""
    return tuple(
        _total(currency, one.totals.get(currency, _NOTHING), other.totals.get(currency, _NOTHING))
        for currency in sorted({*one.totals, *other.totals})
    )


def days_of(one: Words, other: Words) -> tuple[Total, ...]:
    """The same by day and currency, each file by its own clock."""
    return tuple(
        _total(currency, one.days.get((day, currency), _NOTHING), other.days.get((day, currency), _NOTHING), name)
        for day, currency in sorted({*one.days, *other.days})
        if (name := _day(day))
    )


def _total(currency: str, one: tuple[int, Decimal], other: tuple[int, Decimal], day: str = "") -> Total:
    return Total(currency, one[0], plain(one[1]), other[0], plain(other[1]), day)


def _day(number: int) -> str:
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=number * DAY_S)).date().isoformat()
    except OverflowError:
        return ""


def unmapped_of(one: Words, other: Words) -> tuple[UnmappedStatus, ...]:
    """The status words no vocabulary knows, the commonest first."""
    found = [*_unmapped("tracker", one), *_unmapped("partner", other)]
    return tuple(sorted(found, key=lambda item: (-item.rows, item.side, item.word))[:_MOST_WORDS])


def _unmapped(side: str, words: Words) -> Iterator[UnmappedStatus]:
    rows: dict[str, int] = {}
    for code, word in words.by_code.items():
        if word.status and not word.meaning:
            rows[word.status] = rows.get(word.status, 0) + words.rows_of[code]
    return (UnmappedStatus(side, word, count) for word, count in rows.items())


@dataclass(slots=True)
class _Relation:
    """The amounts of two currencies that met: how many, and sums of their ratio for mean and spread."""

    keys: int = 0
    same: int = 0
    hundredfold: dict[str, int] = field(default_factory=dict)
    ratios: int = 0
    total: float = 0.0
    squares: float = 0.0


@dataclass(slots=True)
class Ratios:
    """How the amounts of matched keys relate, by the currencies of both sides."""

    found: dict[tuple[str, str], _Relation] = field(default_factory=dict)
    spans: list[list[Decimal]] = field(default_factory=lambda: [[], []])
    keys: int = 0

    def add(self, one: str, other: str, relation: str, count: int, rest: Sequence[object]) -> None:
        """``rest``: least and greatest amounts of both sides; number, sum and sum of squares of the ratios."""
        low_a, high_a, low_b, high_b, number, total, squares = rest
        for side, values in enumerate(((low_a, high_a), (low_b, high_b))):
            self.spans[side].extend(value for value in values if isinstance(value, Decimal))
        if relation == "unknown":
            return
        self.keys += count
        item = self.found.setdefault((one, other), _Relation())
        item.keys += count
        if relation == "same":
            item.same += count
        elif relation != "other":
            item.hundredfold[relation] = item.hundredfold.get(relation, 0) + count
        if isinstance(number, int) and isinstance(total, float) and isinstance(squares, float):
            item.ratios, item.total, item.squares = item.ratios + number, item.total + total, item.squares + squares

    def static(self, side: int) -> str:
        """The one amount of a side, empty where it varies or hardly anything is known."""
        values = self.spans[side]
        alike = self.keys >= _LEAST and values and min(values) == max(values)
        return plain(values[0]) if alike else ""

    def constant(self) -> tuple[Ratio, ...]:
        """The relations that hold for nearly all keys of two currencies."""
        return tuple(
            ratio for (one, other), item in sorted(self.found.items()) if (ratio := _constant(one, other, item))
        )


def _constant(one: str, other: str, item: _Relation) -> Ratio | None:
    if item.keys < _LEAST or item.same > item.keys * (1 - _HUNDREDFOLD):
        return None
    for relation, value in (("partner-cents", "100"), ("tracker-cents", "0.01")):
        if item.hundredfold.get(relation, 0) >= item.keys * _HUNDREDFOLD:
            return Ratio(one, other, value, item.hundredfold[relation], "cents")
    if item.ratios < _LEAST:
        return None
    mean = item.total / item.ratios
    spread = math.sqrt(max(item.squares / item.ratios - mean * mean, 0))
    return Ratio(one, other, f"{mean:.6g}", item.ratios) if mean > 0 and spread <= mean * _SPREAD else None
