"""Two versions of a template compared canonically: what came, what went, what got another name, place or value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from postback_wizard.domain.structure import params_of
from postback_wizard.domain.url import Param, split_url

Turn = Literal["added", "removed", "renamed", "changed", "reordered", "address"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what kind it is, and the parameter (or address) before and after; empty where there is none."""

    turn: Turn
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        """In signs that need no translation: ``+sub={sub1}``, ``−txid={txid}``, ``cid → clickid``."""
        match self.turn:
            case "added":
                return f"+{self.after}"
            case "removed":
                return f"−{self.before}"
            case "reordered":
                return f"⇅ {self.after}"
            case _:
                return f"{self.before} → {self.after}"


def compare(before: str, after: str) -> tuple[Change, ...]:
    """What became of a template, parameter by parameter. Equal escapes and the case of the host are no difference."""
    return tuple(_compare(before.strip(), after.strip()))


def _compare(before: str, after: str) -> Iterator[Change]:
    if _address(before) != _address(after):
        yield Change("address", _address(before), _address(after))
    left, right = list(params_of(before)), list(params_of(after))
    both = [(one, two) for one in left if (two := _named(right, one.name))]
    gone = [param for param in left if _named(right, param.name) is None]
    new = [param for param in right if _named(left, param.name) is None]
    for one in list(gone):
        two = next((param for param in new if one.value and param.text == one.text), None)
        if two is not None:
            gone, new = [item for item in gone if item is not one], [item for item in new if item is not two]
            yield Change("renamed", one.name, two.name)
    yield from (Change("changed", _shown(one), _shown(two)) for one, two in both if one.text != two.text)
    yield from (Change("removed", _shown(param)) for param in gone)
    yield from (Change("added", "", _shown(param)) for param in new)
    order = [two.start for _, two in both]
    if order != sorted(order):
        yield Change("reordered", "", ", ".join(two.name for _, two in sorted(both, key=lambda item: item[1].start)))


def _named(params: Sequence[Param], name: str) -> Param | None:
    return next((param for param in params if param.name == name), None)


def _shown(param: Param) -> str:
    return f"{param.name}={param.value}"


def _address(text: str) -> str:
    url = split_url(text)
    return f"{url.scheme.lower()}{':' if url.scheme else ''}{url.slashes}{url.authority.lower()}{url.path}"
