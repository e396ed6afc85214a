"""Text freed from what carried it (percent-encoding, entities, JSON escapes, inline tags), and the way back."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

#: Every quantifier is bounded, so that no text costs more than its length.
_CARRIED = re.compile(
    r"%(?:25){0,8}(?P<percent>[0-7][0-9A-Fa-f])"
    r"|&(?:amp;){0,8}(?:#(?P<number>[0-9]{1,6})|#[xX](?P<hex>[0-9A-Fa-f]{1,5})|(?P<name>quot|apos|amp|lt|gt|nbsp));"
    r"|\\{1,8}(?:u(?P<unicode>[0-9A-Fa-f]{4})|(?P<escape>[nrt\"/]))"
    r"|(?P<tag></?(?:a|b|i|u|em|tt|code|font|mark|small|span|strong)(?:\s[^<>]{0,200})?>)",
    re.IGNORECASE,
)
_NAMES = {"quot": '"', "apos": "'", "amp": "&", "lt": "<", "gt": ">", "nbsp": " "}
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A text without its wrapping; ``before`` and ``after`` pair its positions with those of the original."""

    text: str
    after: tuple[int, ...]
    before: tuple[int, ...]

    def start(self, position: int) -> int:
        """Where the character at ``position`` begins in the original."""
        near = bisect_right(self.after, position) - 1
        return self.before[near] + position - self.after[near]

    def end(self, position: int) -> int:
        """Where the character before ``position`` ends in the original."""
        near = bisect_left(self.after, position)
        if near < len(self.after) and self.after[near] == position:
            return self.before[near]
        return self.before[near - 1] + position - self.after[near - 1]


def unwrap(text: str) -> Unwrapped:
    """The text as it was meant, in one pass; percent-encoding may be many times over."""
    parts: list[str] = []
    after, before = [0], [0]
    length = read = 0
    for match in _CARRIED.finditer(text):
        plain = _plain(match)
        parts += (text[read : match.start()], plain)
        length += match.start() - read
        after += (length, length + len(plain))
        before += match.span()
        length += len(plain)
        read = match.end()
    parts.append(text[read:])
    return Unwrapped("".join(parts), tuple(after), tuple(before))


def _plain(match: re.Match[str]) -> str:
    kind, said = match.lastgroup or "", match[match.lastgroup or 0]
    match kind:
        case "percent" | "hex" | "unicode":
            return _character(int(said, 16))
        case "number":
            return _character(int(said))
        case "name":
            return _NAMES[said.lower()]
        case "escape":
            return _ESCAPES.get(said.lower(), said)
    return ""


def _character(code: int) -> str:
    """Anything that is no character of its own reads as a space."""
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else " "
