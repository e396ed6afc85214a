"""A whole case masked: every text in it by the rules of its place, read twice so that no order hides a secret."""

import binascii
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePath

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.closing import Conclusion
from postback_wizard.domain.exact import ExactRequest
from postback_wizard.domain.facts import CHOICES, MEMORY_ONLY, NAMES, PATHS, Facts
from postback_wizard.domain.finding import Finding
from postback_wizard.domain.identifiers import AD_CLICK_IDS
from postback_wizard.domain.paths import split_paths
from postback_wizard.domain.private_names import kind_of
from postback_wizard.domain.probe import (
    Answer,
    DnsEvidence,
    Evidence,
    HarEvidence,
    Headers,
    HttpEvidence,
    LogEvidence,
    RecordedPage,
    SentRequest,
    SignEvidence,
    TlsEvidence,
)
from postback_wizard.domain.reconciliation import Reconciliation, SampleRow
from postback_wizard.domain.redact import Redactor
from postback_wizard.domain.request import read_request
from postback_wizard.domain.url import split_url

_URLS = ("click_url", "offer_url", "template", "previous_template", "proxy")
_BODIES = ("body", "answer_body", "upload_event", "browser_event")
_IDS = ("source", "tracker", "network", "ad_platform", "sender", "receiver", "click_id", "transaction_id")
_OPEN = (*PATHS, *CHOICES, *_IDS)


def mask_case(case: Case, secrets: Sequence[str] = (), *, masked: bool = True) -> tuple[Case, Redactor]:
    """The case as others may read it, without customer data, and the redactor that knows what was masked.

    With ``masked`` false only the secrets given and the customer data are taken out.
    """
    redactor = Redactor(secrets, _readable(case), only_known=not masked)
    for name, value in case.facts.customer.items():
        if len(value) > 3:
            redactor.learn(value, kind_of(name) or "personal")
    for login in _logins(case.facts) if masked else ():
        redactor.learn(login, "secret")
    walk = _Walk(redactor)
    walk.case(case)
    redactor.forget_counts()
    return walk.case(case), redactor


def mask_request(
    case: Case, request: SentRequest, secrets: Sequence[str] = (), *, masked: bool = True
) -> tuple[SentRequest, tuple[str, ...]]:
    """One request of a case as others may read it, and the values that were masked."""
    _, redactor = mask_case(case, secrets, masked=masked)
    walk = _Walk(redactor)
    walk.request(request, "replay")
    return walk.request(request, "replay"), redactor.known()


def without_folders(case: Case) -> Case:
    """The case with file names where findings and facts name whole paths: folders are nobody else's business."""
    paths = [path for name in PATHS if (path := case.facts.get(name))]
    paths += [part for path in paths for part in split_paths(path)]
    short = {path: "; ".join(_file_name(part) for part in split_paths(path)) for path in paths}

    def shorten(text: str) -> str:
        for path in sorted(short, key=len, reverse=True):
            text = text.replace(path, short[path])
        return text

    def finding(item: Finding) -> Finding:
        return replace(item, values={name: shorten(value) for name, value in item.values.items()})

    def facts(known: Facts) -> Facts:
        return known.with_values({name: shorten(known.get(name)) for name in PATHS})

    records = {
        step: replace(
            record,
            saw=facts(record.saw),
            findings=tuple(finding(item) for item in record.findings),
            evidence=tuple(_unfoldered(item) for item in record.evidence),
        )
        for step, record in case.records.items()
    }
    return replace(case, facts=facts(case.facts), records=records)


def _unfoldered(item: Evidence) -> Evidence:
    match item:
        case LogEvidence():
            return replace(item, files=tuple(replace(file, path=_file_name(file.path)) for file in item.files))
        case HarEvidence():
            return replace(item, path=_file_name(item.path))
    return item


def _file_name(path: str) -> str:
    return PurePath(path.replace("\\", "/")).name


