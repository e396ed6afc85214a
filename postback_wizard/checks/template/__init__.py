"""Step 4: what a template and the request made from it look like, and what the checks of both share."""

from collections.abc import Mapping
from dataclasses import dataclass

from postback_wizard.catalogue.names import find_platform
from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.reads import meanings_read
from postback_wizard.domain.case import Case
from postback_wizard.domain.macros import is_placeholder
from postback_wizard.domain.template import Value, meaning_of, sent_values, template_values

_NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Part:
    """A value, the place it stands in (``template`` or ``sent_request``), and what it stands for, if that is clear."""

    where: str
    value: Value
    meaning: str

    @property
    def is_real(self) -> bool:
        """Whether it is a value rather than a macro, a fill-in or nothing."""
        text = self.value.decoded.strip()
        return bool(text) and not self.value.macros() and not is_placeholder(text, self.value.name)


#: All checks of a case ask for the same parts: the latest of either text, with what they were made of.
_latest: dict[str, tuple[tuple[Value, ...], Mapping[str, str], tuple[Part, ...]]] = {}


def receiver_of(case: Case) -> Platform | None:
    """The receiver, where the catalogue knows it."""
    return find_platform(case.facts.receiver) if case.facts.receiver else None


def parts(case: Case, where: str) -> tuple[Part, ...]:
    """The query and body values of the template or the live request, each with its meaning."""
    values = template_values(case) if where == "template" else sent_values(case)
    known = receiver_of(case)
    meanings = meanings_read(known) if known else _NONE
    before = _latest.get(where)
    if before is not None and before[0] is values and before[1] is meanings:
        return before[2]
    found = tuple(
        Part(where, value, meanings.get(value.name, "") or _meaning(value))
        for value in values
        if value.place in ("query", "body")
    )
    _latest[where] = (values, meanings, found)
    return found


def _meaning(value: Value) -> str:
    """By the parameter's own name, then by its macros' names."""
    own = meaning_of(value.name.rpartition(".")[2])
    return own or next((meaning for macro in value.macros() if (meaning := meaning_of(macro.name))), "")
