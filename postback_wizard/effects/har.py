"""The redirect chain of the first page in a recorded browser session (HAR 1.2), of whatever browser made it."""

import asyncio
import base64
import binascii
import codecs
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from postback_wizard.domain.answer import decode_body, judge_answer
from postback_wizard.domain.probe import Answer, HarEvidence, HarProbe, Headers, HttpEvidence, SentRequest, Timing
from postback_wizard.domain.redirect import judge_redirect
from postback_wizard.domain.times import read_moment, stamp
from postback_wizard.domain.url import encode_forbidden, split_url

MAX_BYTES = 100 * 1024**2
MAX_BODY_CHARS = 1024**2
#: Browsers give up earlier; a longer chain in a recording is a damaged recording.
MAX_HOPS = 50

Entry = Mapping[str, object]


class HarError(Exception):
    """The file is no recording that can be used: ``code`` is the evidence's outcome, with a short detail."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


async def read_har(probe: HarProbe, at: str) -> HarEvidence:
    """The chain of the first page, judged hop by hop as if it had just been asked for; never raises for the file.

    ``at`` stands in for hops without a time. The outcome is ``OK``, or ``HAR_`` and what is wrong.
    """
    return await asyncio.to_thread(_read, probe, at)


def _read(probe: HarProbe, at: str) -> HarEvidence:
    try:
        hops = tuple(_hops(_chain(_entries(Path(probe.path).expanduser())), at))
    except HarError as error:
        return HarEvidence(probe.name, at, probe.path, (error.code,), detail=error.detail)
    return HarEvidence(probe.name, at, probe.path, ("OK",), hops)


def _entries(path: Path) -> list[Entry]:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise HarError("HAR_UNREADABLE", _reason(error)) from error
    if len(data) > MAX_BYTES:
        raise HarError("HAR_TOO_LARGE", "over 100 MiB")
    try:
        whole = json.loads(_text(data))
    except (ValueError, RecursionError) as error:
        raise HarError("HAR_INVALID", f"no JSON: {str(error)[:150]}") from error
    found = _list(_map(_map(whole).get("log")).get("entries"))
    entries: list[Entry] = [item for item in found if isinstance(item, dict)]
    if not entries:
        raise HarError("HAR_INVALID", "no log.entries in it")
    return entries


def _reason(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return "missing"
        case IsADirectoryError():
            return "folder"
        case PermissionError():
            return "no-permission"
        case _:
            return str(error)[:150]


def _text(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


# -- which entries belong to the chain ---------------------------------------------------------------------------


def _chain(entries: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """The first navigation and what it led to, each with its address."""
    at = next((n for n, entry in enumerate(entries) if _is_navigation(entry)), None)
    if at is None:
        raise HarError("HAR_NO_PAGE", "no redirect and no page in it")
    seen: list[str] = []
    while at is not None and len(seen) < MAX_HOPS:
        entry, url = entries[at], _url(entries[at])
        yield entry, url
        target = _target(entry, url, seen)
        seen.append(url)
        at = next((n for n in range(at + 1, len(entries)) if target and _same(_url(entries[n]), target)), None)


def _is_navigation(entry: Entry) -> bool:
    status, kind = _status(entry), _mime(entry)
    if not _url(entry).lower().startswith(("http://", "https://")):
        return False
    if entry.get("_resourceType") not in (None, "document", "other", ""):
        return False
    return status in (301, 302, 303, 307, 308) or "text/html" in kind or "application/xhtml" in kind


def _target(entry: Entry, url: str, seen: Sequence[str]) -> str:
    headers = _answer_headers(entry)
    return judge_redirect(_status(entry), headers, url, seen, _body(entry)[0], cookie_sent=_sent_cookie(entry))[1]


def _same(one: str, other: str) -> bool:
    """Whether two addresses are one: a fragment is never sent, and browsers encode what HTTP forbids."""
    left, right = split_url(one), split_url(other)
    return (left.origin, encode_forbidden(left.target)) == (right.origin, encode_forbidden(right.target))


# -- one entry as a hop ------------------------------------------------------------------------------------------


def _hops(chain: Iterator[tuple[Entry, str]], at: str) -> Iterator[HttpEvidence]:
    seen: list[str] = []
    for number, (entry, url) in enumerate(chain, start=1):
        yield _hop(entry, url, number, tuple(seen), at)
        seen.append(url)


def _hop(entry: Entry, url: str, number: int, seen: tuple[str, ...], at: str) -> HttpEvidence:
    request = _map(entry.get("request"))
    sent = SentRequest(
        *(_string(request.get("method")) or "GET", url, split_url(url).target),
        headers=_headers(request.get("headers")),
        body=_string(_map(request.get("postData")).get("text"))[:MAX_BODY_CHARS],
    )
    asked_at, peer = _started(entry, at), _peer(entry)
    status = _status(entry)
    if not 100 <= status <= 599:
        blocked = _string(_map(entry.get("response")).get("_error")) or "the browser recorded no answer"
        return HttpEvidence(
            *("trace", asked_at, "sent", ("NO_ANSWER_RECORDED",), sent), peer=peer, hop=number, detail=blocked[:200]
        )
    answer = _answer(entry, status)
    turned, _ = judge_redirect(status, answer.headers, url, seen, answer.body, cookie_sent=_sent_cookie(entry))
    judged, verdicts = judge_answer(status, answer.headers, answer.body, send=False, complete=not answer.truncated)
    outcome = turned if turned and 300 <= status < 400 else (*judged, *turned)
    timing = _timing(entry)
    return HttpEvidence("trace", asked_at, "answered", outcome, sent, answer, verdicts, timing, peer, number)


def _answer(entry: Entry, status: int) -> Answer:
    body, size = _body(entry)
    cut = len(body) > MAX_BODY_CHARS
    return Answer(status, _answer_headers(entry), body[:MAX_BODY_CHARS], size, truncated=cut)


def _answer_headers(entry: Entry) -> Headers:
    """The answer's headers; a Location that the browser kept only as ``redirectURL`` is put back."""
    response = _map(entry.get("response"))
    headers = _headers(response.get("headers"))
    moved = _string(response.get("redirectURL"))
    if moved and not any(name.lower() == "location" for name, _ in headers) and 300 <= _status(entry) < 400:
        return (*headers, ("Location", moved))
    return headers