def _readable(case: Case) -> Iterator[str]:
    """What a partner needs to see and nobody can be harmed by: IDs of click and conversion, addresses of hosts."""
    facts = case.facts
    yield from (facts.click_id, facts.transaction_id, *facts.allow)
    urls = [click_url(facts), facts.offer_url, facts.template]
    for record in case.done():
        for evidence in record.evidence:
            match evidence:
                case HttpEvidence():
                    urls.append(evidence.request.url)
                    yield evidence.peer.rpartition(":")[0].strip("[]")
                case HarEvidence():
                    urls += [hop.request.url for hop in evidence.hops]
                case DnsEvidence():
                    yield from evidence.addresses
                case LogEvidence():
                    for values in _values_of(evidence):
                        yield from (values.get("click_id", ""), values.get("transaction_id", ""))
    for url in map(split_url, urls):
        yield url.host.strip("[]")
        yield from (param.text for param in url.params() if param.name.lower() in AD_CLICK_IDS)


def _values_of(logs: LogEvidence) -> Iterator[Mapping[str, str]]:
    yield from (row.values for row in logs.rows_of_click)
    for item in logs.reconciliation.samples if logs.reconciliation else ():
        yield from (row.values for row in (item.tracker, item.partner) if row)


def _logins(facts: Facts) -> Iterator[str]:
    """Passwords that a pasted command hands over in its own quoting."""
    request = read_request(facts.sent_request, facts.template)
    login = request.header("Authorization") if isinstance(request, ExactRequest) else None
    if login and login.startswith("Basic "):
        with suppress(binascii.Error, ValueError):
            password = b64decode(login[6:]).decode("utf-8", "replace").partition(":")[2]
            yield from (password,) if len(password) > 2 else ()


