"""Changes of a URL's text, each with its reason, and how they are made one after the other until none is left."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from postback_wizard.domain.case import Case
from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.oddities import mended, oddities
from postback_wizard.domain.template import Value
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

REASONS: Mapping[str, Text] = {
    "characters": Text(
        en="a character that cannot be seen or only looks right", ru="символ, которого не видно или который лишь похож"
    ),
    "escape": Text(en="a percent sign is written %25", ru="сам знак процента пишется %25"),
    "scheme": Text(en="the address begins with https://", ru="адрес начинается с https://"),
    "structure": Text(en="one ?, then pairs joined by &", ru="один ?, затем пары через &"),
    "space": Text(en="a space is written %20", ru="пробел пишется %20"),
    "twice": Text(en="the parameter stood twice", ru="параметр стоял дважды"),
    "encoded": Text(
        en="the sender reads macros in plain brackets only", ru="отправитель узнаёт макрос только в обычных скобках"
    ),
    "macro": Text(en="the macro as this sender spells it", ru="макрос так, как его пишет этот отправитель"),
    "external": Text(en="the source knows its own click ID only", ru="источник знает только свой click ID"),
    "name": Text(en="the name the receiver reads", ru="имя, которое читает получатель"),
    "placeholder": Text(
        en="a word of the documentation in place of a macro", ru="слово из документации вместо макроса"
    ),
    "static": Text(
        en="a fixed value in place of the conversion's own", ru="постоянное значение вместо своего у конверсии"
    ),
    "missing": Text(en="the receiver reads it, and it was not sent", ru="получатель его читает, а его не передавали"),
    "tracker-macro": Text(
        en="the macro as the tracker that fills this link spells it",
        ru="макрос так, как его пишет трекер, который заполняет ссылку",
    ),
    "tag": Text(en="the tag as analytics read it", ru="метка так, как её читает аналитика"),
    "slot": Text(en="the parameter that the network returns", ru="параметр, который сеть возвращает"),
    "no-click-id": Text(en="without it no click ID reaches the network", ru="без него click ID не дойдёт до сети"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a proposal: its reason (a key of ``REASONS``), what stood there, what stands there now."""

    reason: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The text as it should be, and what was changed; ``open`` are parameters nobody documents a macro for."""

    template: str
    changes: tuple[Change, ...]
    open: tuple[str, ...] = ()


Mended = tuple[str, Change] | None
Mend = Callable[[Case], Mended]
#: More changes than this are no repair.
_MOST = 60
_NEAR = 8


def mend_all(case: Case, fact: str, mends: Iterable[Mend]) -> tuple[Case, tuple[Change, ...]]:
    """The case with one fact mended as far as these know how to, and what was changed, in order."""
    mends, changes = tuple(mends), list[Change]()
    while len(changes) < _MOST:
        found = next((made for mend in mends if (made := mend(case)) and made[0] != case.facts.get(fact)), None)
        if found is None:
            break
        case = replace(case, facts=case.facts.with_values({fact: found[0]}))
        changes.append(found[1])
    return case, tuple(changes)


def replaced(text: str, start: int, end: int, by: str, reason: str) -> tuple[str, Change]:
    """The text with one place of it written anew."""
    return f"{text[:start]}{by}{text[end:]}", Change(reason, text[start:end], by)


def mend_characters(text: str) -> Mended:
    """The first character that cannot be seen or only looks right, written as it was meant."""
    odd = next((item for item in oddities(text) if item.kind not in ("escape", "utf8", "hex-case")), None)
    if odd is None:
        return None
    around = text[max(0, odd.start - _NEAR) : odd.end + _NEAR]
    return mended(text, odd), Change("characters", around, odd.meant)


def mend_escapes(text: str) -> Mended:
    """The first percent sign that begins no escape, written as one."""
    odd = next((item for item in oddities(text) if item.kind == "escape"), None) if "%" in text else None
    return (mended(text, odd), Change("escape", odd.shown, f"%25{odd.shown[1:]}")) if odd else None


def mend_structure(text: str, kind: str, param: str) -> tuple[str, Change] | None:
    """The text with one fault of structure mended; None for a kind that has no mend."""
    match kind:
        case "entity":
            return re.sub("&amp;", "&", text, flags=re.IGNORECASE), Change("structure", "&amp;", "&")
        case "second-question":
            first = text.index("?") + 1
            mended_text = text[:first] + re.sub(r"&?\?&?", "&", text[first:]).removeprefix("&")
            return mended_text, Change("structure", f"?{param}=", f"&{param}=")
        case "question-missing":
            return re.sub("&|%3[Ff]", "?", text, count=1), Change("structure", "&", "?")
        case "behind-hash" if "=" in text.rpartition("#")[2]:
            head, _, tail = text.rpartition("#")
            mark = "&" if split_url(head).query is not None else "?"
            tail = tail.rpartition("?")[2].lstrip("&/")
            return f"{head}{mark}{tail}", Change("structure", f"#{tail}", f"{mark}{tail}")
        case "behind-hash":
            head, _, tail = text.rpartition("#")
            return f"{head}%23{tail}", Change("structure", f"#{tail}", f"%23{tail}")
        case "space":
            return _spaces(text)
        case _:
            return None


def _spaces(text: str) -> tuple[str, Change] | None:
    macros = find_macros(text)
    at = next(
        (
            index
            for index, letter in enumerate(text)
            if letter == " " and not any(macro.start <= index < macro.end for macro in macros)
        ),
        -1,
    )
    return (f"{text[:at]}%20{text[at + 1 :]}", Change("space", "␠", "%20")) if at >= 0 else None


def left_out(text: str, value: Value) -> tuple[str, Change]:
    """The text without the parameter of a value."""
    begin = max(text.rfind("&", 0, value.start), text.rfind("?", 0, value.start)) + 1
    return without_pair(text, begin, value.end), Change("placeholder", text[begin : value.end], "")


def without_pair(text: str, start: int, end: int) -> str:
    """The text without one pair of its query, and without the ``&`` that joined it."""
    head, tail = text[:start], text[end:]
    return head.removesuffix("&") + tail if head.endswith("&") else head + tail.removeprefix("&")
