"""What of a case may reach a disk: tokens and a customer's raw data are marked by place, everything else stays."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from postback_wizard.checks.addressed import addressed
from postback_wizard.checks.upload import lint_of, seen_click_ids
from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Finding
from postback_wizard.domain.private_names import Kind, kind_of
from postback_wizard.domain.probe import (
    Answer,
    Evidence,
    HarEvidence,
    Headers,
    HttpEvidence,
    HttpProbe,
    LogEvidence,
    SentRequest,
)
from postback_wizard.domain.withheld import highest_mark, marked
from postback_wizard.domain.within import texts_at
from postback_wizard.steps.open_places import OPEN, OpenPlaces, identifiers_of, open_hop, open_logs, open_recording
from postback_wizard.steps.withholder import OWN, Withholder

#: Facts a person pastes, that may hold what nobody should keep.
PASTED = (
    *("upload_event", "browser_event", "sent_request", "body", "answer_body", "partner_message"),
    *("template", "previous_template"),
)
TABLED = ("headers", "macro_values")
_BODIES = ("upload_event", "browser_event", "body", "answer_body")
#: Steps whose requests are built from those facts.
_STEPS = ("replay", "upload")


def withhold(case: Case) -> Case:
    """The case as it is stored: with marks where tokens and raw customer data stood. The same marks for the same."""
    if not any(_parts(case)):
        return case
    walk = _Walk(_withholder(case), highest_mark(repr((case.facts, case.records, case.sent, case.kept, case.rounds))))
    walk.case(case)
    return walk.case(case)


def withheld_text(case: Case, name: str) -> str:
    """One pasted fact of a case as it would be stored."""
    text = case.facts.get(name)
    return _Walk(_withholder(case), highest_mark(text)).fact(name, text) if text else text


def _parts(case: Case) -> Iterator[bool]:
    """Whether there is anything a person pasted or a request that was built from it."""
    yield case.facts.known(*PASTED, *TABLED, *OPEN, "customer")
    yield bool(case.sent or case.kept or case.caught or case.rounds)
    yield from (record.saw.known(*PASTED, *TABLED, *OPEN) or bool(record.evidence) for record in case.done())


def withheld_url(url: str) -> str:
    """A URL as it may be written down, whatever case it belongs to."""
    return marked(Withholder(()).mask_url(url))


def _withholder(case: Case) -> Withholder:
    return Withholder(_kept(case), _customer_data(case))


def _kept(case: Case) -> Iterator[str]:
    """What names a click, a conversion or an account stays, whatever it is called."""
    facts = case.facts
    yield from (facts.click_id, facts.transaction_id, facts.goal, facts.dataset_id, facts.test_event_code)
    yield from identifiers_of(case)
    found = lint_of(case) if facts.upload_event else None
    params = {click.param for click in found.rules.clicks} if found else set()
    yield from (value for name, value in seen_click_ids(case).items() if name in params)
    for event in found.events if found else ():
        paths = (*(item.field for item in found.rules.clicks), *found.rules.keys) if found else ()
        yield from (text for path in paths for text in event.texts(path))


def _customer_data(case: Case) -> Iterator[tuple[Kind, str]]:
    """Raw data in the places the platform documents for it, and what was typed for comparison."""
    for name, value in case.facts.customer.items():
        yield kind_of(name) or "personal", value
    found = lint_of(case) if case.facts.upload_event else None
    spoken = addressed(case) if found is None else None
    api = found.api if found else spoken.api if spoken else None
    events = [event.data for event in found.events] if found else list(spoken.events) if spoken else []
    for rule in api.hashing.keys if api and api.hashing else ():
        if rule.kind in OWN:
            kind: Kind = "email" if rule.kind == "email" else "phone" if rule.kind == "phone" else "personal"
            yield from ((kind, text) for event in events for text in texts_at(event, rule.at))


class _Walk:
    """The texts of a case that may hold a secret by their place, the others by what is known from there."""

    def __init__(self, redactor: Withholder, after: int) -> None:
        self._redactor = redactor
        self._after = after
        self._open = OpenPlaces(redactor, self._out)
        self._done: dict[tuple[str, str], str] = {}

    def case(self, case: Case) -> Case:
        self._done.clear()
        return replace(
            case,
            facts=self.facts(case.facts),
            records=self._records(case.records),
            sent=tuple(self._http(item) for item in case.sent),
            kept=tuple((name, self.fact(name, text)) for name, text in case.kept),
            caught=tuple(map(self._caught, case.caught)),
            rounds=tuple(replace(item, records=self._records(item.records)) for item in case.rounds),
        )

    def _records(self, records: Mapping[str, StepRecord]) -> Mapping[str, StepRecord]:
        return {step: self.record(record) for step, record in records.items()}

    def facts(self, facts: Facts) -> Facts:
        texts = {name: self.fact(name, facts.get(name)) for name in (*PASTED, *OPEN) if facts.get(name)}
        tables = {name: self._table(getattr(facts, name)) for name in TABLED if getattr(facts, name)}
        return facts.with_values({**texts, **tables})

    def fact(self, name: str, text: str) -> str:
        if name in _BODIES:
            return self._body(text)
        if name in OPEN:
            return self._open.url(text)
        if any(map(str.isspace, text)):
            return self._out(self._redactor.mask_text(text))
        return self._url(text)

    def _body(self, text: str) -> str:
        """A body stands in a case many times: pasted, as each step saw it, and as it was sent."""
        if ("body", text) not in self._done:
            self._done["body", text] = self._out(self._redactor.mask_body(text))
        return self._done["body", text]

    def _url(self, url: str) -> str:
        return self._out(self._redactor.mask_url(url))

    def record(self, record: StepRecord) -> StepRecord:
        return replace(
            record,
            saw=self.facts(record.saw),
            evidence=tuple(self.evidence(item, by_place=record.step in _STEPS) for item in record.evidence),
            findings=tuple(map(self._finding, record.findings)),
        )

    def _finding(self, item: Finding) -> Finding:
        values = {name: self._known(value) for name, value in item.values.items()}
        return replace(item, values=values, where=self._known(item.where))

    def evidence(self, item: Evidence, *, by_place: bool) -> Evidence:
        match item:
            case HttpEvidence():
                return self._http(item) if by_place else open_hop(item, self._open)
            case HarEvidence():
                return open_recording(item, self._open)
            case LogEvidence():
                return open_logs(item, self._open)
            case _:
                return item

    def _http(self, item: HttpEvidence) -> HttpEvidence:
        answer = self._answer(item.answer) if item.answer else None
        return replace(item, request=self.request(item.request), answer=answer, detail=self._known(item.detail))

    def _caught(self, item: HttpEvidence) -> HttpEvidence:
        """Raw bytes in base64 would show what was marked in the text."""
        found = self._http(item)
        return found if found.request == item.request else replace(found, detail="")

    def request(self, request: SentRequest) -> SentRequest:
        return replace(
            request,
            url=self._url(request.url),
            target=self._url(request.target),
            headers=self._headers(request.headers),
            body=self._body(request.body),
        )

    def _answer(self, answer: Answer) -> Answer:
        return replace(answer, headers=self._headers(answer.headers), body=self._body(answer.body))

    def _headers(self, headers: Headers) -> Headers:
        return self._pairs(self._redactor.mask_headers(headers))

    def _pairs(self, pairs: Iterable[tuple[str, str]]) -> Headers:
        return tuple((name, self._out(value)) for name, value in pairs)

    def _table(self, table: Mapping[str, str]) -> Mapping[str, str]:
        texts = ((name, value) for name, value in table.items() if isinstance(value, str))
        return {**table, **dict(self._pairs(self._redactor.mask_headers(texts)))}

    def _known(self, text: str) -> str:
        return self._out(self._redactor.mask_known(text))

    def _out(self, text: str) -> str:
        return marked(self._redactor.rest(text), self._after)


def withheld_evidence(case: Case, heard: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Requests and answers of a case as they may be shown."""
    items = tuple(heard)
    if not any(isinstance(item, HttpEvidence) for item in items):
        return items
    walk = _Walk(_withholder(case), highest_mark(case.facts.upload_event))
    walk.facts(case.facts)
    return tuple(walk.evidence(item, by_place=True) for item in items)


def withheld_probe(case: Case, probe: HttpProbe) -> HttpProbe:
    """A request of a case as it may be shown; what is sent is the other one."""
    walk = _Walk(_withholder(case), highest_mark(case.facts.upload_event))
    walk.facts(case.facts)
    shown = walk.request(SentRequest(probe.method, probe.url, probe.url, probe.headers, probe.body))
    return replace(probe, url=shown.url, headers=shown.headers, body=shown.body)
