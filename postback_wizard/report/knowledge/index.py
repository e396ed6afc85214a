"""Everything that can be looked up, and the search over it."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from postback_wizard.catalogue import own_faults, upload_apis
from postback_wizard.catalogue.fact import Sentence
from postback_wizard.catalogue.fault import CatalogueError
from postback_wizard.catalogue.memo import Platforms, per_catalogue
from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.search import lines_of
from postback_wizard.catalogue.upload import UploadApi
from postback_wizard.catalogue.words import KINDS
from postback_wizard.report.knowledge import words
from postback_wizard.report.knowledge.closed import closed_entries
from postback_wizard.report.knowledge.codes import code_entries
from postback_wizard.report.knowledge.entries import Entry, Ref, Searched, bare, both, make, said
from postback_wizard.report.knowledge.messages import message_entries
from postback_wizard.report.knowledge.names import name_entries

#: More than these nobody reads through; another word narrows them down.
MOST = 150


class Hit(NamedTuple):
    """An entry that was found and, beyond its name, the words it was found by."""

    entry: Entry
    why: Sentence

    def line(self, lang: str) -> str:
        """What a list says of it after its name."""
        return self.why.say(lang)


class Found(NamedTuple):
    """The best hits, how many there are in all, and how many of them are called exactly what was looked for."""

    hits: tuple[Hit, ...]
    total: int
    exact: int


@per_catalogue
def index(platforms: Platforms) -> Mapping[Ref, Entry]:
    """Every entry by what names it; worked out once, and again when the catalogue changes."""
    every = [*map(_fault, own_faults()), *code_entries(), *map(_platform, platforms.values())]
    every += [*map(_upload, upload_apis().values()), *name_entries(), *message_entries()]
    return {entry.ref: entry for entry in every}


def find(text: str) -> Found:
    """What has every word of ``text``, whatever its letter case: its own name first, then names, facts and prose."""
    asked = " ".join(text.casefold().split())
    if not asked:
        return Found((), 0, 0)
    names, sought = {asked, bare(asked)} - {""}, asked.split()
    starts = [re.compile(rf"(?<!\w){re.escape(word)}") for word in sought]
    ranked = [best for entry in (*index().values(), *closed_entries()) if (best := _best(entry, names, sought, starts))]
    ranked.sort(key=lambda item: item[0])
    exact = sum(rank == 0 for rank, _ in ranked)
    return Found(tuple(hit for _, hit in ranked[:MOST]), len(ranked), exact)


def counts() -> Sentence:
    """How much there is to look up, in words."""
    kinds = Counter(ref.kind for ref in index())
    names = {
        "platforms": "platform",
        "uploads": "upload",
        "macros": "macro",
        "params": "param",
        "messages": "message",
        "codes": "code",
    }
    return said(words.COUNTED, **{name: kinds[kind] for name, kind in names.items()})  # type: ignore[index]


def _best(entry: Entry, names: set[str], sought: list[str], starts: list[re.Pattern[str]]) -> tuple[int, Hit] | None:
    """How far an entry is from the words, and why it was found; the middle of a word is farther than its beginning."""
    if names & entry.exact:
        return 0, Hit(entry, entry.detail)
    found = [
        (2 * line.rank + 3 * any(not start.search(line.folded) for start in starts), place)
        for place, line in enumerate(entry.lines)
        if all(word in line.folded for word in sought)
    ]
    if not found:
        return None
    rank, place = min(found)
    why = entry.lines[place].shown or entry.detail
    return rank, Hit(entry, why if isinstance(why, Sentence) else both(why))


def _platform(found: Platform) -> Entry:
    kind = KINDS[found.kind]
    entry = make(Ref("platform", found.id), found.kind, found.name, Sentence(kind.en, kind.ru))
    return _with_sheet(entry, found)


def _upload(found: UploadApi) -> Entry:
    kind = KINDS["upload"]
    name = f"{found.platform} {found.api.en}"
    return _with_sheet(make(Ref("upload", found.id), "upload", name, Sentence(kind.en, kind.ru), found.api), found)


def _with_sheet(entry: Entry, found: Platform | UploadApi) -> Entry:
    named = f"{entry.ref.id} {entry.name}".casefold()
    lines = [Searched(1, entry.ref.id.casefold()), *entry.lines]
    for rank, shown in sorted(lines_of(found), key=lambda item: item[0]):
        text = shown if isinstance(shown, str) else f"{shown.en} {shown.ru}"
        if rank > 1:
            lines.append(Searched(rank, f"{named} {text.casefold()}", shown))
    exact = entry.exact | {entry.ref.id, found.name.casefold() if isinstance(found, Platform) else found.id}
    return Entry(entry.ref, entry.word, entry.name, entry.detail, exact, tuple(lines))


def _fault(fault: CatalogueError) -> Entry:
    reason = Sentence(*(fault.say(lang) for lang in ("en", "ru")))
    return make(Ref("file", fault.file), "file", fault.file, said(words.OWN_FILE), reason)
