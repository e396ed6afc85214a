"""The few fields of an X.509 certificate that a diagnosis needs, read from its DER bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address

from postback_wizard.domain.times import stamp

_COMMON_NAME = bytes((0x55, 0x04, 0x03))
_ORGANISATION = bytes((0x55, 0x04, 0x0A))
_ALT_NAMES = bytes((0x55, 0x1D, 0x11))
_SEQUENCE, _OID, _EXPLICIT_0, _EXPLICIT_3, _DNS_NAME, _IP = 0x30, 0x06, 0xA0, 0xA3, 0x82, 0x87


@dataclass(frozen=True, slots=True)
class Certificate:
    """Whom a certificate names, who signed it, and when it is valid (ISO 8601 UTC); unknown fields are empty."""

    names: tuple[str, ...] = ()
    issuer: str = ""
    not_before: str = ""
    not_after: str = ""


def read_certificate(der: bytes) -> Certificate:
    """What a certificate says. Bytes that are no certificate give an empty one."""
    try:
        fields = list(_children(next(_children(next(_children(der))[1]))[1]))
        if fields[0][0] == _EXPLICIT_0:
            fields = fields[1:]
        issuer, validity, subject = fields[2][1], fields[3][1], fields[4][1]
        start, end = (_moment(tag, value) for tag, value in list(_children(validity))[:2])
        extensions = next((value for tag, value in fields[5:] if tag == _EXPLICIT_3), b"")
        names = tuple(dict.fromkeys(_alternative_names(extensions)))
        own = _attribute(subject, _COMMON_NAME)
        signed_by = _attribute(issuer, _COMMON_NAME) or _attribute(issuer, _ORGANISATION)
        return Certificate(names or ((own,) if own else ()), signed_by, start, end)
    except (ValueError, IndexError, StopIteration, RuntimeError):
        return Certificate()


def _children(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each DER element in a row."""
    at = 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(data[at : at + size], "big"), at + size
        if at + length > len(data):
            raise ValueError("an element is longer than its container")
        yield tag, data[at : at + length]
        at += length


def _attribute(name: bytes, wanted: bytes) -> str:
    for _, group in _children(name):
        for _, pair in _children(group):
            (_, oid), (_, value) = list(_children(pair))[:2]
            if oid == wanted:
                return value.decode("utf-8", "replace")
    return ""


def _alternative_names(extensions: bytes) -> Iterator[str]:
    for _, wrapped in _children(extensions):
        for _, extension in _children(wrapped):
            parts = list(_children(extension))
            if parts[0] == (_OID, _ALT_NAMES):
                yield from _general_names(parts[-1][1])


def _general_names(value: bytes) -> Iterator[str]:
    for _, sequence in _children(value):
        for tag, name in _children(sequence):
            if tag == _DNS_NAME:
                yield name.decode("ascii", "replace")
            elif tag == _IP:
                yield str(ip_address(name))


def _moment(tag: int, value: bytes) -> str:
    text = value.decode("ascii")
    century = "" if tag == 0x18 else ("19" if text[:2] >= "50" else "20")
    return stamp(datetime.strptime(century + text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC))
