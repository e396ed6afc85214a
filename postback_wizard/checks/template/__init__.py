"""Step 4: what a template and the request made from it look like, and what the checks of both share."""

from dataclasses import dataclass
from functools import lru_cache

from postback_wizard.catalogue.names import find_platform
from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.reads import meanings_read
from postback_wizard.domain.case import Case
from postback_wizard.domain.macros import is_placeholder
from postback_wizard.domain.template import Value, meaning_of, sent_values, template_values


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


def receiver_of(case: Case) -> Platform | None:
    """The receiver, where the catalogue knows it."""
    return find_platform(case.facts.receiver) if case.facts.receiver else None


def parts(case: Case, where: str) -> tuple[Part, ...]:
    """The query and body values of the template or the live request, each with its meaning."""
    values = template_values(case) if where == "template" else sent_values(case)
    known = receiver_of(case)
    return _parts(where, values, tuple(meanings_read(known).items()) if known else ()) if values else ()


@lru_cache(maxsize=8)
def _parts(where: str, values: tuple[Value, ...], read: tuple[tuple[str, str], ...]) -> tuple[Part, ...]:
    meanings = dict(read)
    return tuple(
        Part(where, value, meanings.get(value.name, "") or _meaning(value))
        for value in values
        if value.place in ("query", "body")
    )


def _meaning(value: Value) -> str:
    """By the parameter's own name, then by its macros' names."""
    names = (value.name.rpartition(".")[2], *(macro.name for macro in value.macros()))
    return next((meaning for name in names if (meaning := meaning_of(name))), "")
