"""Customer data as Meta wants it: normalised, then SHA-256 once; and which mistake a wrong digest shows.

Raw values are compared here and forgotten; nothing in this module keeps or returns them except ``normalise``.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Literal

HASHED_KEYS = ("em", "ph", "fn", "ln", "db", "ge", "ct", "st", "zp", "country")
#: May be sent as it is or hashed.
OPEN_KEYS = ("external_id",)
#: Never hashed.
RAW_KEYS = ("client_ip_address", "client_user_agent", "fbc", "fbp")

ALIASES: Mapping[str, str] = {
    "email": "em",
    "phone": "ph",
    "first_name": "fn",
    "last_name": "ln",
    "date_of_birth": "db",
    "birthday": "db",
    "gender": "ge",
    "city": "ct",
    "state": "st",
    "zip": "zp",
    "postal_code": "zp",
}

HashMistake = Literal[
    "",
    "not-hashed",
    "md5",
    "sha1",
    "base64",
    "upper-case",
    "wrong-length",
    "hashed-twice",
    "hashed-before-normalising",
    "empty-string",
    "other-value",
    "raw-field-hashed",
]

_HEX = re.compile(r"[0-9A-Fa-f]+")
_DIGEST = re.compile(r"[0-9a-f]{64}")
#: Meta's own parameter builder appends a dot and 2 or 8 characters to a digest.
_APPENDIX = re.compile(r"\.(?:[A-Za-z0-9_\-]{8}|[A-Za-z0-9_\-]{2})$")
_BASE64 = re.compile(r"[A-Za-z0-9+/_\-]{43}=?")
_SPACES = re.compile(r"\s+")


def normalise(key: str, raw: str) -> str:
    """The value in Meta's form, ready to be hashed. An unknown key is only trimmed and lower-cased."""
    return next(_forms(key, raw))


def hash_value(key: str, raw: str) -> str:
    """The lower-case hexadecimal SHA-256 of the normalised value."""
    return _sha256(normalise(key, raw))


def looks_hashed(value: str) -> bool:
    """Whether a value has the form Meta accepts for a digest: 64 lower-case hex digits, with or without appendix."""
    return _DIGEST.fullmatch(_APPENDIX.sub("", value)) is not None


def hash_mistake(value: str, raw: str, key: str) -> HashMistake:
    """What is wrong with a digest sent under ``key``; empty when nothing is.

    ``raw`` is the customer's value as it was typed, empty when unknown: three mistakes show only against it.
    """
    digest = _APPENDIX.sub("", value)
    if key in RAW_KEYS:
        return "raw-field-hashed" if _DIGEST.fullmatch(digest.lower()) else ""
    if key not in HASHED_KEYS and key not in OPEN_KEYS:
        return ""
    if _DIGEST.fullmatch(digest):
        return _digest_mistake(digest, raw, key)
    shape = _shape(digest)
    return shape if key in HASHED_KEYS or shape != "not-hashed" else ""


def _shape(value: str) -> HashMistake:
    if not _HEX.fullmatch(value):
        return "base64" if _BASE64.fullmatch(value) else "not-hashed"
    match len(value):
        case 64:
            return "upper-case"
        case 32:
            return "md5"
        case 40:
            return "sha1"
        case length:
            return "wrong-length" if length > 40 else "not-hashed"


def _digest_mistake(digest: str, raw: str, key: str) -> HashMistake:
    right = {_sha256(form) for form in _forms(key, raw)}
    if digest in (_sha256(""), _sha256(_sha256(""))):
        return "empty-string"
    if not raw or digest in right:
        return ""
    if digest in {_sha256(item) for item in right}:
        return "hashed-twice"
    if digest in {_sha256(item) for item in (raw, raw.strip(), raw.lower(), raw.strip().lower(), raw.upper())}:
        return "hashed-before-normalising" if key in HASHED_KEYS else ""
    return "other-value" if key == "em" else ""


def raw_value(customer: Mapping[str, str], key: str) -> str:
    """The raw value of a key in a table of customer data, by Meta's short name or a plain one."""
    names = (key, *(alias for alias, meant in ALIASES.items() if meant == key))
    return next((customer[name] for name in names if customer.get(name)), "")


def _forms(key: str, raw: str) -> Iterator[str]:
    """The forms Meta's own code bases make of a value, the documented one first."""
    text = raw.strip().lower()
    match key:
        case "em" | "country":
            yield text
        case "ph":
            yield re.sub(r"\D", "", text, flags=re.ASCII).lstrip("0")
        case "fn" | "ln":
            yield _without_punctuation(text)
            yield _SPACES.sub("", _without_punctuation(text))
            yield text
        case "ct" | "st":
            yield _SPACES.sub("", _without_punctuation(text))
        case "zp":
            yield re.sub(r"[\s\-]", "", text)
            yield re.sub(r"\s", "", text.partition("-")[0])
        case "db":
            yield re.sub(r"\D", "", text)
        case "ge":
            yield text[:1]
        case "external_id":
            yield _SPACES.sub("", text)
            yield from (raw, raw.strip(), text)
        case _:
            yield text


def _without_punctuation(text: str) -> str:
    return "".join(item for item in text if unicodedata.category(item)[0] not in "PS")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def spelled(mistake: HashMistake) -> str:
    """The mistake as a formula, the same in every language; ``x`` is the customer's value."""
    return {
        "": "sha256(normalize(x))",
        "not-hashed": "plain(x)",
        "md5": "md5(x)",
        "sha1": "sha1(x)",
        "base64": "base64(sha256(x))",
        "upper-case": "upper(sha256(x))",
        "wrong-length": "cut(sha256(x))",
        "hashed-twice": "sha256(sha256(x))",
        "hashed-before-normalising": "sha256(x)",
        "empty-string": 'sha256("")',
        "other-value": "sha256(y)",
        "raw-field-hashed": "sha256(x)",
    }[mistake]
