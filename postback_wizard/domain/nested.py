"""Addresses inside addresses: destination URLs that ride in a parameter, percent-encoded or in base64, at any depth."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from postback_wizard.domain.url import split_url

Encoding = Literal["raw", "percent", "base64"]

#: Parameters whose business is to say where a click goes, without case and punctuation.
DESTINATION_NAMES = frozenset(
    (
        *("u", "url", "adurl", "redirect", "redirecturl", "redir", "rurl", "r", "dest", "desturl", "destination"),
        *("destinationurl", "target", "targeturl", "to", "goto", "go", "out", "outurl", "link", "lp", "lpurl"),
        *("landing", "landingurl", "landingpage", "landingpageurl", "deeplink", "deeplinkurl", "dl", "ued", "murl"),
        *("ulp", "clickurl", "finalurl", "forward", "forwardurl", "next", "nexturl", "jump", "exiturl", "offerurl"),
    )
)
#: Caps: characters looked at, decodings of one value, addresses inside one another, addresses told.
LONGEST, DECODINGS, INSIDE, MOST = 65_536, 8, 6, 32

_WEB = re.compile(r"https?://[^\s/?#\"'<>]", re.IGNORECASE)
#: What an address looks like in base64, its case left alone: ``http`` begins with ``aHR0c``, ``HTTP`` with ``SFRUU``.
_BASE64 = re.compile(r"(?:aHR0c|SFRUU|SHR0c)[A-Za-z0-9+/_-]{8,}={0,2}")


@dataclass(frozen=True, slots=True)
class Destination:
    """An address found inside a URL.

    ``param`` is the parameter it rides in, decoded, and empty where it is the whole query. ``depth`` counts the
    decodings it took, 0 for one that stands raw; ``inside`` counts the addresses around it, from 0.
    """

    url: str
    param: str
    depth: int
    encoding: Encoding
    inside: int = 0

    @property
    def is_named(self) -> bool:
        """Whether the parameter's name says that the click goes there."""
        return not self.param or re.sub(r"[^a-z0-9]", "", self.param.lower()) in DESTINATION_NAMES


def find(url: str) -> tuple[Destination, ...]:
    """Every http or https address inside a URL's parameters, outer ones first. Never raises, never runs long.

    Only the first 65,536 characters are looked at, and at most 32 addresses are told.
    """
    found: list[Destination] = []
    waiting = [(url[:LONGEST], 0)]
    while waiting and len(found) < MOST:
        text, inside = waiting.pop(0)
        for item in _inside(text, inside):
            found.append(item)
            if inside + 1 < INSIDE:
                waiting.append((item.url, inside + 1))
    return tuple(found[:MOST])


def _inside(text: str, inside: int) -> Iterator[Destination]:
    parts = split_url(text)
    if parts.query and _WEB.match(parts.query):
        yield Destination(text[text.index("?") + 1 :], "", 0, "raw", inside)
        return
    for param in parts.params()[: MOST * 4]:
        read = _unwrapped(param.value if param.has_equals else param.key)
        if read:
            yield Destination(read[0], param.name if param.has_equals else "", read[1], read[2], inside)


def _unwrapped(value: str) -> tuple[str, int, Encoding] | None:
    """The address a value is, with how many decodings and what kind of them it took; None for any other value."""
    encoding: Encoding = "raw"
    for depth in range(DECODINGS + 1):
        if _WEB.match(value):
            return value, depth, encoding
        plain = _from_base64(value)
        if plain:
            encoding, value = "base64", plain
            continue
        decoded = unquote(value)
        if decoded == value:
            return None
        encoding, value = encoding if encoding == "base64" else "percent", decoded
    return None


def _from_base64(value: str) -> str:
    """The text a value is in base64 or base64url, padded or not; empty where it is no address in base64."""
    if not _BASE64.fullmatch(value):
        return ""
    plain = value.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
