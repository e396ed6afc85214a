"""Foreign text made safe to show: characters that act instead of standing there become escapes like ``\\x1b``."""

import re

#: C0 and C1 controls, line and paragraph separators, bidirectional overrides, zero-width characters, lone surrogates.
_ACTING = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_KEPT_IN_BLOCKS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The text on one line, nothing in it able to move a cursor, hide or reorder."""
    return _ACTING.sub(_escape, text)


def visible_block(text: str) -> str:
    """The same for a block of text: line feeds stay, a tab becomes four spaces, CR LF counts as one line feed."""
    return _KEPT_IN_BLOCKS.sub(_escape, text.replace("\r\n", "\n").replace("\t", "    "))


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    named = {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}.get(code)
    return named or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
