"""One row an identifier, one entry a place it was looked for, and the first place where it was lost or changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from postback_wizard.domain.case import Case
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.identifiers import AD_CLICK_IDS
from postback_wizard.domain.probe import HttpEvidence, LogEvidence
from postback_wizard.domain.sought import CALLED, best, held, last_name, named, plain, same
from postback_wizard.domain.template import Value, read_body, read_values, template_values

LOGS = ("click_log", "conversion_log", "attempt_log", "partner_log")
#: Places whose words for a status are comparable at all.
_STATUS_LOGS = ("conversion_log", "partner_log")


@dataclass(frozen=True, slots=True)
class Seen:
    """What one place holds: the value as it stands decoded once, or None where it was looked for in vain.

    An entry that is not ``checked`` is shown and never a break: a template's macro, a status in the partner's words.
    """

    place: str
    value: str | None
    checked: bool = True


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One identifier along the way. ``first_break`` is the place where it first went missing or changed, or empty."""

    name: str
    seen: tuple[Seen, ...]
    first_break: str = ""


def ledger(case: Case) -> tuple[LedgerRow, ...]:
    """The rows of a case that were seen anywhere; places nobody looked at do not appear."""
    ways = _ways(case)
    rows = [_row("click_id", _click_id(case, ways), case.facts.click_id)]
    ad_ids = _ad_click_ids(ways)
    alone = len(ad_ids) == 1
    rows += [_row(name, _ad_click_id(case, ways, name, value, alone=alone)) for name, value in ad_ids.items()]
    rows += [_row(name, _booked(case, name)) for name in ("transaction_id", "payout", "currency", "status")]
    return tuple(row for row in rows if any(seen.value is not None for seen in row.seen))


def carrier(case: Case, name: str = "click_id") -> str:
    """The parameter under which the live request or the template carries a row's value, empty when unknown."""
    wanted = case.facts.get(name)
    exact = next((value.name for value in _sent(case) if wanted and value.decoded == wanted), "")
    return exact or next(iter(_template_params(case, name)), "")


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
        if born is not None and not same(name, born, entry.value):
            return entry.place
        born, began = entry.value, True
    return ""


def _on_the_way(place: str) -> bool:
    return place in ("click_url", "landing") or place.startswith("hop ")


# -- the way of the click ----------------------------------------------------------------------------------------


def _ways(case: Case) -> Mapping[str, tuple[Value, ...]]:
    """Every URL the click passed, by place."""
    clicked = click_url(case.facts)
    urls = {"click_url": clicked} if clicked else {}
    trace = case.trace()
    urls |= {f"hop {hop.hop}": hop.request.url for hop in trace}
    if trace and _landed(trace[-1]):
        urls["landing"] = trace[-1].request.url
    return {place: read_values(url) for place, url in urls.items()}


def _landed(hop: HttpEvidence) -> bool:
    return hop.answer is not None and hop.verdicts.http != "redirect" and not 300 <= hop.answer.status < 400


def _click_id(case: Case, ways: Mapping[str, tuple[Value, ...]]) -> Iterator[Seen]:
    wanted = case.facts.click_id or next(iter(_logged(case, "click_id")), "")
    if not wanted:
        return
    yield from _along(ways, wanted)
    yield from _in_logs(case, "click_id", wanted)
    yield from _in_request(case, "click_id", wanted)
    yield from _in_answer(case, wanted)
    event = _event(case)
    value = held(event, wanted, ())
    if value is not None:
        yield Seen("upload_event", value, checked=False)


def _along(ways: Mapping[str, tuple[Value, ...]], wanted: str, names: tuple[str, ...] = ()) -> Iterator[Seen]:
    """Where the value stands from URL to URL, followed by name once it was seen under one."""
    for place, values in ways.items():
        yield Seen(place, held(values, wanted, names))
        names = (*names, *(value.name for value in values if value.name and value.decoded == wanted))


