"""What the partner's endpoint answered, heard by our replay or written in the sender's log, judged the same way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from postback_wizard.domain.answer import judge_answer, refusal_reason
from postback_wizard.domain.case import Case
from postback_wizard.domain.exact import ExactRequest
from postback_wizard.domain.probe import DnsEvidence, Evidence, Headers, HttpEvidence, TlsEvidence, Verdicts
from postback_wizard.domain.request import read_request
from postback_wizard.domain.url import split_url

FailureKind = Literal["dns", "tls", "time", "unreachable", "not-allowed", "unreadable"]

_STATUS = re.compile(r"(?<![0-9])([1-9][0-9]{2})(?![0-9])")
_TIME = ("NO_ANSWER", "DEADLINE", "CONNECT_TIMEOUT", "TLS_TIMEOUT")
_KINDS: tuple[tuple[FailureKind, tuple[str, ...]], ...] = (
    ("time", _TIME),
    ("not-allowed", ("BLOCKED_",)),
    ("dns", ("DNS_",)),
    ("tls", ("TLS_", "PLAIN_ON_TLS_PORT")),
    ("unreadable", ("BAD_URL", "BAD_REQUEST_BYTES")),
)
_FINE = ("OK", "DNS_PARTIAL", "DEAD_ADDRESS", "NOT_RECORDED", "OFFLINE", "CANCELLED", "NOTE", "")
_NO_STATUS = re.compile(r"\s*0+\s*")


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer. ``where`` is ``answer`` for our own replay and ``answer_body`` or ``answer_status`` for the log."""

    status: int
    headers: Headers
    body: str
    where: str
    host: str
    method: str
    outcome: tuple[str, ...]
    verdicts: Verdicts

    def header(self, name: str) -> str:
        """The first value of a header, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def reason(self) -> str:
        """The partner's own words for a refusal, empty when there are none."""
        return refusal_reason(self.body)

    def has(self, *names: str) -> bool:
        """Whether any of these outcome names was given, with or without a detail in brackets."""
        return any(outcome.partition("(")[0] in names for outcome in self.outcome)


@dataclass(frozen=True, slots=True)
class Unheard:
    """Why no answer came: the kind, the outcome's name, and whom it concerns."""

    kind: FailureKind
    outcome: str
    host: str
    detail: str
    evidence: Evidence | None = None
    where: str = "answer"


def heard(case: Case) -> Iterator[Heard]:
    """The answer of our replay, and the one in the sender's log unless it says the same."""
    own = _replayed(case)
    logged = _logged(case)
    if own:
        yield own
    bare = logged is not None and logged.where == "answer_status" and own is not None and own.status == logged.status
    if logged and not bare and (own is None or (own.status, own.verdicts) != (logged.status, logged.verdicts)):
        yield logged


def _replayed(case: Case) -> Heard | None:
    sent = case.replayed()
    if sent is None or sent.answer is None:
        return None
    answer, request = sent.answer, sent.request
    outcome, verdicts = judge_answer(
        answer.status, answer.headers, answer.body, send=True, complete=not answer.truncated
    )
    host = split_url(request.url).host
    return Heard(answer.status, answer.headers, answer.body, "answer", host, request.method, outcome, verdicts)


def _logged(case: Case) -> Heard | None:
    """What the sender's log says; words where a status should stand are judged as the answer's words."""
    facts = case.facts
    if not facts.known("answer_status", "answer_body") or _NO_STATUS.fullmatch(facts.answer_status):
        return None
    written = _STATUS.search(facts.answer_status)
    body = facts.answer_body or ("" if written else facts.answer_status)
    status = int(written[1]) if written else 200
    outcome, verdicts = judge_answer(status, (), body, send=True)
    where = "answer_body" if facts.answer_body else "answer_status"
    host, method = _addressed(case)
    return Heard(status, (), body, where, host, method, outcome, verdicts)


def _addressed(case: Case) -> tuple[str, str]:
    request = read_request(case.facts.sent_request, case.facts.template)
    if not isinstance(request, ExactRequest):
        return "", case.facts.method
    return split_url(request.url).host, case.facts.method or request.method


def unheard(case: Case) -> Unheard | None:
    """The first thing that kept the request from being answered; None when it was answered or nothing was tried."""
    sent = case.replayed()
    if sent is not None and sent.answer is not None:
        return None
    record = case.record("replay")
    for item in record.evidence if record else ():
        found = _failure(item)
        if found:
            return found
    if sent is None and _NO_STATUS.fullmatch(case.facts.answer_status):
        return Unheard("unreachable", "0", _addressed(case)[0], "", None, "answer_status")
    return None


def _failure(item: Evidence) -> Unheard | None:
    if not isinstance(item, HttpEvidence | DnsEvidence | TlsEvidence) or (item.kind == "http" and item.is_look):
        return None
    outcome = (item.outcome or ("",))[0]
    if outcome.partition("(")[0] in _FINE:
        return None
    host = split_url(item.request.url).host if isinstance(item, HttpEvidence) else item.host
    found = (kind for kind, starts in _KINDS if outcome.startswith(starts))
    kind: FailureKind = next(found, "unreachable")
    return Unheard(kind, outcome, host, item.detail, item)


_CONVERSION = re.compile(
    r"\b(?:click|conversion|transaction|sub_?id|offer|goal|campaign|lead|order|aff(?:iliate)?_?id)", re.IGNORECASE
)


def names_conversion(answer: Heard) -> bool:
    """Whether the partner's words are about a click or a conversion, and not about the address."""
    return bool(_CONVERSION.search(answer.reason)) and answer.verdicts.business == "refused"
