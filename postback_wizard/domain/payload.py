"""What was handed over as an upload, whatever its form: JSON, a form, CSV, a URL, curl, raw HTTP or a HAR entry."""

import base64
import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote

from postback_wizard.domain.curl import is_curl
from postback_wizard.domain.exact import ExactRequest, Headers
from postback_wizard.domain.request import read_request
from postback_wizard.domain.url import split_url


@dataclass(frozen=True, slots=True)
class UploadProblem:
    """Why a text holds no events. ``at`` is ``line:column`` for broken JSON, else the place in the structure."""

    code: Literal["not-json", "not-an-event", "no-events"]
    at: str = ""


class UnreadableUploadError(ValueError):
    """Carries a problem out of nested reading; never leaves the readers of uploads."""

    def __init__(self, problem: UploadProblem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Payload:
    """An upload taken apart: ``body`` is parsed JSON, a table of form fields, or rows of a CSV.

    ``query`` holds the pairs of the URL; ``answer`` is the status and body a recording has for it.
    """

    form: Literal["json", "fields", "csv", "url"]
    body: Any = None
    method: str = ""
    url: str = ""
    headers: Headers = ()
    query: Mapping[str, str] = field(default_factory=dict)
    answer: tuple[int, str] | None = None

    def header(self, name: str) -> str:
        """The first value of a header, or an empty text."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def read_payload(text: str, hosts: frozenset[str] = frozenset()) -> Payload | UploadProblem:
    """What a text holds. ``hosts`` are those whose entry is looked for in a recording. Never raises."""
    try:
        return _read(text.strip().removeprefix("\ufeff").strip(), hosts)
    except UnreadableUploadError as error:
        return error.problem


def parse_json(text: str) -> Any:
    """Strict JSON.

    Raises:
        UnreadableUploadError: it is none.
    """
    try:
        return json.loads(text.strip().removeprefix("\ufeff"), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise UnreadableUploadError(UploadProblem("not-json", f"{error.lineno}:{error.colno}")) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableUploadError(UploadProblem("not-json", "1:1")) from error


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _read(text: str, hosts: frozenset[str]) -> Payload:
    if not text or text[0] in "{[":
        found = parse_json(text)
        return _recorded(found, hosts) or Payload("json", found)
    if is_curl(text) or "://" in text.split("\n", 1)[0] or " HTTP/" in text.split("\n", 1)[0]:
        request = read_request(text)
        if isinstance(request, ExactRequest):
            return _of_request(request.method, request.url, request.headers, request.body)
    return _bare_body(text)


def _bare_body(text: str) -> Payload:
    first, _, rest = text.partition("\n")
    if rest and "," in first and "=" not in first:
        return Payload("csv", _rows(text))
    if "=" in first and not rest and " " not in first:
        return Payload("fields", _fields(text))
    return Payload("json", parse_json(text))


def _of_request(method: str, url: str, headers: Headers, body: str) -> Payload:
    target = split_url(url)
    query = {param.name: param.text for param in target.params()}
    kind = next((value.lower() for name, value in headers if name.lower() == "content-type"), "")
    if not body.strip():
        return Payload("url", None, method, url, headers, query or _semicolons(target.target))
    if body.lstrip()[0] in "{[" or "json" in kind:
        return Payload("json", parse_json(body), method, url, headers, query)
    if "multipart" in kind or "csv" in kind:
        return Payload("csv", _rows(_part(body)), method, url, headers, query)
    return Payload("fields", _fields(body), method, url, headers, query)


def _semicolons(target: str) -> Mapping[str, str]:
    pairs = (item.partition("=") for item in target.partition(";")[2].split(";"))
    return {name: unquote(value) for name, _, value in pairs if name}


def semicolons(url: str) -> Mapping[str, str]:
    """The pairs of a URL that parts them with semicolons, the one behind the question mark among them."""
    head, _, rest = url.partition("?")
    pairs = (item.partition("=") for item in (rest or head).split(";"))
    return {name: unquote(value) for name, equals, value in pairs if equals}


def _fields(text: str) -> Mapping[str, Any]:
    return dict(parse_qsl(text, keep_blank_values=True))


def _rows(text: str) -> list[dict[str, str]]:
    try:
        return [dict(row) for row in csv.DictReader(io.StringIO(text), restkey="…", restval="")]
    except csv.Error as error:
        raise UnreadableUploadError(UploadProblem("not-an-event", "csv")) from error


def _part(body: str) -> str:
    """The first part of a multipart body, its own headers left out; a body without parts as it is."""
    text = body.replace("\r\n", "\n")
    if not text.startswith("--"):
        return text
    boundary = text.split("\n", 1)[0].strip()
    return text.split(boundary, 2)[1].partition("\n\n")[2].strip()


def _recorded(found: Any, hosts: frozenset[str]) -> Payload | None:
    """A HAR file or one of its entries; of a file the one that went to one of ``hosts``, else the last with a body."""
    if not isinstance(found, dict):
        return None
    log = found.get("log")
    entries = (
        log.get("entries") if isinstance(log, dict) else [found] if isinstance(found.get("request"), dict) else None
    )
    if not isinstance(entries, list):
        return None
    sent = [item for item in entries if isinstance(item, dict) and isinstance(item.get("request"), dict)]
    known = [item for item in sent if split_url(str(item["request"].get("url"))).host.lower() in hosts]
    bodies = [item for item in sent if isinstance(item["request"].get("postData"), dict)]
    chosen = next(iter((known or bodies or sent)[::-1]), None)
    if chosen is None:
        raise UnreadableUploadError(UploadProblem("no-events", "log.entries"))
    return _of_entry(chosen)


def _of_entry(entry: Mapping[str, Any]) -> Payload:
    request = entry["request"]
    posted = request.get("postData")
    body = str(posted.get("text") or "") if isinstance(posted, dict) else ""
    given = request.get("headers")
    headers = tuple(
        (str(item.get("name")), str(item.get("value")))
        for item in (given if isinstance(given, list) else ())
        if isinstance(item, dict)
    )
    if isinstance(posted, dict) and posted.get("mimeType"):
        headers = (*headers, ("Content-Type", str(posted["mimeType"])))
    found = _of_request(str(request.get("method") or ""), str(request.get("url") or ""), headers, body)
    return Payload(found.form, found.body, found.method, found.url, found.headers, found.query, _answer(entry))


def _answer(entry: Mapping[str, Any]) -> tuple[int, str] | None:
    response = entry.get("response")
    status = response.get("status") if isinstance(response, dict) else None
    if not isinstance(response, dict) or not isinstance(status, int) or not status:
        return None
    content = response.get("content")
    content = content if isinstance(content, dict) else {}
    text = str(content.get("text") or "")
    if content.get("encoding") == "base64":
        try:
            text = base64.b64decode(text).decode("utf-8", "replace")
        except ValueError:
            text = ""
    return status, text
