"""Values at a path in nested JSON: ``a.b``, ``list[].x``, ``list[key=value].x``, ``*`` for every value."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_PART = re.compile(r"([^.\[\]]+)(\[[^\]]*\])?(?:\.|$)")


def dig(node: Any, path: str) -> tuple[Any, ...]:
    """Every value at a path, in order; nothing where the path leads nowhere."""
    found = [node]
    for name, picked in _PART.findall(path):
        found = [item for one in found for item in _step(one, name, picked)]
    return tuple(found)


def _step(node: Any, name: str, picked: str) -> Iterator[Any]:
    if not isinstance(node, Mapping):
        return
    inner = list(node.values()) if name == "*" else [node[name]] if name in node else []
    if not picked:
        yield from inner
        return
    key, _, value = picked[1:-1].partition("=")
    for items in inner:
        for item in items if isinstance(items, list) else ():
            if not key or (isinstance(item, Mapping) and str(item.get(key)) == value):
                yield item


def put(node: dict[str, Any], path: str, value: Any) -> None:
    """Write a value at a dotted path, making tables on the way; ``0`` is the first item of a list."""
    name, _, rest = path.partition(".")
    if not rest:
        node[name] = value
    elif rest.partition(".")[0] == "0":
        items = node.setdefault(name, [{}])
        tail = rest.partition(".")[2]
        put(items[0], tail, value)
    else:
        inner = node.setdefault(name, {})
        put(inner, rest, value)


def is_empty(value: Any) -> bool:
    """Whether a value says nothing: null, or an empty text, list or table."""
    return value is None or value in ("", [], {})
