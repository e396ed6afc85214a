"""The host of a URL as browsers read it (WHATWG URL standard), or where it stops being one."""

import re
import unicodedata
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import unquote_to_bytes

_FORBIDDEN = re.compile(r"[\x00-\x20#/:<>?@\[\\\]^|%\x7f]")
_IGNORED = re.compile("[\u00ad\u200b\u2060\ufeff\u200c\u200d\ufe00-\ufe0f]")
_DOTS = re.compile("[\u3002\uff0e\uff61]")
_HEX = re.compile(r"0[xX][0-9A-Fa-f]*")
_DIGITS = re.compile(r"[0-9]+")


@lru_cache(maxsize=256)
def canonical_host(host: str) -> str | None:
    """The host in its one ASCII form: lower case, punycode, dotted IPv4; None where it is no host."""
    if host.startswith("["):
        return _ipv6(host)
    host = host.partition("\\")[0]
    try:
        text = unquote_to_bytes(host.encode("utf-8")).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return None
    text = _DOTS.sub(".", unicodedata.normalize("NFKC", _IGNORED.sub("", text)).casefold())
    if not text or _FORBIDDEN.search(text):
        return None
    labels = [_label(label) for label in text.split(".")]
    ascii_host = ".".join(label for label in labels if label is not None)
    if None in labels or not ascii_host or _FORBIDDEN.search(ascii_host):
        return None
    return _ipv4(ascii_host) if _ends_in_number(ascii_host) else ascii_host


def bad_character(host: str) -> int:
    """Where the first character stands that no host may hold; 0 where the host as a whole is wrong."""
    found = None if host.startswith("[") else _FORBIDDEN.search(host)
    return found.start() if found else 0


def _label(label: str) -> str | None:
    if label.startswith("xn--"):
        try:
            decoded = label[4:].encode("ascii").decode("punycode")
        except (UnicodeError, ValueError, OverflowError):
            return None
        return label if decoded and not decoded.isascii() else None
    if label.isascii():
        return label
    try:
        return f"xn--{label.encode('punycode').decode('ascii')}"
    except UnicodeError:
        return None


def _ends_in_number(host: str) -> bool:
    parts = host.removesuffix(".").split(".")
    return bool(_DIGITS.fullmatch(parts[-1]) or _HEX.fullmatch(parts[-1]))


def _ipv4(host: str) -> str | None:
    parts = host.removesuffix(".").split(".")
    numbers = [_number(part) for part in parts]
    known = [number for number in numbers if number is not None]
    if len(parts) > 4 or len(known) != len(parts):
        return None
    if any(number > 255 for number in known[:-1]) or known[-1] >= 256 ** (5 - len(parts)):
        return None
    return str(IPv4Address(known[-1] + sum(number * 256 ** (3 - place) for place, number in enumerate(known[:-1]))))


def _number(part: str) -> int | None:
    if _HEX.fullmatch(part):
        return int(part[2:] or "0", 16) if len(part) < 64 else None
    if not _DIGITS.fullmatch(part) or len(part) > 64:
        return None
    if len(part) > 1 and part.startswith("0"):
        return int(part, 8) if re.fullmatch("[0-7]+", part) else None
    return int(part)


def _ipv6(host: str) -> str | None:
    if not host.endswith("]") or "%" in host:
        return None
    try:
        return f"[{IPv6Address(host[1:-1])}]"
    except AddressValueError:
        return None
