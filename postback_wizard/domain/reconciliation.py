"""Two logs compared in full, key by key: what a reconciliation found, as data.

Amounts are decimal numbers as text, such as ``12.5``; times are ISO 8601. A key is a click ID, with the transaction ID
where both files have one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

#: The classes in the order they are shown. Those that end in ``differs`` are parts of ``matched`` and may overlap.
CLASSES = (
    *("matched", "only_tracker", "only_partner", "duplicate_tracker", "duplicate_partner"),
    *("status_differs", "payout_differs", "currency_differs", "time_differs"),
)
SIDES = ("tracker", "partner")
#: The facts the two files come from, in the order of the sides.
ROLES = ("conversion_log", "partner_log")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two files as a whole; times as the file writes them, taken as UTC where it names no zone.

    ``static_payout`` is the one amount of all matched rows, empty where amounts vary or are unknown. ``date_only``:
    its times are days. ``lone_inside`` counts the keys only this side has whose time lies in the other file's period,
    and those without a time; ``lone_first_time`` is the first time of any key only this side has.
    """

    rows: int = 0
    keys: int = 0
    rows_without_key: int = 0
    first_time: str = ""
    last_time: str = ""
    date_only: bool = False
    static_payout: str = ""
    lone_inside: int = 0
    lone_first_time: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """Rows and money of one currency on both sides; ``day`` (``2026-03-01``) is empty in the totals of all days."""

    currency: str
    tracker_rows: int = 0
    tracker_amount: str = "0"
    partner_rows: int = 0
    partner_amount: str = "0"
    day: str = ""


@dataclass(frozen=True, slots=True)
class Stake:
    """The money of a class in one currency: of its keys, or of its surplus rows."""

    name: str
    currency: str
    count: int
    tracker_amount: str = "0"
    partner_amount: str = "0"


@dataclass(frozen=True, slots=True)
class Offset:
    """A constant difference, partner minus tracker, from a moment of one side's clock on; empty from the start."""

    minutes: int
    pairs: int
    since: str = ""
    clock: Literal["tracker", "partner"] = "tracker"


@dataclass(frozen=True, slots=True)
class StatusPair:
    """How often a status of the tracker met one of the partner; meanings are approved, pending, rejected or empty."""

    tracker: str
    partner: str
    tracker_means: str
    partner_means: str
    keys: int


@dataclass(frozen=True, slots=True)
class LoneStatus:
    """How many keys that only one side has carry a status, and what it means."""

    side: str
    word: str
    means: str
    keys: int


@dataclass(frozen=True, slots=True)
class UnmappedStatus:
    """A word no vocabulary knows, and in how many rows it stands."""

    side: str
    word: str
    rows: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """A constant relation of differing amounts: partner's divided by tracker's."""

    tracker_currency: str
    partner_currency: str
    value: str
    keys: int
    kind: Literal["cents", "rate"] = "rate"


@dataclass(frozen=True, slots=True)
class Late:
    """Pairs one side recorded over an hour after the other, the constant offset taken off.

    ``burst_hour`` is the hour of that side's day (0 to 23) in which most of them were recorded, ``burst`` how many.
    """

    side: str = ""
    pairs: int = 0
    typical_minutes: int = 0
    longest_minutes: int = 0
    burst_hour: int = -1
    burst: int = 0


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A row of a file: numbers from 1 without the header; ``values`` under our names."""

    file: str
    row: int
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sample:
    """One key of a class, and its row on each side that has one; of a surplus row, the row itself."""

    name: str
    key: str
    tracker: SampleRow | None = None
    partner: SampleRow | None = None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Everything the comparison found beyond the counts of the classes.

    ``timed_pairs`` counts the matched keys with a time on both sides; ``day_shifts`` those of them whose partner's day
    is so many days after the tracker's, the offset taken off. ``other_basis`` names what the times of one side are,
    where they fit a second time column of the other file: ``partner:<its column>`` when the partner's do.
    """

    key: tuple[str, ...] = ()
    tracker: Side = Side()
    partner: Side = Side()
    totals: tuple[Total, ...] = ()
    days: tuple[Total, ...] = ()
    stakes: tuple[Stake, ...] = ()
    offsets: tuple[Offset, ...] = ()
    timed_pairs: int = 0
    day_shifts: Mapping[str, int] = field(default_factory=dict)
    other_basis: str = ""
    statuses: tuple[StatusPair, ...] = ()
    lone: tuple[LoneStatus, ...] = ()
    unmapped: tuple[UnmappedStatus, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    late: Late = Late()
    samples: tuple[Sample, ...] = ()
