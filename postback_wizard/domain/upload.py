"""Events for an ad platform: read from pasted JSON, and built into one test request. Never raises."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

from postback_wizard.domain.probe import TOKEN, Effect, HttpProbe


@dataclass(frozen=True, slots=True)
class UploadEvent:
    """One event; ``number`` counts from 1 in the order it was given."""

    number: int
    data: Mapping[str, Any]

    def get(self, path: str) -> Any:
        """The value at a dotted path such as ``user_data.fbc``, None where there is none."""
        node: Any = self.data
        for name in path.split("."):
            node = node.get(name) if isinstance(node, Mapping) else None
        return node

    def texts(self, path: str) -> tuple[str, ...]:
        """The value at a path as texts: one, or those of a list. Empty ones are left out."""
        node = self.get(path)
        items = node if isinstance(node, list) else [node]
        return tuple(str(item) for item in items if isinstance(item, str | int | float) and str(item).strip())


@dataclass(frozen=True, slots=True)
class Upload:
    """The events of one upload and the test code that came with them, if any."""

    events: tuple[UploadEvent, ...]
    test_event_code: str = ""


@dataclass(frozen=True, slots=True)
class UploadProblem:
    """Why a text holds no events. ``at`` is ``line:column`` for broken JSON, else the place in the structure."""

    code: Literal["not-json", "not-an-event", "no-events"]
    at: str = ""


class _Unreadable(Exception):  # noqa: N818 - carries a problem out of nested reading, never leaves this module
    def __init__(self, problem: UploadProblem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_upload(text: str) -> Upload | UploadProblem:
    """The events in a text: an object with ``data``, a list of events, or one bare event."""
    try:
        found = _parsed(text)
        code = found.get("test_event_code") if isinstance(found, dict) else ""
        listed = _events_in(found)
    except _Unreadable as error:
        return error.problem
    if not listed:
        return UploadProblem("no-events", "data")
    wrong = next((number for number, item in enumerate(listed, 1) if not isinstance(item, dict)), 0)
    if wrong:
        return UploadProblem("not-an-event", f"data[{wrong - 1}]")
    events = tuple(UploadEvent(number, item) for number, item in enumerate(listed, 1))
    return Upload(events, code if isinstance(code, str) else "")


def _events_in(found: Any) -> list[Any]:
    data = found.get("data", [found] if found else []) if isinstance(found, dict) else found
    if isinstance(data, str):
        data = _parsed(data)
    if isinstance(data, dict):
        data = [data]
    if not isinstance(data, list):
        raise _Unreadable(UploadProblem("not-an-event", "data"))
    return data


def _parsed(text: str) -> Any:
    try:
        return json.loads(text.strip().removeprefix("\ufeff"), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise _Unreadable(UploadProblem("not-json", f"{error.lineno}:{error.colno}")) from error
    except (ValueError, RecursionError) as error:
        raise _Unreadable(UploadProblem("not-json", "1:1")) from error


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def build_test_request(upload: Upload, endpoint: str, dataset_id: str, test_event_code: str) -> HttpProbe:
    """One POST of all events with a test code. ``endpoint`` ends in the API version; the token is a stand-in."""
    payload = {"data": [event.data for event in upload.events], "test_event_code": test_event_code}
    return HttpProbe(
        name="upload",
        method="POST",
        url=f"{endpoint.rstrip('/')}/{quote(dataset_id.strip(), safe='')}/events?access_token={TOKEN}",
        headers=(("Content-Type", "application/json"),),
        body=json.dumps(payload, ensure_ascii=True, separators=(",", ":")),
        effect=Effect.WRITE,
    )


def numbered(numbers: Iterable[int]) -> str:
    """Event numbers in short: ``1-3, 7``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
