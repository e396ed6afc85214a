"""Finding an identifier among the values of a request: by itself, distorted, or by the name it goes under."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from postback_wizard.domain.identifiers import CLICK_NAMES, SHORTEST, SUB_NAMES
from postback_wizard.domain.template import Value
from postback_wizard.domain.url import decode_levels

#: Names that mean the click on one platform and the conversion on another.
_AMBIGUOUS = ("transaction_id", "tid")
#: What parameters and macros that carry a row's value are usually called; the first in the list wins.
CALLED: Mapping[str, tuple[str, ...]] = {
    "click_id": tuple(re.sub(r"[^a-z0-9]", "", name) for name in (*CLICK_NAMES, *SUB_NAMES) if name not in _AMBIGUOUS),
    "transaction_id": ("transactionid", "txid", "txnid", "txn", "conversionid", "orderid", "leadid", "eventid"),
    "payout": ("payout", "sum", "revenue", "amount", "commission", "price", "value", "profit"),
    "currency": ("currency", "currencycode", "cur"),
    "status": ("status", "conversionstatus", "leadstatus", "state"),
    "goal": ("goal", "goalid", "goalname", "goalalias", "event", "eventname", "eventtype"),
}


def same(name: str, left: str, right: str) -> bool:
    """Whether two values of a row are equal: amounts as numbers, everything else letter for letter."""
    if name == "payout":
        one, other = _amount(left), _amount(right)
        return one == other if one is not None and other is not None else left == right
    return left == right


def held(values: Iterable[Value], wanted: str, names: tuple[str, ...]) -> str | None:
    """The wanted value, a distorted form of it, what stands under its names instead, or None."""
    found = tuple(values)
    if any(_carries(value, wanted) for value in found):
        return wanted
    for value in found:
        if any(form.casefold() == wanted.casefold() for form in decode_levels(value.text)):
            return value.decoded
    under = (value.decoded for value in found if value.name and last_name(value.name) in names)
    return next((text for text in under if text), None)


def _carries(value: Value, wanted: str) -> bool:
    if value.decoded == wanted:
        return True
    return len(wanted) >= SHORTEST and bool(
        re.search(rf"(?<![A-Za-z0-9]){re.escape(wanted)}(?![A-Za-z0-9])", value.decoded)
    )


def named(values: Iterable[Value], name: str, params: tuple[str, ...] = ()) -> str | None:
    """What stands under the given parameters, or else under a name the row usually goes by."""
    found = {plain(last_name(value.name)): value.decoded for value in reversed(tuple(values)) if value.name}
    return next((found[key] for key in (*map(plain, params), *CALLED[name]) if found.get(key)), None)


def best(cells: Iterable[str], wanted: str) -> str | None:
    """The wanted cell among several rows, else the first that is filled."""
    found = [cell for cell in cells if cell]
    return wanted if wanted in found else next(iter(found), None)


def last_name(name: str) -> str:
    """``data[0].user_data.fbc`` ends in ``fbc``."""
    return name.rpartition(".")[2].partition("[")[0] or name


def plain(name: str) -> str:
    """A name without case and punctuation: ``Click_ID`` is ``clickid``."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _amount(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
