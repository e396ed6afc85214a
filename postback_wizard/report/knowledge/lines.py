"""A page of the knowledge base as lines that know what they are, whether a screen or a terminal shows them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from postback_wizard.report.knowledge.entries import Entry

#: A title, words below it, a heading, a paragraph, one fact of many, or a source that must stay in one piece.
Tone = Literal["title", "lead", "head", "text", "fact", "source"]


class Line(NamedTuple):
    """One line before wrapping. Its text may be foreign: never markup, not yet safe for a terminal."""

    text: str
    tone: Tone = "text"


@dataclass(frozen=True, slots=True)
class Page:
    """Everything known of one thing, and the entries it leads to, the nearest first."""

    title: str
    lines: tuple[Line, ...]
    related: tuple[Entry, ...] = ()


def section(heading: str, lines: Iterable[str], tone: Tone = "fact") -> Iterator[Line]:
    """A heading with lines below it; nothing where there are no lines."""
    for place, text in enumerate(line for line in lines if line):
        if place == 0:
            yield Line(heading, "head")
        yield Line(text, tone)


def of_sheet(sheet: Iterable[str]) -> Iterator[Line]:
    """The lines of a catalogue sheet, whose first is its title and whose facts are indented."""
    for place, text in enumerate(sheet):
        if place == 0:
            yield Line(text, "title")
        elif text.startswith("  "):
            yield Line(text.strip(), "source" if text.startswith("  [") else "fact")
        elif text:
            yield Line(text, "head")
