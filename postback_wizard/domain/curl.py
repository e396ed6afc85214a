"""A curl command read as the request it would send."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field

from postback_wizard.domain import curl_flags as flags
from postback_wizard.domain.command import is_curl, split_command
from postback_wizard.domain.curl_data import Part, form_part, multipart, urlencoded
from postback_wizard.domain.curl_url import with_query, without_dots, without_login
from postback_wizard.domain.exact import ExactRequest, UnreadableRequestError, filled
from postback_wizard.domain.text import Text

__all__ = ["is_curl", "read_curl"]

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_GLOB = re.compile(r"\{[^{}]*,[^{}]*\}|\[(?:\d+-\d+|[A-Za-z]-[A-Za-z])(?::\d+)?\]")
_BRACED = re.compile(r"(?<![$#%{])\{[^{},]+\}(?!\})")
_OWN = {"-A": "User-Agent", "--user-agent": "User-Agent", "-e": "Referer", "--referer": "Referer"}


@dataclass(slots=True)
class _Draft:
    method: str = ""
    urls: list[str] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    #: What flags of their own set, None where they take a header away; a header written out wins over them.
    own: dict[str, str | None] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    body: str | None = None
    parts: list[Part] = field(default_factory=list)
    query: list[str] = field(default_factory=list)
    json: bool = False
    switches: set[str] = field(default_factory=set)
    skipped: list[str] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)

    def has(self, name: str) -> bool:
        return any(key.lower() == name.lower() for key, _ in self.headers) or name.lower() in self.removed

    def default(self, name: str, value: str) -> None:
        if not self.has(name):
            self.headers.append((name, value))


def read_curl(text: str) -> ExactRequest:
    """The request a curl command would send; nothing is expanded or followed, and macros stay whole.

    Raises:
        UnreadableRequestError: something in the command is not understood, or would read a file or a secret.
    """
    found = split_command(text.strip())
    draft = _Draft(notes=list(found.notes))
    for flag, value in _pairs(found.words):
        _apply(draft, flag, value)
    if found.rest:
        draft.notes.append(filled(flags.REST_LEFT_OUT, rest=found.rest[:60]))
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
    return flag in flags.DATA or flag in flags.VALUED or flag in flags.HARMLESS_VALUED


def _value(flag: str, queue: list[str]) -> str:
    if not queue:
        raise UnreadableRequestError(flags.NO_VALUE, flag)
    return queue.pop()


def _apply(draft: _Draft, flag: str, value: str) -> None:
    match flags.SHORTHANDS.get(flag, flag):
        case "--url":
            draft.urls.append(value)
        case "-X" | "--request":
            draft.method = value
        case "-H" | "--header":
            _header(draft, value)
        case "-A" | "--user-agent" | "-e" | "--referer":
            draft.own[_OWN[flag]] = value.removesuffix(";auto") or None
        case "-b" | "--cookie":
            if "=" not in value:
                raise UnreadableRequestError(flags.READS_FILE, f"{flag} {value}")
            draft.cookies.append(value)
        case "-r" | "--range":
            draft.own["Range"] = f"bytes={value}"
        case "-u" | "--user":
            draft.own["Authorization"] = _basic(flag, value)
        case "--oauth2-bearer":
            draft.own["Authorization"] = f"Bearer {value}"
        case "--url-query":
            draft.query.append(value[1:] if value.startswith("+") else urlencoded(flag, value))
        case "--get" | "--head" | "--globoff" | "--path-as-is" as switch:
            draft.switches.add(switch)
        case _:
            _apply_rarer(draft, flag, value)


def _apply_rarer(draft: _Draft, flag: str, value: str) -> None:
    if flag in flags.DATA:
        _data(draft, flag, value)
    elif flag in flags.FORMS:
        draft.parts.append(form_part(flag, value))
    elif flag in flags.NOTED:
        draft.notes.append(filled(flags.NOTED[flag], flag=flag))
    elif flag in flags.HARMLESS or flag in flags.HARMLESS_VALUED:
        draft.skipped.append(flag)
    else:
        raise UnreadableRequestError(flags.REFUSED.get(flag, flags.UNKNOWN_FLAG), flag)


def _basic(flag: str, value: str) -> str:
    if ":" not in value:
        raise UnreadableRequestError(flags.NO_PASSWORD, flag)
    return f"Basic {b64encode(value.encode('utf-8', 'surrogateescape')).decode()}"


def _header(draft: _Draft, text: str) -> None:
    """``Name: value`` adds, ``Name;`` adds an empty one, ``Name:`` takes curl's own away."""
    if text.startswith("@"):
        raise UnreadableRequestError(flags.READS_FILE, f"-H {text}")
    name, colon, value = text.partition(":")
    if not colon and text.endswith(";"):
        name = text[:-1]
    if not _TOKEN.fullmatch(name) or (not colon and not text.endswith(";")) or re.search(r"[\r\n\0]", value):
        raise UnreadableRequestError(flags.BAD_HEADER, text[:60])
    value = value.strip(" \t")
    if (name.lower(), value.lower()) == ("transfer-encoding", "chunked"):
        raise UnreadableRequestError(flags.CHUNKED, text[:60])
    if colon and not value:
        draft.removed.append(name.lower())
    else:
        draft.headers.append((name, value))


