"""HAR 1.2 as its specification words it, in a few lines: which fields an object must have and of which kind."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

NUMBER = (int, float)
NAMED = {"name": str, "value": str}
SHAPES: Mapping[str, Mapping[str, Any]] = {
    "log": {"version": str, "creator": "creator", "entries": ["entry"]},
    "creator": {"name": str, "version": str},
    "entry": {
        "startedDateTime": datetime,
        "time": NUMBER,
        "request": "request",
        "response": "response",
        "cache": "cache",
        "timings": "timings",
    },
    "request": {
        "method": str,
        "url": str,
        "httpVersion": str,
        "cookies": ["named"],
        "headers": ["named"],
        "queryString": ["named"],
        "headersSize": int,
        "bodySize": int,
    },
    "response": {
        "status": int,
        "statusText": str,
        "httpVersion": str,
        "cookies": ["named"],
        "headers": ["named"],
        "content": "content",
        "redirectURL": str,
        "headersSize": int,
        "bodySize": int,
    },
    "content": {"size": int, "mimeType": str},
    "cache": {},
    "timings": {"send": NUMBER, "wait": NUMBER, "receive": NUMBER},
    "named": NAMED,
    "postData": {"mimeType": str, "text": str},
    "page": {"startedDateTime": datetime, "id": str, "title": str, "pageTimings": "cache"},
}
OPTIONAL: Mapping[str, Mapping[str, Any]] = {
    "log": {"pages": ["page"], "comment": str, "browser": "creator"},
    "entry": {"pageref": str, "serverIPAddress": str, "connection": str, "comment": str},
    "request": {"postData": "postData", "comment": str},
    "response": {"comment": str},
    "content": {"text": str, "encoding": str, "compression": int, "comment": str},
    "timings": {"blocked": NUMBER, "dns": NUMBER, "connect": NUMBER, "ssl": NUMBER, "comment": str},
}


def faults(archive: Any) -> list[str]:
    """Every way in which an archive is no HAR 1.2; names with an underscore in front are anybody's."""
    return list(_faults(archive.get("log"), "log", "log"))


def _faults(value: Any, shape: str, at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at} is no object"
        return
    must, may = SHAPES[shape], OPTIONAL.get(shape, {})
    yield from (f"{at}.{name} is missing" for name in must if name not in value)
    for name, item in value.items():
        if name in must or name in may:
            yield from _kind(item, must.get(name, may.get(name)), f"{at}.{name}")
        elif not name.startswith("_"):
            yield f"{at}.{name} is unknown"


def _kind(value: Any, kind: Any, at: str) -> Iterator[str]:
    if isinstance(kind, str):
        yield from _faults(value, kind, at)
    elif isinstance(kind, list):
        for number, item in enumerate(value):
            yield from _faults(item, kind[0], f"{at}[{number}]")
    elif kind is datetime:
        yield from () if _is_moment(value) else (f"{at} is no time",)
    elif isinstance(value, bool) or not isinstance(value, kind):
        yield f"{at} is a {type(value).__name__}"


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
