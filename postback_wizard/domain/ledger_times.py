"""The times of a click and its conversion, place by place, compared as instants."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from postback_wizard.domain.case import Case
from postback_wizard.domain.ledger_places import upload_event
from postback_wizard.domain.ledger_seen import Seen
from postback_wizard.domain.sought import last_name
from postback_wizard.domain.times import read_moment

#: The rows of times, and the places that hold one.
TIME_ROWS: Mapping[str, tuple[str, ...]] = {
    "click_time": ("click_log", "upload_event"),
    "conversion_time": ("conversion_log", "partner_log", "upload_event"),
}
#: Books are kept a little after the fact; from here on it is another zone or another event.
TOLERANCE = timedelta(minutes=15)
_EVENT_TIMES = ("event_time", "conversion_date_time", "conversionHappenedAt", "timestamp", "timestamp_micros")
#: Digits of a Unix time in seconds, milliseconds and microseconds.
_UNITS = {10: 1, 13: 1_000, 16: 1_000_000}


def at_times(case: Case, name: str) -> Iterator[Seen]:
    """Where a time is written, as it is written."""
    logs = case.logs()
    for role in TIME_ROWS[name][:-1]:
        rows = [row for row in logs.rows(role) if row.values.get("match", "exact") == "exact"] if logs else []
        time = next((row.values["time"] for row in rows if row.values.get("time")), "")
        if time:
            yield Seen(role, time)
    written = _of_fbc(case) if name == "click_time" else _of_event(case)
    if written:
        yield Seen("upload_event", written)


def _of_event(case: Case) -> str:
    values = {last_name(value.name): value.decoded for value in reversed(upload_event(case))}
    return next((values[name] for name in _EVENT_TIMES if values.get(name)), "")


def _of_fbc(case: Case) -> str:
    """The click's own time inside ``fb.<n>.<ms>.<fbclid>``."""
    fbc = next((value.decoded for value in upload_event(case) if last_name(value.name) == "fbc"), "").split(".")
    return fbc[2] if len(fbc) > 3 and fbc[0] == "fb" and fbc[2].isdecimal() else ""


def instant(text: str) -> datetime | None:
    """The instant a text names: ISO 8601, or a Unix time in seconds, milliseconds or microseconds."""
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) in _UNITS:
        return datetime.fromtimestamp(int(digits) / _UNITS[len(digits)], UTC)
    moment = read_moment(text)
    return moment.utc if moment else None


def same_instant(left: str, right: str) -> bool:
    """Whether two texts name about the same instant; texts that name none are compared as they are."""
    one, other = instant(left), instant(right)
    return left == right if one is None or other is None else abs(one - other) < TOLERANCE
