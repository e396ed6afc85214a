"""Which one mistake made a digest that no platform can match. Raw values are compared here and forgotten."""

import base64
import binascii
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from postback_wizard.domain.hash_shape import SHAPES, digest_in, shape_of
from postback_wizard.domain.misnormalised import Other, variants
from postback_wizard.domain.normalise import KeyRule, normalised, normaliser, sha256, valid
from postback_wizard.domain.phones import bare_number
from postback_wizard.domain.placeholders import field_name, placeholder, wrapped
from postback_wizard.domain.withheld import is_withheld

__all__ = ("MISTAKES", "HashMistake", "Other", "name_mistake", "wrong_rows")

#: Every mistake by its code; words for them stand beside the rule that speaks them.
MISTAKES = (
    *SHAPES,
    *("hashed-twice", "empty-string", "placeholder", "field-name", "wrapped", "wrong-encoding", "other-value"),
    *("not-trimmed", "not-lower-cased", "spaces-kept", "spaces-removed", "punctuation-kept", "accents-removed"),
    *("dots-kept", "dots-removed", "plus-part-kept", "plus-part-removed", "wrong-date-form", "postcode-form"),
    *("plus-sign-kept", "plus-sign-missing", "country-code-missing", "leading-zeros-kept", "trunk-zero-kept"),
    *("separators-kept", "hashed-before-normalising", "other-platform", "raw-field-hashed"),
)

#: What a rule's own words may be read to allow, while the number behind it is another.
_LITERAL = ("trunk-zero-kept",)
_EMPTY = sha256("")
_DIGEST = re.compile(r"[0-9a-f]{64}")
#: Lengths of texts to look at one by one: nothing to hash, and a digest, which is never hashed again.
_TELLING = frozenset((0, 64))
#: A dot and 2 or 8 characters, appended by Meta's own parameter builder.
_APPENDIX = re.compile(r"\.(?:[A-Za-z0-9_\-]{8}|[A-Za-z0-9_\-]{2})$")


@dataclass(frozen=True, slots=True)
class HashMistake:
    """One mistake: its code; ``detail`` is a placeholder, a field name or the platforms whose form it is.

    ``sure`` is false where the rule is not the platform's own word, or where a right value could look the same.
    """

    code: str
    detail: str = ""
    sure: bool = True


def wrong_rows(
    rule: KeyRule,
    sent: Sequence[str],
    raws: Sequence[str],
    *,
    region: str = "",
    others: tuple[Other, ...] = (),
    base64_fits: bool = False,
) -> Iterator[tuple[int, HashMistake]]:
    """The rows whose digest is wrong, counted from 0, each with its mistake; ``raws`` has "" where nothing is known.

    ``others`` are the recipes of other platforms for the same kind; ``base64_fits`` says that the upload declares
    Base64. A right digest costs one hash and one comparison: a million rows stay affordable.
    """
    texts: Iterable[str] = raws if rule.recipe and rule.hashed != "no" else repeat("", len(raws))
    if len(sent) != len(raws):
        raise ValueError("a raw value for each digest")
    first = 0
    for made in normalised(rule.recipe, texts, region):
        values = list(sent[first : first + len(made)])
        for row in () if _all_right(made, values) else range(first, first + len(made)):
            if _all_right([made[row - first]], [sent[row]]):
                continue
            mistake = name_mistake(rule, sent[row], raws[row], region=region, others=others, base64_fits=base64_fits)
            if mistake:
                yield row, mistake
        first += len(made)


def _all_right(texts: list[str], sent: list[str]) -> bool:
    """Whether every digest is that of its text; lists are compared at once because most rows are right."""
    new = hashlib.sha256
    try:
        made = [new(text.encode()).hexdigest() for text in texts]
    except UnicodeEncodeError:  # half a character pair, which only pasted rubbish holds
        return False
    return made == sent and _TELLING.isdisjoint(map(len, texts))


def name_mistake(
    rule: KeyRule,
    sent: str,
    raw: str = "",
    *,
    region: str = "",
    others: tuple[Other, ...] = (),
    base64_fits: bool = False,
) -> HashMistake | None:
    """The mistake in what was sent under a key, None when nothing is known to be wrong. Never raises."""
    if is_withheld(sent):  # only what was not hashed is ever taken out of a stored case
        return HashMistake("not-hashed", sure=not rule.third_party) if rule.hashed == "yes" else None
    value = _APPENDIX.sub("", sent) if rule.appendix else sent
    if rule.hashed == "no":
        return HashMistake("raw-field-hashed", sure=not rule.third_party) if digest_in(value.lower()) else None
    decoded = _from_base64(value) if base64_fits else ""
    digest = decoded or value
    if not _DIGEST.fullmatch(digest):
        return _shape(rule, value)
    if digest in (_EMPTY, sha256(_EMPTY)):
        return HashMistake("empty-string")
    if not raw.strip():
        return _by_itself(rule, digest)
    return _against(rule, digest, raw, region, others)


