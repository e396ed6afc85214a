"""A pasted text read as one exact HTTP request: a URL, a curl command, a raw request or a log line."""

import json
import re
from collections.abc import Iterator

from postback_wizard.domain.curl import is_curl, read_curl
from postback_wizard.domain.curl_flags import BAD_HEADER
from postback_wizard.domain.exact import ExactRequest, RequestProblem, UnreadableRequestError, filled
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

__all__ = ["ExactRequest", "RequestProblem", "read_request"]

NOTHING = Text(en="There is no request here{at}.", ru="Здесь нет запроса{at}.")
NO_ABSOLUTE_URL = Text(
    en="No absolute URL (https://…) is in the text ({at}).", ru="В тексте нет полного URL (https://…) ({at})."
)
SEVERAL_URLS = Text(
    en="The text holds several URLs ({at}); leave the one that was sent.",
    ru="В тексте несколько URL ({at}); оставьте тот, который был отправлен.",
)
NO_HOST = Text(
    en="The request says {at} but not to which host; add its Host header or paste the full URL.",
    ru="В запросе есть {at}, но не указан хост; добавьте заголовок Host или вставьте полный URL.",
)
GOES_ON = Text(
    en="The text goes on after the URL ({at}); put the whole URL on one line.",
    ru="После URL текст продолжается ({at}); запишите URL целиком в одну строку.",
)
CHUNKED = Text(
    en="The body is written in chunks ({at}); paste it as it reads without the chunk sizes.",
    ru="Тело записано по частям ({at}); вставьте его без размеров частей.",
)

SCHEME_ASSUMED = Text(
    en="A raw request does not name its scheme; {scheme} is assumed.",
    ru="В сыром запросе нет схемы; принято {scheme}.",
)
SET_BY_SENDER = Text(
    en="Left out, as sending sets it again: {names}.", ru="Опущено, при отправке ставится заново: {names}."
)
FROM_LOG_LINE = Text(
    en="Only the request was taken from the line: {method} {url}", ru="Из строки взят только запрос: {method} {url}"
)
BODY_UNKNOWN = Text(
    en="The line shows a {method} request without its body; add the body if there was one.",
    ru="В строке запрос {method} без тела; добавьте тело, если оно было.",
)

_METHOD = r"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)"
_START = re.compile(rf"({_METHOD}|[A-Z]{{3,16}}) (\S.*?)(?: (HTTP/[0-9.]+))?\s*", re.DOTALL)
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*)")
_URL = re.compile(r"https?://[^\s\"<>\\]+", re.IGNORECASE)
_QUOTED_URL = re.compile(r"(?P<quote>[\"'])(?P<url>https?://[^\"\r\n]*?)(?P=quote)", re.IGNORECASE)
_WITH_METHOD = re.compile(rf"\b({_METHOD})\b[\s:,\"'|]+$")
_LOG_TAIL = re.compile(r"\t|\s[1-5][0-9][0-9](?:\s|$)|\sHTTP/[0-9.]+")
_LOG_REQUEST = re.compile(rf"\"({_METHOD} /\S*) HTTP/[0-9.]+\"")
_LOCAL = re.compile(r"(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?|.*:80", re.IGNORECASE)


def read_request(text: str) -> ExactRequest | RequestProblem:
    """The one request a text holds, byte for byte as written, or why there is none. Never raises."""
    try:
        return _read(text.strip().removeprefix("\ufeff").strip())
    except UnreadableRequestError as error:
        return error.problem


def _read(text: str) -> ExactRequest:
    if not text:
        raise UnreadableRequestError(NOTHING)
    if is_curl(text):
        return read_curl(text)
    lines = text.splitlines()
    if _is_raw(lines):
        return _raw(text)
    if len(lines) == 1 and _URL.match(text) and not _LOG_TAIL.search(text):
        return ExactRequest("GET", text)
    if len(lines) > 1 and _URL.match(text) and not _URL.match(lines[1]) and not _LOG_TAIL.search(lines[0]):
        raise UnreadableRequestError(GOES_ON, lines[1][:60])
    return _from_line(text)


# -- a raw request ---------------------------------------------------------------------------------------------


def _is_raw(lines: list[str]) -> bool:
    method, _, version = _start(lines[0])
    return bool(method) and (bool(version) or (len(lines) > 1 and _HEADER.fullmatch(lines[1]) is not None))


def _start(line: str) -> tuple[str, str, str]:
    """Method, target and version of a start line; empty where it is none."""
    match = _START.fullmatch(line)
    return (match[1], match[2], match[3] or "") if match else ("", "", "")


