"""The marks that stand in a stored case where a secret or a customer's raw data stood."""

import re
from collections.abc import Mapping

from postback_wizard.domain.facts import NAMES, Facts

#: Nothing in it is a macro in any dialect, and no encoding changes it.
MARK = re.compile(r"withheld-([a-z]{1,12})-(\d{1,6})")
_ANY = re.compile(r"withheld-[a-z]{1,12}-\d{1,6}")
_SPACE = re.compile(r"\s+")
_LABEL = re.compile(r"\[([a-z]{1,12}) (\d{1,6})\]")


def marked(text: str, after: int = 0) -> str:
    """A masked text with marks in place of labels; numbers go on ``after`` those in use."""
    return _LABEL.sub(lambda found: f"withheld-{found[1]}-{int(found[2]) + after}", text)


def is_withheld(text: str) -> bool:
    """Whether a value is nothing but a mark."""
    return MARK.fullmatch(text.strip()) is not None


def holds_withheld(text: str) -> bool:
    """Whether a text has a part that was not stored."""
    return "withheld-" in text and MARK.search(text) is not None


def highest_mark(text: str) -> int:
    """The highest number a mark in a text has, 0 where there is none."""
    return max((int(found[2]) for found in MARK.finditer(text)), default=0) if "withheld-" in text else 0


def withheld_facts(facts: Facts) -> tuple[str, ...]:
    """The names of the facts whose secret parts were not stored."""
    return tuple(name for name in NAMES if any(map(holds_withheld, _texts(getattr(facts, name)))))


def hidden_spans(original: str, stored: str) -> tuple[tuple[int, int], ...] | None:
    """Where in a text the parts stand that its stored form has marks for; None when the two cannot be laid together.

    White space may differ: JSON is sometimes written anew.
    """
    at = [place for place, character in enumerate(original) if not character.isspace()]
    bare = "".join(original[place] for place in at)
    chunks = [_SPACE.sub("", chunk) for chunk in _ANY.split(stored)]
    marks, spans, end = _ANY.findall(stored), [], 0
    for number, chunk in enumerate(chunks):
        last = number == len(chunks) - 1
        start = len(bare) - len(chunk) if last and chunk else bare.find(chunk, end) if chunk else end
        start = len(bare) if last and not chunk else start
        if start < end or not bare.startswith(chunk, start) or (number == 0 and start):
            return None
        if number and start > end and bare[end:start] != marks[number - 1]:
            spans.append((at[end], at[start - 1] + 1))
        end = start + len(chunk)
    return tuple(spans)


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        return tuple(map(str, value.values()))
    return value if isinstance(value, tuple) else (str(value),)