def _body(entry: Entry) -> tuple[str, int]:
    content = _map(_map(entry.get("response")).get("content"))
    text = _string(content.get("text"))
    if content.get("encoding") == "base64":
        try:
            raw = base64.b64decode(text, validate=False)
        except (binascii.Error, ValueError):
            return text, len(text)
        return decode_body(raw, _mime(entry))[0], len(raw)
    return text, len(text.encode("utf-8", "replace"))


def _headers(found: object) -> Headers:
    """Headers as pairs, without the pseudo-headers of HTTP/2."""
    pairs = ((_string(_map(item).get("name")), _string(_map(item).get("value"))) for item in _list(found))
    return tuple((name, value) for name, value in pairs if name and not name.startswith(":"))


def _sent_cookie(entry: Entry) -> bool:
    request = _map(entry.get("request"))
    return bool(_list(request.get("cookies"))) or any(
        name.lower() == "cookie" for name, _ in _headers(request.get("headers"))
    )


def _url(entry: Entry) -> str:
    return _string(_map(entry.get("request")).get("url"))


def _status(entry: Entry) -> int:
    status = _map(entry.get("response")).get("status")
    if isinstance(status, str) and status.isascii() and status.isdigit():
        return int(status[:4])
    return int(status) if isinstance(status, int | float) and math.isfinite(status) else 0


def _mime(entry: Entry) -> str:
    response = _map(entry.get("response"))
    kind = _string(_map(response.get("content")).get("mimeType"))
    named = next((value for name, value in _headers(response.get("headers")) if name.lower() == "content-type"), "")
    return (kind or named).lower()


def _started(entry: Entry, at: str) -> str:
    text = _string(entry.get("startedDateTime"))
    moment = read_moment(text)
    if moment is None and text.isascii() and text.isdigit() and len(text) == 13:
        return stamp(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(text)))
    return stamp(moment.utc) if moment else at


def _peer(entry: Entry) -> str:
    address = _string(entry.get("serverIPAddress")).strip("[]")
    port = split_url(_url(entry)).port_number
    if not address or port is None:
        return address
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _timing(entry: Entry) -> Timing:
    phases = _map(entry.get("timings"))
    connect, tls = _number(phases.get("connect")), _number(phases.get("ssl"))
    return Timing(
        dns=_number(phases.get("dns")),
        # In HAR the handshake is part of connect; here each phase stands alone.
        connect=round(max(connect - tls, 0.0), 3),
        tls=tls,
        first_byte=_number(phases.get("wait")),
        total=_number(entry.get("time")),
    )


def _number(value: object) -> float:
    """Milliseconds; HAR writes -1 for a phase that did not happen."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9:
        return round(float(value), 3)
    return 0.0


def _map(value: object) -> Entry:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _string(value: object) -> str:
    """Text that can be stored: lone surrogates, which JSON may carry, are replaced."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
