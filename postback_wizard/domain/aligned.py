"""A template and a live request laid side by side, parameter by parameter, whatever their order and case."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from postback_wizard.domain.case import Case
from postback_wizard.domain.macros import is_placeholder
from postback_wizard.domain.template import (
    Pair,
    Value,
    fact_of,
    known_value,
    meaning_of,
    sent_values,
    template_values,
)

How = Literal["kept", "filled", "empty", "literal", "changed", "renamed", "missing", "extra", "swapped"]


@dataclass(frozen=True, slots=True)
class Aligned:
    """One parameter of either side and what became of it.

    ``other`` is the parameter whose value stands here when two were ``swapped``.
    """

    how: How
    template: Value | None
    sent: Value | None
    other: str = ""

    @property
    def name(self) -> str:
        """What to call it: the template's name, else the request's."""
        value = self.template or self.sent
        return value.param if value else ""


def aligned(case: Case) -> tuple[Aligned, ...]:
    """Every query and body parameter of a case's template and live request, in the template's order."""
    left = [value for value in template_values(case) if _counts(value)]
    right = [value for value in sent_values(case) if _counts(value)]
    return tuple(_swaps(case, align(left, right, _expected(case, left))))


def align(left: Sequence[Value], right: Sequence[Value], expected: Mapping[int, str]) -> tuple[Aligned, ...]:
    """Both sides matched by name, then by name but for case and separators, then by value, last by what they mean.

    ``expected`` holds the known value of a template's parameter by its place in ``left``.
    """
    free = list(right)
    twins: dict[int, Value] = {}
    for match in (_same_name, _spelt_otherwise, _same_value, _same_meaning):
        for index, value in enumerate(left):
            if index not in twins:
                twin = next((item for item in free if match(value, item, expected.get(index, ""))), None)
                if twin is not None:
                    free = [item for item in free if item is not twin]
                    twins[index] = twin
    pairs = [Aligned(_how(value, twins.get(index)), value, twins.get(index)) for index, value in enumerate(left)]
    return (*pairs, *(Aligned("extra", None, value) for value in free))


def squashed(name: str) -> str:
    """A name without case, hyphens and underscores."""
    return re.sub(r"[_\-\s]", "", name).casefold()


def could_be(template: Value, sent: str) -> bool:
    """Whether a decoded text is the template's value with its macros replaced by something."""
    macros = template.macros()
    if not macros:
        return template.decoded == sent
    pattern, done = "", 0
    for macro in macros:
        pattern += re.escape(template.text[done : macro.start]) + "(?s:.*)"
        done = macro.end
    return re.fullmatch(pattern + re.escape(template.text[done:]), sent) is not None


def _counts(value: Value) -> bool:
    return value.place in ("query", "body") and bool(value.name or value.text)


def _expected(case: Case, left: Sequence[Value]) -> dict[int, str]:
    return {index: known_value(case, Pair(value, value.macros(), None)) for index, value in enumerate(left)}


def _same_name(left: Value, right: Value, _: str) -> bool:
    return (left.place, left.name) == (right.place, right.name)


def _spelt_otherwise(left: Value, right: Value, _: str) -> bool:
    return left.place == right.place and squashed(left.name) == squashed(right.name)


def _same_value(left: Value, right: Value, expected: str) -> bool:
    if left.macros():
        return bool(expected) and right.decoded == expected
    return len(left.text) > 1 and left.decoded == right.decoded and not left.decoded.isdigit()


def _same_meaning(left: Value, right: Value, _: str) -> bool:
    meaning = fact_of(Pair(left, left.macros(), None)) if left.macros() else ""
    return bool(meaning) and left.place == right.place and meaning_of(right.name) == meaning


def _how(left: Value, right: Value | None) -> How:
    if right is None:
        return "missing"
    if left.name != right.name:
        return "renamed"
    macros = left.macros()
    if right.macros():
        return "literal"
    if not macros:
        return "kept" if left.decoded == right.decoded or is_placeholder(left.decoded, left.name) else "changed"
    if not right.text:
        return "empty"
    return "filled" if could_be(left, right.decoded) or left.text == right.text else "changed"


def _swaps(case: Case, found: Sequence[Aligned]) -> Iterator[Aligned]:
    """A parameter that carries what is known to be another's value is told with that other's name."""
    values = {
        item.template.param: known
        for item in found
        if item.template and (known := known_value(case, Pair(item.template, item.template.macros(), None)))
    }
    for item in found:
        own = values.get(item.name, "")
        got = item.sent.decoded if item.sent else ""
        other = next((name for name, known in values.items() if name != item.name and known == got), "")
        swapped = item.how == "filled" and bool(own) and got != own and other and len(got) > 1
        yield Aligned("swapped", item.template, item.sent, other) if swapped else item
