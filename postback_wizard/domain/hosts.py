"""The host of a URL as browsers read it (WHATWG URL standard), or where it stops being one."""

import re
import unicodedata
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import unquote_to_bytes

_FORBIDDEN = re.compile(r"[\x00-\x20#/:<>?@\[\\\]^|%\x7f]")
_HEX = re.compile(r"0[xX][0-9A-Fa-f]*")
_DIGITS = re.compile(r"[0-9]+")
_JOINERS = ("\u200c", "\u200d")
_RIGHT_TO_LEFT = ("R", "AL", "AN")


def host_place(authority: str) -> tuple[int, str, str]:
    """Where the host begins in what follows ``//``, the host, and the port with its colon, as browsers cut them.

    A backslash ends the authority as a slash does; the last ``@`` before it ends the user info.
    """
    authority = re.split(r"[/\\?#]", authority, maxsplit=1)[0]
    start = authority.rfind("@") + 1
    rest = authority[start:]
    end = rest.find("]") + 1 if rest.startswith("[") else rest.find(":")
    end = end if end > 0 else 0 if rest.startswith(":") else len(rest)
    return start, rest[:end], rest[end:]


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
    ascii_host = _to_ascii(text)
    if not ascii_host or _FORBIDDEN.search(ascii_host):
        return None
    return _ipv4(ascii_host) if _ends_in_number(ascii_host) else ascii_host


def _to_ascii(text: str) -> str | None:
    """The name by the rules for internationalised names that browsers apply (UTS 46, not transitional)."""
    lower = text.lower()
    if text.isascii() and not any(label.startswith("xn--") for label in lower.split(".")):
        return lower
    import idna  # late: hosts of another alphabet are rare

    try:
        labels = [_decoded(label) for label in idna.uts46_remap(text, std3_rules=False).split(".")]
        mixed = any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for label in labels for letter in label)
        for label in labels:
            _must_be_valid(label, mixed=mixed)
        return ".".join(_encoded(label) for label in labels)
    except (UnicodeError, ValueError, OverflowError):
        return None


def _decoded(label: str) -> str:
    """A label out of punycode. Raises ValueError (UnicodeError is one) for one that stands for nothing."""
    if not label.startswith("xn--"):
        return label
    found = label[4:].encode("ascii").decode("punycode")
    if found.isascii() or _encoded(found) != label:
        raise ValueError("no punycode of another alphabet")
    return found


def _encoded(label: str) -> str:
    return label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"


def _must_be_valid(label: str, *, mixed: bool) -> None:
    """Raise ValueError where a label breaks a rule; ``mixed``: some label of the name runs from right to left."""
    import idna

    wrong = label.startswith("xn--") or idna.uts46_remap(label, std3_rules=False) != label
    marked = bool(label) and unicodedata.category(label[0]).startswith("M")
    torn = any(letter in _JOINERS and not idna.valid_contextj(label, at) for at, letter in enumerate(label))
    if wrong or marked or torn:
        raise ValueError("no label of a host")
    if mixed and label:
        idna.check_bidi(label, check_ltr=True)


def is_port(text: str) -> bool:
    """Whether what follows a host is nothing, a lone colon, or a colon and a number up to 65535."""
    digits = text[1:]
    if not text or (text[0] == ":" and not digits):
        return True
    known = text[0] == ":" and digits.isascii() and digits.isdigit()
    return known and len(digits.lstrip("0")) <= 5 and int(digits) <= 65_535


def bad_character(host: str) -> int:
    """Where the first character stands that no host may hold; 0 where the host as a whole is wrong."""
    found = None if host.startswith("[") else _FORBIDDEN.search(host)
    return found.start() if found else 0


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
        found = IPv6Address(host[1:-1])
    except AddressValueError:
        return None
    if found.ipv4_mapped is None:
        return f"[{found}]"
    high, low = divmod(int(found.ipv4_mapped), 65_536)
    return f"[::ffff:{high:x}:{low:x}]"  # newer Pythons write the last two groups with dots
