"""The answer to the upload of a case, read by the API it was sent to: ours, or the one a recording has."""

from collections.abc import Iterator
from dataclasses import dataclass

from postback_wizard.catalogue.answers import AnswerRead, Told, read_answer
from postback_wizard.catalogue.upload import ApiError
from postback_wizard.checks.upload import Judged, lint_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.payload import Payload, read_payload
from postback_wizard.domain.places import is_empty
from postback_wizard.domain.probe import SentRequest
from postback_wizard.domain.upload import Upload, events_in, numbered


@dataclass(frozen=True, slots=True)
class HeardUpload:
    """An answer and what it amounts to. ``count`` events were sent; ``is_dry``: they were checked and not kept."""

    found: Judged
    status: int
    body: str
    read: AnswerRead
    count: int
    is_dry: bool

    def error(self, told: Told) -> ApiError | None:
        """What the catalogue knows of one thing that was told."""
        return self.found.api.errors[told.known] if told.known >= 0 else None

    def failures(self) -> Iterator[tuple[Told, str]]:
        """Each different thing that was told, once, with the events it was told of (``1…``: the request)."""
        groups: dict[tuple[str, int, str], list[Told]] = {}
        for told in self.read.told:
            groups.setdefault((told.code, told.known, told.said), []).append(told)
        for items in groups.values():
            yield items[0], numbered(item.number for item in items if item.number) or "1…"


def heard_upload(case: Case) -> HeardUpload | None:
    """The answer there is; None where nothing was sent, or nothing came back."""
    found, evidence = lint_of(case), case.uploaded()
    if found is None:
        return None
    if evidence is None:
        told = found.upload.payload.answer
        return _heard(found, told[0], told[1], found.upload.payload) if told else None
    answer = evidence.answer
    return _heard(found, answer.status, answer.body, _sent(evidence.request)) if answer else None


def _heard(found: Judged, status: int, body: str, sent: Payload) -> HeardUpload:
    upload = events_in(sent, found.rules.events)
    known = upload if isinstance(upload, Upload) else None
    count = len(known.events) if known else 0
    read = read_answer(found.api, status, body, count)
    return HeardUpload(found, status, body, read, count, _is_dry(found, known, sent))


def _sent(request: SentRequest) -> Payload:
    head = "\n".join(f"{name}: {value}" for name, value in request.headers if name.lower() != "host")
    text = f"{request.method} {request.url} HTTP/1.1\n{head}\n\n{request.body}" if request.body else request.url
    found = read_payload(text)
    return found if isinstance(found, Payload) else Payload("url", None, request.method, request.url)


def _is_dry(found: Judged, upload: Upload | None, sent: Payload) -> bool:
    """Whether the request was one that a platform checks and does not keep."""
    test = found.rules.test
    if test is None or not test.checks_only:
        return False
    if test.kind == "address":
        return True
    if test.kind == "query":
        return not is_empty(sent.query.get(test.key[1:]))
    value = upload.events[0].get(test.key) if upload else None
    return not is_empty(value) and value is not False
