"""Changes of a template's text, each with its reason: structure, spaces, parameters left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from postback_wizard.domain.macros import find_macros
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
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a proposal: its reason (a key of ``REASONS``), what stood there, what stands there now."""

    reason: str
    before: str
    after: str


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
    begin = max(text.rfind("&", 0, value.start), text.rfind("?", 0, value.start))
    whole = text[begin + 1 : value.end]
    cut = (
        text[:begin] + text[value.end :]
        if text[begin] == "&"
        else text[: begin + 1] + text[value.end :].removeprefix("&")
    )
    return cut, Change("placeholder", whole, "")
