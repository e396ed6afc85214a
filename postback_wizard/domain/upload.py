"""Events for an ad platform: found in what was handed over, whatever its form. Never raises."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from postback_wizard.domain.payload import (
    Payload,
    UnreadableUploadError,
    UploadProblem,
    parse_json,
    read_payload,
    semicolons,
)
from postback_wizard.domain.places import dig

__all__ = ["Upload", "UploadEvent", "UploadProblem", "events_in", "numbered", "read_upload"]


@dataclass(frozen=True, slots=True)
class UploadEvent:
    """One event; ``number`` counts from 1 in the order it was given.

    ``around`` is what stands beside the list of events, ``query`` the pairs of the URL; ``is_bare`` says that the
    event was given without either.
    """

    number: int
    data: Mapping[str, Any]
    around: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    is_bare: bool = False

    def find(self, path: str) -> tuple[Any, ...]:
        """Every value at a path; ``^`` before it means beside the events, ``?`` in the URL's query."""
        match path[:1]:
            case "^":
                return dig(self.around, path[1:])
            case "?":
                return dig(self.query, path[1:])
        return dig(self.data, path)

    def get(self, path: str) -> Any:
        """The first value at a path such as ``user_data.fbc``, None where there is none."""
        return next(iter(self.find(path)), None)

    def texts(self, path: str) -> tuple[str, ...]:
        """The values at a path as texts, those of lists one by one. Empty ones are left out."""
        items = [item for node in self.find(path) for item in (node if isinstance(node, list) else [node])]
        return tuple(str(item) for item in items if isinstance(item, str | int | float) and str(item).strip())


@dataclass(frozen=True, slots=True)
class Upload:
    """The events of one upload, the test code that came with them, if any, and what they were found in."""

    events: tuple[UploadEvent, ...]
    test_event_code: str = ""
    payload: Payload = field(default_factory=lambda: Payload("json"))


def read_upload(text: str) -> Upload | UploadProblem:
    """The events in a text of Meta's form: an object with ``data``, a list of events, or one bare event."""
    payload = read_payload(text)
    return payload if isinstance(payload, UploadProblem) else events_in(payload, ("data",))


def events_in(payload: Payload, places: tuple[str, ...]) -> Upload | UploadProblem:
    """The events of a payload. ``places`` names the list; ``?`` and ``;`` stand for a URL's pairs, ``csv`` for rows.

    Where no list of that name is there, a table is one bare event, and a list a list of bare events.
    """
    try:
        listed, around, at, is_bare = _listed(payload, places)
    except UnreadableUploadError as error:
        return error.problem
    if not listed:
        return UploadProblem("no-events", at)
    wrong = next((number for number, item in enumerate(listed, 1) if not isinstance(item, dict)), 0)
    if wrong:
        return UploadProblem("not-an-event", f"{at}[{wrong - 1}]")
    events = tuple(UploadEvent(number, item, around, payload.query, is_bare) for number, item in enumerate(listed, 1))
    code = around.get("test_event_code") if around else None
    return Upload(events, code if isinstance(code, str) else "", payload)


def _listed(payload: Payload, places: tuple[str, ...]) -> tuple[list[Any], Mapping[str, Any], str, bool]:
    named = next((place for place in places if place not in ("", "?", ";", "csv")), "")
    if payload.form == "url":
        pairs = semicolons(payload.url) if ";" in places else payload.query
        return [dict(pairs)] if pairs else [], {}, "query", False
    if payload.form == "csv":
        return list(payload.body), {}, "csv", False
    return _within(payload.body, named)


def _within(body: Any, named: str) -> tuple[list[Any], Mapping[str, Any], str, bool]:
    around = body if isinstance(body, dict) else {}
    found = dig(around, named) if named else ()
    if not found:
        if isinstance(body, dict):
            return [body] if body else [], {}, named or "body", True
        if not isinstance(body, list):
            raise UnreadableUploadError(UploadProblem("not-an-event", named))
        return body, {}, named, True
    data = parse_json(found[0]) if isinstance(found[0], str) else found[0]
    data = [data] if isinstance(data, dict) else data
    if not isinstance(data, list):
        raise UnreadableUploadError(UploadProblem("not-an-event", named))
    return data, around, named, False


def numbered(numbers: Iterable[int]) -> str:
    """Event numbers in short: ``1-3, 7``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
