"""One hop of a click on the screen: two lines that say what it did, and everything behind Enter. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from postback_wizard.catalogue.along import HopOwner, owners_along
from postback_wizard.catalogue.owners import host_key
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Level
from postback_wizard.domain.hopdiff import Fate, ParamFate, diff_hops, names_of
from postback_wizard.domain.hopnotes import cookies_set, notes_on
from postback_wizard.domain.identifiers import identifiers_in
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.redirect import BY_HAND
from postback_wizard.domain.url import split_url
from postback_wizard.domain.visible import visible
from postback_wizard.report.hopwords import (
    FATES,
    NOTES,
    SHORT_NOTES,
    cookie_terms,
    fate_remark,
    owner_words,
)
from postback_wizard.tui import hopspeech as words
from postback_wizard.tui.times import times_text

#: Columns of a host, of a name and of a value; names in one list; parameters and cookies in one table.
HOST, NAME, VALUE = 38, 20, 34
NAMES, LINES = 4, 60

MARKS: dict[Fate, tuple[str, Level | None]] = {
    "lost": ("✗", Level.BAD),
    "changed": ("▲", Level.WARN),
    "renamed": ("→", None),
    "moved": ("→", None),
    "kept": ("✓", None),
    "added": ("+", None),
}


@dataclass(frozen=True, slots=True)
class HopView:
    """A hop, the URL that followed it (empty for the last), what became of its parameters, and its owner."""

    hop: HttpEvidence
    next_url: str
    fates: tuple[ParamFate, ...]
    owner: HopOwner | None

    @property
    def host(self) -> str:
        """The hop's host as it stands."""
        return split_url(self.hop.request.url).host


def hop_views(case: Case, hops: Sequence[HttpEvidence]) -> dict[tuple[str, int], HopView]:
    """Every hop with its neighbour, by the name of its question and its number."""
    chains: dict[str, list[HttpEvidence]] = {}
    for hop in hops:
        chains.setdefault("trace" if hop.name == BY_HAND else hop.name, []).append(hop)
    return {(view.hop.name, view.hop.hop): view for chain in chains.values() for view in _views(case, chain)}


def _views(case: Case, hops: Sequence[HttpEvidence]) -> Iterator[HopView]:
    owners = owners_along(hops, case.facts)
    last = hops[-1]
    end = last.answer.header("Location") if last.answer and last.has("APP_LINK") else ""
    for hop, after in zip(hops, [*(item.request.url for item in hops[1:]), end], strict=True):
        fates = diff_hops(hop.request.url, after) if after else ()
        yield HopView(hop, after, fates, owners.get(host_key(split_url(hop.request.url).host)))


def head_of(view: HopView) -> str:
    """Number, status, time and host."""
    hop, url = view.hop, split_url(view.hop.request.url)
    status = str(hop.answer.status) if hop.answer else "—"
    return f"{hop.hop}  {status}  {hop.timing_ms.total:.0f} ms  {clip(url.host + url.port, HOST)}"


def owner_of(view: HopView, lang: str) -> str:
    """Whose the hop is, shortened."""
    return clip(owner_words(view.owner, lang, short=True), HOST)


def happened(view: HopView, lang: str) -> tuple[tuple[str, Level | None], ...]:
    """What a hop did at one glance, in pieces, each with its tone."""
    return tuple(_happened(view, lang))


def _happened(view: HopView, lang: str) -> Iterator[tuple[str, Level | None]]:
    hop, fates = view.hop, view.fates
    if hop.answer is None or not hop.has("OK_2XX", "OK_204", "OK_2XX_EMPTY", "REDIRECT"):
        yield clip(" ".join(hop.outcome), VALUE * 2), Level.WARN
    present = list(dict.fromkeys(item.name for item in identifiers_in(split_url(hop.request.url))))
    yield (words.CARRIES.say(lang, names=_listed(present)) if present else words.NO_IDS.say(lang)), None
    for fate, text in words.AT_ONE_GLANCE.items():
        names = names_of(fates, fate)
        if names:
            yield text.say(lang, names=_listed(names)), MARKS[fate][1]
    for fate, text in words.COUNTED.items():
        number = sum(item.fate == fate for item in fates)
        if number:
            yield text.say(lang, n=number), None
    if any(item.reordered for item in fates):
        yield words.REORDERED.say(lang), None
    for note in notes_on(hop, view.next_url):
        if note.code in SHORT_NOTES:
            yield SHORT_NOTES[note.code].say(lang, note.values), Level.WARN
    cookies = len(cookies_set(hop.answer))
    if cookies:
        yield words.COOKIES_COUNTED.say(lang, n=cookies), None


