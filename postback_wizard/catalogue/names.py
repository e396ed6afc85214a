"""Which macros a sender really has, which of them was probably meant, and whose macro a foreign one is."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from postback_wizard.catalogue import platform, platforms
from postback_wizard.catalogue.memo import Platforms, per_catalogue, per_platform
from postback_wizard.catalogue.platform import Platform
from postback_wizard.domain.macros import Macro, find_macros
from postback_wizard.domain.oddities import LOOK_ALIKES
from postback_wizard.domain.text import Text

Reason = Literal["look-alike", "case", "dialect", "separator", "spelling", "meaning"]

REASONS: Mapping[Reason, Text] = {
    "look-alike": Text(
        en="a letter of another alphabet that only looks the same",
        ru="буква другого алфавита, которая только выглядит так же",
    ),
    "case": Text(en="upper and lower case differ", ru="отличается регистр букв"),
    "dialect": Text(en="the same name in other brackets", ru="то же имя в других скобках"),
    "separator": Text(en="the same name with other separators", ru="то же имя с другими разделителями"),
    "spelling": Text(en="a name spelt almost the same", ru="имя написано почти так же"),
    "meaning": Text(en="another name for the same value", ru="другое имя того же значения"),
}
#: No platform's name or id is longer, and no file system would look for one.
LONGEST_NAME = 80

#: From the surest to the weakest.
_ORDER = tuple(REASONS)

#: Spellings that wrap or argue with a macro of another spelling.
_PLAIN = {"{x:…}": "{x}", "{x50%}": "{x}", "{url(x)}": "{x}"}
_RAW = "{_x}"
#: Below these lengths a name that differs by one or two letters is simply another name.
_ONE_SLIP, _TWO_SLIPS = 4, 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """The macro that was probably meant, as the sender writes it, and what speaks for it."""

    written: str
    reason: Reason


def find_platform(text: str) -> Platform | None:
    """The platform somebody means by an id or a name, in any case; None where there is none."""
    wanted = text.strip().casefold()
    if not wanted or len(wanted) > LONGEST_NAME:
        return None
    if wanted in platforms():
        return platforms()[wanted]
    try:
        return platform(_squashed(wanted, "_"))
    except KeyError:
        plain = _squashed(wanted)
        return next((item for item in platforms().values() if _squashed(item.name.casefold()) == plain), None)


def read_macro(written: str) -> Macro | None:
    """The macro a catalogue's spelling is; None for a spelling without one."""
    return next(iter(find_macros(f"={written}")), None)


@per_platform
def macros_of(sender: Platform) -> tuple[Macro, ...]:
    """The macros a platform is known to fill in."""
    return tuple(macro for written in sender.sends.macros if (macro := read_macro(written)))


@per_platform
def dialects_of(sender: Platform) -> frozenset[str]:
    """The dialects a platform is known to write its macros in, as the macro engine names them."""
    spelled = (read_macro(dialect.replace("%s", "NAME")) for dialect in sender.sends.dialects.value)
    return frozenset(macro.dialect for macro in (*spelled, *macros_of(sender)) if macro)


def has(macro: Macro, sender: Platform) -> bool:
    """Whether a sender is known to fill a macro in exactly as it is written; ``{sub7}`` goes with ``{sub1}``."""
    plain, filled = _PLAIN.get(macro.dialect, macro.dialect), _filled(sender)
    if (_series(macro.name), plain) in filled:
        return True
    return macro.dialect == _RAW and (_series(macro.name), "{x}") in filled and _RAW in dialects_of(sender)


@per_platform
def _filled(sender: Platform) -> frozenset[tuple[str, str]]:
    """The sender's macros by series and plain spelling."""
    return frozenset((_series(item.name), _PLAIN.get(item.dialect, item.dialect)) for item in macros_of(sender))


def speaks(macro: Macro, sender: Platform) -> bool:
    """Whether a macro stands in brackets the sender uses; true where none are known."""
    dialects = dialects_of(sender)
    return not dialects or bool({macro.dialect, _PLAIN.get(macro.dialect, macro.dialect)} & dialects)


