"""The way of the click in the ledger: every URL it passed, its click ID and its ad click IDs."""

from collections.abc import Iterator, Mapping

from postback_wizard.domain.case import Case
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.identifiers import AD_CLICK_IDS
from postback_wizard.domain.ledger_places import LOGS, in_answer, in_logs, in_request, logged, upload_event
from postback_wizard.domain.ledger_seen import Seen
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.sought import best, held, last_name
from postback_wizard.domain.template import Value, read_values


def passed_urls(case: Case) -> Mapping[str, tuple[Value, ...]]:
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


def click_id(case: Case, ways: Mapping[str, tuple[Value, ...]]) -> Iterator[Seen]:
    """The click ID from URL to URL, in the logs, the request, the answer and the upload."""
    wanted = case.facts.click_id or next(iter(logged(case, "click_id")), "")
    if not wanted:
        return
    yield from _along(ways, wanted)
    yield from in_logs(case, "click_id", wanted)
    yield from in_request(case, "click_id", wanted)
    yield from in_answer(case, wanted)
    event = upload_event(case)
    value = held(event, wanted, ())
    if value is not None:
        yield Seen("upload_event", value, checked=False)


def _along(ways: Mapping[str, tuple[Value, ...]], wanted: str, names: tuple[str, ...] = ()) -> Iterator[Seen]:
    """Where the value stands from URL to URL, followed by name once it was seen under one."""
    for place, values in ways.items():
        yield Seen(place, held(values, wanted, names))
        names = (*names, *(value.name for value in values if value.name and value.decoded == wanted))


def ad_click_ids(ways: Mapping[str, tuple[Value, ...]]) -> Mapping[str, str]:
    """Every ad click ID on the way, by its parameter, with the value it first had."""
    found: dict[str, str] = {}
    for values in ways.values():
        for value in values:
            if value.name.lower() in AD_CLICK_IDS and value.decoded:
                found.setdefault(value.name, value.decoded)
    return found


def ad_click_id(
    case: Case, ways: Mapping[str, tuple[Value, ...]], name: str, wanted: str, *, alone: bool
) -> Iterator[Seen]:
    """An ad click ID from URL to URL, in the logs, and in the event; ``alone`` when the click has no other."""
    yield from _along(ways, wanted, (name,))
    logs = case.logs()
    for role in LOGS:
        cells = [row.raw.get(name, "") for row in logs.rows(role) if name in row.raw] if logs else []
        if cells:
            yield Seen(role, best(cells, wanted))
    event = upload_event(case)
    if event:
        value = held(event, wanted, (name,))
        if value is None and name == "fbclid":
            value = _in_fbc(event, wanted)
        yield Seen("upload_event", value, checked=alone or value is not None)


def _in_fbc(event: tuple[Value, ...], wanted: str) -> str | None:
    """The fbclid inside fbc, which is ``fb.<n>.<ms>.<fbclid>``; fbc as it stands where it holds something else."""
    fbc = next((value.decoded for value in event if last_name(value.name) == "fbc" and value.decoded), None)
    return wanted if fbc and wanted in fbc.split(".")[3:] else fbc
