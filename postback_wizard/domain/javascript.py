"""JavaScript taken apart into tokens, without running anything: enough to tell code from comments and texts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Kind = Literal["name", "text", "template", "number", "regex", "sign"]

_SKIPPED = re.compile(r"(?:\s++|//[^\n\u2028\u2029]*+|<!--[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?+)+")
_NAME = re.compile(r"[A-Za-z_$\u0080-\U0010ffff][\w$]*+")
_NUMBER = re.compile(r"\.?[0-9](?:[eE][+\-]|[\w.])*+")
_TEXT = re.compile(r"\"([^\"\\\n]*+(?:\\.[^\"\\\n]*+)*+)\"?+|'([^'\\\n]*+(?:\\.[^'\\\n]*+)*+)'?+", re.DOTALL)
_TEMPLATE = re.compile(r"`([^`\\]*+(?:\\.[^`\\]*+)*+)`?+", re.DOTALL)
#: Bounded, because a script may begin a thousand of them and end none.
_REGEX = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,200}+\]){1,500}+/[a-z]*+")
_SIGN = re.compile(
    r"=>|[=!]==?|<=|>=|&&=?|\|\|=?|\?\?=?|\?\.(?![0-9])|\+\+|--|[-+*/%&|^]=|\*\*|\.\.\.|[\s\S]", re.DOTALL
)
_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\r\n|[\s\S]))")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_BEFORE_REGEX = ("return", "typeof", "case", "in", "of", "do", "else", "void", "delete")
_OPENS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token; ``value`` is a name, a sign, or what a text says with its escapes resolved."""

    kind: Kind
    value: str
    at: int

    def is_sign(self, *signs: str) -> bool:
        """Whether this is one of these signs."""
        return self.kind == "sign" and self.value in signs

    def is_name(self, *names: str) -> bool:
        """Whether this is one of these names or key words."""
        return self.kind == "name" and self.value in names


END = Token("sign", "", -1)


class Code:
    """A script's tokens, and which brackets belong together."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens: Sequence[Token] = tuple(_tokens(source))

    def __getitem__(self, index: int) -> Token:
        """A token, or one that is nothing beyond either end."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else END

    @cached_property
    def _pairs(self) -> tuple[dict[int, int], tuple[int, ...]]:
        partners: dict[int, int] = {}
        around: list[int] = []
        stack: list[int] = []
        for index, token in enumerate(self.tokens):
            closes = token.is_sign(*_OPENS.values())
            if closes and stack and _OPENS[self.tokens[stack[-1]].value] == token.value:
                partners[index] = stack[-1]
                partners[stack.pop()] = index
            around.append(stack[-1] if stack else -1)
            if token.is_sign(*_OPENS):
                stack.append(index)
        return partners, tuple(around)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for index, token in enumerate(self.tokens):
            if token.kind == "name":
                places.setdefault(token.value, []).append(index)
        return places

    def places(self, name: str) -> Sequence[int]:
        """Every place where a name stands."""
        return self._places.get(name, ())

    def chain_start(self, index: int) -> int:
        """Where ``a.b(c).d`` begins, given its last name."""
        while self[index - 1].is_sign(".", "?."):
            index -= 2
            while self[index].is_sign(")", "]") and self.partner(index) < index:
                index = self.partner(index) - 1
            if self[index].kind != "name":
                return index + 1
        return index

    def partner(self, index: int) -> int:
        """The other bracket of a pair; beyond the end when it is missing."""
        return self._pairs[0].get(index, len(self.tokens))

    def around(self, index: int) -> int:
        """The bracket that opens what a token stands in; -1 at the top."""
        return self._pairs[1][index] if 0 <= index < len(self.tokens) else -1

    def line(self, index: int) -> int:
        """The line a token stands on, from 0."""
        return self.source.count("\n", 0, self[index].at)

    def excerpt(self, index: int) -> str:
        """The line of code a token stands on, at most 120 characters from a little before the token."""
        at = self[index].at
        start = max(self.source.rfind("\n", 0, at) + 1, at - 40)
        end = self.source.find("\n", at)
        return self.source[start : min(start + 120, end if end >= 0 else len(self.source))].strip()


def _tokens(source: str) -> Iterator[Token]:
    at, before = 0, END
    while at < len(source):
        skipped = _SKIPPED.match(source, at)
        if skipped:
            at = skipped.end()
            continue
        before, at = _token(source, at, before)
        yield before


def _token(source: str, at: int, before: Token) -> tuple[Token, int]:
    sign = source[at]
    if sign in "\"'" and (found := _TEXT.match(source, at)):
        return Token("text", _said(found[1] or found[2] or ""), at), found.end()
    if sign == "`" and (found := _TEMPLATE.match(source, at)):
        return Token("template", _said(found[1]), at), found.end()
    if found := _NAME.match(source, at):
        return Token("name", found.group(), at), found.end()
    if found := _NUMBER.match(source, at):
        return Token("number", found.group(), at), found.end()
    if sign == "/" and _may_begin_regex(before) and (found := _REGEX.match(source, at)):
        return Token("regex", found.group(), at), found.end()
    found = _SIGN.match(source, at)
    value = found.group() if found else sign
    return Token("sign", value, at), at + len(value)


def _may_begin_regex(before: Token) -> bool:
    if before.kind == "sign":
        return before.value not in (")", "]", "++", "--")
    return before.kind == "name" and before.value in _BEFORE_REGEX


def _said(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(found: re.Match[str]) -> str:
    braced, four, two, plain = found.groups()
    if plain is not None:
        return "" if plain in ("\n", "\r\n", "\u2028", "\u2029") else _PLAIN.get(plain, plain)
    number = int(braced or four or two, 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
