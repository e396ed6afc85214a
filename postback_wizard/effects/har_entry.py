"""One entry of a recorded browser session, read tolerantly whoever wrote it, and the hop it amounts to."""

import base64
import binascii
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from postback_wizard.domain.answer import decode_body
from postback_wizard.domain.probe import Answer, Headers, HttpEvidence, SentRequest, Timing
from postback_wizard.domain.recorded import (
    BODY_PACKED,
    BROWSER_UPGRADE,
    FROM_CACHE,
    SERVICE_WORKER,
    STOPPED,
    UNANSWERED,
    judge_recorded,
)
from postback_wizard.domain.times import read_moment, stamp
from postback_wizard.domain.url import split_url
from postback_wizard.effects.body import Body

MAX_BODY_CHARS = 1024**2

Table = Mapping[str, object]

#: What browsers write about a request that came to nothing, as outcomes of a live trace.
_FAULTS = {
    "BLOCKED": STOPPED,
    "ABORTED": STOPPED,
    "CANCEL": STOPPED,
    "NAME_NOT_RESOLVED": "DNS_FAIL",
    "CONNECTION_REFUSED": "CONNECT_REFUSED",
    "CONNECTION_TIMED_OUT": "CONNECT_TIMEOUT",
    "CONNECTION_RESET": "RESET",
    "EMPTY_RESPONSE": "CLOSED_NO_ANSWER",
    "CERT_DATE_INVALID": "TLS_EXPIRED",
    "CERT_COMMON_NAME_INVALID": "TLS_NAME_MISMATCH",
    "CERT_AUTHORITY_INVALID": "TLS_UNTRUSTED",
    "SSL_": "TLS_FAILED",
}


