"""Words of a text with the gaps between them, and a tree that finds known sequences of words in one pass."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from postback_wizard.catalogue.phrases import Phrase

T = TypeVar("T")

#: A longer gap separates words for good.
LONGEST_GAP = 1_000
#: A dash that fills a field is a word of its own.
_WORD = re.compile(r"\w+|(?<![^,;|\t\r\n>\"'])[-\u2013\u2014](?![^,;|\t\r\n<\"'])")
_DASHES = ("\u2013", "\u2014")
#: What may stand between two words of a phrase in any number.
_LOOSE = re.compile(r"[\s\"'`+\-\u2010-\u2015*«»“”\\]+")
_LEFT = re.compile(r"(?:\A|[,;|\t\r\n<>=:{}\[\]()&]|\s[-\u2013\u2014]\s|\b[1-5][0-9]{2}\s)[ \"'`«“]*\Z")
_RIGHT = re.compile(r"[ \"'`»”.!]*(?:\Z|[,;|\t\r\n<>{}\[\]()&]|\s[-\u2013\u2014]\s)")
_NEAR = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its first and its last token."""

    first: int
    last: int
    phrase: Phrase


class Tokens:
    """The words of a text in lower case, with their places."""

    __slots__ = ("ends", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        for match in _WORD.finditer(text):
            self.starts.append(match.start())
            self.ends.append(match.end())
            word = match.group().lower()
            self.words.append("-" if word in _DASHES else word)

    def __len__(self) -> int:
        return len(self.words)

    def span(self, hit: Hit) -> tuple[int, int]:
        """Where a hit stands in the text."""
        return self.starts[hit.first], self.ends[hit.last]

    def raw_gap(self, index: int) -> str:
        """What stands before a token, up to the token before it; at most ``LONGEST_GAP`` characters."""
        end = self.starts[index]
        start = self.ends[index - 1] if index else 0
        return self.text[max(start, end - LONGEST_GAP) : end]

    def gap(self, index: int) -> str | None:
        """The punctuation before a token, without spaces, quotes and hyphens; None where nothing goes on."""
        raw = self.raw_gap(index)
        if raw == " ":
            return ""
        if len(raw) >= LONGEST_GAP or raw.count("\n") > 1:
            return None
        return _LOOSE.sub("", raw).replace(":", "=")

    def around(self, index: int) -> str:
        """Two characters on each side of a token, which is shown as a zero character."""
        start, end = self.starts[index], self.ends[index]
        return f"{self.text[max(0, start - 2) : start]}\x00{self.text[end : end + 2]}"


class Tree(Generic[T]):
    """Sequences of words with what each leads to; a step is the gap before a word, and the word."""

    __slots__ = ("_root",)

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()

    def add(self, words: str, found: T) -> None:
        """Lead a sequence of words to something; its case, spaces and quotes do not matter."""
        tokens, node = Tokens(words), self._root
        for index, word in enumerate(tokens.words):
            step = (tokens.gap(index) or "" if index else "", word)
            node = node.next.setdefault(step, _Node())
        node.found.append(found)

    def find(self, tokens: Tokens) -> Iterator[tuple[int, int, T]]:
        """First token, last token and what is found, for every sequence that stands in a text."""
        begins = self._root.next
        for first, word in enumerate(tokens.words):
            node = begins.get(("", word))
            last = first
            while node is not None:
                for found in node.found:
                    yield first, last, found
                last += 1
                if not node.next or last == len(tokens):
                    break
                gap = tokens.gap(last)
                node = node.next.get((gap, tokens.words[last])) if gap is not None else None


class _Node(Generic[T]):
    __slots__ = ("found", "next")

    def __init__(self) -> None:
        self.next: dict[tuple[str, str], _Node[T]] = {}
        self.found: list[T] = []


def fills_field(text: str, start: int, end: int) -> bool:
    """Whether a piece of text is all there is in a cell, a value, an element, or the text itself."""
    before = text[max(0, start - _NEAR) : start]
    after = text[end : end + _NEAR]
    left = _LEFT.search(before if start > _NEAR else f"\n{before}")
    right = _RIGHT.match(after if end + _NEAR < len(text) else f"{after}\n")
    return left is not None and right is not None
