"""One place of the ledger, and what it holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """What one place holds: the value as it stands decoded once, or None where it was looked for in vain.

    An entry that is not ``checked`` is shown and never a break: a template's macro, a status in the partner's words.
    """

    place: str
    value: str | None
    checked: bool = True
