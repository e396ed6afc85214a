"""Several paths in one fact: one a line, or parted by semicolons."""

import re

_BREAK = re.compile(r"[\n\r;]+")


def split_paths(text: str) -> tuple[str, ...]:
    """The paths a text names; a colon parts nothing, because Windows drives have one."""
    return tuple(part for piece in _BREAK.split(text) if (part := piece.strip().strip('"')))


def names_several(text: str) -> bool:
    """Whether a text may name more than one path."""
    return len(split_paths(text)) > 1
