"""How a conversion API matches people and copies: the recipes of customer data, and what makes two events one."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from postback_wizard.catalogue.table import Table
from postback_wizard.domain.normalise import KINDS, STEP_NAMES, KeyRule

HASHED = ("yes", "may", "no")


@dataclass(frozen=True, slots=True)
class Hashing:
    """Customer data of one API. ``events`` are the places of its events in a body, ``keys`` the places in an event.

    ``never`` are places that hold no digest; ``encoding`` is the place in a body that may declare Base64.
    ``sources`` are the pages all of it rests on.
    """

    events: tuple[str, ...]
    keys: tuple[KeyRule, ...]
    encoding: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SameField:
    """A field both copies must share: its place in the server's event, and what browsers call it.

    A place that starts with ``^`` is in the body around the events.
    """

    server: str
    browser: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instead:
    """A field that stands in for a missing ID: within so many seconds (0 when unknown), for one event name only ("" for
    all), and perhaps only when the browser's copy came first."""

    field: SameField
    within_seconds: int = 0
    only_for: str = ""
    browser_first: bool = False


@dataclass(frozen=True, slots=True)
class Dedup:
    """What makes a browser's event and a server's event one; the first field is the ID.

    ``window_seconds`` is 0 where nobody documents it; below ``merge_seconds`` the copies are merged. ``time`` is the
    place of the time in the server's event.
    """

    fields: tuple[SameField, ...]
    instead: tuple[Instead, ...]
    time: str
    window_seconds: int
    merge_seconds: int
    third_party: bool
    sources: tuple[str, ...]


def read_hashing(table: Table) -> Hashing:
    """The ``[hashing]`` table of a conversion API's file."""
    appendix, encoding = table.flag("appendix"), table.text("encoding", "")
    events = table.texts("events")
    never = table.texts("never")
    keys = tuple(_key(item, appendix=appendix) for item in table.tables("keys"))
    fact = table.fact(never)
    raw = tuple(KeyRule(at, "", "no", third_party=fact.third_party) for at in never)
    return Hashing(events, (*keys, *raw), encoding, fact.sources)


def _key(table: Table, *, appendix: bool) -> KeyRule:
    at, kind, hashed = table.text("at"), table.word("kind", tuple(KINDS)), table.word("hashed", HASHED, "yes")
    recipe = table.known_texts("recipe", STEP_NAMES)
    also, disputed = _recipes(table, "also"), _recipes(table, "disputed")
    third_party = table.fact(at).third_party
    return KeyRule(at, kind, hashed, recipe, also, disputed, third_party, appendix)


def _recipes(table: Table, key: str) -> tuple[tuple[str, ...], ...]:
    return tuple(item.known_texts("steps", STEP_NAMES) for item in _done(table, key))


def _done(table: Table, key: str) -> Iterator[Table]:
    for item in table.tables(key):
        yield item
        item.done()


def read_dedup(table: Table) -> Dedup:
    """The ``[dedup]`` table of a conversion API's file."""
    fields = tuple(_same(item) for item in _done(table, "fields"))
    instead = tuple(_instead(item) for item in _done(table, "instead"))
    time, window, merge = table.text("time", ""), table.whole("window_seconds", 0), table.whole("merge_seconds", 0)
    fact = table.fact(fields)
    return Dedup(fields, instead, time, window, merge, fact.third_party, fact.sources)


def _same(table: Table) -> SameField:
    return SameField(table.text("server"), table.texts("browser"))


def _instead(table: Table) -> Instead:
    within, only_for, first = table.whole("within_seconds", 0), table.text("only_for", ""), table.flag("browser_first")
    return Instead(_same(table), within, only_for, first)


@cache
def others_of(kind: str, api_id: str) -> "tuple[tuple[str, tuple[str, ...]], ...]":
    """How the other platforms want a kind of data: platform and recipe, each recipe's platforms together."""
    from postback_wizard.catalogue import upload_apis

    wanted: dict[tuple[str, ...], list[str]] = {}
    for other in upload_apis().values():
        rules = other.hashing.keys if other.hashing and other.id != api_id else ()
        for recipe in (rule.recipe for rule in rules if rule.kind == kind and rule.recipe):
            names = wanted.setdefault(recipe, [])
            if other.platform not in names:
                names.append(other.platform)
    return tuple((", ".join(names), recipe) for recipe, names in wanted.items())
