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

MAX_DECODINGS = 3
#: Texts up to so many characters are remembered with their macros.
_SHORT_TEXT = 2048

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
    "__X__": r"__(?!POSTBACK_WIZARD_)(?P<NAME>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)__",
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
#: Round brackets are a macro where they hold the whole value, or a name with an underscore that follows no letter.
_WHOLE_VALUE = {
    "(x)": rf"(?:\A(?=\([^()]+\)\Z)|(?<![^\W_])(?=\([^()_]+_))\({_ANALYTICS}(?P<NAME>{_NAME})\)",
}

DIALECTS = (*_ANYWHERE, *_IN_VALUE, *_WHOLE_VALUE)


def _compiled(patterns: Mapping[str, str]) -> re.Pattern[str]:
    offset = next(index for index, dialect in enumerate(DIALECTS) if dialect in patterns)
    parts = (
        f"(?P<d{number}>{pattern.replace('NAME', f'n{number}')})"
        for number, pattern in enumerate(patterns.values(), offset)
    )
    return re.compile(rf"(?=[\[{{$#%_(])(?:{'|'.join(parts)})")


_EVERYWHERE = _compiled(_ANYWHERE)
_VALUE = _compiled(_IN_VALUE)
_WHOLE = _compiled(_WHOLE_VALUE)
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
            yield from _matches(text, layer, _EVERYWHERE)


def _in_values(text: str) -> Iterator[Macro]:
    if not _VALUE_MARK.search(text):
        return
    for token, whole in _values(text):
        for layer in _layers(token.group(), token.start()):
            yield from _matches(text, layer, _VALUE)
            if whole:
                yield from _matches(text, layer, _WHOLE)


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


# -- placeholders of documentation -------------------------------------------------------------------------------

#: Words that stand for a value in vendors' examples, all caps, and are never a value themselves.
PLACEHOLDER_WORDS = frozenset(
    (
        *("REPLACE", "OPTIONAL", "YOUR_ID", "CLICK_ID", "CLICKID", "TRANSACTION_ID", "TRANSACTIONID", "ORDER_ID"),
        *("ORDERID", "ORDER_REF", "ACTION_ID", "GOAL_ID", "EVENT_NAME", "OFFER_ID", "MERCHANT_ID", "AFFILIATE_ID"),
        *("PUBLISHER_ID", "CAMPAIGN_ID", "ACCOUNT_ID", "VISITOR_ID", "SECRET_KEY", "ADMITAD_UID", "REQID"),
        *("URLENCODED_JSON", "NAMEOFADVERTISER"),
    )
)
#: Words that are a placeholder only as the value of a parameter that is named after them: ``amount=AMOUNT``.
ECHO_WORDS = frozenset(
    (
        *("AMOUNT", "CURRENCY", "REVENUE", "PAYOUT", "PRICE", "VALUE", "COST", "TOKEN", "KEY", "STATUS", "TYPE"),
        *("GOAL", "EVENT", "ORDER", "VISITOR", "ACCOUNT", "DATA", "CODE", "CHANNEL", "VOUCHER", "TIME", "URL", "IP"),
        *("ID", "CID", "UID", "MID", "AID", "CJEVENT"),
    )
)
_YOUR = re.compile(r"YOUR(?:_[A-Z0-9]+)+")
_SPELT_OUT = re.compile(r"\{[^\W\d_]+(?: [^\W\d_]+){1,3}\}|<[^\W\d_]+(?:[ _][^\W\d_]+){1,3}>")
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+")
#: A parameter this short may abbreviate the word: ``r=REVENUE``.
_SHORT = 2


def is_placeholder(value: str, param: str = "") -> bool:
    """Whether a whole value is a word from documentation that somebody was meant to replace."""
    if value in PLACEHOLDER_WORDS or (value[:4] == "YOUR" and _YOUR.fullmatch(value)):
        return True
    if value[:1] in ("{", "<") and _SPELT_OUT.fullmatch(value):
        return True
    return (value in ECHO_WORDS and _names(param, value.lower())) or (param.lower(), value) == ("currency", "currency")


def _names(param: str, word: str) -> bool:
    """Whether a parameter is named after a word: ``price``, ``orderPrice``, ``price_id``, or its first letters."""
    words = [part.lower() for part in _WORDS.findall(param)]
    whole = "".join(words)
    short = 0 < len(whole) <= _SHORT and word.startswith(whole)
    return short or word in (whole, words[-1] if words else "", whole.removesuffix("id"))
