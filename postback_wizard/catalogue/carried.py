"""Click IDs that carry the time they were made."""

import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from postback_wizard.domain.text import Text

Kind = Literal["fbc", "uuid1", "uuid6", "uuid7", "ulid", "objectid", "snowflake", "ksuid"]

REASONS: Mapping[Kind, Text] = {
    "fbc": Text(
        en="fbc holds the click's time in milliseconds in its third part.",
        ru="Третья часть fbc — время клика в миллисекундах.",
    ),
    "uuid1": Text(
        en="The ID is a UUID of version 1, which begins with the time it was made.",
        ru="Это UUID версии 1: в его начале записано время создания.",
    ),
    "uuid6": Text(
        en="The ID is a UUID of version 6, which begins with the time it was made.",
        ru="Это UUID версии 6: в его начале записано время создания.",
    ),
    "uuid7": Text(
        en="The ID is a UUID of version 7, which begins with the millisecond it was made.",
        ru="Это UUID версии 7: в его начале записана миллисекунда создания.",
    ),
    "ulid": Text(
        en="The ID has the form of a ULID, whose first ten characters are the millisecond it was made.",
        ru="По форме это ULID: первые десять знаков — миллисекунда создания.",
    ),
    "objectid": Text(
        en="24 hexadecimal digits like an ObjectId of MongoDB, whose first eight are the second it was made.",
        ru="24 шестнадцатеричные цифры, как ObjectId в MongoDB: первые восемь — секунда создания.",
    ),
    "snowflake": Text(
        en="A number as long as a Snowflake ID; read with Twitter's epoch it gives this time. Others count from "
        "another day.",
        ru="Число такой длины, как Snowflake ID; если считать от эпохи Twitter, выходит это время. Другие считают от "
        "другой даты.",
    ),
    "ksuid": Text(
        en="27 letters and digits like a KSUID, which begins with the second it was made.",
        ru="27 букв и цифр, как у KSUID: в начале записана секунда создания.",
    ),
}

EARLIEST = datetime(2010, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_GREGORIAN = datetime(1582, 10, 15, tzinfo=UTC)
_TWITTER_MS = 1_288_834_974_657
_KSUID_S = 1_400_000_000

_FBC = re.compile(r"fb\.\d\.(\d{13})\.[^.\s]+(?:\.[^.\s]+)?")
_UUID = re.compile(r"[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}", re.IGNORECASE)
_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", re.IGNORECASE)
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_OBJECT_ID = re.compile(r"[0-9a-f]{24}|[0-9A-F]{24}")
_SNOWFLAKE = re.compile(r"[1-9][0-9]{16,18}")
_KSUID = re.compile(r"[0-9A-Za-z]{27}")
_BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


@dataclass(frozen=True, slots=True)
class CarriedTime:
    """When an ID says it was made (UTC), which kind of ID it seems to be, and why. Always a hint, never a proof."""

    moment: datetime
    kind: Kind
    reason: Text


def carried_time(value: str, now: datetime) -> CarriedTime | None:
    """The time a value carries; None for one that carries none, or one before 2010 or later than a day from ``now``."""
    for read in _READERS:
        found = read(value.strip())
        if found and EARLIEST <= found[1] <= now + AHEAD:
            kind, moment = found
            return CarriedTime(moment, kind, REASONS[kind])
    return None


def _fbc(value: str) -> tuple[Kind, datetime] | None:
    match = _FBC.fullmatch(value)
    return ("fbc", _after_ms(int(match.group(1)))) if match else None


def _uuid(value: str) -> tuple[Kind, datetime] | None:
    if not _UUID.fullmatch(value):
        return None
    found = UUID(value)
    match found.version:
        case 1:
            return "uuid1", _GREGORIAN + timedelta(microseconds=found.time // 10)
        case 6:
            ticks = (found.int >> 80) << 12 | (found.int >> 64) & 0xFFF
            return "uuid6", _GREGORIAN + timedelta(microseconds=ticks // 10)
        case 7:
            return "uuid7", _after_ms(found.int >> 80)
        case _:
            return None


def _ulid(value: str) -> tuple[Kind, datetime] | None:
    return ("ulid", _after_ms(_number(value[:10].upper(), _CROCKFORD))) if _ULID.fullmatch(value) else None


def _object_id(value: str) -> tuple[Kind, datetime] | None:
    return ("objectid", _after_ms(int(value[:8], 16) * 1000)) if _OBJECT_ID.fullmatch(value) else None


def _snowflake(value: str) -> tuple[Kind, datetime] | None:
    return ("snowflake", _after_ms((int(value) >> 22) + _TWITTER_MS)) if _SNOWFLAKE.fullmatch(value) else None


def _ksuid(value: str) -> tuple[Kind, datetime] | None:
    if not _KSUID.fullmatch(value) or (number := _number(value, _BASE62)) >= 1 << 160:
        return None
    return "ksuid", _after_ms(((number >> 128) + _KSUID_S) * 1000)


def _number(digits: str, alphabet: str) -> int:
    number = 0
    for digit in digits:
        number = number * len(alphabet) + alphabet.index(digit)
    return number


def _after_ms(milliseconds: int) -> datetime:
    """That many milliseconds after 1970; what no calendar holds becomes the last day it does."""
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


_READERS: tuple[Callable[[str], tuple[Kind, datetime] | None], ...] = (
    *(_fbc, _uuid, _ulid, _object_id, _snowflake, _ksuid),
)
