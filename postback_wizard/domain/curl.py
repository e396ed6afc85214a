"""A curl command read as the request it would send, and a request written as a curl command for bash."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote

from postback_wizard.domain.curl_flags import (
    BAD_HEADER,
    DATA,
    FORM,
    HARMLESS,
    HARMLESS_VALUED,
    HTTP_ASSUMED,
    MANY_URLS,
    NO_URL,
    NO_VALUE,
    NOTED,
    READS_FILE,
    REFUSED,
    REST_LEFT_OUT,
    SHORTHANDS,
    SKIPPED,
    UNKNOWN_FLAG,
    VALUED,
    WINDOWS_COPY,
)
from postback_wizard.domain.exact import ExactRequest, Headers, UnreadableRequestError, filled
from postback_wizard.domain.shell import quote_word, split_words
from postback_wizard.domain.text import Text

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_LEAD = re.compile(r"(?:[$>#%]\s+)?curl(?:\.exe)?(?=\s|\\\r?\n|$)")


class Exchange(Protocol):
    """Anything that is a request: method, URL, headers and body."""

    @property
    def method(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def headers(self) -> Headers: ...
    @property
    def body(self) -> str: ...


def is_curl(text: str) -> bool:
    """Whether a text is a curl command, with or without a shell prompt before it."""
    return _LEAD.match(text.strip()) is not None


@dataclass(slots=True)
class _Draft:
    method: str = ""
    urls: list[str] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    body: str | None = None
    json: bool = False
    get: bool = False
    head: bool = False
    skipped: list[str] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)

    def has(self, name: str) -> bool:
        return any(key.lower() == name.lower() for key, _ in self.headers) or name.lower() in self.removed

    def default(self, name: str, value: str) -> None:
        if not self.has(name):
            self.headers.append((name, value))


def read_curl(text: str) -> ExactRequest:
    """The request a curl command would send; nothing is globbed, expanded or followed.

    Raises:
        UnreadableRequestError: something in the command is not understood, or would read a file or a secret.
    """
    command = text.strip()
    if re.search(r"\s\^\"|\^\r?\n", command):
        raise UnreadableRequestError(WINDOWS_COPY, "^")
    lead = _LEAD.match(command)
    words, rest = split_words(command[lead.end() :] if lead else command)
    draft = _Draft()
    for flag, value in _pairs(words):
        _apply(draft, flag, value)
    if rest:
        draft.notes.append(filled(REST_LEFT_OUT, rest=rest[:60]))
    return _finish(draft)


def _pairs(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Flags with their values; a URL comes as ``--url``; a cluster such as ``-sXPOST`` comes apart."""
    queue = list(reversed(words))
    only_urls = False
    while queue:
        word = queue.pop()
        if only_urls or not word.startswith("-") or word == "-":
            yield "--url", word
        elif word == "--":
            only_urls = True
        elif word.startswith("--"):
            yield word, _value(word, queue) if _takes_value(word) else ""
        elif _takes_value(word[:2]):
            yield word[:2], word[2:] or _value(word, queue)
        else:
            if len(word) > 2:
                queue.append("-" + word[2:])
            yield word[:2], ""


def _takes_value(flag: str) -> bool:
    return flag in DATA or flag in VALUED or flag in HARMLESS_VALUED


def _value(flag: str, queue: list[str]) -> str:
    if not queue:
        raise UnreadableRequestError(NO_VALUE, flag)
    return queue.pop()


def _apply(draft: _Draft, flag: str, value: str) -> None:
    match SHORTHANDS.get(flag, flag):
        case "--url":
            draft.urls.append(value)
        case "-X" | "--request":
            draft.method = value
        case "-H" | "--header":
            _header(draft, value)
        case "-A" | "--user-agent":
            _set(draft, "User-Agent", value)
        case "-e" | "--referer":
            _set(draft, "Referer", value.removesuffix(";auto"))
        case "-b" | "--cookie":
            if "=" not in value:
                raise UnreadableRequestError(READS_FILE, f"{flag} {value}")
            _set(draft, "Cookie", value)
        case "--get":
            draft.get = True
        case "--head":
            draft.head = True
        case _ if flag in DATA:
            _data(draft, flag, value)
        case _ if flag in NOTED:
            draft.notes.append(filled(NOTED[flag], flag=flag))
        case _ if flag in HARMLESS or flag in HARMLESS_VALUED:
            draft.skipped.append(flag)
        case _:
            raise UnreadableRequestError(REFUSED.get(flag, UNKNOWN_FLAG), flag)


