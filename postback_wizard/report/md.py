"""Markdown that foreign text cannot change: every value stands in a code span or a fence."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from postback_wizard.domain.text import Text
from postback_wizard.domain.visible import visible, visible_block
from postback_wizard.report.words import Sentence
from postback_wizard.steps.words import PLACES, place

#: Characters of one value in a sentence or a table; the rest is counted.
LONGEST = 600
_RUN = re.compile(r"`+")
_SPECIAL = re.compile(r"[\\`*\[\]<>#|~&!]|(?<!\w)_|_(?!\w)")
_HELD = re.compile("\ue000(\\d+)\ue001")
_CODE = re.compile(r"[\w.-]+(?: [\w.-]+)*", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}")


def code(value: str, *, longest: int = LONGEST) -> str:
    """A value as a code span on one line; the fence is longer than any run of backticks in it."""
    text = visible(_clipped(value, longest))
    if not text.strip():
        text = "\u00b7" * max(1, len(text))
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def cell(value: str) -> str:
    """A value as a code span in a table."""
    return code(value).replace("|", r"\|")


def fence(text: str, language: str = "") -> str:
    """A block of foreign text as it stands, its control characters made visible."""
    shown = visible_block(text)
    marks = "`" * max(3, _longest_run(shown) + 1)
    return f"{marks}{language}\n{shown}\n{marks}"


def words(text: str) -> str:
    """Our own words, with nothing in them that Markdown would take for markup."""
    return _SPECIAL.sub(lambda match: f"\\{match.group()}", text)


@dataclass(frozen=True, slots=True)
class Ready:
    """Markdown already, to stand in a sentence as it is."""

    text: str


def spot(where: str, lang: str) -> Ready:
    """A place of the ledger or of a finding: our words plain, a name that comes from outside in a code span."""
    head, colon, rest = where.partition(":")
    known = head in PLACES or re.fullmatch(r"hop \d{1,4}", head)
    name = words(place(head, lang)) if known else code(head)
    return Ready(f"{name}: {code(rest.strip())}" if colon else name)


def prose(text: Text, lang: str, /, **values: str | Text | Ready) -> str:
    """A sentence of ours with each foreign value in a code span; our own words among the values stay words."""
    held: list[str] = []

    def hold(value: str | Text | Ready) -> str | Text:
        if isinstance(value, Text) or (isinstance(value, str) and _NUMBER.fullmatch(value)):
            return value  # a number stays plain: it chooses the plural form
        held.append(value.text if isinstance(value, Ready) else code(value))
        return f"\ue000{len(held) - 1}\ue001"

    codes = text.codes()  # a code is said in words, and only what looks like one is let through
    given = {name: value if name in codes and _is_code(value) else hold(value) for name, value in values.items()}
    said = text.say(lang, given)
    return _HELD.sub(lambda match: held[int(match[1])], words(said))


def _is_code(value: object) -> bool:
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def sentence(said: Sentence, lang: str) -> str:
    """The same for a message that brings its values."""
    return prose(said.text, lang, **said.values)


def heading(level: int, text: str) -> str:
    """A heading; ``text`` is Markdown already."""
    return f"{'#' * level} {text}"


def bullets(items: Iterable[str]) -> str:
    """A list; the items are Markdown already, each on one line."""
    return "\n".join(f"- {item}" for item in items)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the cells are Markdown already, each on one line."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("".join(f"| {text} " if text else "| " for text in line) + "|" for line in lines)


def _clipped(value: str, longest: int) -> str:
    return value if len(value) <= longest else f"{value[:longest]}… (+{len(value) - longest})"


def _longest_run(text: str) -> int:
    return max((len(match.group()) for match in _RUN.finditer(text)), default=0)
