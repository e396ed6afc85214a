"""The list under the search field: hits, or, before anything is typed, everything by layer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from postback_wizard.report.knowledge import words as known
from postback_wizard.report.knowledge.closed import closed_entries
from postback_wizard.report.knowledge.codes import all_codes
from postback_wizard.report.knowledge.entries import KIND_WIDTH, Entry, Ref
from postback_wizard.report.knowledge.index import counts, find, index
from postback_wizard.tui import knowledge_words as words
from postback_wizard.tui.plain import plain

#: Of the closed cases so many stand above everything else; the search has the rest.
LATEST = 9


class Item(NamedTuple):
    """A line of a list; one that opens nothing is a heading."""

    content: Content
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A sentence above the list, and the list."""

    summary: str
    items: tuple[Item, ...]


def listing_of(text: str, lang: str) -> Listing:
    """What there is for a text. Reads the catalogue when it is first called: not for the interface's own thread."""
    if not text.strip():
        return Listing(counts().say(lang), tuple(_everything(lang)))
    found = find(text)
    items = tuple(Item(line_of(hit.entry, hit.line(lang), lang), hit.entry.ref) for hit in found.hits)
    if not items:
        return Listing(words.NOTHING.say(lang), ())
    form = words.FOUND if len(items) == found.total else words.FOUND_MORE
    return Listing(form.say(lang, n=found.total, shown=len(items)), items)


def lines_of(entries: Iterable[Entry], lang: str) -> Iterator[Content]:
    """Entries a page leads to; the first nine have a digit for a key."""
    for number, entry in enumerate(entries, 1):
        digit = f"{number} " if number < 10 else "  "
        yield Content.assemble(plain(digit, "bold $accent"), line_of(entry, entry.detail.say(lang), lang))


def line_of(entry: Entry, why: str, lang: str) -> Content:
    """What it is in a word, its name, and what there is to say of it."""
    kind = entry.kind(lang)
    gap = " " * (KIND_WIDTH - cell_len(kind) + 1)
    return Content.assemble(plain(kind + gap, "$foreground 60%"), plain(entry.name, "bold"), "  ", plain(why))


def _everything(lang: str) -> Iterator[Item]:
    every = index()
    faults = [entry for ref, entry in every.items() if ref.kind == "file"]
    if faults:
        yield Item(plain(known.OWN_FILES.say(lang), "bold $text-warning"))
        yield from (Item(line_of(entry, entry.detail.say(lang), lang), entry.ref) for entry in faults)
    closed = list(closed_entries())
    if closed:
        yield Item(plain(words.CLOSED.say(lang), "bold $text-accent"))
        yield from (Item(line_of(entry, entry.detail.say(lang), lang), entry.ref) for entry in closed[:LATEST])
    for layer, codes in all_codes().items():
        if codes:
            yield Item(plain(known.LAYERS[layer].say(lang), "bold $text-accent"))
        for entry in (every[Ref("code", code)] for code in codes):
            yield Item(line_of(entry, entry.detail.say(lang), lang), entry.ref)
