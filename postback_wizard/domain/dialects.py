"""How macros are spelt: every dialect of the trade as a pattern, and where each may stand."""

import re
from collections.abc import Mapping

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


EVERYWHERE = _compiled(_ANYWHERE)
IN_VALUE = _compiled(_IN_VALUE)
WHOLE_VALUE = _compiled(_WHOLE_VALUE)
