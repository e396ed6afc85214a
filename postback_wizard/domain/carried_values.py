"""Every value a request carries, wherever it stands: address, headers, cookies, form, JSON or any other body."""

import json
import re
from collections.abc import Iterator
from urllib.parse import unquote, unquote_plus

from postback_wizard.domain.url import split_url

#: Values shorter than this say nothing about one conversion.
SHORTEST = 4
#: No honest callback carries more; what comes after is not remembered.
MOST = 500
_WORD = re.compile(r"[^\s<>\"'=&;,:?#|(){}\[\]]+")
#: Bodies up to so many characters are taken apart.
_LONGEST = 256 * 1024


def carried_values(url: str, headers: tuple[tuple[str, str], ...] = (), body: str = "") -> tuple[str, ...]:
    """The values as they stand and decoded, each once, at most ``MOST``. Never raises.

    An identifier that is only a part of a longer word is another identifier and is not among them.
    """
    found: dict[str, None] = {}
    for text in _raw(url, headers, body[:_LONGEST]):
        for form in (text, unquote(text), unquote_plus(text)):
            if len(form) >= SHORTEST:
                found[form] = None
        if len(found) >= MOST:
            break
    return tuple(found)[:MOST]


def _raw(url: str, headers: tuple[tuple[str, str], ...], body: str) -> Iterator[str]:
    parts = split_url(url)
    yield from (param.text for param in parts.params())
    yield from (param.value or "" for param in parts.params())
    yield from parts.path.split("/")
    for _, value in headers:
        yield value.strip()
        yield from _words(value)
    yield from _leaves(body)


def _leaves(body: str) -> Iterator[str]:
    try:
        yield from _json(json.loads(body))
    except (ValueError, RecursionError):
        yield from _words(body)


def _json(node: object) -> Iterator[str]:
    match node:
        case dict():
            for child in node.values():
                yield from _json(child)
        case list():
            for child in node:
                yield from _json(child)
        case bool() | None:
            return
        case str():
            yield node
            yield from _words(node)
        case _:
            yield str(node)


def _words(text: str) -> Iterator[str]:
    for found in _WORD.finditer(text):
        yield found[0]
