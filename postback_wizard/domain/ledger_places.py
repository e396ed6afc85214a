"""What one place of the ledger holds of a value: the logs, the template, the live request, the answer, the uploads."""

from collections.abc import Iterable, Iterator, Mapping

from postback_wizard.domain.case import Case
from postback_wizard.domain.ledger_seen import Seen
from postback_wizard.domain.probe import LogEvidence
from postback_wizard.domain.sought import CALLED, best, held, named, plain
from postback_wizard.domain.template import Value, read_body, read_values, template_values

LOGS = ("click_log", "conversion_log", "attempt_log", "partner_log")


def logged(case: Case, name: str) -> Iterator[str]:
    """What the rows of the conversion say under a name."""
    logs = case.logs()
    return (row.values[name] for row in logs.rows_of_click if row.values.get(name)) if logs else iter(())


def in_logs(case: Case, name: str, wanted: str) -> Iterator[Seen]:
    """The logs of the sender's side, in the order a value passes them."""
    logs = case.logs()
    for role in LOGS[:3] if logs else ():
        yield from in_log(logs, role, name, wanted)


def in_log(logs: LogEvidence | None, role: str, name: str, wanted: str) -> Iterator[Seen]:
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


def in_request(case: Case, name: str, wanted: str) -> Iterator[Seen]:
    """The template's macro, the live request and the partner's log, in the order a value passes them."""
    params = template_params(case, name)
    if params:
        yield Seen("template", next(iter(params.values())), checked=False)
    sent = request_values(case)
    if sent:
        is_id = wanted and name in ("click_id", "transaction_id")
        value = held(sent, wanted, tuple(params)) if is_id else None
        value = value if value is not None else named(sent, name, tuple(params))
        yield Seen("sent_request", value, checked=value is not None or name == "click_id" or bool(params))
    yield from in_log(case.logs(), "partner_log", name, wanted)


def in_answer(case: Case, wanted: str) -> Iterator[Seen]:
    """The answer, where it repeats the value."""
    replayed = case.replayed()
    body = replayed.answer.body if replayed and replayed.answer else case.facts.answer_body
    if wanted and wanted in body:  # an answer that does not repeat an id is no place that lacks it
        yield Seen("answer", wanted, checked=False)


def request_values(case: Case) -> tuple[Value, ...]:
    """The named values of the live request, as it was sent again or as the facts hold it."""
    replayed = case.replayed()
    if replayed is not None:
        return tuple(value for value in read_values(replayed.request.url, replayed.request.body) if value.name)
    return tuple(value for value in read_values(case.facts.sent_request, case.facts.body) if value.name)


def upload_event(case: Case) -> tuple[Value, ...]:
    """The values of the event for the ad platform."""
    uploaded = case.uploaded()
    return read_body(uploaded.request.body if uploaded else case.facts.upload_event)


def browser_event(case: Case) -> tuple[Value, ...]:
    """The values of the browser's own event, from its JSON or the URL it asked for."""
    text = case.facts.browser_event
    return read_values(text) if text.startswith(("http://", "https://")) else read_body(text)


def template_params(case: Case, name: str) -> Mapping[str, str]:
    """The template's parameters whose macro, or whose own name, says that they carry this row."""
    found: dict[str, str] = {}
    for value in template_values(case):
        macros = [plain(macro.name) for macro in value.macros()]
        if macros and value.name and {*macros, plain(value.name)} & set(CALLED[name]):
            found[value.name] = value.decoded
    exact = {param: text for param, text in found.items() if plain(param) in CALLED[name]}
    return exact or found