def _raw(text: str) -> ExactRequest:
    head, body = _head_and_body(text)
    method, target, _ = _start(head[0])
    headers = tuple(_header(line) for line in head[1:] if line.strip())
    notes: list[Text] = []
    by_name = {name.lower(): value for name, value in reversed(headers)}
    if "chunked" in by_name.get("transfer-encoding", "").lower():
        raise UnreadableRequestError(CHUNKED, "Transfer-Encoding: chunked")
    url = _raw_url(target, by_name.get("host", ""), notes)
    own_host = split_url(url).authority.lower() == by_name.get("host", "").lower()
    dropped = ("content-length", "connection", *(("host",) if own_host else ()))
    kept = tuple((name, value) for name, value in headers if name.lower() not in dropped)
    names = ", ".join(name for name, _ in headers if name.lower() in dropped and name.lower() != "host")
    if names:
        notes.append(filled(SET_BY_SENDER, names=names))
    return ExactRequest(method, url, kept, _cut_to(body, by_name.get("content-length", "")), tuple(notes))


def _head_and_body(text: str) -> tuple[list[str], str]:
    """The lines up to the first empty one, and the body after it as it stands."""
    parts = re.split(r"\r?\n[ \t]*\r?\n", text, maxsplit=1)
    return re.split(r"\r?\n", parts[0]), parts[1] if len(parts) > 1 else ""


def _header(line: str) -> tuple[str, str]:
    match = _HEADER.fullmatch(line)
    if match is None:
        raise UnreadableRequestError(BAD_HEADER, line[:60])
    return match[1], match[2].rstrip(" \t")


def _raw_url(target: str, host: str, notes: list[Text]) -> str:
    if _URL.match(target):
        return target
    if not host or not target.startswith("/"):
        raise UnreadableRequestError(NO_HOST, target[:60])
    scheme = "http" if _LOCAL.fullmatch(host) else "https"
    notes.append(filled(SCHEME_ASSUMED, scheme=scheme))
    return f"{scheme}://{host}{target}"


def _cut_to(body: str, length: str) -> str:
    """The body without line ends that were pasted after it, where Content-Length says where it stops."""
    if length.isascii() and length.isdigit() and len(length) < 10:
        raw = body.encode("utf-8", "surrogatepass")
        if len(raw) > int(length) and not raw[int(length) :].strip():
            return raw[: int(length)].decode("utf-8", "surrogatepass")
    return body


# -- a log line ------------------------------------------------------------------------------------------------


def _from_line(text: str) -> ExactRequest:
    found = tuple(dict.fromkeys(_requests_in(text)))
    with_method = tuple(item for item in found if item[0])
    chosen = with_method if len(with_method) == 1 else found
    if len({url for _, url in chosen}) > 1:
        raise UnreadableRequestError(SEVERAL_URLS, "  ".join(dict.fromkeys(url for _, url in chosen))[:200])
    if not chosen:
        bare = _LOG_REQUEST.search(text)
        if bare:
            raise UnreadableRequestError(NO_HOST, bare[1][:80])
        raise UnreadableRequestError(NO_ABSOLUTE_URL, text[:60])
    method, url = chosen[0]
    method = method or "GET"
    notes = [filled(FROM_LOG_LINE, method=method, url=url)]
    if method not in ("GET", "HEAD"):
        notes.append(filled(BODY_UNKNOWN, method=method))
    return ExactRequest(method, url, (), "", tuple(notes))


def _requests_in(text: str) -> Iterator[tuple[str, str]]:
    """Each absolute URL of a line with the method before it, empty where there is none."""
    if text.startswith(("{", "[")):
        values = tuple(_strings(text))
        if values:
            yield from values
            return
    at = 0
    while match := _URL.search(text, at):
        start, end = match.span()
        quoted = _QUOTED_URL.match(text, start - 1) if start else None
        before = _WITH_METHOD.search(text, max(0, start - 16), start)
        url = quoted["url"] if quoted else _cell(match.group(), text[start - 1 : start])
        yield before[1] if before else "", url
        at = start + len(url) if quoted else end


def _cell(url: str, before: str) -> str:
    """A bare URL without the delimiter, bracket or punctuation mark of the line around it."""
    if before in (",", ";", "|"):
        url = url.partition(before)[0]
    if before == "(" and url.count(")") > url.count("("):
        url = url.rpartition(")")[0]
    return url.rstrip(",;")


def _strings(text: str) -> Iterator[tuple[str, str]]:
    """The URLs among the values of a JSON log line, with the line's method."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return
    entry = value if isinstance(value, dict) else {}
    method = next((str(item) for key, item in entry.items() if str(key).lower() in ("method", "http_method")), "")
    queue: list[object] = [value]
    while queue:
        item = queue.pop()
        if isinstance(item, dict):
            queue.extend(item.values())
        elif isinstance(item, list):
            queue.extend(item)
        elif isinstance(item, str) and _URL.match(item):
            yield method if re.fullmatch(_METHOD, method) else "", item
