"""Times as exported logs write them: ISO 8601, ``DD.MM.YYYY``, and seconds or milliseconds since 1970."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from postback_wizard.domain.times import read_moment, stamp

_DOTTED = (
    *("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M:%S", "%d.%m.%Y, %H:%M", "%d.%m.%Y"),
    *("%d.%m.%Y %I:%M:%S %p", "%d.%m.%Y %I:%M %p", "%d.%m.%Y, %I:%M:%S %p", "%d.%m.%Y, %I:%M %p"),
)
_SERVER = "%d/%b/%Y:%H:%M:%S%z"
_SLASHED = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M")
_EPOCH = re.compile(r"(\d{10})(\d{3})?(?:\.\d+)?")
_NAMED_UTC = re.compile(r"\s*(?:UTC|GMT)$", re.IGNORECASE)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)
_BARE_OFFSET = re.compile(r"\s+([+-]\d{2}:?\d{2})$")

#: The same reading as SQL on the text ``{t}``, for the first and last time of a whole log; NULL where unreadable.
SQL_EPOCH_MS = """coalesce(
    epoch_ms(CASE WHEN isfinite(try_cast({t} AS TIMESTAMPTZ)) THEN try_cast({t} AS TIMESTAMPTZ) END),
    CASE WHEN regexp_full_match({t}, '\\d{{10}}(\\.\\d+)?') THEN (try_cast({t} AS DOUBLE) * 1000)::BIGINT
         WHEN regexp_full_match({t}, '\\d{{13}}') THEN try_cast({t} AS BIGINT) END,
    epoch_ms(try_strptime({t}, [{formats}])),
    epoch_ms(try_strptime({t}, '%Y-%m-%d %H:%M:%S %z')),
    epoch_ms(try_strptime({t}, '%d/%b/%Y:%H:%M:%S %z')))"""


def sql_epoch_ms(text: str) -> str:
    """An SQL expression: the milliseconds since 1970 of the time that the expression ``text`` holds."""
    formats = ", ".join(f"'{item}'" for item in (*_DOTTED, *_SLASHED))
    return SQL_EPOCH_MS.format(t=text, formats=formats)


def iso(text: str) -> str:
    """A log's time as ISO 8601: with ``Z`` where the zone is known, without where the log names none.

    Empty when the text is no time we can read.
    """
    text = text.strip()
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return stamp_of_ms(int(epoch[1]) * 1000 + int(epoch[2] or 0))
    text = _BARE_OFFSET.sub(r"\1", _NAMED_UTC.sub("+00:00", text))
    moment = read_moment(text)
    if moment is not None:
        return stamp(moment.utc).removesuffix("Z") if moment.assumed else stamp(moment.utc)
    try:
        return stamp(datetime.strptime(text, _SERVER).astimezone(UTC))
    except ValueError:
        pass
    for form in (*_DOTTED, *_SLASHED):
        try:
            found = datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
        return stamp(found).removesuffix("Z")
    return ""


def stamp_of_ms(milliseconds: int | None) -> str:
    """Milliseconds since 1970 as a UTC stamp, empty for none and for what no calendar holds."""
    if milliseconds is None:
        return ""
    try:
        return stamp(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds))
    except OverflowError:
        return ""


def zone_of(text: str) -> tzinfo | None:
    """The zone a text names: ``+03:00``, ``-0500``, ``UTC`` or a name such as ``Europe/Moscow``; None for no zone."""
    text = text.strip()
    offset = _OFFSET.fullmatch(text)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes)) if minutes < 24 * 60 else None
    try:
        return ZoneInfo(text) if text else None
    except (ValueError, OSError, KeyError):
        return None


def in_zone(text: str, zone: tzinfo | None) -> str:
    """An ISO 8601 time without a zone, taken to be of this one; any other text unchanged."""
    moment = read_moment(text) if zone else None
    if moment is None or not moment.assumed:
        return text
    try:
        return stamp(moment.utc.replace(tzinfo=zone))
    except OverflowError:
        return text
