"""A pasted text read as one exact HTTP request: a URL, a curl command, a raw request, a record or a log line."""

import re
from functools import lru_cache

from postback_wizard.domain.command import is_curl, other_program
from postback_wizard.domain.curl import read_curl
from postback_wizard.domain.curl_flags import BAD_HEADER, CHUNKED
from postback_wizard.domain.exact import ExactRequest, RequestProblem, UnreadableRequestError, filled, sendable
from postback_wizard.domain.request_line import METHOD, NO_HOST, URL, request_in_line
from postback_wizard.domain.request_record import SET_BY_SENDER, request_in_json
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

__all__ = ["ExactRequest", "RequestProblem", "read_request"]

#: Characters of a paste that are read; a longer one is refused as a whole.
MAX_CHARS = 8 * 1024**2

NOTHING = Text(en="There is no request here{at}.", ru="Здесь нет запроса{at}.")
TOO_LARGE = Text(
    en="The text is too long ({at} characters); paste the one request.",
    ru="Текст слишком длинный ({at} знаков); вставьте один запрос.",
)
GOES_ON = Text(
    en="The text goes on after the URL ({at}); put the whole URL on one line.",
    ru="После URL текст продолжается ({at}); запишите URL целиком в одну строку.",
)
OTHER_PROGRAM = Text(
    en="{at} adds to a request what is not written there; copy the request as cURL instead.",
    ru="{at} добавляет к запросу то, чего в тексте нет; скопируйте запрос как cURL.",
)
SCHEME_ASSUMED = Text(
    en="A raw request does not name its scheme; {scheme} is assumed.",
    ru="В сыром запросе нет схемы; принято {scheme}.",
)

_START = re.compile(rf"({METHOD}|[A-Z]{{3,16}}) (\S.*?)(?: (HTTP/[0-9.]+))?\s*", re.DOTALL)
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*)")
_LOG_TAIL = re.compile(r"\t|\s[1-5][0-9][0-9](?:\s|$)|\sHTTP/[0-9.]+")
_LOCAL = re.compile(r"(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?|.*:80", re.IGNORECASE)
#: The most usual text of all: a URL and nothing else.
_BARE_URL = re.compile(r"https?://[\x21\x23-\x3b\x3d\x3f-\x5b\x5d-\x7e]+")
_NUMBER = re.compile(r"#(\d{1,4})\s+(?=\S)")


@lru_cache(maxsize=16)
def read_request(text: str, base: str = "") -> ExactRequest | RequestProblem:
    """The one request a text holds, byte for byte as written, or why there is none. Never raises.

    ``base`` is a URL whose host stands in where a log names none. ``#2`` before the text picks one of several.
    """
    try:
        return _read(sendable(text).strip().removeprefix("\ufeff").strip(), base)
    except UnreadableRequestError as error:
        return error.problem


def _read(text: str, base: str) -> ExactRequest:
    if len(text) <= MAX_CHARS and _BARE_URL.fullmatch(text):
        return ExactRequest("GET", text)
    if not text:
        raise UnreadableRequestError(NOTHING)
    if len(text) > MAX_CHARS:
        raise UnreadableRequestError(TOO_LARGE, str(len(text)))
    if is_curl(text):
        return read_curl(text)
    if name := other_program(text):
        raise UnreadableRequestError(OTHER_PROGRAM, name)
    picked = _NUMBER.match(text)
    text = text[picked.end() :] if picked else text
    if text.startswith(("{", "[")):
        recorded = request_in_json(text, int(picked[1]) if picked else 0)
        if recorded:
            return recorded
    lines = text.splitlines()
    if _is_raw(lines):
        return _raw(text)
    if len(lines) == 1 and URL.match(text) and not _LOG_TAIL.search(text):
        return ExactRequest("GET", text)
    if len(lines) > 1 and URL.match(text) and not URL.match(lines[1]) and not _LOG_TAIL.search(lines[0]):
        raise UnreadableRequestError(GOES_ON, lines[1][:60])
    return request_in_line(text, base)


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
    if URL.match(target):
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
