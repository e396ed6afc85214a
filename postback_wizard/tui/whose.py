"""What may be said about a host: a role, a platform of the catalogue, or a name of one's own with a role. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from postback_wizard.catalogue import platforms
from postback_wizard.catalogue.along import role_at
from postback_wizard.catalogue.owners import HOP_ROLES, LONGEST_NAME, OwnerMark
from postback_wizard.report.hopwords import ROLES
from postback_wizard.tui import hopspeech as words

_FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer: its key, and the words it is shown with."""

    key: str
    words: str


def choices(typed: str, lang: str) -> tuple[Choice, ...]:
    """The answers that fit what was typed; all of them while nothing is. Platforms in order of their names."""
    wanted = typed.strip()
    found = [choice for choice in _known(lang) if wanted.casefold() in choice.words.casefold()]
    return (*found, *(_own(wanted, lang) if wanted else [Choice(_FORGET, words.FORGET.say(lang))]))


def mark_of(key: str) -> OwnerMark | None:
    """What an answer's key says; None for taking back what was said."""
    role, _, name = key.partition(":")
    known = next((item for item in HOP_ROLES if item == role), None)
    return OwnerMark(known, name[:LONGEST_NAME]) if known else None


def _known(lang: str) -> Iterator[Choice]:
    for role in HOP_ROLES:
        yield Choice(f"{role}:", ROLES[role].say(lang))
    for platform in sorted(platforms().values(), key=lambda item: item.name.casefold()):
        role = role_at(platform)
        yield Choice(f"{role}:{platform.id}", f"{platform.name} · {ROLES[role].say(lang)}")


def _own(name: str, lang: str) -> Iterator[Choice]:
    for role in HOP_ROLES:
        yield Choice(f"{role}:{name}", f"“{name}” · {ROLES[role].say(lang)}")
