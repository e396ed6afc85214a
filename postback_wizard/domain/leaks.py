"""The disguises a secret may wear in a text, and the search for them."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, quote_plus, unquote, unquote_plus

#: Shorter secrets would be found in every text; they are masked by place only.
SHORTEST = 4
#: Fewer digits are a count or a date, and their digest would be found by chance.
_SHORTEST_PHONE = 7
_DIGESTS = ("sha256", "sha1", "md5")
#: Words long enough to be the base64 or hex of something worth hiding.
_OPAQUE = re.compile(r"[A-Za-z0-9+/_\-]{6,}")
_UNICODE_ESCAPE = re.compile(r"\\{1,8}u([0-9A-Fa-f]{4})")
_LITERAL_ESCAPE = re.compile(r"\\{1,8}([^\w\s]|_)")


def find_leaks(text: str, secrets: Sequence[str]) -> tuple[str, ...]:
    """Which secrets stand in a text, and how: ``secret 2 (base64)``, numbered from 1 in the order given.

    Searched raw, percent-encoded once to three times, JSON-escaped, in base64 (each alignment, both alphabets), in
    hex and hashed. Secrets under four characters are not searched. The secrets themselves are never part of the result.
    """
    views = (("raw", text), ("percent-encoded", decoded(text)), ("percent-encoded", unquote_plus(plain(text))))
    return tuple(_leaks(text, views, secrets))


def _leaks(text: str, views: Sequence[tuple[str, str]], secrets: Sequence[str]) -> Iterator[str]:
    opaque = opaque_words(text)
    views = [item for number, item in enumerate(views) if item[1] not in [view for _, view in views[:number]]]
    for number, secret in enumerate(secrets, start=1):
        if len(secret) < SHORTEST:
            continue
        bare = plain(secret)
        forms = [name for name, view in views if secret in view or (view is not text and bare and bare in view)]
        forms += [name for name, form in disguises(secret) if form in text]
        forms += [name for name, form in opaque_forms(secret) if form in opaque]
        if forms:
            yield f"secret {number} ({forms[0]})"


def plain(text: str, levels: int = 4) -> str:
    """The text with percent-encoding and backslash escapes undone, however often they were applied."""
    for _ in range(levels):
        before = text
        if "\\" in text:
            text = _LITERAL_ESCAPE.sub(r"\1", _UNICODE_ESCAPE.sub(_character, text))
        if "%" in text:
            text = unquote(text)
        if text == before:
            break
    return text


def decoded(text: str, levels: int = 4) -> str:
    """What a text says without percent-encoding alone, and below it without backslash escapes as well."""
    found = text
    for _ in range(levels if "%" in text else 0):
        found = unquote(found)
    return f"{found}\n{plain(text)}"


def _character(match: re.Match[str]) -> str:
    return chr(int(match.group(1), 16))


def disguises(secret: str) -> Iterator[tuple[str, str]]:
    """The encoded forms of a secret that can be searched as they stand."""
    encoded = quote(secret, safe="", errors="surrogatepass")
    yield "percent-encoded", encoded
    yield "percent-encoded", quote_plus(secret, errors="surrogatepass")
    yield "double-encoded", quote(encoded, safe="")
    yield "JSON-escaped", json.dumps(secret)[1:-1]
    yield "JSON-escaped", json.dumps(secret, ensure_ascii=False)[1:-1]


def opaque_words(text: str) -> str:
    """The words of a text that may be the base64, hex or digest of something, each once."""
    return "\n".join(dict.fromkeys(_OPAQUE.findall(text)))


def opaque_forms(secret: str) -> Iterator[tuple[str, str]]:
    """The forms that show nothing of the secret to the eye: base64, hex and digests, each one unbroken word."""
    raw = to_bytes(secret)
    yield "hex", raw.hex()
    yield "hex", raw.hex().upper()
    for form in base64_forms(raw):
        yield "base64", form
    for form in hashed_forms(secret):
        yield "hashed", form


def base64_forms(raw: bytes) -> Iterator[str]:
    """The part of a base64 text that is the same whatever stands around ``raw``; empty alignments are left out."""
    for before in range(3):
        text = base64.b64encode(b"\0" * before + raw).decode("ascii")
        first = (0, 2, 3)[before]
        whole = (before + len(raw)) * 8 // 6
        core = text[first:whole]
        if len(core) >= SHORTEST + 2:
            yield core
            yield core.replace("+", "-").replace("/", "_")


def hashed_forms(value: str) -> tuple[str, ...]:
    """The digests of a value, as it stands and as ad platforms want an e-mail address or a phone number."""
    digits = re.sub(r"\D", "", value)
    shapes = {value, value.strip().lower(), *((digits, f"+{digits}") if len(digits) >= _SHORTEST_PHONE else ())}
    raw = sorted(to_bytes(shape) for shape in shapes if shape)
    found = [hashlib.new(kind, item, usedforsecurity=False).hexdigest() for item in raw for kind in _DIGESTS]
    return (*found, *(digest.upper() for digest in found))


def loose_pattern(secret: str) -> re.Pattern[str]:
    """A pattern for a secret each of whose characters may be percent-encoded or backslash-escaped, at any depth."""
    return re.compile("".join(_loose(character) for character in secret))


def _loose(character: str) -> str:
    percent = "".join(
        f"%(?:25)*{''.join(f'[{digit}{digit.upper()}]' if digit.isalpha() else digit for digit in f'{byte:02x}')}"
        for byte in to_bytes(character)
    )
    units = character.encode("utf-16-be", "surrogatepass").hex()
    escape = "".join(rf"\\{{1,8}}u(?i:{units[at : at + 4]})" for at in range(0, len(units), 4))
    literal = rf"\\{{0,8}}{re.escape(character)}" if not character.isalnum() else re.escape(character)
    space = r"|\+" if character == " " else ""
    return f"(?:{literal}|{percent}|{escape}{space})"


def to_bytes(text: str) -> bytes:
    """UTF-8, with lone surrogates let through: text from a log may hold anything."""
    return text.encode("utf-8", "surrogatepass")