def _ad_click_ids(ways: Mapping[str, tuple[Value, ...]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for values in ways.values():
        for value in values:
            if value.name.lower() in AD_CLICK_IDS and value.decoded:
                found.setdefault(value.name, value.decoded)
    return found


def _ad_click_id(
    case: Case, ways: Mapping[str, tuple[Value, ...]], name: str, wanted: str, *, alone: bool
) -> Iterator[Seen]:
    yield from _along(ways, wanted, (name,))
    logs = case.logs()
    for role in LOGS:
        cells = [row.raw.get(name, "") for row in logs.rows(role) if name in row.raw] if logs else []
        if cells:
            yield Seen(role, best(cells, wanted))
    event = _event(case)
    if event:
        value = held(event, wanted, (name,))
        if value is None and name == "fbclid":
            value = _in_fbc(event, wanted)
        yield Seen("upload_event", value, checked=alone or value is not None)


def _in_fbc(event: tuple[Value, ...], wanted: str) -> str | None:
    """The fbclid inside fbc, which is ``fb.<n>.<ms>.<fbclid>``; fbc as it stands where it holds something else."""
    fbc = next((value.decoded for value in event if last_name(value.name) == "fbc" and value.decoded), None)
    return wanted if fbc and wanted in fbc.split(".")[3:] else fbc


# -- what the books say ------------------------------------------------------------------------------------------


def _booked(case: Case, name: str) -> Iterator[Seen]:
    wanted = case.facts.get(name) or next(iter(_logged(case, name)), "")
    for seen in _in_logs(case, name, wanted):
        yield Seen(seen.place, seen.value, name != "status" or seen.place in _STATUS_LOGS)
    for seen in _in_request(case, name, wanted):
        yield Seen(seen.place, seen.value, seen.checked and name != "status")
    if name == "transaction_id" and wanted:
        yield from _in_answer(case, wanted)
    value = named(_event(case), name) if name != "status" else None
    if value is not None:
        yield Seen("upload_event", value)


def _logged(case: Case, name: str) -> Iterator[str]:
    logs = case.logs()
    return (row.values[name] for row in logs.rows_of_click if row.values.get(name)) if logs else iter(())


def _in_logs(case: Case, name: str, wanted: str) -> Iterator[Seen]:
    logs = case.logs()
    for role in LOGS[:3] if logs else ():
        yield from _in_log(logs, role, name, wanted)


def _in_log(logs: LogEvidence | None, role: str, name: str, wanted: str) -> Iterator[Seen]:
    """Nothing where the file could not be read or has no such column."""
    source = logs.source(role) if logs else None
    if logs is None or source is None:
        return
    cells = [row.values.get(name, "") for row in logs.rows(role)]
    cells = cells if any(cells) else [cell for row in logs.rows(role) for cell in _urls(row.raw.values(), name)]
    if name in source.columns or any(cells) or (name == "click_id" and not source.columns):
        yield Seen(role, best(cells, wanted))


def _urls(cells: Iterable[str], name: str) -> Iterator[str]:
    """The value as it stands in a URL the log quotes."""
    for cell in cells:
        if cell.startswith(("http://", "https://")):
            yield named(read_values(cell), name) or ""


def _in_request(case: Case, name: str, wanted: str) -> Iterator[Seen]:
    """The template's macro, the live request and the partner's log, in the order a value passes them."""
    params = _template_params(case, name)
    if params:
        yield Seen("template", next(iter(params.values())), checked=False)
    sent = _sent(case)
    if sent:
        is_id = wanted and name in ("click_id", "transaction_id")
        value = held(sent, wanted, tuple(params)) if is_id else None
        value = value if value is not None else named(sent, name, tuple(params))
        yield Seen("sent_request", value, checked=value is not None or name == "click_id" or bool(params))
    yield from _in_log(case.logs(), "partner_log", name, wanted)


def _in_answer(case: Case, wanted: str) -> Iterator[Seen]:
    replayed = case.replayed()
    body = replayed.answer.body if replayed and replayed.answer else case.facts.answer_body
    if wanted and wanted in body:  # an answer that does not repeat an id is no place that lacks it
        yield Seen("answer", wanted, checked=False)


def _sent(case: Case) -> tuple[Value, ...]:
    replayed = case.replayed()
    if replayed is not None:
        return tuple(value for value in read_values(replayed.request.url, replayed.request.body) if value.name)
    return tuple(value for value in read_values(case.facts.sent_request, case.facts.body) if value.name)


def _event(case: Case) -> tuple[Value, ...]:
    uploaded = case.uploaded()
    return read_body(uploaded.request.body if uploaded else case.facts.upload_event)


def _template_params(case: Case, name: str) -> Mapping[str, str]:
    """The template's parameters whose macro, or whose own name, says that they carry this row."""
    found: dict[str, str] = {}
    for value in template_values(case):
        macros = [plain(macro.name) for macro in value.macros()]
        if macros and value.name and {*macros, plain(value.name)} & set(CALLED[name]):
            found[value.name] = value.decoded
    exact = {param: text for param, text in found.items() if plain(param) in CALLED[name]}
    return exact or found
