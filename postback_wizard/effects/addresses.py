"""Which socket addresses may be spoken to, and what a host name is before anybody resolves it."""

import re
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

#: Not public, whatever ``is_global`` of this Python says: it differs between releases.
_DENIED = tuple(
    ip_network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
_GLOBAL_UNICAST = ip_network("2000::/3")
#: Translated IPv4 (RFC 6052): what counts is the IPv4 address inside.
_NAT64 = ip_network("64:ff9b::/96")
_LOOPBACK_NAMES = re.compile(r"(?:.*\.)?localhost\.?")
_NUMBER = re.compile(r"0x[0-9a-f]*|\d+")
_LABEL = r"[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"(?=.{{1,254}}$)(?:{_LABEL}\.)*{_LABEL}\.?")

#: Ports browsers refuse because a service other than the web listens there (WHATWG fetch, section 2.9), and a few
#: databases and control ports besides.
BAD_PORTS = frozenset(
    (
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104),
        *(109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515),
        *(526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049),
        *(3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
        *(445, 1433, 2375, 2379, 3306, 3389, 5432, 6379, 9200, 11211, 27017),
    )
)


def parse_allow(text: str) -> Network:
    """The address or network an allow-list entry names.

    Raises:
        ValueError: it is neither; the message says what is accepted.
    """
    try:
        return ip_network(text.strip().strip("[]"), strict=False)
    except ValueError:
        raise ValueError(
            f"{text!r} is neither an address nor a network; accepted are forms like 127.0.0.1, 10.0.0.0/8 or ::1"
        ) from None


def is_public(address: str | Address) -> bool:
    """Whether an address is reachable by anybody on the Internet, and nobody's own or special network."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found in _NAT64:
            return is_public(IPv4Address(int(found) & 0xFFFFFFFF))
        if found not in _GLOBAL_UNICAST or found.scope_id:
            return False
    return found.is_global and not found.is_multicast and not any(found in network for network in _DENIED)


def blocked(addresses: Iterable[str], allow: Sequence[Network]) -> tuple[str, ...]:
    """The addresses that may not be spoken to. One of them blocks the whole host."""
    return tuple(address for address in addresses if not (is_public(address) or is_allowed(address, allow)))


def is_allowed(address: str, allow: Sequence[Network]) -> bool:
    """Whether an entry of the allow list names this address."""
    found = ip_address(address)
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return any((mapped or found) in network for network in allow)


def is_bad_port(port: int) -> bool:
    """Whether a port belongs to a service that must never hear an HTTP request by accident."""
    return port in BAD_PORTS


def host_of(text: str) -> str:
    """A host as it is put on the wire: an ASCII name, or an address in its plain form without brackets.

    Every spelling of an IPv4 address (``127.1``, ``0x7f.1``, ``2130706433``, full-width digits) comes out as the
    address it means.

    Raises:
        ValueError: no name and no address; the message is short and does not quote the host.
    """
    if text.startswith("["):
        return _ipv6(text)
    name = (text if text.isascii() else _idna(text)).lower()
    parts = name.removesuffix(".").split(".")
    if _NUMBER.fullmatch(parts[-1]):
        return _ipv4(parts)
    if not _NAME.fullmatch(name):
        raise ValueError("the host is no valid name")
    return name


def is_loopback_name(host: str) -> bool:
    """``localhost`` and every name below it: this machine, without asking anybody (RFC 6761)."""
    return bool(_LOOPBACK_NAMES.fullmatch(host))


def is_literal(host: str) -> bool:
    """Whether what ``host_of`` gave is an address and not a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _ipv6(text: str) -> str:
    try:
        found = IPv6Address(text[1:-1] if text.endswith("]") else "")
    except ValueError:
        raise ValueError("the host is no valid IPv6 address") from None
    if found.scope_id:
        raise ValueError("an IPv6 address with a zone belongs to one machine only")
    return str(found)


def _idna(text: str) -> str:
    import idna

    try:
        return idna.encode(text, uts46=True).decode("ascii")
    except (UnicodeError, ValueError, IndexError):
        raise ValueError("the host is no valid internationalised name") from None


def _ipv4(parts: Sequence[str]) -> str:
    """The inet_aton forms: one to four numbers, decimal, octal or hexadecimal, the last one filling the rest."""
    if not 1 <= len(parts) <= 4 or not all(_NUMBER.fullmatch(part) and len(part) < 20 for part in parts):
        raise ValueError("the host is no valid IPv4 address")
    try:
        numbers = [_number(part) for part in parts]
    except ValueError:
        raise ValueError("the host is no valid IPv4 address") from None
    last = numbers.pop()
    if any(number > 255 for number in numbers) or last >= 256 ** (4 - len(numbers)):
        raise ValueError("the host is no valid IPv4 address")
    return str(IPv4Address(sum(number << 8 * (3 - index) for index, number in enumerate(numbers)) + last))


def _number(text: str) -> int:
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    return int(text, 8) if text.startswith("0") and len(text) > 1 else int(text)
