"""The page of an entry: its text and what it leads to. The wizard shows it, ``explain`` and ``platforms`` print it."""

from collections.abc import Iterable, Iterator
from itertools import islice

from postback_wizard.catalogue import own_faults, platform, upload_api, upload_apis
from postback_wizard.catalogue.fault import CatalogueError
from postback_wizard.catalogue.sheet import sheet
from postback_wizard.report.knowledge import words
from postback_wizard.report.knowledge.closed import closed_entries, closed_lines, closed_with, leads_to
from postback_wizard.report.knowledge.codes import code_lines
from postback_wizard.report.knowledge.entries import Entry, Ref
from postback_wizard.report.knowledge.index import index
from postback_wizard.report.knowledge.lines import Line, Page, of_sheet, section
from postback_wizard.report.knowledge.messages import message_lines, messages_of, wordings
from postback_wizard.report.knowledge.names import name_lines, same_name, uses

#: All own files with a fault, on one page.
OWN_FILES = Ref("file", "")
#: Of macros and parameters that lead on, at most so many; the search has the rest.
_MOST_NAMES = 40


def page_of(ref: Ref, lang: str) -> Page:
    """Everything known of one entry.

    Raises:
        KeyError: there is no such entry.
    """
    lines = tuple(_lines(ref, lang))
    found = entries((ref,))
    return Page(found[0].name if found else words.OWN_FILES.say(lang), lines, entries(_related(ref)))


def entries(refs: Iterable[Ref]) -> tuple[Entry, ...]:
    """The entries of these names, each once; a name without one is left out."""
    wanted = tuple(refs)
    known = dict(index())
    if any(ref.kind == "closed" for ref in wanted):
        known |= {entry.ref: entry for entry in closed_entries()}
    return tuple(known[ref] for ref in dict.fromkeys(wanted) if ref in known)


def owner_refs(owner: str) -> tuple[Ref, ...]:
    """The entries an owner's id may name."""
    return (Ref("platform", owner), Ref("upload", owner))


def _lines(ref: Ref, lang: str) -> Iterator[Line]:
    match ref.kind:
        case "platform":
            return of_sheet(sheet(platform(ref.id), lang))
        case "upload":
            return of_sheet(sheet(upload_api(ref.id), lang))
        case "macro" | "param":
            return name_lines(ref, lang)
        case "message":
            return message_lines(ref, lang)
        case "code":
            return code_lines(ref.id, lang)
        case "file":
            return _fault_lines(ref, lang)
        case "closed":
            return closed_lines(ref.id, lang)


def _related(ref: Ref) -> Iterator[Ref]:
    match ref.kind:
        case "platform" | "upload":
            yield from _of_owner(ref)
        case "macro" | "param":
            yield from owner_refs(uses()[ref][0].owner)
            yield from (use.ref for use in islice(same_name(ref), _MOST_NAMES) if use.ref != ref)
        case "message":
            wording = wordings()[ref]
            yield from (Ref("code", mode) for mode in wording.modes)
            yield from owner_refs(wording.owner)
            yield from (Ref("message", f"{wording.owner} {say}") for say in wording.also)
        case "code":
            yield from closed_with(ref.id)
            yield from (item.ref for item in messages_of((ref.id,)))
        case "closed":
            yield from leads_to(ref.id)
        case "file":
            yield from (Ref("file", fault.file) for fault in own_faults() if not ref.id)


def _of_owner(ref: Ref) -> Iterator[Ref]:
    if ref.kind == "platform":
        name = platform(ref.id).name.casefold()
        yield from (Ref("upload", api.id) for api in upload_apis().values() if api.platform.casefold() == name)
    yield from (item.ref for item in wordings().values() if item.owner == ref.id)
    yield from (found for found in uses() if uses()[found][0].owner == ref.id)


def _fault_lines(ref: Ref, lang: str) -> Iterator[Line]:
    faults = [fault for fault in own_faults() if ref.id in ("", fault.file)]
    if ref.id and not faults:
        raise KeyError(ref.id)
    yield Line(words.OWN_FILES.say(lang), "title")
    if not faults:
        yield Line(words.NO_FAULTS.say(lang), "lead")
        return
    for fault in faults:
        yield from section(words.FILE.say(lang, file=fault.file), _fault_facts(fault, lang))
    yield Line("", "head")
    yield Line(words.CHECK_FILE.say(lang), "lead")


def _fault_facts(fault: CatalogueError, lang: str) -> Iterator[str]:
    if fault.line:
        yield words.LINE.say(lang, line=fault.line)
    if fault.key:
        yield words.KEY.say(lang, key=fault.key)
    yield words.REASON.say(lang, reason=fault.reason.say(lang, fault.values))
