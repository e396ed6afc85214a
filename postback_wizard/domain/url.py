"""A URL taken apart without changing a byte, and two URLs compared parameter by parameter.

Everything here works on text as it stands: putting the parts together again gives the same text, also for text
that is no URL. Hosts are only read here; what a name resolves to, and whether it may be spoken to, is decided on
socket addresses by the edge.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
#: URLs up to so many characters are remembered taken apart.
_SHORT = 2048
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
#: What HTTP lets stand in a request target (RFC 9112 section 3.2, RFC 3986 section 2): visible ASCII.
_FORBIDDEN = re.compile(r"[^\x21-\x7e]")


@dataclass(frozen=True, slots=True)
class Param:
    """One ``key=value`` of a query as it stands; ``start`` and ``end`` are offsets into the URL's text."""

    key: str
    value: str
    start: int
    end: int
    has_equals: bool = True

    @property
    def name(self) -> str:
        """The key, decoded once."""
        return unquote(self.key)

    @property
    def text(self) -> str:
        """The value, decoded once; ``+`` stays ``+``."""
        return unquote(self.value)


@dataclass(frozen=True, slots=True)
class Url:
    """The parts of a URL as they stand. Joined again they are the original text."""

    scheme: str
    slashes: str
    userinfo: str
    host: str
    port: str
    path: str
    query: str | None
    fragment: str | None

    def __str__(self) -> str:
        scheme = f"{self.scheme}:" if self.scheme else ""
        query = "" if self.query is None else f"?{self.query}"
        fragment = "" if self.fragment is None else f"#{self.fragment}"
        return f"{scheme}{self.slashes}{self.authority}{self.path}{query}{fragment}"

    @property
    def authority(self) -> str:
        """User info, host and port as they stand."""
        return f"{self.userinfo}{self.host}{self.port}"

    @property
    def target(self) -> str:
        """What belongs on the request line, byte for byte; the fragment never leaves the machine."""
        query = "" if self.query is None else f"?{self.query}"
        return f"{self.path or '/'}{query}"

    @property
    def origin(self) -> str:
        """Scheme, host and port, lower-cased, with the scheme's own port left out."""
        port = self.port_number
        shown = "" if port in (None, default_port(self.scheme)) else f":{port}"
        return f"{self.scheme.lower()}://{self.host.lower()}{shown}"

    @property
    def port_number(self) -> int | None:
        """The port, 80 or 443 where none is written, None where what is written is no port (0 to 65535)."""
        if self.port in ("", ":"):
            return default_port(self.scheme)
        digits = self.port[1:]
        if not digits.isascii() or not digits.isdigit() or len(digits.lstrip("0")) > 5:
            return None
        number = int(digits.lstrip("0") or "0")
        return number if number <= 65535 else None

    @property
    def is_web(self) -> bool:
        """Whether a request can be sent there: http or https, a host, a port in range."""
        return self.scheme.lower() in ("http", "https") and bool(self.host) and self.port_number is not None

    def params(self) -> tuple[Param, ...]:
        """The query, pair by pair, in order, with nothing decoded, merged or dropped (empty pairs are skipped)."""
        return tuple(_params(self, self.query)) if self.query else ()

    def first(self, name: str) -> Param | None:
        """The first parameter of that exact name."""
        return next((param for param in self.params() if param.name == name), None)


def default_port(scheme: str) -> int | None:
    """80 for http, 443 for https."""
    return {"http": 80, "https": 443}.get(scheme.lower())


def split_url(text: str) -> Url:
    """Take a URL apart. Never fails: what is no URL comes back as a path."""
    return _split_before(text) if len(text) <= _SHORT else _split(text)


def _split(text: str) -> Url:
    rest, fragment = _cut(text, "#")
    rest, query = _cut(rest, "?")
    match = _SCHEME.match(rest)
    scheme = match.group(1) if match else ""
    rest = rest[match.end() :] if match else rest
    if not rest.startswith("//"):
        return Url(scheme, "", "", "", "", rest, query, fragment)
    authority, slash, path = rest[2:].partition("/")
    userinfo, at, hostport = authority.rpartition("@")
    host, port = _host_and_port(hostport)
    return Url(scheme, "//", f"{userinfo}{at}", host, port, f"{slash}{path}", query, fragment)


#: Checks look at the same few URLs again and again.
_split_before = lru_cache(maxsize=256)(_split)


def _cut(text: str, mark: str) -> tuple[str, str | None]:
    head, found, tail = text.partition(mark)
    return head, tail if found else None


def _host_and_port(text: str) -> tuple[str, str]:
    if text.startswith("[") and "]" in text:
        end = text.index("]") + 1
        return text[:end], text[end:]
    host, colon, port = text.partition(":")
    return host, f"{colon}{port}"


def _params(url: Url, query: str) -> Iterator[Param]:
    text = str(url)
    fragment = 0 if url.fragment is None else len(url.fragment) + 1
    at = len(text) - fragment - len(query)
    for pair in query.split("&"):
        key, equals, value = pair.partition("=")
        if pair:
            yield Param(key, value, at, at + len(pair), bool(equals))
        at += len(pair) + 1


def forbidden(target: str) -> tuple[int, ...]:
    """Offsets of characters HTTP forbids on the request line: controls, spaces, anything but ASCII."""
    return tuple(match.start() for match in _FORBIDDEN.finditer(target))


def encode_forbidden(target: str) -> str:
    """The target with forbidden characters percent-encoded as UTF-8 and every other byte left alone."""
    return _FORBIDDEN.sub(lambda match: "".join(f"%{byte:02X}" for byte in _bytes(match.group())), target)


def _bytes(character: str) -> bytes:
    return character.encode("utf-8", "surrogateescape")


def decode_levels(value: str, limit: int = 3) -> tuple[str, ...]:
    """The value as it stands, decoded once, twice … until nothing changes or ``limit`` is reached."""
    forms = [value]
    while len(forms) <= limit and _ENCODED.search(forms[-1]):
        decoded = unquote(forms[-1])
        if decoded == forms[-1]:
            break
        forms.append(decoded)
    return tuple(forms)


@dataclass(frozen=True, slots=True)
class ParamChange:
    """One parameter between two URLs. ``how``: kept, lost, added, changed or renamed."""

    how: str
    name: str
    before: str = ""
    after: str = ""


def compare_params(before: Url, after: Url) -> tuple[ParamChange, ...]:
    """What happened to each parameter, following the value and not only the key."""
    left, right = list(before.params()), list(after.params())
    changes: list[ParamChange] = []
    for param in list(left):
        twin = next((other for other in right if other.name == param.name), None)
        if twin is None:
            continue
        left.remove(param)
        right.remove(twin)
        how = "kept" if twin.value == param.value else "changed"
        changes.append(ParamChange(how, param.name, param.value, twin.value))
    for param in list(left):
        twin = next((other for other in right if param.value and other.text == param.text), None)
        if twin is not None:
            left.remove(param)
            right.remove(twin)
            changes.append(ParamChange("renamed", param.name, param.value, twin.name))
    changes += [ParamChange("lost", param.name, param.value) for param in left]
    changes += [ParamChange("added", param.name, "", param.value) for param in right]
    return tuple(changes)