def nearest(macro: Macro, sender: Platform, meaning: str = "") -> Proposal | None:
    """The sender's macro that was probably meant; None where nothing speaks for one, or the macro is its own.

    ``meaning`` is what the value stands for (``click_id``, ``payout`` …), the last resort.
    """
    if has(macro, sender):
        return None
    dialects = dialects_of(sender)
    found = [
        (_ORDER.index(reason), slips, known.text, reason)
        for known in macros_of(sender)
        for reason, slips in _likeness(macro, known, dialects)
    ]
    if found:
        *_, written, reason = min(found)
        return Proposal(written, reason)
    same = [written for written, its in sender.sends.macros.items() if its == meaning != "other"]
    return Proposal(same[0], "meaning") if len(same) == 1 and not _has_sibling(macro, sender) else None


def owners(macro: Macro) -> tuple[Platform, ...]:
    """The platforms that are known to fill in exactly this macro, in the catalogue's order."""
    return _owners().get((macro.name, macro.dialect), ())


def foreign_letters(name: str) -> tuple[tuple[str, str], ...]:
    """The look-alike letters of a name, each with the Latin one it looks like."""
    return tuple((letter, letter.translate(LOOK_ALIKES)) for letter in name if letter.translate(LOOK_ALIKES) != letter)


@per_catalogue
def _owners(known: Platforms) -> Mapping[tuple[str, str], tuple[Platform, ...]]:
    found: dict[tuple[str, str], tuple[Platform, ...]] = {}
    for item in known.values():
        for key in {(macro.name, macro.dialect) for macro in macros_of(item)}:
            found[key] = (*found.get(key, ()), item)
    return found


def _is_written_as(macro: Macro, known: Macro, dialects: frozenset[str]) -> bool:
    if macro.dialect == known.dialect:
        return True
    plain, its = _PLAIN.get(macro.dialect, macro.dialect), _PLAIN.get(known.dialect, known.dialect)
    return plain == its or (macro.dialect == _RAW and _RAW in dialects and its == "{x}")


def _has_sibling(macro: Macro, sender: Platform) -> bool:
    """Whether the name is one of a numbered row the sender has, written a little otherwise: ``sub_id_2``."""
    mine = _series(_squashed(macro.name.casefold()))
    return any(_series(_squashed(known.name.casefold())) == mine for known in macros_of(sender))


def _likeness(macro: Macro, known: Macro, dialects: frozenset[str]) -> Iterator[tuple[Reason, int]]:
    """What makes a macro look like a known one, and by how many slips its letters differ."""
    latin = unicodedata.normalize("NFKC", macro.name).translate(LOOK_ALIKES)
    name = known.name
    if latin != macro.name and _squashed(latin.casefold()) == _squashed(name.casefold()):
        yield "look-alike", 0
    elif latin.casefold() == name.casefold():
        yield ("case" if _is_written_as(macro, known, dialects) else "dialect"), int(latin != name)
    elif (mine := _squashed(latin.casefold())) == (other := _squashed(name.casefold())):
        yield "separator", int(not _is_written_as(macro, known, dialects))
    elif _series(mine) != _series(other) and (slips := _slips(mine, other)) <= _allowed(min(len(mine), len(other))):
        yield "spelling", slips


def _squashed(name: str, mark: str = "") -> str:
    return "".join(letter if letter.isalnum() else mark for letter in name)


def _series(name: str) -> str:
    """A numbered name without its number: lists in documentation seldom name every ``sub1`` to ``sub30``."""
    return name.rstrip("0123456789") or name


def _allowed(length: int) -> int:
    return (length >= _ONE_SLIP) + (length >= _TWO_SLIPS)


def _slips(left: str, right: str) -> int:
    """Letters to add, drop, change or swap with their neighbour; 9 where lengths already say too many."""
    if abs(len(left) - len(right)) > 2:
        return 9
    rows = [list(range(len(right) + 1))]
    for i, letter in enumerate(left, 1):
        row = [i]
        for j, other in enumerate(right, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != other)))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                row[-1] = min(row[-1], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]