@dataclass(frozen=True)
class Entry:
    """One request of a recording. Whatever is missing or of another type reads as empty."""

    table: Table

    @property
    def request(self) -> Table:
        """The request's own table."""
        return table(self.table.get("request"))

    @property
    def response(self) -> Table:
        """The response's own table."""
        return table(self.table.get("response"))

    @cached_property
    def url(self) -> str:
        """The address asked for."""
        return string(self.request.get("url"))

    @cached_property
    def status(self) -> int:
        """The status, 0 where none was recorded."""
        status = self.response.get("status")
        if isinstance(status, str) and status.isascii() and status.isdigit():
            return int(status[:4])
        return int(status) if isinstance(status, int | float) and math.isfinite(status) else 0

    @property
    def is_answered(self) -> bool:
        """Whether a status of HTTP was recorded."""
        return 100 <= self.status <= 599

    @cached_property
    def sent_headers(self) -> Headers:
        """The request's headers, without the pseudo-headers of HTTP/2."""
        return _headers(self.request.get("headers"))

    @cached_property
    def headers(self) -> Headers:
        """The answer's headers; a Location that the browser kept only as ``redirectURL`` is put back."""
        headers = _headers(self.response.get("headers"))
        moved = string(self.response.get("redirectURL"))
        if moved and not any(name.lower() == "location" for name, _ in headers) and 300 <= self.status < 400:
            return (*headers, ("Location", moved))
        return headers

    def sent(self, name: str) -> str:
        """The first value of a request header, lower-cased name, empty where there is none."""
        return next((value for key, value in self.sent_headers if key.lower() == name), "")

    @cached_property
    def mime(self) -> str:
        """What kind of content came back, lower-cased."""
        kind = string(table(self.response.get("content")).get("mimeType"))
        return (kind or next((value for name, value in self.headers if name.lower() == "content-type"), "")).lower()

    @property
    def sent_cookie(self) -> bool:
        """Whether a cookie went along."""
        return bool(items(self.request.get("cookies"))) or bool(self.sent("cookie"))

    @cached_property
    def started(self) -> datetime | None:
        """When it began, in UTC."""
        text = string(self.table.get("startedDateTime"))
        moment = read_moment(text)
        if moment is None and text.isascii() and text.isdigit() and len(text) == 13:
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(text))
        return moment.utc if moment else None

    @property
    def took_ms(self) -> float:
        """Milliseconds from start to end, 0 where unknown."""
        return _number(self.table.get("time"))

    @cached_property
    def answer(self) -> Answer:
        """What came back."""
        body, size, whole = self._body()
        cut = len(body) > MAX_BODY_CHARS or not whole
        return Answer(self.status, self.headers, body[:MAX_BODY_CHARS], size, truncated=cut)

    def _body(self) -> tuple[str, int, bool]:
        """The page as text, its bytes, and whether that is all of it; a page left compressed is no text."""
        content = table(self.response.get("content"))
        text = string(content.get("text"))
        if content.get("encoding") == "base64":
            try:
                raw = base64.b64decode(text, validate=False)
            except (binascii.Error, ValueError):
                return "", len(text), False
            return self._unpacked(raw)
        if text[:200].count("\ufffd") > 10:
            return "", len(text), False
        whole = bool(text) or _number(content.get("size")) == 0
        return text, len(text.encode("utf-8", "replace")), whole

    def _unpacked(self, raw: bytes) -> tuple[str, int, bool]:
        if raw.startswith(b"\x1f\x8b"):
            body = Body((("content-encoding", "gzip"),))
            body.feed(raw)
            body.end()
            return decode_body(body.content, self.mime)[0], len(raw), not body.outcomes
        coding = next((value for name, value in self.headers if name.lower() == "content-encoding"), "")
        text, odd = decode_body(raw, self.mime)
        return ("", len(raw), False) if coding and "NOT_UTF8" in odd else (text, len(raw), True)

    def hop(self, number: int, seen: Sequence[str], at: str, notes: Sequence[str], *, gated: bool) -> HttpEvidence:
        """The entry as hop ``number`` of a chain; ``at`` stands in for a time that is missing.

        ``gated`` says that the browser came back with a cookie where the recording shows none.
        """
        sent = SentRequest(
            *(string(self.request.get("method")) or "GET", self.url, split_url(self.url).target),
            headers=self.sent_headers,
            body=string(table(self.request.get("postData")).get("text"))[:MAX_BODY_CHARS],
        )
        asked_at = stamp(self.started) if self.started else at
        if not self.is_answered:
            return self._unanswered(sent, number, asked_at)
        return judge_recorded(
            *(number, sent, self.answer, seen),
            at=asked_at,
            timing=self._timing(),
            peer=self._peer(),
            notes=(*self._notes(), *notes),
            cookie_sent=gated or self.sent_cookie,
        )

    def _unanswered(self, sent: SentRequest, number: int, at: str) -> HttpEvidence:
        error = string(self.response.get("_error")) or string(self.table.get("_error"))
        outcome = next((name for mark, name in _FAULTS.items() if mark in error.upper()), UNANSWERED)
        left: tuple[str, ...] = (outcome,)
        delivery = "sent" if outcome in (UNANSWERED, "RESET", "CLOSED_NO_ANSWER") else "not-sent"
        return HttpEvidence(
            *("trace", at, "sent" if delivery == "sent" else "not-sent", left, sent),
            peer=self._peer(),
            hop=number,
            detail=error[:200],
        )

    def _notes(self) -> list[str]:
        notes = []
        names = {name.lower() for name, _ in self.headers}
        if "non-authoritative-reason" in names or string(self.response.get("statusText")) == "Internal Redirect":
            notes.append(BROWSER_UPGRADE)
        if self.table.get("_fromCache"):
            notes.append(FROM_CACHE)
        if self.table.get("_fetchedViaServiceWorker") or self.response.get("_fetchedViaServiceWorker"):
            notes.append(SERVICE_WORKER)
        if self.answer.body_bytes and not self.answer.body and self.answer.truncated:
            notes.append(BODY_PACKED)
        return notes

    def _peer(self) -> str:
        address = string(self.table.get("serverIPAddress")).strip("[]")
        port = split_url(self.url).port_number
        if not address or port is None:
            return address
        return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"

    def _timing(self) -> Timing:
        phases = table(self.table.get("timings"))
        connect, tls = _number(phases.get("connect")), _number(phases.get("ssl"))
        return Timing(
            dns=_number(phases.get("dns")),
            # In HAR the handshake is part of connect; here each phase stands alone.
            connect=round(max(connect - tls, 0.0), 3),
            tls=tls,
            first_byte=_number(phases.get("wait")),
            total=self.took_ms,
        )


def _headers(found: object) -> Headers:
    pairs = ((string(table(item).get("name")), string(table(item).get("value"))) for item in items(found))
    return tuple((name, value) for name, value in pairs if name and not name.startswith(":"))


def _number(value: object) -> float:
    """Milliseconds or bytes; HAR writes -1 for what did not happen or is not known."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9:
        return round(float(value), 3)
    return 0.0


def table(value: object) -> Table:
    """A table, empty for anything else."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """A list, empty for anything else."""
    return value if isinstance(value, list) else []


def string(value: object) -> str:
    """Text that can be stored: lone surrogates, which JSON may carry, are replaced."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
