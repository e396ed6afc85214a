"""The bodies curl builds: data joined by ``&``, percent-encoded pieces, JSON, multipart forms."""

import re
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from postback_wizard.domain.curl_flags import BAD_PART, READS_FILE
from postback_wizard.domain.exact import UnreadableRequestError

_ATTRIBUTE = re.compile(r";\s*(type|filename)=(\"(?:[^\"\\]|\\.)*\"|[^;]*(?:;\s*(?:charset|boundary)=[^;]*)?)")
_QUOTED = re.compile(r"\s*\"((?:[^\"\\]|\\.)*)\"\s*(?=;|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart form."""

    name: str
    content: str
    filename: str = ""
    kind: str = ""


def urlencoded(flag: str, value: str) -> str:
    """``content``, ``=content`` and ``name=content``: the content percent-encoded, a space as ``+``, as curl does.

    Raises:
        UnreadableRequestError: ``@file`` and ``name@file``.
    """
    name, equals, content = value.partition("=")
    if not equals:
        if "@" in value:
            raise UnreadableRequestError(READS_FILE, f"{flag} {value}")
        name, content = "", value
    encoded = quote(content, safe="-._~", errors="surrogateescape").replace("%20", "+")
    return f"{name}={encoded}" if name else encoded


def form_part(flag: str, value: str) -> Part:
    """The part a ``-F`` or ``--form-string`` stands for.

    Raises:
        UnreadableRequestError: a file is read, or an attribute is not understood.
    """
    name, equals, content = value.partition("=")
    if not equals:
        raise UnreadableRequestError(BAD_PART, f"{flag} {value}"[:60])
    if flag == "--form-string":
        return Part(name, content)
    if content[:1] in ("@", "<", "("):
        raise UnreadableRequestError(READS_FILE, f"{flag} {value}")
    quoted = _QUOTED.match(content)
    text = _unescaped(quoted[1]) if quoted else content.partition(";")[0].strip(" \t")
    rest = content[quoted.end() :] if quoted else content[len(content.partition(";")[0]) :]
    attributes = {found[1]: _unquoted(found[2]) for found in _ATTRIBUTE.finditer(rest)}
    if _ATTRIBUTE.sub("", rest).strip():
        raise UnreadableRequestError(BAD_PART, f"{flag} {value}"[:60])
    return Part(name, text, attributes.get("filename", ""), attributes.get("type", ""))


def _unquoted(text: str) -> str:
    bare = text.strip()
    return _unescaped(bare[1:-1]) if len(bare) > 1 and bare[0] == bare[-1] == '"' else bare


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\"\\])", r"\1", text)


def multipart(parts: list[Part]) -> tuple[str, str]:
    """The boundary and the body as curl writes them; the same parts always get the same boundary."""
    seed = "\0".join(f"{part.name}\1{part.content}\1{part.filename}\1{part.kind}" for part in parts)
    boundary = "-" * 24 + sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    written = [f"--{boundary}\r\n{_head(part)}\r\n\r\n{part.content}\r\n" for part in parts]
    return boundary, "".join([*written, f"--{boundary}--\r\n"])


def _head(part: Part) -> str:
    lines = [f'Content-Disposition: form-data; name="{_escaped(part.name)}"']
    if part.filename:
        lines[0] += f'; filename="{_escaped(part.filename)}"'
    kind = part.kind or ("application/octet-stream" if part.filename else "")
    return "\r\n".join([*lines, *([f"Content-Type: {kind}"] if kind else [])])


def _escaped(text: str) -> str:
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
