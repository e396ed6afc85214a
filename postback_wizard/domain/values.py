"""A request taken apart value by value: host, path, query, headers and body, each with its place in the text."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import unquote

from postback_wizard.domain.macros import Macro, find_macros, masked
from postback_wizard.domain.request import ExactRequest, RequestProblem, read_request
from postback_wizard.domain.url import split_url

#: Names have no spaces; but a value that was not encoded may hold an "&", and then what follows it is no pair.
_FORM = re.compile(r"[^\s=&{<\"]+=[^&\n]*(?:&[^\s=&{<\"]+=[^&\n]*|&[^&=\n]*)*")

#: Texts up to so many characters are remembered taken apart.
_SHORT = 16_384

Place = Literal["host", "path", "query", "header", "body"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a request as it stands. ``name`` is the parameter, header or JSON path; a path has none.

    ``start`` is its offset in the text it was read from, -1 where that is not known (headers, bodies).
    """

    place: Place
    name: str
    text: str
    start: int = field(default=-1, compare=False)

    @property
    def end(self) -> int:
        """Where it ends in the text it was read from; -1 where its place is not known."""
        return self.start + len(self.text) if self.start >= 0 else -1

    def span(self, macro: Macro | None = None) -> dict[str, Any]:
        """``start`` and ``end`` of it, or of a macro of it, as a finding names them; empty where not known.

        Of an empty value it is the name with its ``=``, because nothing else can be pointed at.
        """
        if self.start < 0:
            return {}
        if not self.text:
            return {"start": self.start - len(self.name) - 1, "end": self.start}
        if macro is None:
            return {"start": self.start, "end": self.end}
        return {"start": self.start + macro.start, "end": self.start + macro.end}

    @property
    def param(self) -> str:
        """What to call it: its name, or its place when it has none."""
        return self.name or self.place

    @property
    def decoded(self) -> str:
        """The value decoded once; outside the URL it stands as it is."""
        return unquote(self.text) if "%" in self.text and self.place in ("path", "query") else self.text

    def macros(self) -> tuple[Macro, ...]:
        """The macros in this value. Round brackets in a path are only brackets."""
        return _macros_of(self.text, self.place)


@lru_cache(maxsize=2048)
def _macros_of(text: str, place: Place) -> tuple[Macro, ...]:
    found = find_macros(text)
    return tuple(macro for macro in found if macro.dialect != "(x)" or place in ("query", "body"))


def read_values(text: str, body: str = "", base: str = "") -> tuple[Value, ...]:
    """Every value of a request: host, path, query, headers (but cookies) and body; ``body`` wins. Never raises.

    ``base`` is a URL whose host stands in where a log names none.
    """
    if not text:
        return ()
    short = len(text) + len(body) + len(base) <= _SHORT
    return _remembered(text, body, base) if short else _read_values(text, body, base)


def _read_values(text: str, body: str, base: str) -> tuple[Value, ...]:
    if not text.strip():
        return ()
    request = read_template(text, base)
    if request is None:
        return tuple(_body_values(text.strip()))
    headers = (Value("header", name, value) for name, value in request.headers if name.lower() != "cookie")
    return (*_placed(request.url, text), *headers, *_body_values(body or request.body))


#: All checks of a case read the same two texts.
_remembered = lru_cache(maxsize=16)(_read_values)


def _placed(url: str, text: str) -> Iterator[Value]:
    """The values of a request's URL with their offsets in the text it stands in."""
    at = text.find(url)
    if at == 0:
        yield from _url_values(url)
        return
    for value in _url_values(url):
        yield replace(value, start=at + value.start if at >= 0 else -1)


def read_body(body: str) -> tuple[Value, ...]:
    """Every value of a body alone: no URL inside it is taken for the request. Never raises."""
    return tuple(_body_values(body))


@lru_cache(maxsize=16)
def read_template(text: str, base: str = "") -> ExactRequest | None:
    """The request a text holds; a template without a scheme is a URL all the same. Never raises."""
    match read_request(text, base):
        case ExactRequest() as request:
            return request
        case RequestProblem():
            bare = text.strip()
            is_url = not any(character.isspace() for character in bare) and ("/" in bare or "?" in bare)
            return ExactRequest("GET", bare) if is_url and bare[0] not in "{[" else None


def _url_values(text: str) -> Iterator[Value]:
    """The values of a URL; a ``#`` or ``/`` inside a macro is part of the macro."""
    url = split_url(masked(text))
    at = len(url.scheme) + bool(url.scheme) + len(url.slashes) + len(url.authority)
    if url.host:
        yield Value("host", "", text[at - len(url.authority) : at], at - len(url.authority))
    for segment in url.path.split("/"):
        if segment:
            yield Value("path", "", text[at : at + len(segment)], at)
        at += len(segment) + 1
    if url.query is not None:
        yield from _fields(text[at : at + len(url.query)], url.query, at)


def _body_values(body: str) -> Iterator[Value]:
    """JSON leaf by leaf, a form field by field, anything else as one value."""
    bare = body.strip()
    covered = masked(bare)
    if not bare:
        return
    try:
        yield from _leaves(json.loads(bare), "")
    except (ValueError, RecursionError):
        yield from _fields(bare, covered, None) if _FORM.fullmatch(covered) else [Value("body", "", bare)]


def _fields(text: str, covered: str, offset: int | None) -> Iterator[Value]:
    """The ``name=value`` pairs of a query or a form, cut where ``covered`` says; a lone macro is a value too."""
    at = 0
    for pair in covered.split("&"):
        name, equals, _ = pair.partition("=")
        whole, key = text[at : at + len(pair)], text[at : at + len(name)]
        begin = at + (len(name) + 1 if equals else 0)
        at += len(pair) + 1
        if pair:
            lone = "" if equals or not find_macros(whole) else whole
            value = whole[len(name) + 1 :] if equals else lone
            yield Value("query", unquote(key) if "%" in key else key, value, -1 if offset is None else offset + begin)


def _leaves(node: object, path: str) -> Iterator[Value]:
    match node:
        case dict():
            for key, child in node.items():
                yield from _leaves(child, f"{path}.{key}" if path else str(key))
        case list():
            for index, child in enumerate(node):
                yield from _leaves(child, f"{path}[{index}]")
        case None:
            yield Value("body", path, "")
        case _:
            yield Value("body", path, str(node))