def _shape(rule: KeyRule, value: str) -> HashMistake | None:
    said = placeholder(rule.kind, value)
    if said:
        return HashMistake("placeholder", said, sure=rule.kind in ("email", "phone"))
    shape = shape_of(value)
    if rule.hashed == "may" and shape != "upper-case":
        return None
    return HashMistake(shape, sure=rule.hashed == "yes" and not (rule.third_party and shape == "not-hashed"))


def _from_base64(value: str) -> str:
    try:
        found = base64.b64decode(value.replace("-", "+").replace("_", "/") + "=" * (-len(value) % 4), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return found.hex() if len(found) == 32 else ""


def _by_itself(rule: KeyRule, digest: str) -> HashMistake | None:
    """What a digest shows without the raw value: that it is the digest of no customer at all."""
    said = placeholder(rule.kind, digest)
    if said:
        return HashMistake("placeholder", said, sure=rule.kind in ("email", "phone"))
    name = field_name(rule.kind, rule.at, digest)
    return HashMistake("field-name", name, sure=rule.kind in ("email", "phone")) if name else None


def _against(rule: KeyRule, digest: str, raw: str, region: str, others: tuple[Other, ...]) -> HashMistake | None:
    if _DIGEST.fullmatch(raw.strip().lower()):
        return HashMistake("hashed-twice") if digest == sha256(raw.strip().lower()) else None
    right = _right(rule, raw, region)
    if digest in {sha256(text) for text in right}:
        return None
    return (
        (_named(rule, digest, raw, right[0], region, others) if rule.recipe and right else None)
        or _by_itself(rule, digest)
        or _twice(digest, (*right, raw, raw.strip().lower()))
        or _otherwise(rule, digest, raw, right, region)
    )


def _right(rule: KeyRule, raw: str, region: str) -> tuple[str, ...]:
    """Every text whose digest is right, the documented one first."""
    found = (normaliser(recipe, region)(raw) for recipe in (rule.recipe, *rule.also) if recipe)
    return tuple(dict.fromkeys(form for text in found for form in composed(text) if valid(rule.kind, form)))


def composed(text: str) -> tuple[str, ...]:
    """A text and its other spelling in Unicode: no platform says whether accents are characters of their own."""
    if text.isascii():
        return (text,)
    return (text, unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text))


def _named(
    rule: KeyRule, digest: str, raw: str, right: str, region: str, others: tuple[Other, ...]
) -> HashMistake | None:
    doubtful = {sha256(normaliser(recipe, region)(raw)) for recipe in rule.disputed}
    for code, text, detail in variants(rule, raw, right, region, others):
        if digest in _digests(text):
            sure = not rule.third_party and digest not in doubtful and code not in _LITERAL
            return HashMistake(code, detail, sure=sure)
    for text in wrapped(rule.kind, rule.at, (raw, raw.strip(), raw.strip().lower(), right)):
        if digest == sha256(text):
            return HashMistake("wrapped")
    for encoding in ("latin-1", "cp1251", "utf-16-le", "utf-16"):
        if digest in _encoded(right, encoding):
            return HashMistake("wrong-encoding", encoding)
    return None


def _digests(text: str) -> tuple[str, ...]:
    return tuple(sha256(form) for form in composed(text))


def _encoded(text: str, encoding: str) -> tuple[str, ...]:
    try:
        return (hashlib.sha256(text.encode(encoding)).hexdigest(),)
    except UnicodeError:
        return ()


def _twice(digest: str, texts: tuple[str, ...]) -> HashMistake | None:
    """A digest of a digest, whichever was the first: SHA-256 in hex of either case or in bytes, MD5, SHA-1."""
    for text in texts:
        first = text.encode("utf-8", "surrogatepass")
        once = hashlib.sha256(first)
        inner = (once.hexdigest(), once.hexdigest().upper(), _hex("md5", first), _hex("sha1", first))
        if digest in {sha256(item) for item in inner} or digest == hashlib.sha256(once.digest()).hexdigest():
            return HashMistake("hashed-twice")
    return None


def _hex(algorithm: str, data: bytes) -> str:
    return hashlib.new(algorithm, data, usedforsecurity=False).hexdigest()


def _otherwise(rule: KeyRule, digest: str, raw: str, right: tuple[str, ...], region: str) -> HashMistake | None:
    """Where the right form is unknown, a phone hashed as typed still shows that its country is missing."""
    if rule.kind == "phone" and not right and rule.recipe and not region:
        bare = bare_number(raw)
        typed = {sha256(text) for text in (raw, raw.strip(), bare, f"+{bare}", bare.lstrip("0")) if text}
        return HashMistake("country-code-missing", sure=False) if bare and digest in typed else None
    return HashMistake("other-value", sure=False) if rule.kind == "email" and right else None
