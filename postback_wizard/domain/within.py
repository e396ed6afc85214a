"""Reaching into a pasted body of JSON by places such as ``user.userIds[idType=SHA256_EMAIL].idValue``. Never raises."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_PART = re.compile(r"([^\[\].]+)(\[(?:([^=\]]+)=([^\]]*))?\])?")


def body_of(text: str) -> Any:
    """The JSON a text holds, None when it holds none."""
    try:
        return json.loads(text.strip().removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None


def events_in(body: Any, places: tuple[str, ...]) -> tuple[Mapping[str, Any], ...]:
    """The events of a body: what stands at the first place that is there, a bare list, or the body itself."""
    found = body
    if isinstance(body, Mapping):
        found = next((item for place in places if (item := _reach(body, place)) is not None), body)
    if isinstance(found, str):
        found = body_of(found)
    listed = found if isinstance(found, list) else [found]
    return tuple(item for item in listed if isinstance(item, Mapping))


def _reach(node: Any, place: str) -> Any:
    for name in place.split("."):
        node = node.get(name) if isinstance(node, Mapping) else None
    return node


def texts_at(node: Any, place: str) -> tuple[str, ...]:
    """The texts and numbers at a place, lists on the way and at its end walked through. Blank ones are left out.

    ``name[]`` says aloud that there is a list; ``name[key=value]`` takes only those items.
    """
    found = [node]
    for match in _PART.finditer(place):
        found = [item for parent in found for item in _into(parent, match)]
    texts = (item for top in found for item in (top if isinstance(top, list) else [top]))
    return tuple(str(item) for item in texts if _said(item))


def _into(parent: Any, match: re.Match[str]) -> Iterator[Any]:
    for holder in parent if isinstance(parent, list) else [parent]:
        item = holder.get(match[1]) if isinstance(holder, Mapping) else None
        if match[3] is None:
            yield item
        else:
            yield from (one for one in (item if isinstance(item, list) else [item]) if _is(one, match[3], match[4]))


def _is(item: Any, key: str, value: str) -> bool:
    return isinstance(item, Mapping) and item.get(key) == value


def _said(item: Any) -> bool:
    return isinstance(item, str | int | float) and not isinstance(item, bool) and bool(str(item).strip())


def found_by_name(body: Any, names: tuple[str, ...], depth: int = 4) -> str:
    """The first text or number under one of these names, nearest to the top first; "" for none."""
    level: list[Any] = [body]
    for _ in range(depth):
        for name in names:
            for holder in level:
                item = holder.get(name) if isinstance(holder, Mapping) else None
                if _said(item):
                    return str(item)
        level = [item for holder in level for item in _children(holder)]
    return ""


def _children(holder: Any) -> Iterator[Any]:
    if isinstance(holder, Mapping):
        yield from holder.values()
    elif isinstance(holder, list):
        yield from holder[:50]