def _data(draft: _Draft, flag: str, value: str) -> None:
    if flag != "--data-raw" and flag != "--data-urlencode" and value.startswith("@"):
        raise UnreadableRequestError(flags.READS_FILE, f"{flag} {value}")
    piece = urlencoded(flag, value) if flag == "--data-urlencode" else value
    if draft.body is None:
        draft.body = piece
    else:
        draft.body += piece if flag == "--json" else f"&{piece}"
    draft.json = draft.json or flag == "--json"


# -- the request ---------------------------------------------------------------------------------------------------


def _finish(draft: _Draft) -> ExactRequest:
    url = _url(draft)
    body = draft.body
    if "--get" in draft.switches and body is not None:
        url, body = with_query(url, body), None
    elif draft.query:
        url = with_query(url, "&".join(draft.query))
    if draft.parts:
        boundary, body = multipart(draft.parts)
        draft.default("Content-Type", f"multipart/form-data; boundary={boundary}")
        draft.notes.append(filled(flags.BOUNDARY_OURS, boundary=boundary))
    elif draft.json:
        draft.default("Content-Type", "application/json")
        draft.default("Accept", "application/json")
    elif body is not None:
        draft.default("Content-Type", flags.FORM)
    _add_own(draft)
    if draft.skipped:
        draft.notes.append(filled(flags.SKIPPED, flags=", ".join(dict.fromkeys(draft.skipped))))
    method = draft.method or ("HEAD" if "--head" in draft.switches else "GET" if body is None else "POST")
    kept = {name.lower() for name, _ in draft.headers}
    without = tuple(name for name in dict.fromkeys(draft.removed) if name not in kept)
    return ExactRequest(method, url, tuple(draft.headers), body or "", tuple(draft.notes), without)


def _add_own(draft: _Draft) -> None:
    if draft.cookies:
        draft.own["Cookie"] = ";".join(draft.cookies)
    for name, value in draft.own.items():
        if value is not None:
            draft.default(name, value)
        elif not draft.has(name):
            draft.removed.append(name.lower())


def _url(draft: _Draft) -> str:
    if not draft.urls:
        raise UnreadableRequestError(flags.NO_URL, "curl")
    if len(draft.urls) > 1:
        raise UnreadableRequestError(flags.MANY_URLS, "  ".join(draft.urls)[:120])
    _no_conflict(draft)
    url = draft.urls[0]
    if "://" not in url.partition("?")[0]:
        url = f"http://{url}"
        draft.notes.append(flags.HTTP_ASSUMED)
    if not re.match(r"https?://", url, re.IGNORECASE):
        raise UnreadableRequestError(flags.NOT_HTTP, url[:60])
    if "--globoff" not in draft.switches:
        if several := _GLOB.search(url):
            raise UnreadableRequestError(flags.GLOBBED, several.group()[:60])
        if braced := _BRACED.search(url):
            draft.notes.append(filled(flags.MACRO_KEPT, at=braced.group()))
    if "--path-as-is" not in draft.switches:
        url, shorter = without_dots(url)
        draft.notes += [filled(flags.DOTS_REMOVED, path=shorter)] if shorter else []
    url, login = without_login(url)
    if login:
        draft.own.setdefault("Authorization", f"Basic {b64encode(login).decode()}")
    return url


def _no_conflict(draft: _Draft) -> None:
    """Options that curl refuses together, or that its versions join in different ways."""
    data = "-d" if draft.body is not None else ""
    pairs = (
        ("-G", "--url-query", "--get" in draft.switches and data and draft.query),
        ("-I", data or "-F", "--head" in draft.switches and (draft.parts or (data and "--get" not in draft.switches))),
        ("-F", data, draft.parts and data),
        ("-G", "-F", "--get" in draft.switches and draft.parts),
    )
    for first, second, clash in pairs:
        if clash:
            raise UnreadableRequestError(flags.CONFLICT, f"{first} {second}")
