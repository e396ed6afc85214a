"""The figures of a conversion API by which the checks judge an event."""

from collections.abc import Mapping
from dataclasses import dataclass

from postback_wizard.catalogue.table import Table

LEVELS = ("warn", "bad")


@dataclass(frozen=True, slots=True)
class Requirement:
    """A field an upload API asks for. ``when`` is ``always`` or ``other_field=value``; ``level`` is warn or bad."""

    field: str
    when: str
    level: str


@dataclass(frozen=True, slots=True)
class EventRules:
    """What an event for one conversion API must look like; ages in days."""

    id: str
    name: str
    aliases: frozenset[str]
    base: str
    version: str
    required: tuple[Requirement, ...]
    action_sources: tuple[str, ...]
    max_age_days: int
    max_age_days_physical_store: int
    hashed: tuple[str, ...]
    may_be_hashed: tuple[str, ...]
    raw: tuple[str, ...]
    errors: Mapping[tuple[int, int], str]

    def covers(self, ad_platform: str) -> bool:
        """Whether a case's ad platform is this one; a case that names none is taken to mean it."""
        return not ad_platform or ad_platform.strip().lower() in self.aliases

    def meaning(self, code: int, subcode: int = 0) -> str:
        """What an error code means, most exact first; empty when it is not known."""
        return self.errors.get((code, subcode), self.errors.get((code, 0), ""))


def read_rules(table: Table, api_id: str) -> EventRules:
    """The rules in a conversion API's file; every one of them is needed."""
    found = EventRules(
        id=api_id,
        name=table.text("name"),
        aliases=frozenset(table.texts("aliases")),
        base=_one(table, "base"),
        version=_one(table, "version"),
        required=tuple(_requirement(item) for item in table.tables("required")),
        action_sources=table.list_of("action_sources").value,
        max_age_days=_days(table, "max_age_days"),
        max_age_days_physical_store=_days(table, "max_age_days_physical_store"),
        hashed=table.list_of("hashed").value,
        may_be_hashed=table.list_of("may_be_hashed").value,
        raw=table.list_of("raw").value,
        errors=dict(_error(item) for item in table.tables("errors")),
    )
    table.done()
    return found


def _one(table: Table, key: str) -> str:
    found = table.exact(key)
    return found.value if found else table.text(key)


def _days(table: Table, key: str) -> int:
    found = table.number(key)
    return found.value if found else table.whole(key)


def _requirement(table: Table) -> Requirement:
    found = Requirement(table.text("field"), table.text("when"), table.word("level", LEVELS))
    return table.fact(found).value


def _error(table: Table) -> tuple[tuple[int, int], str]:
    found = (table.whole("code"), table.whole("subcode", 0)), table.text("meaning")
    return table.fact(found).value
