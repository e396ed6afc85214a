"""Reading JSON without its leniencies: every input ends in a value or in one error that says where."""

import json
import math
from typing import Literal, Never

#: Digits of one number. Longer ones cost quadratic time and name nothing real.
MAX_DIGITS = 300

Reason = Literal["syntax", "duplicate", "nested", "number"]


class JsonError(ValueError):
    """Text that is no strict JSON.

    ``culprit`` is the repeated key or the number; ``line`` and ``column`` count from 1 and are 0 where unknown.
    """

    def __init__(self, reason: Reason, culprit: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.culprit = culprit
        self.line = line
        self.column = column


def parse(text: str) -> object:
    """The value JSON text stands for. Repeated keys, NaN, infinities, huge numbers and deep nesting are refused.

    Raises:
        JsonError: always this one, whatever the text.
    """
    try:
        return json.loads(text, object_pairs_hook=_table, parse_constant=_refuse, parse_float=real, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise JsonError("syntax", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise JsonError("nested") from None


def _table(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise JsonError("duplicate", key)
            seen.add(key)
    return table


class Real(float):
    """A number with a fraction that remembers how it was written: an amount of 12.50 stays 12.50."""

    written: str

    def __new__(cls, written: str) -> "Real":
        """The number a text stands for."""
        number = super().__new__(cls, written)
        number.written = written.replace("_", "").removeprefix("+")
        return number


def _refuse(constant: str) -> Never:
    raise JsonError("number", constant)


def real(text: str) -> Real:
    """A number with a fraction, finite and of at most ``MAX_DIGITS`` characters.

    Raises:
        JsonError: it is neither.
    """
    number = Real(text)
    if len(text) > MAX_DIGITS or not math.isfinite(number):
        raise JsonError("number", text)
    return number


def _integer(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise JsonError("number", text)
    return int(text)
