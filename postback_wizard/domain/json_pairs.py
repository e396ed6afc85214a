"""JSON read with every pair it was written with, changed leaf by leaf, and written again."""

import json
from collections.abc import Callable


class Pairs(list[tuple[str, object]]):
    """A JSON object as written: in order, duplicates included."""


def parse(text: str) -> object:
    """The value of a JSON text.

    Raises:
        ValueError: it is none.
        RecursionError: it is nested too deeply.
    """
    return json.loads(text, object_pairs_hook=Pairs)


def change(value: object, leaf: Callable[[tuple[str, ...], str | float], object], path: tuple[str, ...] = ()) -> object:
    """The value with every text and number replaced by what ``leaf`` makes of it; ``path`` holds the keys above."""
    match value:
        case Pairs():
            return Pairs((key, change(item, leaf, (*path, key))) for key, item in value)
        case list():
            return [change(item, leaf, path) for item in value]
        case bool() | None:
            return value
        case str() | int() | float():
            return leaf(path, value)
    return value


def names(value: object) -> frozenset[str]:
    """Every key at any depth."""
    match value:
        case Pairs():
            own = frozenset(key for key, _ in value)
            return own.union(*(names(item) for _, item in value if isinstance(item, list)))
        case list():
            return frozenset[str]().union(*(names(item) for item in value if isinstance(item, list)))
    return frozenset()


def dump(value: object) -> str:
    """The value as JSON text on one line."""
    match value:
        case Pairs():
            return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {dump(item)}" for key, item in value) + "}"
        case list():
            return "[" + ", ".join(dump(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)
