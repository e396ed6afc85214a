"""The signature of a request: where it stands, and which digest it is."""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, unquote_plus

from postback_wizard.domain.exact import ExactRequest

_NAMES = re.compile(
    r"(?:x[-_])?(?:[a-z0-9]+[-_])*(?:sig|sign|signature|hmac|digest|checksum|hash|md5|sha1|sha256|sha512|sh)"
    r"(?:[-_](?:sha-?\d+|\d+|v\d|key))*",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"(?:sha-?\d+|md5|hmac|v\d)=", re.IGNORECASE)
_ALGORITHMS = {16: "md5", 20: "sha1", 32: "sha256", 48: "sha384", 64: "sha512"}


@dataclass(frozen=True, slots=True)
class Signature:
    """A digest found in a request: where, under which name, and as bytes. ``upper`` says that its hex is upper-case."""

    place: Literal["query", "header", "body"]
    name: str
    text: str
    digest: bytes
    upper: bool = False

    @property
    def algorithm(self) -> str:
        """The hash whose digests are this long."""
        return _ALGORITHMS[len(self.digest)]


def find_signature(request: ExactRequest) -> Signature | None:
    """The first value that has the name and the length of a digest; None when there is none."""
    for name, value in query_of(request.url):
        found = _read("query", unquote(name), unquote(value))
        if found:
            return found
    for name, value in request.headers:
        found = _read("header", name, _PREFIX.sub("", value.strip(), count=1))
        if found:
            return found
    for name, value in form_of(request.body):
        found = _read("body", unquote_plus(name), unquote_plus(value))
        if found:
            return found
    return None


def _read(place: Literal["query", "header", "body"], name: str, text: str) -> Signature | None:
    if not _NAMES.fullmatch(name):
        return None
    digest = _digest(text)
    upper = text != text.lower() and bool(re.fullmatch(r"[0-9A-F]+", text))
    return Signature(place, name, text, digest, upper) if len(digest) in _ALGORITHMS else None


def _digest(text: str) -> bytes:
    """The bytes a signature stands for: hex, or base64 in either alphabet, with or without its padding."""
    if re.fullmatch(r"[0-9A-Fa-f]+", text) and len(text) % 2 == 0:
        return bytes.fromhex(text)
    bare = text.rstrip("=").replace("-", "+").replace("_", "/").replace(" ", "+")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


# -- the values of a request ---------------------------------------------------------------------------------------


def query_of(url: str) -> list[tuple[str, str]]:
    """Names and values of a URL's query as they stand."""
    return _pairs(url.partition("#")[0].partition("?")[2])


def form_of(body: str) -> list[tuple[str, str]]:
    """Names and values of a form body as they stand; none for JSON and XML."""
    return _pairs(body) if "=" in body and body.lstrip()[:1] not in ("{", "[", "<") else []


def _pairs(text: str) -> list[tuple[str, str]]:
    found = (item.partition("=") for item in text.split("&") if item)
    return [(name, value) for name, _, value in found]
