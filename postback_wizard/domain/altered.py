"""How one value became another on its way: cut, in other letters, encoded once more, its plus read as a space."""

from typing import Literal
from urllib.parse import unquote

from postback_wizard.domain.identifiers import has_macro

#: ``respelled``, ``escaped`` and ``unescaped`` read the same after decoding once; all others are another value.
How = Literal[
    "respelled",
    "escaped",
    "unescaped",
    "lower",
    "upper",
    "case",
    "trimmed",
    "cut",
    "cut-start",
    "extended",
    "encoded",
    "encoded-twice",
    "decoded",
    "decoded-twice",
    "plus-to-20",
    "20-to-plus",
    "plus-lost",
    "plus-gained",
    "emptied",
    "filled",
    "macro-filled",
    "replaced",
]

#: The value still says the same.
HARMLESS: frozenset[How] = frozenset(("respelled", "escaped", "unescaped"))
#: What came after has nothing of what was before.
UNRELATED: frozenset[How] = frozenset(("replaced", "filled"))
#: Fewer letters than this are no sign that one value is a part of another.
_PART = 4


def altered(before: str, after: str) -> tuple[How, ...]:
    """Every step from one value as it stands to another; empty where nothing changed. Never raises."""
    if before == after:
        return ()
    if not after or not before:
        return ("filled" if after else "emptied",)
    old, new = unquote(before), unquote(after)
    same = old == new and _form(before) == _form(after)
    plain = _spelling(before, after) if same else _plus(before, after) or _rewritten(old, new)
    if plain:
        return plain
    for step, form in _decodings(old, new):
        rest = () if form[0] == form[1] else _rewritten(*form)
        if rest or form[0] == form[1]:
            return (step, *rest)
    return ("macro-filled" if has_macro(before) and not has_macro(after) else "replaced",)


def _spelling(before: str, after: str) -> tuple[How, ...]:
    had, has = before.count("%"), after.count("%")
    return ("escaped" if has > had else "unescaped" if has < had else "respelled",)


def _plus(before: str, after: str) -> tuple[How, ...]:
    """A form reads ``+`` as a space: what became of pluses and spaces, the rest being the same."""
    old, new = _form(before), _form(after)
    if old == new:
        return ("plus-to-20" if before.count("+") > after.count("+") else "20-to-plus",)
    if old.replace("+", " ") == new.replace("+", " "):
        return ("plus-lost" if old.count("+") > new.count("+") else "plus-gained",)
    return ()


def _form(value: str) -> str:
    return unquote(value.replace("+", " "))


def _rewritten(old: str, new: str) -> tuple[How, ...]:
    if new == old.strip(" +\t\r\n"):
        return ("trimmed",)
    if old.casefold() == new.casefold():
        return ("lower" if new == old.lower() else "upper" if new == old.upper() else "case",)
    part = _part(old, new)
    if part:
        return part
    part = _part(old.casefold(), new.casefold())
    return ("lower" if new == new.lower() else "case", *part) if part else ()


def _part(old: str, new: str) -> tuple[How, ...]:
    if len(new) >= _PART and len(old) > len(new):
        return ("cut",) if old.startswith(new) else ("cut-start",) if old.endswith(new) else ()
    if len(old) >= _PART and len(new) > len(old):
        return ("extended",) if new.startswith(old) else ()
    return ()


def _decodings(old: str, new: str) -> tuple[tuple[How, tuple[str, str]], ...]:
    """The four ways in which one side may hold one or two layers of percent-encoding more than the other."""
    found: list[tuple[How, tuple[str, str]]] = []
    once, twice = unquote(new), unquote(unquote(new))
    if once != new:
        found.append(("encoded", (old, once)))
    if twice != once:
        found.append(("encoded-twice", (old, twice)))
    once, twice = unquote(old), unquote(unquote(old))
    if once != old:
        found.append(("decoded", (once, new)))
    if twice != once:
        found.append(("decoded-twice", (twice, new)))
    return tuple(found)
