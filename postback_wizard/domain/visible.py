"""Foreign text made safe to show: characters that act instead of standing there become escapes like ``\\x1b``."""

import re

#: C1 controls, soft hyphen, joiners, Hangul and Khmer fillers, line and paragraph separators, bidirectional overrides,
#: zero-width characters, lone surrogates, variation selectors, tags: what moves a cursor, hides, reorders or is unseen.
_UNSEEN = (
    "\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_ACTING = re.compile(f"[\x00-\x1f{_UNSEEN}]")
_KEPT_IN_BLOCKS = re.compile(f"[\x00-\x09\x0b-\x1f{_UNSEEN}]")


def visible(text: str) -> str:
    """The text on one line, nothing in it able to move a cursor, hide or reorder."""
    return _ACTING.sub(_escape, text)


def visible_block(text: str) -> str:
    """The same for a block of text: line feeds stay, a tab becomes four spaces, CR LF counts as one line feed."""
    return _KEPT_IN_BLOCKS.sub(_escape, text.replace("\r\n", "\n").replace("\t", "    "))


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    named = {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}.get(code)
    return named or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
