"""Macros in every dialect of the trade: where they stand in a text, and how they are filled.

Two families. Braces and doubled marks are macros wherever they stand. Single marks (``[x]``, ``#x#``, ``$x$``,
``%x%``, ``(x)``) also mean other things, so they count only inside a value: after ``=``, in a path segment, or
between quotes. Percent-encoded text is looked through up to three times.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

MAX_DECODINGS = 3

_NAME = r"[^\W\d][\w.\-]*"
_WORD = r"[^\W\d]+"

#: Longer spellings come first, so that the longest dialect wins at the same place.
_ANYWHERE = {
    "[[[x]]]": rf"\[\[\[(?P<NAME>{_NAME})\]\]\]",
    "{{x}}": rf"\{{\{{ ?(?P<NAME>{_NAME}) ?\}}\}}",
    "${(x)!}": rf"\$\{{\((?P<NAME>{_NAME})\)!\}}",
    "${x}": rf"\$\{{(?P<NAME>{_NAME})\}}",
    "#{x}": rf"#\{{(?P<NAME>{_NAME})\}}",
    "{!x!}": rf"\{{!(?P<NAME>{_NAME})!\}}",
    "{url(x)}": rf"\{{{_NAME}\((?P<NAME>{_NAME})\)\}}",
    "{_x}": rf"\{{_(?P<NAME>{_NAME})\}}",
    "{x:…}": rf"\{{(?P<NAME>{_NAME}):[^\W\d][^{{}}\"'&#?/]{{0,199}}\}}",
    "{x50%}": rf"\{{(?P<NAME>{_WORD})(?:\d+(?:\.\d+)?%|\d*\.\d+)\}}",
    "{x}": rf"\{{(?P<NAME>{_NAME})\}}",
    "##X(arg)##": rf"##(?P<NAME>{_NAME})\([^()#&\"]{{0,100}}\)##",
    "##X##": rf"##(?P<NAME>{_NAME})##",
    "%%x%%": rf"%%(?P<NAME>{_NAME})%%",
    "__X__": r"(?<!_)__(?!POSTBACK_WIZARD_)(?P<NAME>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)__(?!_)",
}
#: ``filter[name]=1`` and ``%20x%20`` are no macros; ``%adid%`` is one although ``%ad`` could be an escape.
_IN_VALUE = {
    "[x]": rf"(?<!\[)\[(?!(?:null|true|false)\])(?P<NAME>{_NAME})\](?!\])(?!(?:\[\w{{0,40}}\]){{0,4}}=)",
    "#x#": rf"(?<!#)#(?P<NAME>{_NAME})#(?!#)",
    "$x$": rf"(?<!\$)\$(?P<NAME>{_NAME})\$(?!\$)",
    "%x%": rf"(?<!%)%(?![0-9A-Fa-f]{{2}}[\w.\-]?%)(?P<NAME>{_NAME})%(?![0-9A-Fa-f]{{2}}|%)",
}
#: ``(none)`` and its like are values that web analytics write.
_ANALYTICS = r"(?!(?:none|direct|organic|referral|other)\))"
_WHOLE_VALUE = {"(x)": rf"\A\({_ANALYTICS}(?P<NAME>{_NAME})\)\Z"}

DIALECTS = (*_ANYWHERE, *_IN_VALUE, *_WHOLE_VALUE)


def _compiled(patterns: Mapping[str, str]) -> re.Pattern[str]:
    offset = next(index for index, dialect in enumerate(DIALECTS) if dialect in patterns)
    parts = (
        f"(?P<d{number}>{pattern.replace('NAME', f'n{number}')})"
        for number, pattern in enumerate(patterns.values(), offset)
    )
    return re.compile("|".join(parts))


_EVERYWHERE = _compiled(_ANYWHERE)
_VALUE = _compiled(_IN_VALUE)
_WHOLE = _compiled(_WHOLE_VALUE)
_TOKEN = re.compile(r"[^\s\"'<>&=?/|]+")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
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
    found: list[Macro] = []
    for layer in _layers(text, 0):
        found.extend(_matches(text, layer, _EVERYWHERE))
    for token, whole in _values(text):
        for layer in _layers(token.group(), token.start()):
            found.extend(_matches(text, layer, _VALUE))
            if whole:
                found.extend(_matches(text, layer, _WHOLE))
    return tuple(_without_overlaps(found))


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
    """The tokens that stand where a value may stand, and whether round brackets may be a macro there."""
    lone = not _SPACE.search(text)
    for token in _TOKEN.finditer(text):
        start, end = token.span()
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


# -- placeholders of documentation -------------------------------------------------------------------------------

#: Words that stand for a value in vendors' examples, all caps, and are never a value themselves.
PLACEHOLDER_WORDS = frozenset(
    (
        *("REPLACE", "OPTIONAL", "YOUR_ID", "CLICK_ID", "CLICKID", "TRANSACTION_ID", "TRANSACTIONID", "ORDER_ID"),
        *("ORDERID", "ORDER_REF", "ACTION_ID", "GOAL_ID", "EVENT_NAME", "OFFER_ID", "MERCHANT_ID", "AFFILIATE_ID"),
        *("PUBLISHER_ID", "CAMPAIGN_ID", "ACCOUNT_ID", "VISITOR_ID", "SECRET_KEY", "ADMITAD_UID", "REQID"),
        "URLENCODED_JSON",
    )
)
#: Words that are a placeholder only as the value of the parameter they name: ``amount=AMOUNT``.
ECHO_WORDS = frozenset(
    (
        *("AMOUNT", "CURRENCY", "REVENUE", "PAYOUT", "PRICE", "VALUE", "COST", "TOKEN", "KEY", "STATUS", "TYPE"),
        *("GOAL", "EVENT", "ORDER", "VISITOR", "ACCOUNT", "DATA"),
    )
)
_YOUR = re.compile(r"YOUR(?:_[A-Z0-9]+)+")


def is_placeholder(value: str, param: str = "") -> bool:
    """Whether a whole value is a word from documentation that somebody was meant to replace."""
    if value in PLACEHOLDER_WORDS or _YOUR.fullmatch(value):
        return True
    echo = re.sub(r"[_\-]", "", param).upper() == value
    return (echo and value in ECHO_WORDS) or (param.lower(), value) == ("currency", "currency")
