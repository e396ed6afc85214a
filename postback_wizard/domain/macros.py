"""Macros in every dialect of the trade: where they stand in a text, and how they are filled.

Two families. Braces and doubled marks are macros wherever they stand. Single marks (``[x]``, ``#x#``, ``$x$``,
``%x%``, ``(x)``) also mean other things, so they count only inside a value: after ``=``, in a path segment, or
between quotes. Percent-encoded text is looked through up to three times.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from postback_wizard.domain.dialects import DIALECTS, EVERYWHERE, IN_VALUE, WHOLE_VALUE
from postback_wizard.domain.example_words import is_placeholder

__all__ = ["DIALECTS", "Macro", "fill", "find_macros", "is_placeholder", "masked"]

MAX_DECODINGS = 3
#: Texts up to so many characters are remembered with their macros.
_SHORT_TEXT = 2048

_TOKEN = re.compile(r"[^\s\"'<>&=?/]+")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
#: Without one of these there is no macro, now or after decoding.
_MARK = re.compile(r"[{%#\[]|__")
_ANY_MARK = re.compile(r"[\[{#$%(]|__")
_VALUE_MARK = re.compile(r"[\[#$%(]")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Macro:
    """One macro as it stands: ``text`` is ``source[start:end]``; ``encoded`` counts percent-encodings, 0 to 3."""

    text: str
    name: str
    dialect: str
    start: int
    end: int
    encoded: int

    @property
    def written(self) -> str:
        """The macro without percent-encoding: ``{clickid}`` for ``%7Bclickid%7D``."""
        plain = self.text
        for _ in range(self.encoded):
            plain = unquote(plain)
        return plain


@dataclass(frozen=True, slots=True)
class _Layer:
    """A text after some decodings; ``at[i]`` is where its character ``i`` starts in the original."""

    text: str
    at: tuple[int, ...] | range
    level: int = 0

    def decoded(self) -> "_Layer | None":
        """One decoding further, or None when nothing is encoded any more."""
        if "%" not in self.text:
            return None
        parts: list[str] = []
        at: list[int] = []
        done = 0
        for run in _ESCAPES.finditer(self.text):
            parts.append(self.text[done : run.start()])
            at.extend(self.at[done : run.start()])
            for character, offset in _characters(run.group()):
                parts.append(character)
                at.append(self.at[run.start() + offset])
            done = run.end()
        if not done:
            return None
        parts.append(self.text[done:])
        at.extend(self.at[done:])
        return _Layer("".join(parts), tuple(at), self.level + 1)


def find_macros(text: str) -> tuple[Macro, ...]:
    """Every macro of a text in order, raw or percent-encoded, with exact spans and without overlaps. Never raises."""
    if not _ANY_MARK.search(text):
        return ()
    return _remembered(text) if len(text) <= _SHORT_TEXT else _found(text)


def _found(text: str) -> tuple[Macro, ...]:
    found, inside = list(_everywhere(text)), list(_in_values(text))
    if not inside and "%" not in text:
        return tuple(found)
    return tuple(_without_overlaps([*found, *inside]))


#: Every check looks at the same few short texts.
_remembered = lru_cache(maxsize=2048)(_found)


def masked(text: str) -> str:
    """The text with every macro overwritten by as many letters, so that marks inside macros divide nothing."""
    return _masked_before(text) if len(text) <= _SHORT_TEXT else _masked(text)


def _masked(text: str) -> str:
    parts: list[str] = []
    done = 0
    for macro in find_macros(text):
        parts += [text[done : macro.start], "x" * len(macro.text)]
        done = macro.end
    return "".join([*parts, text[done:]]) if parts else text


_masked_before = lru_cache(maxsize=256)(_masked)


def fill(text: str, values: Mapping[str, str], encode: Callable[[str], str] | None = None) -> str:
    """The text with known macros replaced by their values, percent-encoded unless ``encode`` says otherwise.

    ``values`` is keyed by macro name, or by the macro as written. Unknown macros and every other byte stay.
    """
    write = encode or _percent_encode
    parts: list[str] = []
    done = 0
    for macro in find_macros(text):
        value = values.get(macro.name, values.get(macro.written))
        if value is not None:
            parts += [text[done : macro.start], write(value)]
            done = macro.end
    return "".join([*parts, text[done:]])


def _percent_encode(value: str) -> str:
    return quote(value, safe="", errors="surrogatepass")


def _layers(text: str, start: int) -> Iterator[_Layer]:
    layer: _Layer | None = _Layer(text, range(start, start + len(text) + 1))
    while layer is not None and layer.level <= MAX_DECODINGS:
        yield layer
        layer = layer.decoded()


def _everywhere(text: str) -> Iterator[Macro]:
    if _MARK.search(text):
        for layer in _layers(text, 0):
            yield from _matches(text, layer, EVERYWHERE)


def _in_values(text: str) -> Iterator[Macro]:
    if not _VALUE_MARK.search(text):
        return
    for token, whole in _values(text):
        for layer in _layers(token.group(), token.start()):
            yield from _matches(text, layer, IN_VALUE)
            if whole:
                yield from _matches(text, layer, WHOLE_VALUE)


def _matches(source: str, layer: _Layer, pattern: re.Pattern[str]) -> Iterator[Macro]:
    for match in pattern.finditer(layer.text):
        group = match.lastgroup or "d0"
        start, end = layer.at[match.start()], layer.at[match.end()]
        name, dialect = match.group(f"n{group[1:]}"), DIALECTS[int(group[1:])]
        yield Macro(source[start:end], name, dialect, start, end, layer.level)


def _without_overlaps(found: list[Macro]) -> Iterator[Macro]:
    end = 0
    for macro in sorted(found, key=lambda item: (item.start, -item.end, item.encoded)):
        if macro.start >= end:
            yield macro
            end = macro.end


def _values(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """The tokens with a mark that stand where a value may stand, and whether round brackets may be a macro there."""
    lone = not _SPACE.search(text)
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        if not _VALUE_MARK.search(text, start, end):
            continue
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        match before:
            case "=":
                yield token, after in ("", "&", '"', "'") or after.isspace()
            case "/":
                yield token, False
            case '"' | "'":
                if token.group()[0] not in ":,]}" and not after.isspace():
                    yield token, after == before
            case "?" | "&":
                if after != "=":
                    yield token, False
            case "":
                if lone and after != "=":
                    yield token, not after


def _characters(run: str) -> Iterator[tuple[str, int]]:
    """What a run of escapes stands for, each character with its offset; what is not UTF-8 stays as it is."""
    raw = bytes.fromhex(run.replace("%", ""))
    try:
        decoded = raw.decode("utf-8")
    except UnicodeDecodeError:
        for index, byte in enumerate(raw):
            here = index * 3
            yield from [(chr(byte), here)] if byte < 0x80 else [(run[here + i], here + i) for i in range(3)]
        return
    offset = 0
    for character in decoded:
        yield character, offset
        offset += 3 * len(character.encode("utf-8"))
