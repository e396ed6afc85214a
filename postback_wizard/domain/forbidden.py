"""Bytes that HTTP forbids where they stand in a request, and the request with them encoded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from postback_wizard.domain.exact import ExactRequest
from postback_wizard.domain.url import encode_forbidden, forbidden, split_url


@dataclass(frozen=True, slots=True)
class Forbidden:
    """One character: its offset in the request target or header value, counted from 0, and the part it stands in.

    ``encoded`` is the part with it percent-encoded, empty where nothing can be encoded.
    """

    place: Literal["target", "header"]
    part: str
    offset: int
    character: str
    encoded: str = ""

    @property
    def name(self) -> str:
        """The character by its number, ``U+0020``."""
        return f"U+{ord(self.character):04X}"


def forbidden_in(request: ExactRequest) -> tuple[Forbidden, ...]:
    """Every character of a request that HTTP forbids where it stands, in order."""
    return (*_in_target(split_url(request.url).target), *_in_headers(request))


def _in_target(target: str) -> Iterator[Forbidden]:
    for offset in forbidden(target):
        start = max(target.rfind(mark, 0, offset) for mark in "?&/") + 1
        ends = [end for mark in "?&/" if (end := target.find(mark, offset)) >= 0]
        part = target[start : min(ends, default=len(target))]
        yield Forbidden("target", part, offset, target[offset], encode_forbidden(part))


def _in_headers(request: ExactRequest) -> Iterator[Forbidden]:
    for name, value in request.headers:
        for offset, character in enumerate(value):
            number = ord(character)
            if (number < 0x20 and character != "\t") or number == 0x7F or 0xD800 <= number < 0xE000:
                yield Forbidden("header", name, offset, character)


def encoded(request: ExactRequest) -> ExactRequest:
    """The request with the forbidden characters of its target percent-encoded as UTF-8; all else stays."""
    url = split_url(request.url)
    if not forbidden(url.target):
        return request
    query = None if url.query is None else encode_forbidden(url.query)
    return replace(request, url=str(replace(url, path=encode_forbidden(url.path), query=query)))
