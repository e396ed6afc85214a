"""Which column holds what, told by its cells where no header tells it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from postback_wizard.effects.log_times import iso

#: Cells without which a column says nothing, and the share of cells that has to fit.
FEWEST, SHARE = 3, 0.8
_ID = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9_\-.]{7,127}")
_AMOUNT = re.compile(r"[-+]?(?:[$€£₽₴]\s?)?\d{1,3}(?:[ \u00a0\u202f,.]?\d{3})*(?:[.,]\d{1,4})(?:\s?[$€£₽₴])?")
_EMAIL_OR_IP = re.compile(r"@|^\d{1,3}(?:\.\d{1,3}){3}$|^[0-9a-f:]{3,}:[0-9a-f:]+$", re.IGNORECASE)
_CURRENCIES = re.compile(
    "USD|EUR|GBP|RUB|UAH|KZT|BYN|PLN|CZK|TRY|INR|BRL|MXN|CAD|AUD|NZD|CHF|JPY|CNY|KRW|THB|VND|IDR|PHP|MYR|SGD|HKD"
    "|ZAR|NGN|KES|EGP|AED|SAR|ILS|SEK|NOK|DKK|HUF|RON|BGN|GEL|AMD|AZN|UZS|ARS|CLP|COP|PEN|USDT|BTC",
    re.IGNORECASE,
)
_STATUSES = re.compile(
    "pending|approved|rejected|declined|confirmed|hold|paid|cancell?ed|trash|lead|sale|registration|deposit|accepted|new"
    "|active|success|failed|refunded|chargeback"
    "|одобрена?|откл[оё]нена?|ожидает|в работе|принята?|нов(?:ый|ая)|оплачена?|отмен[её]на?|холд|подтвержд[её]на?",
    re.IGNORECASE,
)


def guess(
    headers: Sequence[str], cells: Sequence[Sequence[str]], known: Mapping[str, list[int]], ids: Set[str]
) -> dict[str, list[int]]:
    """Our names that no header gave away, and the one column whose cells fit; ``ids`` are those of other files.

    A column that is spoken for is not asked again. Click IDs are told by overlap with the other files first, then by
    shape, and by shape only where a single column has it.
    """
    free = [at for at in range(len(headers)) if not any(at in places for places in known.values())]
    filled = {at: [cell for cell in cells[at] if cell.strip()] for at in free if at < len(cells)}
    found: dict[str, list[int]] = {}
    for name, at in _guesses(filled, known, ids):
        if not any(at in places for places in found.values()) and name not in found:
            found[name] = [at]
    return found


def _guesses(
    filled: Mapping[int, list[str]], known: Mapping[str, list[int]], ids: Set[str]
) -> Iterator[tuple[str, int]]:
    if "click_id" not in known and "url" not in known:
        yield from (("click_id", at) for at in _overlapping(filled, ids) or _alone(filled, _are_ids))
    for name, fits in _TESTS.items():
        if name not in known:
            yield from ((name, at) for at in _alone(filled, fits))


def _overlapping(filled: Mapping[int, list[str]], ids: Set[str]) -> list[int]:
    """The column that shares the most values with the other files' IDs."""
    shared = {at: len(ids & {cell.strip() for cell in cells}) for at, cells in filled.items()}
    best = max(shared, key=lambda at: shared[at], default=None)
    return [best] if best is not None and shared[best] else []


def _alone(filled: Mapping[int, list[str]], fits: Callable[[Sequence[str]], bool]) -> list[int]:
    """The column that fits, where no second one does."""
    fitting = [at for at, cells in filled.items() if len(cells) >= FEWEST and fits(cells)]
    return fitting if len(fitting) == 1 else []


def _are_ids(cells: Sequence[str]) -> bool:
    shaped = [cell for cell in cells if _ID.fullmatch(cell.strip()) and not _EMAIL_OR_IP.search(cell) and not iso(cell)]
    return _most(shaped, cells) and len(set(cells)) * 2 > len(cells) and not _are_amounts(cells)


def _are_times(cells: Sequence[str]) -> bool:
    return _most([cell for cell in cells if iso(cell)], cells)


def _are_amounts(cells: Sequence[str]) -> bool:
    return _most([cell for cell in cells if _AMOUNT.fullmatch(cell.strip())], cells)


def _are_currencies(cells: Sequence[str]) -> bool:
    return _most([cell for cell in cells if _CURRENCIES.fullmatch(cell.strip())], cells)


def _are_statuses(cells: Sequence[str]) -> bool:
    return _most([cell for cell in cells if _STATUSES.fullmatch(cell.strip())], cells)


def _most(some: Sequence[str], of: Sequence[str]) -> bool:
    return len(some) >= len(of) * SHARE


_TESTS: Mapping[str, Callable[[Sequence[str]], bool]] = {
    "time": _are_times,
    "currency": _are_currencies,
    "status": _are_statuses,
    "payout": _are_amounts,
}
