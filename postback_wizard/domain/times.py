"""Reading and writing moments: ISO 8601 in, UTC out."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as somebody wrote it.

    ``assumed`` is true when the text named no offset and UTC was taken; ``zone`` is the offset as written.
    """

    utc: datetime
    zone: str
    assumed: bool


def read_moment(text: str) -> Moment | None:
    """The moment an ISO 8601 text names, or None when it names none.

    Without an offset the text is taken as UTC (the contract of the facts file) and ``assumed`` says so.
    """
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    try:
        if found.tzinfo is None:
            return Moment(found.replace(tzinfo=UTC), "", assumed=True)
        return Moment(found.astimezone(UTC), found.strftime("%z"), assumed=False)
    except OverflowError:
        return None


def stamp(moment: datetime) -> str:
    """UTC with milliseconds, as stored in cases and printed in JSON: ``2026-03-01T10:00:01.250Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def clock(moment: datetime) -> str:
    """UTC to the second, for people: ``2026-03-01 10:00:01``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