def summary(view: HopView, lang: str) -> tuple[tuple[str, Level | None], ...]:
    """Everything about a hop but its exact bytes, line by line."""
    return tuple(_summary(view, lang))


def _summary(view: HopView, lang: str) -> Iterator[tuple[str, Level | None]]:
    why = f" {view.owner.why.say(lang)}" if view.owner else ""
    yield words.OWNER.say(lang, owner=clip(owner_words(view.owner, lang), 2 * VALUE), why=why), None
    if view.hop.peer:
        yield words.PEER.say(lang, peer=clip(view.hop.peer, 2 * VALUE)), None
    yield times_text(view.hop.timing_ms, lang), None
    yield "", None
    yield from _parameters(view, lang)
    notes = tuple(notes_on(view.hop, view.next_url))
    if notes:
        yield words.NOTES.say(lang), Level.INFO
        for note in notes:
            values = {name: clip(value, VALUE) for name, value in note.values.items()}
            yield f"  {NOTES[note.code].say(lang, values)}", Level.WARN if note.code in SHORT_NOTES else None
        yield "", None
    cookies = cookies_set(view.hop.answer)
    if cookies:
        yield words.COOKIES.say(lang), Level.INFO
        for cookie in cookies[:LINES]:
            name, value = clip(cookie.name, NAME), clip(cookie.value, NAME)
            yield f"  {name} = {value} · {clip(cookie_terms(cookie, lang), 2 * VALUE)}", None
        yield from _more(len(cookies), lang)
        yield "", None


def _parameters(view: HopView, lang: str) -> Iterator[tuple[str, Level | None]]:
    if not view.next_url:
        yield words.LAST.say(lang), Level.INFO
        params = split_url(view.hop.request.url).params()
        for param in params[:LINES]:
            yield f"  {pad(param.name, NAME)} {clip(param.value, 2 * VALUE)}", None
        yield from _more(len(params), lang)
        yield "", None
        return
    yield words.NEXT.say(lang, url=clip(view.next_url, 2 * VALUE)), None
    yield "", None
    yield (words.PARAMETERS if view.fates else words.NO_PARAMETERS).say(lang), Level.INFO
    order = list(MARKS)
    shown = sorted(view.fates, key=lambda item: order.index(item.fate))[:LINES]
    width = max((len(FATES[item.fate].say(lang)) for item in shown), default=0)
    column = max((_width(_name(item)) for item in shown), default=0)
    for item in shown:
        mark, tone = MARKS[item.fate]
        name = _name(item)
        name += " " * (min(column, NAME) - _width(name))
        yield f"  {mark} {FATES[item.fate].say(lang).ljust(width)}  {name}  {_values(item, lang)}", tone
    yield from _more(len(view.fates), lang)
    yield "", None


def _name(item: ParamFate) -> str:
    """The parameter's name, or both where it was renamed."""
    names = [clip(param.name, NAME) for param in (item.before, item.after) if param]
    return " → ".join(dict.fromkeys(names))


def _values(item: ParamFate, lang: str) -> str:
    """Its value before and after, and how it changed."""
    params = [param for param in (item.before, item.after) if param]
    values = list(dict.fromkeys(param.value for param in params))
    shown = " → ".join(clip(value, VALUE) or words.EMPTY.say(lang) for value in values)
    remark = clip(fate_remark(item, lang), 2 * VALUE)
    return f"{shown}  ({remark})" if remark else shown


def _more(number: int, lang: str) -> Iterator[tuple[str, Level | None]]:
    if number > LINES:
        yield f"  {words.MORE.say(lang, n=number - LINES)}", None


def _listed(names: Sequence[str]) -> str:
    more = f" +{len(names) - NAMES}" if len(names) > NAMES else ""
    return ", ".join(clip(name, NAME) for name in names[:NAMES]) + more


def clip(text: str, columns: int) -> str:
    """Foreign text made visible, at most so many columns wide; its end stays readable where it has to be cut."""
    shown = visible(text[: columns * 8] if len(text) > columns * 16 else text)
    if len(text) <= columns * 16 and _width(shown) <= columns:
        return shown
    tail = visible(text[-6:]) if columns >= VALUE else ""
    tail = tail if _width(tail) <= columns // 3 else ""
    kept, room = [], columns - 1 - _width(tail)
    for character in shown:
        room -= _cells(character)
        if room < 0:
            break
        kept.append(character)
    return f"{''.join(kept)}…{tail}"


def pad(text: str, columns: int) -> str:
    """The text clipped and filled up with spaces to so many columns."""
    shown = clip(text, columns)
    return shown + " " * (columns - _width(shown))


def _width(text: str) -> int:
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    """Columns of a character; one that stands on the letter before it counts too, so that no heap of them fits."""
    return 2 if east_asian_width(character) in "WF" else 1
