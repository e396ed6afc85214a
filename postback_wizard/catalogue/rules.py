"""What the checks judge an event of one conversion API by: its place, fields, time, words, IDs, limits and answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from postback_wizard.catalogue.answer_shape import AnswerShape, read_answer_shape
from postback_wizard.catalogue.sending import Sending, TestKey, read_sending, read_test_key
from postback_wizard.catalogue.table import Table

LEVELS = ("warn", "bad")
KINDS = ("text", "number", "whole", "amount", "list", "table", "flag")
ZONES = ("required", "utc", "open")


@dataclass(frozen=True, slots=True)
class Requirement:
    """A field an upload API asks for. ``field`` may offer alternatives (``a | b + c``); ``level`` is warn or bad.

    ``when`` is ``always``, a field that is there, ``!field`` for one that is not, or ``field=value|other``.
    """

    field: str
    when: str
    level: str
    third_party: bool = False


@dataclass(frozen=True, slots=True)
class FieldKind:
    """The type of a field, one of ``KINDS``; an ``amount`` is a number written as text."""

    field: str
    kind: str
    third_party: bool = False


@dataclass(frozen=True, slots=True)
class Age:
    """How many hours back an event may lie, and for which events."""

    hours: int
    when: str = "always"
    third_party: bool = False


@dataclass(frozen=True, slots=True)
class TimeRule:
    """The field of an event's time. ``units`` are s, ms, us or text; ``pattern`` is the form of a text.

    ``zone`` says of a text: an offset must be there, it is UTC, or nobody says. ``future_s`` is how far ahead a time
    may lie in seconds, -1 where nothing is documented.
    """

    field: str
    units: tuple[str, ...]
    pattern: str = ""
    zone: str = "open"
    future_s: int = -1
    third_party: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words or the form of a field: ``what`` is ``name`` or ``source``; ``pattern`` where no list is known."""

    what: str
    field: str
    words: tuple[str, ...]
    pattern: str = ""
    third_party: bool = False


@dataclass(frozen=True, slots=True)
class ClickField:
    """Where a click ID goes, the URL parameter it comes from, and its form where one is documented."""

    field: str
    param: str
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class EventRules:
    """What an event for one conversion API must look like. Paths are read by ``UploadEvent.find``."""

    id: str
    name: str
    aliases: frozenset[str]
    hosts: tuple[str, ...]
    base: str
    version: str
    events: tuple[str, ...]
    marks: tuple[str, ...]
    required: tuple[Requirement, ...]
    kinds: tuple[FieldKind, ...]
    time: TimeRule | None
    ages: tuple[Age, ...]
    vocabularies: tuple[Vocabulary, ...]
    clicks: tuple[ClickField, ...]
    match_keys: tuple[str, ...]
    match_optional: bool
    weak: tuple[str, ...]
    min_click_hours: int
    value: str
    currency: str
    keys: tuple[str, ...]
    batch: int
    whole: bool
    accounts: tuple[str, ...]
    account_path: str
    test: TestKey | None
    sending: Sending | None
    answer: AnswerShape | None
    hashed: tuple[str, ...]
    may_be_hashed: tuple[str, ...]
    raw: tuple[str, ...]
    errors: Mapping[tuple[int, int], str]

    def covers(self, ad_platform: str) -> bool:
        """Whether a case's ad platform is this one; a case that names none may mean any."""
        wanted = ad_platform.strip().lower()
        return not wanted or wanted == self.id or wanted == self.name.lower() or wanted in self.aliases

    def meaning(self, code: int, subcode: int = 0) -> str:
        """What an error code means, most exact first; empty when it is not known."""
        return self.errors.get((code, subcode), self.errors.get((code, 0), ""))


def read_rules(table: Table, api_id: str) -> EventRules:
    """The rules in a conversion API's file; what is not documented is left out there."""
    time, test = table.table("time"), table.table("test")
    sending, answer = table.table("send"), table.table("answer")
    found = EventRules(
        id=api_id,
        name=table.text("name"),
        aliases=frozenset(table.texts("aliases")),
        hosts=table.texts("hosts"),
        base=_one(table, "base"),
        version=_one(table, "version"),
        events=tuple(item.strip(".") for item in table.texts("events")),
        marks=table.texts("marks"),
        required=tuple(_requirement(item) for item in table.tables("required")),
        kinds=tuple(_kind(item) for item in table.tables("kinds")),
        time=_time(time) if time else None,
        ages=tuple(_age(item) for item in table.tables("ages")),
        vocabularies=tuple(_vocabulary(item) for item in table.tables("words")),
        clicks=tuple(_click(item) for item in table.tables("clicks")),
        match_keys=table.list_of("match_keys").value,
        match_optional=table.flag("match_optional"),
        weak=table.list_of("weak").value,
        min_click_hours=_number(table, "min_click_hours"),
        value=_one(table, "value"),
        currency=_one(table, "currency"),
        keys=table.list_of("keys").value,
        batch=_number(table, "batch"),
        whole=table.flag("whole"),
        accounts=table.texts("accounts"),
        account_path=table.text("account_path", ""),
        test=read_test_key(test) if test else None,
        sending=read_sending(sending) if sending else None,
        answer=read_answer_shape(answer) if answer else None,
        hashed=table.list_of("hashed").value,
        may_be_hashed=table.list_of("may_be_hashed").value,
        raw=table.list_of("raw").value,
        errors=dict(_error(item) for item in table.tables("errors")),
    )
    table.done()
    return found


def _one(table: Table, key: str) -> str:
    found = table.exact(key)
    return found.value if found else ""


def _number(table: Table, key: str) -> int:
    found = table.number(key)
    return found.value if found else 0


def _requirement(table: Table) -> Requirement:
    field, when, level = table.text("field"), table.text("when", "always"), table.word("level", LEVELS, "bad")
    fact = table.fact(field)
    return Requirement(field, when, level, fact.third_party)


def _kind(table: Table) -> FieldKind:
    field, kind = table.text("field"), table.word("kind", KINDS)
    return FieldKind(field, kind, table.fact(field).third_party)


def _age(table: Table) -> Age:
    hours, when = table.whole("hours"), table.text("when", "always")
    return Age(hours, when, table.fact(hours).third_party)


def _time(table: Table) -> TimeRule:
    field, units = table.text("field"), table.known_texts("units", ("s", "ms", "us", "text"))
    pattern, zone, future = table.text("pattern", ""), table.word("zone", ZONES, "open"), table.whole("future_s", -1)
    return TimeRule(field, units, pattern, zone, future, table.fact(field).third_party)


def _vocabulary(table: Table) -> Vocabulary:
    what, field = table.word("what", ("name", "source")), table.text("field")
    words, pattern = table.texts("words"), table.text("pattern", "")
    return Vocabulary(what, field, words, pattern, table.fact(field).third_party)


def _click(table: Table) -> ClickField:
    field, param, pattern = table.text("field"), table.text("param", ""), table.text("pattern", "")
    table.fact(field)
    return ClickField(field, param, pattern)


def _error(table: Table) -> tuple[tuple[int, int], str]:
    found = (table.whole("code"), table.whole("subcode", 0)), table.text("meaning")
    return table.fact(found).value
