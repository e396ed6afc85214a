"""How a tracker takes conversions that are given to it by hand: what a line holds, and what comes of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from postback_wizard.catalogue.fact import Fact, Listed, Said
from postback_wizard.catalogue.fault import NOT_ONE_OF, CatalogueError
from postback_wizard.catalogue.table import Table

#: What of a conversion can be handed over.
FIELDS = ("click_id", "payout", "transaction_id", "currency", "status")
_SLOT = re.compile(r"(?:([a-z0-9_]+)=)?\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Import:
    """A tracker's import of conversions. ``line`` is its line with our names in braces, parted by one character;

    None where only what a line ``holds`` is known. ``per_hour`` is how many it takes an hour at most.
    """

    holds: Listed
    line: Fact[str] | None = None
    where: Said | None = None
    does: tuple[Said, ...] = ()
    per_hour: Fact[int] | None = None


@dataclass(frozen=True, slots=True)
class Backfill:
    """An import to write lines for; ``partner`` is the platform whose status words the rows carry."""

    line: str
    holds: tuple[str, ...]
    partner: str = ""

    @property
    def suffix(self) -> str:
        """The end of the file's name."""
        return ".txt" if self.line else ".csv"

    @property
    def header(self) -> str:
        """A line of names where the import's own line is not known; empty otherwise."""
        return "" if self.line else ",".join(self.holds) + "\n"


def read_import(table: Table) -> Import:
    """The table ``backfill`` of a platform.

    Raises:
        CatalogueError: a key is unknown or of the wrong kind, or a name is none of ours.
    """
    found = Import(
        holds=table.list_of("holds"),
        line=table.exact("line"),
        where=table.said("where"),
        does=table.all_said("does"),
        per_hour=table.number("per_hour"),
    )
    table.done()
    names = [name for _, name in _SLOT.findall(found.line.value)] if found.line else []
    for name in (*found.holds.value, *names):
        if name not in FIELDS:
            raise CatalogueError(table.at("holds"), NOT_ONE_OF, given=name, known=", ".join(FIELDS))
    return found


def backfill_of(found: Import, partner: str = "") -> Backfill:
    """What to write for an import."""
    return Backfill(found.line.value if found.line else "", found.holds.value, partner)


def line_of(backfill: Backfill, values: Mapping[str, str]) -> str | None:
    """The line of a conversion; None where a value holds what parts the line. Empty values at its end are left out.

    A named value (``payout={payout}``) that is empty is left out wherever it stands.
    """
    slots = _SLOT.findall(backfill.line) or [("", name) for name in backfill.holds]
    parting = _parting(backfill.line)
    cells: list[str] = []
    for key, name in slots:
        value = values.get(name, "")
        if parting in value or "\n" in value or "\r" in value or (not backfill.line and '"' in value):
            return None
        if key and value:
            cells.append(f"{key}={value}")
        elif not key:
            cells.append(value)
    while cells and not cells[-1] and backfill.line:
        cells.pop()
    return parting.join(cells)


def _parting(line: str) -> str:
    match = _SLOT.search(line)
    return line[match.end()] if match and match.end() < len(line) else ","
