"""What an expression of a script comes to, as far as that can be read without running it."""

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import quote, unquote

from postback_wizard.domain.javascript import Code
from postback_wizard.domain.url import split_url

GLOBALS = ("window", "document", "top", "self", "parent", "globalThis", "frames")
#: What stands for a part that only running the script would tell.
UNKNOWN = "…"

_DEPTH = 6
_MOST_TERMS = 40
_LONGEST = 16_384


@dataclass(frozen=True, slots=True)
class Value:
    """A text; ``whole`` says whether every part of it could be read. ``end`` is the token after it."""

    text: str
    whole: bool
    end: int


class Reader:
    """Reads the expressions of one script on a page."""

    def __init__(self, code: Code, url: str) -> None:
        self._code = code
        self._url = url

    def value(self, index: int, depth: int = 0) -> Value:
        """The expression that begins at a token: texts, parts of the page's own address, and sums of them."""
        parts: list[str] = []
        whole = True
        for _ in range(_MOST_TERMS):
            term = self._term(index, depth)
            parts.append(term.text)
            whole, index = whole and term.whole, term.end
            if not self._code[index].is_sign("+"):
                break
            index += 1
        ends = index >= len(self._code.tokens) or self._code[index].is_sign(";", ",", ")", "}", "]")
        whole = whole and (ends or self._begins_line(index))
        text = "".join(parts)[:_LONGEST]
        return Value(text if whole or text.endswith(UNKNOWN) else text + UNKNOWN, whole, index)

    def _begins_line(self, index: int) -> bool:
        """Whether a statement has ended without a semicolon."""
        code = self._code
        between = code.source[code[index - 1].at : code[index].at]
        return "\n" in between and (code[index].kind != "sign" or code[index].is_sign("{"))

    def _term(self, index: int, depth: int) -> Value:
        token = self._code[index]
        match token.kind:
            case "text":
                return Value(token.value, self._stands_alone(index + 1), index + 1)
            case "template":
                text, cut, _ = token.value.partition("${")
                return Value(text + (UNKNOWN if cut else ""), not cut, index + 1)
            case "number":
                return Value(token.value, True, index + 1)
            case "name" if depth < _DEPTH:
                return self._named(index, depth)
            case "sign" if token.value == "(" and depth < _DEPTH:
                inner = self.value(index + 1, depth + 1)
                closed = self._code[inner.end].is_sign(")") and self._stands_alone(inner.end + 1)
                return Value(inner.text, inner.whole and closed, self._code.partner(index) + 1)
        return Value(UNKNOWN, False, index + 1)

    def _stands_alone(self, index: int) -> bool:
        return not self._code[index].is_sign(".", "?.", "(", "[", "?", "||", "&&", "??")

    def _named(self, index: int, depth: int) -> Value:
        code = self._code
        names, end = [code[index].value], index + 1
        while code[end].is_sign(".", "?.") and code[end + 1].kind == "name":
            names.append(code[end + 1].value)
            end += 2
        while len(names) > 1 and names[0] in GLOBALS:
            names.pop(0)
        if code[end].is_sign("("):
            return self._call(names, end, depth)
        if not self._stands_alone(end):
            return Value(UNKNOWN, False, end)
        known = _address_part(names, self._url)
        if known is None and len(names) == 1:
            return self._variable(names[0], index, depth)
        return Value(UNKNOWN if known is None else known, known is not None, end)

    def _call(self, names: list[str], opening: int, depth: int) -> Value:
        end = self._code.partner(opening) + 1
        inner = self.value(opening + 1, depth + 1)
        whole = inner.whole and inner.end == end - 1 and self._stands_alone(end)
        match names:
            case ["encodeURIComponent" | "escape"]:
                return Value(quote(inner.text, safe="!'()*-._~"), whole, end)
            case ["encodeURI" | "String"]:
                return Value(inner.text, whole, end)
            case ["decodeURIComponent" | "decodeURI" | "unescape"]:
                return Value(unquote(inner.text), whole, end)
            case ["atob"]:
                text = _unpacked(inner.text)
                return Value(text or UNKNOWN, whole and bool(text), end)
        return Value(UNKNOWN, False, end)

    def _variable(self, name: str, used: int, depth: int) -> Value:
        """A variable that is given its value once, before it is used."""
        code = self._code
        given = [at for at in code.places(name)[:200] if self._is_given(at)]
        if len(given) != 1 or given[0] > used or not code[given[0] + 1].is_sign("="):
            return Value(UNKNOWN, False, used + 1)
        found = self.value(given[0] + 2, depth + 1)
        return Value(found.text, found.whole, used + 1)

    def _is_given(self, at: int) -> bool:
        code = self._code
        if code[at - 1].is_sign("."):
            return False
        return code[at + 1].is_sign("=", "+=", "-=", "||=", "&&=", "??=", "++", "--")


def _address_part(names: list[str], url: str) -> str | None:
    here = split_url(url)
    match names:
        case ["location"] | ["location", "href"] | ["URL"] | ["documentURI"] | ["baseURI"]:
            return url
        case ["location", "search"]:
            return f"?{here.query}" if here.query else ""
        case ["location", "hash"]:
            return f"#{here.fragment}" if here.fragment else ""
        case ["location", "pathname"]:
            return here.path or "/"
        case ["location", "origin"]:
            return here.origin
        case ["location", "host"]:
            return f"{here.host}{here.port}"
        case ["location", "hostname"]:
            return here.host
        case ["location", "protocol"]:
            return f"{here.scheme}:"
    return None


def _unpacked(text: str) -> str:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
