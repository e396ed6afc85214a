"""The time of an uploaded event: which unit a number is in, judged by its size."""

from dataclasses import dataclass
from typing import Any, Literal

from postback_wizard.domain.times import read_moment

Form = Literal["s", "ms", "µs", "ns", "ISO 8601", "?"]

_UNITS: tuple[tuple[Form, int, int], ...] = (
    ("s", 10**9, 1),
    ("ms", 10**12, 10**3),
    ("µs", 10**15, 10**6),
    ("ns", 10**18, 10**9),
)


@dataclass(frozen=True, slots=True)
class EventTime:
    """A time as written, the form it is in, and the Unix seconds it means (None where it means none)."""

    written: str
    form: Form
    seconds: int | None


def read_event_time(value: Any) -> EventTime | None:
    """The time a JSON value holds, None where there is no value. Seconds have ten digits from 2001 to 2286."""
    written = str(value).strip()
    if value is None or not written:
        return None
    number = _number(value)
    if number is None:
        moment = read_moment(written)
        return EventTime(written, "ISO 8601", int(moment.utc.timestamp())) if moment else EventTime(written, "?", None)
    for form, least, divisor in _UNITS:
        if least <= number < least * 10:
            return EventTime(written, form, number // divisor)
    return EventTime(written, "?", None)


def _number(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return int(value) if isinstance(value, int) else int(number) if abs(number) < 1e20 else None
