"""The requests of a case as an HTTP archive (HAR 1.2)."""

import json
from collections.abc import Sequence

from postback_wizard import __version__
from postback_wizard.domain.case import Case
from postback_wizard.domain.probe import Answer, Headers, HttpEvidence, SentRequest, Timing
from postback_wizard.domain.url import split_url
from postback_wizard.report.curl import exchanges
from postback_wizard.report.leak import refuse_leaks
from postback_wizard.report.masked import mask_case


def to_har(case: Case, *, masked: bool = True, secrets: Sequence[str] = ()) -> str:
    """Every request and answer as HAR 1.2, JSON text. A request without an answer has status 0.

    Raises:
        ReportLeak: a known secret would have been written.
    """
    seen, redactor = mask_case(case, secrets, masked=masked)
    log = {
        "version": "1.2",
        "creator": {"name": "postback-wizard", "version": __version__},
        "pages": [],
        "entries": [entry(item) for item in exchanges(seen)],
    }
    text = json.dumps({"log": log}, ensure_ascii=True, indent=2) + "\n"
    refuse_leaks(text, (*secrets, *redactor.known()))
    return text


def entry(item: HttpEvidence) -> dict[str, object]:
    """One request and its answer as an entry of an archive."""
    timings = _timings(item.timing_ms)
    entry: dict[str, object] = {
        "startedDateTime": item.at or "1970-01-01T00:00:00.000Z",
        "time": round(sum(value for name, value in timings.items() if name != "ssl" and value > 0), 3),
        "request": _request(item.request),
        "response": _response(item.answer),
        "cache": {},
        "timings": timings,
        "comment": f"{f'hop {item.hop}' if item.hop else item.name}: {item.delivery}, {' '.join(item.outcome)}",
    }
    if item.peer:
        entry["serverIPAddress"] = item.peer.rpartition(":")[0].strip("[]")
    return entry


def _request(request: SentRequest) -> dict[str, object]:
    built: dict[str, object] = {
        "method": request.method,
        "url": request.url,
        "httpVersion": "HTTP/1.1",
        "cookies": _cookies(request.headers, "cookie"),
        "headers": _pairs(request.headers),
        "queryString": [{"name": param.name, "value": param.text} for param in split_url(request.url).params()],
        "headersSize": -1,
        "bodySize": len(request.body.encode("utf-8", "replace")),
    }
    if request.body:
        built["postData"] = {"mimeType": _header(request.headers, "content-type"), "text": request.body}
    return built


def _response(answer: Answer | None) -> dict[str, object]:
    headers = answer.headers if answer else ()
    mime = _header(headers, "content-type") or "x-unknown"
    return {
        "status": answer.status if answer else 0,
        "statusText": "",
        "httpVersion": "HTTP/1.1",
        "cookies": _cookies(headers, "set-cookie"),
        "headers": _pairs(headers),
        "content": {
            "size": answer.body_bytes if answer else 0,
            "mimeType": mime,
            "text": answer.body if answer else "",
        },
        "redirectURL": _header(headers, "location"),
        "headersSize": -1,
        "bodySize": answer.body_bytes if answer else -1,
    }


def _timings(timing: Timing) -> dict[str, float]:
    """HAR counts TLS inside connect; what is left of the total is reading the body."""
    spent = timing.dns + timing.connect + timing.tls + timing.first_byte
    return {
        "blocked": -1,
        "dns": timing.dns,
        "connect": timing.connect + timing.tls,
        "ssl": timing.tls,
        "send": 0,
        "wait": timing.first_byte,
        "receive": max(0.0, round(timing.total - spent, 3)),
    }


def _pairs(headers: Headers) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers]


def _header(headers: Headers, name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")


def _cookies(headers: Headers, name: str) -> list[dict[str, str]]:
    found = [value for key, value in headers if key.lower() == name]
    parts = [part for value in found for part in (value.split(";") if name == "cookie" else value.split(";")[:1])]
    pairs = [part.strip().partition("=") for part in parts if part.strip()]
    return [{"name": key, "value": value} for key, _, value in pairs]
