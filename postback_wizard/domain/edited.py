"""What was changed in a request since it was pasted, part by part."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from postback_wizard.domain.exact import ExactRequest
from postback_wizard.domain.url import compare_params, split_url

Place = Literal["method", "host", "path", "query", "header", "body"]


@dataclass(frozen=True, slots=True)
class Change:
    """One part that differs: before and after as they stand, None where the part is not there."""

    place: Place
    name: str
    before: str | None
    after: str | None


def changes(before: ExactRequest, after: ExactRequest) -> tuple[Change, ...]:
    """Everything that differs between two requests, parameter by parameter; empty when they are the same bytes."""
    old, new = split_url(before.url), split_url(after.url)
    places: tuple[tuple[Place, str, str], ...] = (
        ("method", before.method, after.method),
        ("host", f"{old.scheme}://{old.authority}", f"{new.scheme}://{new.authority}"),
        ("path", old.path, new.path),
    )
    found = [Change(place, "", left, right) for place, left, right in places if left != right]
    found += _fields("query", before.url, after.url)
    found += _headers(before, after)
    if _is_form(before.body) and _is_form(after.body):
        found += _fields("body", f"?{before.body}", f"?{after.body}")
    elif before.body != after.body:
        found.append(Change("body", "", before.body or None, after.body or None))
    return tuple(found)


def _fields(place: Place, before: str, after: str) -> Iterator[Change]:
    for item in compare_params(split_url(before), split_url(after)):
        match item.how:
            case "kept":
                continue
            case "renamed":
                yield Change(place, item.name, item.before, None)
                yield Change(place, item.after, None, item.before)
            case how:
                left, right = (None if how == "added" else item.before), (None if how == "lost" else item.after)
                yield Change(place, item.name, left, right)


def _headers(before: ExactRequest, after: ExactRequest) -> Iterator[Change]:
    for name in dict.fromkeys(name.lower() for name, _ in (*before.headers, *after.headers)):
        left = [value for key, value in before.headers if key.lower() == name]
        right = [value for key, value in after.headers if key.lower() == name]
        if left != right:
            yield Change("header", name, ", ".join(left) if left else None, ", ".join(right) if right else None)


def _is_form(body: str) -> bool:
    return "=" in body and body[0] not in "{[<" and not any(mark in body for mark in "\n ")


def is_another(before: str, after: str) -> bool:
    """Whether a text is another paste and not an edit: less than half of it stood there before."""
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    return 2 * (head + tail) < min(len(before), len(after)) or not before


def _shared(left: str, right: str) -> int:
    """How many characters two texts begin with together."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(left), len(right)))
