"""Amounts as exported logs write them: with a decimal comma, grouped, or with a currency sign."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

_PLAIN = re.compile(r"-?\d+(\.\d+)?")
_NOISE = re.compile(r"[^0-9.,-]|[.,]+$")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_COMMA = re.compile(r"-?[\d.]*,\d+")


def amount_of(text: str) -> str:
    """The same reading in Python: the amount with a point for decimals; the text itself where it is none."""
    text = text.strip()
    if _PLAIN.fullmatch(text):
        return text
    number = _NOISE.sub("", text)
    if _GROUPED.fullmatch(number):
        number = number.replace(",", "")
    elif _COMMA.fullmatch(number):
        number = number.replace(".", "").replace(",", ".")
    try:
        return f"{Decimal(number):f}"
    except InvalidOperation:
        return text


def with_amount(values: Mapping[str, str]) -> dict[str, str]:
    """The values of a row with the payout as a number; ``payout_written`` is how the log has it, where that differs."""
    written = values.get("payout", "")
    read = amount_of(written)
    return {**values} if read == written else {**values, "payout": read, "payout_written": written}
