"""What the form of a value alone tells: a digest of another kind, in another writing, or no digest at all."""

import base64
import binascii
import re

SHAPES = (*("not-hashed", "md5", "sha1", "other-algorithm", "base64", "upper-case", "wrong-length", "decorated"),)

_HEX = re.compile(r"[0-9A-Fa-f]+")
_WITHIN = re.compile(r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{64}(?![0-9A-Fa-f])")
_BASE64 = re.compile(r"[A-Za-z0-9+/_\-]{20,}={0,2}")
#: Bytes of a digest in Base64, by what it is.
_SIZES = {16: "md5", 20: "sha1", 32: "base64", 48: "other-algorithm", 64: "base64"}
_LENGTHS = {
    32: "md5",
    40: "sha1",
    56: "other-algorithm",
    64: "upper-case",
    96: "other-algorithm",
    128: "other-algorithm",
}


def digest_in(value: str) -> bool:
    """Whether a value is 64 hexadecimal digits."""
    return len(value) == 64 and _HEX.fullmatch(value) is not None


def shape_of(value: str) -> str:
    """What a value that is not 64 lower-case hexadecimal digits is: one of ``SHAPES``."""
    if _HEX.fullmatch(value):
        return _LENGTHS.get(len(value), "wrong-length" if len(value) > 40 else "not-hashed")
    if _WITHIN.search(value):
        return "decorated"
    return _in_base64(value)


def _in_base64(value: str) -> str:
    if not _BASE64.fullmatch(value):
        return "not-hashed"
    try:
        found = base64.b64decode(value.translate({45: 43, 95: 47}) + "=" * (-len(value) % 4), validate=True)
    except (binascii.Error, ValueError):
        return "not-hashed"
    size = len(found)
    if size == 64 and not _HEX.fullmatch(found.decode("latin-1")):
        return "other-algorithm"
    # a long user name can be Base64 of 16 or 20 bytes by chance: without its padding it proves nothing
    return _SIZES.get(size, "not-hashed") if size >= 32 or value.endswith("=") else "not-hashed"
