"""Keys on which two logs differ, one by one: what is listed, what it is filtered by, and where a row stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from postback_wizard.domain.reconciliation import CLASSES

#: The classes that are differences, in the order they are shown.
KINDS = tuple(name for name in CLASSES if name != "matched")


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a difference: its row from 1 without the header; amount and time as the file means them.

    ``time`` is ISO 8601 without a zone, by the file's own clock.
    """

    row: int
    status: str = ""
    payout: str = ""
    currency: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One key, or one surplus row, with its classes. Deltas are partner minus tracker.

    ``payout_delta`` is empty where amounts or currencies cannot be compared; ``seconds_delta`` has the constant offset
    taken off.
    """

    kinds: tuple[str, ...]
    click_id: str
    transaction_id: str = ""
    tracker: Half | None = None
    partner: Half | None = None
    payout_delta: str = ""
    seconds_delta: int | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which differences are wanted. Times are seconds since 1970 by either file's clock; both ends count.

    ``text`` is looked for in click ID, transaction ID and statuses, without regard to case.
    """

    kind: str = ""
    text: str = ""
    time_from: int | None = None
    time_to: int | None = None
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        """Whether everything is wanted."""
        return self == Narrowing()


@dataclass(frozen=True, slots=True)
class Listed:
    """How many differences there are of each class, and how many are wanted just now.

    ``changed``: the files hold something else than when they were compared.
    """

    total: int
    counts: Mapping[str, int] = field(default_factory=dict)
    changed: bool = False


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row as its file has it: ``line`` from 1, 0 in a file without lines; ``exact`` when no earlier row was left out.

    ``raw`` are the cells under the file's headers.
    """

    side: Literal["tracker", "partner"]
    file: str
    row: int
    line: int
    exact: bool
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: ``rows`` in it; ``guarded`` cells that would have been run as a formula.

    ``left_out`` counts rows by why they could not go in: ``rejected``, ``no-click-id``, ``separator``.
    """

    path: str
    rows: int
    guarded: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