class _Walk:
    """Every text of a case, each by the method that fits its place."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        #: What was sent stands in a record as well; a large answer is masked once.
        self._exchanges: dict[HttpEvidence, HttpEvidence] = {}

    def case(self, case: Case) -> Case:
        self._exchanges.clear()
        return replace(
            case,
            facts=self._facts(case.facts),
            records={step: self._record(record) for step, record in case.records.items()},
            sent=tuple(self._http(item) for item in case.sent),
            kept=tuple((name, str(self._fact(name, text))) for name, text in case.kept),
            rounds=tuple(
                replace(
                    item,
                    records={step: self._record(record) for step, record in item.records.items()},
                    conclusion=self._conclusion(item.conclusion),
                )
                for item in case.rounds
            ),
            conclusion=self._conclusion(case.conclusion),
            # raw bytes in base64 cannot be masked; the text says all that is readable
            caught=tuple(self._http(replace(item, detail="")) for item in case.caught),
        )

    def _conclusion(self, ended: Conclusion | None) -> Conclusion | None:
        if ended is None:
            return None
        said = {
            name: self._redactor.mask_text(getattr(ended, name), name) for name in ("cause", "fix", "who", "verified")
        }
        return replace(ended, **said)

    def _facts(self, facts: Facts) -> Facts:
        known = {name: self._fact(name, getattr(facts, name)) for name in NAMES if name not in MEMORY_ONLY}
        return Facts().with_values(known)

    def _fact(self, name: str, value: object) -> object:
        if isinstance(value, tuple):
            return self._open(value, name)
        if isinstance(value, Mapping):
            return value if name == "columns" else self._table(value, name)
        text = str(value)
        if name in _OPEN:
            return self._redactor.mask_known(text, name)
        if name in _BODIES:
            return self._redactor.mask_body(text, name)
        if name in _URLS and not any(character.isspace() for character in text):
            return self._redactor.mask_url(text, name)
        return self._redactor.mask_text(text, name)

    def _open(self, texts: Iterable[str], where: str) -> tuple[str, ...]:
        return tuple(self._redactor.mask_known(text, where) for text in texts)

    def _table(self, table: Mapping[str, str], where: str) -> Mapping[str, str]:
        return dict(self._redactor.mask_table(table.items(), where))

    def _record(self, record: StepRecord) -> StepRecord:
        return replace(
            record,
            saw=self._facts(record.saw),
            evidence=tuple(self._evidence(item) for item in record.evidence),
            findings=tuple(self._finding(item) for item in record.findings),
        )

    def _finding(self, finding: Finding) -> Finding:
        place = finding.where.partition(":")[0]
        values = {name: self._redactor.mask_text(value, place) for name, value in finding.values.items()}
        return replace(finding, values=values, where=self._redactor.mask_known(finding.where, place))

    def _evidence(self, evidence: Evidence) -> Evidence:
        name = evidence.name
        detail = self._redactor.mask_text(evidence.detail, name)
        outcome = self._open(evidence.outcome, name)
        match evidence:
            case HttpEvidence():
                return self._http(evidence)
            case HarEvidence():
                hops = tuple(self._http(hop) for hop in evidence.hops)
                start = self._redactor.mask_url(evidence.start, name)
                pages = tuple(self._page(page, name) for page in evidence.pages)
                return replace(evidence, detail=detail, outcome=outcome, hops=hops, start=start, pages=pages)
            case LogEvidence():
                return self._logs(replace(evidence, detail=detail, outcome=outcome))
            case DnsEvidence():
                host, addresses = self._open((evidence.host,), name)[0], self._open(evidence.addresses, name)
                return replace(evidence, detail=detail, outcome=outcome, host=host, addresses=addresses)
            case SignEvidence():
                recipe = self._redactor.mask_text(evidence.recipe, name)
                return replace(evidence, detail=detail, outcome=outcome, recipe=recipe)
            case TlsEvidence():
                host, issuer = self._open((evidence.host, evidence.issuer), name)
                return replace(evidence, detail=detail, outcome=outcome, host=host, issuer=issuer)

    def _page(self, page: RecordedPage, where: str) -> RecordedPage:
        url, final = self._redactor.mask_url(page.url, where), self._redactor.mask_url(page.final, where)
        return replace(page, url=url, final=final)

    def _http(self, evidence: HttpEvidence) -> HttpEvidence:
        if evidence not in self._exchanges:
            self._exchanges[evidence] = self._masked(evidence)
        return self._exchanges[evidence]

    def _masked(self, evidence: HttpEvidence) -> HttpEvidence:
        where = f"hop {evidence.hop}" if evidence.hop else evidence.name
        answer = evidence.answer
        return replace(
            evidence,
            outcome=self._open(evidence.outcome, where),
            detail=self._redactor.mask_text(evidence.detail, where),
            peer=self._redactor.mask_known(evidence.peer, where),
            egress=self._redactor.mask_text(evidence.egress, where),
            request=self.request(evidence.request, where),
            answer=self._answer(answer, where) if answer else None,
        )

    def request(self, request: SentRequest, where: str) -> SentRequest:
        return replace(
            request,
            url=self._redactor.mask_url(request.url, where),
            target=self._redactor.mask_url(request.target, where),
            headers=self._headers(request.headers, where),
            body=self._redactor.mask_body(request.body, where),
        )

    def _answer(self, answer: Answer, where: str) -> Answer:
        body = self._redactor.mask_body(answer.body, where)
        return replace(answer, headers=self._headers(answer.headers, where), body=body)

    def _headers(self, headers: Headers, where: str) -> Headers:
        return self._redactor.mask_headers(headers, where)

    def _logs(self, logs: LogEvidence) -> LogEvidence:
        rows = tuple(
            replace(row, values=self._table(row.values, row.role), raw=self._table(row.raw, row.role))
            for row in logs.rows_of_click
        )
        samples = {name: self._texts(texts, name) for name, texts in logs.samples.items()}
        return replace(logs, rows_of_click=rows, samples=samples, reconciliation=self._books(logs.reconciliation))

    def _books(self, books: Reconciliation | None) -> Reconciliation | None:
        if books is None:
            return None
        return replace(
            books,
            samples=tuple(
                replace(
                    item,
                    key=self._redactor.mask_text(item.key, item.name),
                    tracker=self._sample(item.tracker),
                    partner=self._sample(item.partner),
                )
                for item in books.samples
            ),
            unmapped=tuple(
                replace(item, word=self._redactor.mask_text(item.word, "status")) for item in books.unmapped
            ),
        )

    def _sample(self, row: SampleRow | None) -> SampleRow | None:
        return replace(row, values=self._table(row.values, row.file)) if row else None

    def _texts(self, texts: Iterable[str], where: str) -> tuple[str, ...]:
        return tuple(self._redactor.mask_text(text, where) for text in texts)
