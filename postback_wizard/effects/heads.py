"""Reading an answer's raw head: what was wrong with one h11 refused, and what was odd about one it took."""

import re
from collections.abc import Iterator

from postback_wizard.domain.probe import Headers
from postback_wizard.effects.tape import Tape

_STATUS_LINE = re.compile(rb"HTTP/\d\.\d ([1-9]\d\d)(?: [^\x00-\x08\x0a-\x1f\x7f]*)?\r?$")
_FIELD = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[^\x00\r\n]*\r?$")
_FOLDED = re.compile(rb"\n[ \t]+\S")
#: Longer bodies than this are announced by nobody who means it.
_ABSURD = 1 << 53


def refusal(head: bytes) -> tuple[str, str]:
    """Why a head is no HTTP/1.1 head: the outcome, and the line it is about, made visible."""
    lines = head.rstrip(b"\r\n").split(b"\n")
    found = _STATUS_LINE.match(lines[0])
    if not found:
        return "PROTOCOL_ERROR(status)", _shown(lines[0])
    if found.group(1) == b"101":
        return "PROTOCOL_ERROR(upgrade)", _shown(lines[0])
    fields = _FOLDED.sub(b" ", b"\n".join(lines[1:])).split(b"\n") if len(lines) > 1 else []
    for line in fields:
        if not _FIELD.match(line):
            return "PROTOCOL_ERROR(header)", _shown(line)
    for name in (b"content-length", b"transfer-encoding"):
        line = next((line for line in fields if line.lower().startswith(name)), b"")
        if line and _is_faulty(name, fields):
            return f"PROTOCOL_ERROR({name.decode()})", _shown(line)
    return "PROTOCOL_ERROR(header)", ""


def head_notes(head: bytes, headers: Headers) -> Iterator[str]:
    """What was odd about a head that could be read."""
    lengths = ",".join(value for name, value in headers if name.lower() == "content-length")
    raw_lengths = re.findall(rb"\n[Cc]ontent-[Ll]ength:([^\r\n]*)", head)
    if b"," in b",".join(raw_lengths):
        yield "NOTE(content-length-repeated)"
    if lengths and _is_chunked(headers):
        yield "SMUGGLING_RISK"
    if head and b"\r\n" not in head:
        yield "NOTE(lf-only)"
    if _FOLDED.search(head):
        yield "NOTE(header-folded)"
    if head[:7] not in (b"HTTP/1.", b""):
        yield f"NOTE(http-version-{head[5:8].decode('ascii', 'replace')})"


def reads_until_close(status: int, headers: Headers, method: str) -> bool:
    """Whether only the end of the connection tells where the body ends."""
    framed = _is_chunked(headers) or any(name.lower() == "content-length" for name, _ in headers)
    return not framed and not _has_no_body(status, method)


def extra_data(tape: Tape, status: int, headers: Headers, method: str) -> bool:
    """Whether bytes came after the answer's end."""
    if _has_no_body(status, method):
        return tape.after > 0
    if _is_chunked(headers):
        return not tape.tail.endswith((b"\n\r\n", b"\n\n"))
    return 0 <= declared_length(headers) < tape.after


def broken_body(tape: Tape, headers: Headers) -> str:
    """The outcome when a body's own framing makes no sense; empty when it merely did not come whole."""
    if _is_chunked(headers):
        size = re.match(rb"[0-9A-Fa-f]+", tape.body_start)
        return "BODY_BROKEN" if size and int(size.group(), 16) > _ABSURD else ""
    return "BODY_TRUNCATED" if declared_length(headers) > _ABSURD else ""


def declared_length(headers: Headers) -> int:
    """The announced length of the body, -1 for none."""
    value = next((value for name, value in headers if name.lower() == "content-length"), "").split(",")[0].strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 30 else -1


def _has_no_body(status: int, method: str) -> bool:
    return status in (204, 304) or method.upper() == "HEAD"


def _is_chunked(headers: Headers) -> bool:
    return any(name.lower() == "transfer-encoding" for name, _ in headers)


def _is_faulty(name: bytes, fields: list[bytes]) -> bool:
    values = [line.partition(b":")[2].strip() for line in fields if line.lower().startswith(name)]
    if name == b"transfer-encoding":
        return [value.lower() for value in values] != [b"chunked"]
    numbers = {part.strip() for value in values for part in value.split(b",")}
    return len(numbers) != 1 or not all(part.isdigit() and len(part) <= 20 for part in numbers)


def _shown(line: bytes) -> str:
    return ascii(line[:100])[2:-1]
