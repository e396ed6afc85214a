"""Characters and escapes of a saved URL that do not stand for what they look like, each with its exact place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from postback_wizard.domain.macros import find_macros

OddKind = Literal["unseen", "line-break", "blank-end", "quote", "look-alike", "escape", "utf8", "hex-case"]

#: Cyrillic letters that cannot be told from Latin ones by eye.
LOOK_ALIKES = str.maketrans("аеорсухіјѕԁһԛԝкмтвнАВЕКМНОРСТУХІЈЅ", "aeopcyxijsdhqwkmtbhABEKMHOPCTYXIJS")
_SIGN_TWINS = str.maketrans("＆＝？＿－‐‑‒–—｛｝［］＃％", "&=?_------{}[]#%")
LATIN = {**LOOK_ALIKES, **_SIGN_TWINS}
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\xa0\xad\u034f\u061c\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3000\ufe00-\ufe0f\ufeff]+"
)
_BREAK = re.compile(r"[ \t]*[\r\n\u2028\u2029]+[ \t]*|\t+")
_QUOTES = re.compile("[\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u00ab\u00bb]+")
_WORD = re.compile(r"[\w\-‐‑‒–—.]+")
_SIGNS = re.compile("[＿－‐‑‒–—]")
_MARKS = re.compile("[＆＝？｛｝［］＃％]")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
#: Nothing in such a text is odd.
_PLAIN = re.compile(r"[\x21-\x24\x26-\x7e]*")
#: Texts up to so many characters are remembered with their oddities.
_SHORT = 16_384
#: In such a text only escapes are.
_VISIBLE = re.compile(r"[\x21-\x7e]*")
_LATIN_LETTER = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Odd:
    """One oddity: its place in the text (offsets), how it stands there, and what was probably meant."""

    kind: OddKind
    start: int
    end: int
    shown: str
    meant: str


def oddities(text: str) -> tuple[Odd, ...]:
    """Everything odd about the characters of a URL or template, in the order of the text. Never raises."""
    if _PLAIN.fullmatch(text):
        return ()
    return _remembered(text) if len(text) <= _SHORT else _found(text)


def _found(text: str) -> tuple[Odd, ...]:
    if _VISIBLE.fullmatch(text):
        return tuple(sorted(_escapes(text), key=lambda odd: (odd.start, odd.end)))
    found = [*_blank_ends(text), *_breaks(text), *_unseen(text), *_quotes(text), *_look_alikes(text), *_escapes(text)]
    return tuple(sorted(found, key=lambda odd: (odd.start, odd.end)))


#: Several checks look at the same text.
_remembered = lru_cache(maxsize=16)(_found)


def mended(text: str, odd: Odd) -> str:
    """The text with one oddity written as it was meant."""
    return f"{text[: odd.start]}{odd.meant}{text[odd.end :]}"


def code_points(text: str) -> str:
    """Characters by their numbers: ``U+00A0 U+200B``; a long run is cut."""
    numbers = [f"U+{ord(character):04X}" for character in text[:4]]
    return " ".join([*numbers, "…"] if len(text) > 4 else numbers)


def _blank_ends(text: str) -> Iterator[Odd]:
    bare = text.strip(" \t\r\n")
    if not bare or bare == text:
        return
    start = text.index(bare[0])
    if start:
        yield Odd("blank-end", 0, start, text[:start], "")
    if start + len(bare) < len(text):
        yield Odd("blank-end", start + len(bare), len(text), text[start + len(bare) :], "")


def _breaks(text: str) -> Iterator[Odd]:
    bare = len(text.rstrip(" \t\r\n"))
    for found in _BREAK.finditer(text, len(text) - len(text.lstrip(" \t\r\n")), bare):
        yield Odd("line-break", found.start(), found.end(), found.group(), "")


def _unseen(text: str) -> Iterator[Odd]:
    if text.isascii() and text.isprintable():
        return
    for found in _UNSEEN.finditer(text):
        yield Odd("unseen", found.start(), found.end(), found.group(), "")


def _quotes(text: str) -> Iterator[Odd]:
    for found in () if text.isascii() else _QUOTES.finditer(text):
        yield Odd("quote", found.start(), found.end(), found.group(), "")


def _look_alikes(text: str) -> Iterator[Odd]:
    """A word that mixes both alphabets, and signs that only look like those of a URL."""
    if text.isascii():
        return
    for word in _WORD.finditer(text):
        for index, letter in enumerate(word.group()):
            latin = letter.translate(LATIN)
            mixed = _SIGNS.match(letter) or (latin != letter and _LATIN_LETTER.search(word.group()))
            if latin != letter and mixed and _only_alike(word.group()):
                at = word.start() + index
                yield Odd("look-alike", at, at + 1, letter, latin)
    for found in _MARKS.finditer(text):
        yield Odd("look-alike", found.start(), found.end(), found.group(), found.group().translate(LATIN))


def _only_alike(word: str) -> bool:
    """Whether every letter that is not Latin has a Latin twin: a truly Russian word has others."""
    return word.translate(LATIN).isascii()


def _escapes(text: str) -> Iterator[Odd]:
    if "%" not in text:
        return
    macros = [(macro.start, macro.end) for macro in find_macros(text) if not macro.encoded]
    for found in _BAD_ESCAPE.finditer(text):
        if not any(start <= found.start() < end for start, end in macros):
            yield Odd("escape", found.start(), found.start() + 1, text[found.start() : found.start() + 3], "%25")
    lower = upper = None
    for found in _ESCAPES.finditer(text):
        if any(start <= found.start() < end for start, end in macros):
            continue
        yield from _not_utf8(found)
        digits = re.sub("[%0-9]", "", found.group())
        lower = lower or (found if digits != digits.upper() else None)
        upper = upper or (found if digits != digits.lower() else None)
    if lower and upper:
        yield Odd("hex-case", lower.start(), lower.end(), lower.group(), lower.group().upper())


def _not_utf8(found: re.Match[str]) -> Iterator[Odd]:
    raw = bytes.fromhex(found.group().replace("%", ""))
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        start, end = found.start() + 3 * error.start, found.start() + 3 * error.end
        yield Odd("utf8", start, end, found.string[start:end], "")
