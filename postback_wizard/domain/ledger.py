"""One row an identifier, one entry a place it was looked for, and the first place where it was lost or changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from postback_wizard.domain.case import Case
from postback_wizard.domain.identifiers import AD_CLICK_IDS
from postback_wizard.domain.ledger_click import ad_click_id, ad_click_ids, click_id, passed_urls
from postback_wizard.domain.ledger_places import (
    LOGS,
    browser_event,
    in_answer,
    in_logs,
    in_request,
    logged,
    request_values,
    template_params,
    upload_event,
)
from postback_wizard.domain.ledger_seen import Seen
from postback_wizard.domain.ledger_times import TIME_ROWS, at_times, same_instant
from postback_wizard.domain.sought import named, same

__all__ = ["LedgerRow", "Seen", "carrier", "ledger", "unlooked"]

#: Places whose words for a status or a goal are comparable at all.
_WORDY = {"status": ("conversion_log", "partner_log"), "goal": ("conversion_log", "attempt_log")}
#: Values of the conversion itself.
_BOOKED = ("transaction_id", "payout", "currency", "status", "goal")
#: Where a row can be seen, in the order a value passes; an ad click ID is in no postback.
_ON_THE_WAY = ("click_url", "landing")
_REQUEST = ("template", "sent_request", "answer")
_EXPECTED: Mapping[str, tuple[str, ...]] = {
    "click_id": (*_ON_THE_WAY, *LOGS, *_REQUEST, "upload_event"),
    "transaction_id": (*LOGS[1:], *_REQUEST, "upload_event", "browser_event"),
    "payout": (*LOGS[1:], *_REQUEST[:2], "upload_event", "browser_event"),
    "currency": (*LOGS[1:], *_REQUEST[:2], "upload_event", "browser_event"),
    "status": (*LOGS[1:], *_REQUEST[:2]),
    "goal": (*LOGS[1:], *_REQUEST[:2]),
    **TIME_ROWS,
}
_AD_PLACES = (*_ON_THE_WAY, "click_log", "upload_event")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One identifier along the way. ``first_break`` is the place where it first went missing or changed, or empty."""

    name: str
    seen: tuple[Seen, ...]
    first_break: str = ""


def ledger(case: Case) -> tuple[LedgerRow, ...]:
    """The rows of a case that were seen anywhere; places nobody looked at do not appear."""
    ways = passed_urls(case)
    rows = [_row("click_id", click_id(case, ways), case.facts.click_id)]
    ad_ids = ad_click_ids(ways)
    alone = len(ad_ids) == 1
    rows += [_row(name, ad_click_id(case, ways, name, value, alone=alone)) for name, value in ad_ids.items()]
    rows += [_row(name, _booked(case, name)) for name in _BOOKED]
    rows += [_row(name, at_times(case, name)) for name in TIME_ROWS]
    return tuple(row for row in rows if any(seen.value is not None for seen in row.seen))


def unlooked(row: LedgerRow) -> tuple[str, ...]:
    """The places a row's value belongs to and that nobody looked at; they say nothing either way."""
    looked = {seen.place for seen in row.seen}
    expected = _AD_PLACES if row.name.lower() in AD_CLICK_IDS else _EXPECTED.get(row.name, ())
    return tuple(place for place in expected if place not in looked)


def carrier(case: Case, name: str = "click_id") -> str:
    """The parameter under which the live request or the template carries a row's value, empty when unknown."""
    wanted = case.facts.get(name)
    exact = next((value.name for value in request_values(case) if wanted and value.decoded == wanted), "")
    return exact or next(iter(template_params(case, name)), "")


def _row(name: str, seen: Iterable[Seen], known: str = "") -> LedgerRow:
    found = tuple(seen)
    return LedgerRow(name, found, _first_break(name, found, known))


def _first_break(name: str, seen: tuple[Seen, ...], known: str) -> str:
    """A URL before the place where the value was born need not hold it; every other place has to."""
    born, began = known or None, False
    for entry in seen:
        if not entry.checked:
            continue
        if entry.value is None:
            if born is not None and (began or not _on_the_way(entry.place)):
                return entry.place
            continue
        if born is not None and not _same(name, born, entry.value):
            return entry.place
        born, began = entry.value, True
    return ""


def _same(name: str, left: str, right: str) -> bool:
    return same_instant(left, right) if name in TIME_ROWS else same(name, left, right)


def _on_the_way(place: str) -> bool:
    return place in ("click_url", "landing") or place.startswith("hop ")


def _booked(case: Case, name: str) -> Iterator[Seen]:
    wanted = case.facts.get(name) or next(iter(logged(case, name)), "")
    comparable = _WORDY.get(name)
    for seen in (*in_logs(case, name, wanted), *in_request(case, name, wanted)):
        yield Seen(seen.place, seen.value, seen.checked and (comparable is None or seen.place in comparable))
    if comparable is not None:
        return
    if name == "transaction_id" and wanted:
        yield from in_answer(case, wanted)
    for place, values in (("upload_event", upload_event(case)), ("browser_event", browser_event(case))):
        value = named(values, name)
        if value is not None:
            yield Seen(place, value, checked=place == "upload_event")
