"""The texts a sender hashes by mistake in place of the normalised one, each with the mistake's code."""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from postback_wizard.domain.normalise import KeyRule, normaliser, valid
from postback_wizard.domain.phones import country_code, digits, with_separators, without_country


class Other(NamedTuple):
    """How another platform wants the same kind of data."""

    platform: str
    recipe: tuple[str, ...]


#: A mistake, the text it leads to, and a detail.
Variant = tuple[str, str, str]

_LEFT_OUT = {
    "trim": "not-trimmed",
    "lower": "not-lower-cased",
    "no-spaces": "spaces-kept",
    "no-punctuation": "punctuation-kept",
    "no-dashes": "punctuation-kept",
    "digits": "separators-kept",
    "dots": "dots-kept",
    "gmail-dots": "dots-kept",
    "plus-part": "plus-part-kept",
    "short-postcode": "postcode-form",
    "date": "wrong-date-form",
}
_ADDED = {
    "email": (("gmail-dots", "dots-removed"), ("dots", "dots-removed"), ("plus-part", "plus-part-removed")),
}


def variants(rule: KeyRule, raw: str, right: str, region: str, others: tuple[Other, ...]) -> Iterator[Variant]:
    """Wrong texts, the plainest explanation first; ``right`` is the text the platform wants. None equals it."""
    forms = _phone(raw, right) if rule.kind == "phone" else _text(rule, raw, right)
    elsewhere = tuple(_elsewhere(rule.kind, raw, region, others))
    for code, text in (*forms, *_as_typed(raw)):
        if text and text != right:
            yield code, text, _platforms(text, elsewhere)
    for _, text in elsewhere:
        if text != right:
            yield "other-platform", text, _platforms(text, elsewhere)
    for text in (raw, raw.strip(), raw.lower(), raw.upper(), raw.strip().upper(), raw.strip().title()):
        if text != right:
            yield "hashed-before-normalising", text, ""


def _elsewhere(kind: str, raw: str, region: str, others: tuple[Other, ...]) -> Iterator[tuple[str, str]]:
    for other in others:
        text = normaliser(other.recipe, region)(raw)
        if valid(kind, text):
            yield other.platform, text


def _platforms(text: str, elsewhere: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(dict.fromkeys(name for name, form in elsewhere if form == text))


def _text(rule: KeyRule, raw: str, right: str) -> Iterator[tuple[str, str]]:
    """One step of the recipe left out, then one step too many."""
    for step in rule.recipe:
        if step in _LEFT_OUT:
            shorter = tuple(item for item in rule.recipe if item != step)
            yield _LEFT_OUT[step], normaliser(shorter)(raw)
    for step, code in _ADDED.get(rule.kind, ()):
        if step not in rule.recipe:
            yield code, normaliser((step,))(right)
    if rule.kind == "email":
        yield "spaces-removed", normaliser(("no-spaces",))(right)
    if rule.kind == "birth_date":
        yield from _dates(right)
    yield "spaces-removed", "".join(right.split())
    yield "accents-removed", _unaccented(right)


def _unaccented(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(item for item in apart if unicodedata.category(item) != "Mn")


def _dates(right: str) -> Iterator[tuple[str, str]]:
    """A birthday in every other usual writing."""
    year, month, day = right[:4], right[4:6], right[6:8]
    for mark in ("-", "/", ".", ""):
        for parts in ((year, month, day), (day, month, year), (month, day, year), (year, day, month)):
            yield "wrong-date-form", mark.join(parts)
    yield "wrong-date-form", right[2:]


def _phone(raw: str, right: str) -> Iterator[tuple[str, str]]:
    """A number with its plus where none belongs or without one; without its country; with zeros or separators."""
    bare = right.lstrip("+")
    plus = f"+{bare}"
    yield "plus-sign-missing" if right.startswith("+") else "plus-sign-kept", bare if right.startswith("+") else plus
    yield from (("leading-zeros-kept", text) for text in (f"00{bare}", f"+00{bare}", f"011{bare}", f"0{bare}"))
    for national in without_country(plus):
        yield "country-code-missing", national
        yield "country-code-missing", f"+{national}"
    code = country_code(plus)
    yield from (("trunk-zero-kept", f"{sign}{code}0{bare[len(code) :]}") for sign in ("+", ""))
    written = digits(raw)
    yield from (("trunk-zero-kept", text) for text in (written, f"+{written}") if written not in (bare, f"00{bare}"))
    if with_separators(raw):
        yield from (("separators-kept", text) for text in (raw.strip(), raw.strip().lstrip("+")))


def _as_typed(raw: str) -> Iterator[tuple[str, str]]:
    """Only the outer blanks are in the way when cutting them leaves nothing else to do."""
    if raw != raw.strip() and raw.strip() == raw.strip().lower():
        yield "not-trimmed", raw