def _set(draft: _Draft, name: str, value: str) -> None:
    """A header of a flag's own: an empty value takes the header away."""
    draft.headers = [(key, old) for key, old in draft.headers if key.lower() != name.lower()]
    if value:
        draft.headers.append((name, value))
    else:
        draft.removed.append(name.lower())


def _header(draft: _Draft, text: str) -> None:
    """``Name: value`` adds, ``Name;`` adds an empty one, ``Name:`` takes curl's own away."""
    if text.startswith("@"):
        raise UnreadableRequestError(READS_FILE, f"-H {text}")
    name, colon, value = text.partition(":")
    if not colon and text.endswith(";"):
        name = text[:-1]
    if not _TOKEN.fullmatch(name) or (not colon and not text.endswith(";")) or re.search(r"[\r\n]", value):
        raise UnreadableRequestError(BAD_HEADER, text[:60])
    value = value.strip(" \t")
    if colon and not value:
        draft.removed.append(name.lower())
    else:
        draft.headers.append((name, value))


def _data(draft: _Draft, flag: str, value: str) -> None:
    if flag != "--data-raw" and flag != "--data-urlencode" and value.startswith("@"):
        raise UnreadableRequestError(READS_FILE, f"{flag} {value}")
    piece = _urlencoded(flag, value) if flag == "--data-urlencode" else value
    if draft.body is None:
        draft.body = piece
    else:
        draft.body += piece if flag == "--json" else f"&{piece}"
    draft.json = draft.json or flag == "--json"


def _urlencoded(flag: str, value: str) -> str:
    """``content``, ``=content`` and ``name=content``: the content percent-encoded, a space as ``+``, as curl does."""
    name, equals, content = value.partition("=")
    if not equals:
        if "@" in value:
            raise UnreadableRequestError(READS_FILE, f"{flag} {value}")
        name, content = "", value
    encoded = quote(content, safe="-._~", errors="surrogateescape").replace("%20", "+")
    return f"{name}={encoded}" if name else encoded


def _finish(draft: _Draft) -> ExactRequest:
    if not draft.urls:
        raise UnreadableRequestError(NO_URL, "curl")
    if len(draft.urls) > 1:
        raise UnreadableRequestError(MANY_URLS, "  ".join(draft.urls)[:120])
    url = draft.urls[0]
    if "://" not in url.partition("?")[0]:
        url = f"http://{url}"
        draft.notes.append(HTTP_ASSUMED)
    body = draft.body
    if draft.get and body is not None:
        url, body = _with_query(url, body), None
    if draft.json:
        draft.default("Content-Type", "application/json")
        draft.default("Accept", "application/json")
    elif body is not None:
        draft.default("Content-Type", FORM)
    if draft.skipped:
        draft.notes.append(filled(SKIPPED, flags=", ".join(dict.fromkeys(draft.skipped))))
    method = draft.method or ("HEAD" if draft.head else "GET" if body is None else "POST")
    return ExactRequest(method, url, tuple(draft.headers), body or "", tuple(draft.notes))


def _with_query(url: str, data: str) -> str:
    base, hash_mark, fragment = url.partition("#")
    joint = "" if base.endswith(("?", "&")) else "&" if "?" in base else "?"
    return f"{base}{joint}{data}{hash_mark}{fragment}"


def as_curl(request: Exchange) -> str:
    """The request as a command for bash that sends the same bytes: nothing globbed, squashed or added to the body."""
    parts = ["curl", "--globoff", "--path-as-is"]
    has_body = bool(request.body)
    if request.method.upper() == "HEAD" and not has_body:
        parts += ["--head"]
    elif request.method != ("POST" if has_body else "GET"):
        parts += ["--request", quote_word(request.method)]
    for name, value in request.headers:
        parts += ["--header", quote_word(f"{name}: {value}" if value else f"{name};")]
    if has_body:
        if not any(name.lower() == "content-type" for name, _ in request.headers):
            parts += ["--header", "'Content-Type:'"]
        parts += ["--data-raw", quote_word(request.body)]
    return " ".join([*parts, "--url", quote_word(request.url)])
