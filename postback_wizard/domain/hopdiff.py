"""What became of every parameter between two URLs that follow each other; the value is followed, not only the key."""

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from postback_wizard.domain.altered import HARMLESS, UNRELATED, How, altered
from postback_wizard.domain.identifiers import carries, has_macro
from postback_wizard.domain.url import Param, Url, split_url

#: ``moved``: the value went on outside the query or inside another parameter's value.
Fate = Literal["kept", "changed", "renamed", "moved", "lost", "added"]
FATES: tuple[Fate, ...] = ("lost", "changed", "renamed", "moved", "kept", "added")
#: Where else a value stood: in the path, the fragment, the host, or (``in:NAME``) inside a parameter's value.
Place = str

#: Below this many characters a value is found elsewhere by accident.
_TELLING = 6
#: Below this many a value under another name is an accident, even if only one parameter has it.
_SHORT = 3
#: Parameters without a twin that are compared each with each; more would take too long, and help nobody.
_MOST = 64


@dataclass(frozen=True, slots=True)
class ParamFate:
    """One parameter on its way from a URL to the next.

    ``before`` is missing for an added one, ``after`` for one that is lost or moved. ``hows`` says how its value
    changed; ``place`` where a moved value went, or where an added one came from. ``reordered`` ones stand in another
    order.
    """

    fate: Fate
    before: Param | None = None
    after: Param | None = None
    hows: tuple[How, ...] = ()
    place: Place = ""
    reordered: bool = False

    @property
    def name(self) -> str:
        """The parameter's name, decoded: as it was, or, for an added one, as it is."""
        param = self.before or self.after
        return param.name if param else ""


def diff_hops(before: str, after: str) -> tuple[ParamFate, ...]:
    """The fate of every parameter of both URLs, each of them once; in the old order, added ones last. Never raises."""
    return _Matching(split_url(before), split_url(after)).fates()


def names_of(fates: Iterable[ParamFate], *wanted: Fate) -> tuple[str, ...]:
    """The names of the parameters with one of these fates, each once."""
    return tuple(dict.fromkeys(item.name for item in fates if item.fate in wanted))


class _Matching:
    """Finds twins, the surest first; what is left over at the end is lost or added."""

    def __init__(self, before: Url, after: Url) -> None:
        self._urls = before, after
        self._left = list(before.params())
        self._right = list(after.params())
        self._found: list[ParamFate] = []

    def fates(self) -> tuple[ParamFate, ...]:
        self._twins(lambda param: (param.name, param.value))
        self._twins(lambda param: (param.name, param.text))
        self._same_name(related=True)
        self._renamed()
        self._renamed_and_altered()
        self._moved()
        self._same_name(related=False)
        self._rest()
        return _with_order(sorted(self._found, key=_position))

    def _pair(self, fate: Fate, left: Param, right: Param) -> None:
        hows = altered(left.value, right.value)
        if fate == "kept" and not HARMLESS.issuperset(hows):
            fate = "changed"
        self._found.append(ParamFate(fate, left, right, hows))

    def _leave(self, left: list[Param], right: Iterable[Iterable[Param]]) -> None:
        self._left = left
        self._right = sorted((param for same in right for param in same), key=lambda param: param.start)

    def _twins(self, key: Callable[[Param], object]) -> None:
        free: dict[object, deque[Param]] = defaultdict(deque)
        for param in self._right:
            free[key(param)].append(param)
        rest: list[Param] = []
        for param in self._left:
            same = free[key(param)]
            if same:
                self._pair("kept", param, same.popleft())
            else:
                rest.append(param)
        self._leave(rest, free.values())

    def _same_name(self, *, related: bool) -> None:
        """Pairs of one name; first those whose values have something to do with each other."""
        free: dict[str, list[Param]] = defaultdict(list)
        for param in self._right:
            free[param.name].append(param)
        rest: list[Param] = []
        for param in self._left:
            same = free[param.name]
            fits = (item for item in same[:8] if not related or not _unrelated(param, item))
            twin = next(fits, None)
            if twin is None:
                rest.append(param)
            else:
                same.remove(twin)
                self._pair("changed", param, twin)
        self._leave(rest, free.values())

    def _renamed(self) -> None:
        free: dict[str, deque[Param]] = defaultdict(deque)
        for param in self._right:
            free[param.text].append(param)
        before = Counter(param.text for param in self._left)
        rest: list[Param] = []
        for param in self._left:
            same = free[param.text]
            alone = before[param.text] == len(same) == 1 and len(param.text) >= _SHORT
            if same and (alone or len(param.text) >= _TELLING):
                self._pair("renamed", param, same.popleft())
            else:
                rest.append(param)
        self._leave(rest, free.values())

    def _renamed_and_altered(self) -> None:
        if len(self._left) > _MOST or len(self._right) > _MOST:
            return
        for param in tuple(self._left):
            twin = next((item for item in self._right if _follows(param, item)), None)
            if twin is not None:
                self._left.remove(param)
                self._right.remove(twin)
                self._pair("renamed", param, twin)

    def _moved(self) -> None:
        if len(self._left) > _MOST:
            return
        for param in tuple(self._left):
            place = _place_of(param.value, self._urls[1])
            if place:
                self._left.remove(param)
                self._found.append(ParamFate("moved", param, place=place))

    def _rest(self) -> None:
        self._found += [ParamFate("lost", param) for param in self._left]
        few = len(self._right) <= _MOST
        for param in self._right:
            place = _place_of(param.value, self._urls[0]) if few else ""
            self._found.append(ParamFate("added", after=param, place=place))


def _position(item: ParamFate) -> tuple[bool, int]:
    param = item.before or item.after
    return item.before is None, param.start if param else 0


def _unrelated(left: Param, right: Param) -> bool:
    return not UNRELATED.isdisjoint(altered(left.value, right.value))


def _follows(left: Param, right: Param) -> bool:
    """Whether a value under another name is the same one, changed on the way."""
    if min(len(left.text), len(right.text)) < _TELLING or has_macro(left.value):
        return False
    hows = altered(left.value, right.value)
    nested = "cut-start" in hows and "://" in left.text
    return UNRELATED.isdisjoint(hows) and "extended" not in hows and not nested


def _place_of(value: str, url: Url) -> Place:
    """Where else than as a parameter's whole value a telling value stands in a URL; empty where it does not."""
    if len(value) < _TELLING or has_macro(value):
        return ""
    for param in url.params()[:_MOST]:
        if value not in (param.value, param.text) and carries(param.value, value):
            return f"in:{param.name}"
    parts = (("path", url.path), ("fragment", url.fragment or ""), ("host", url.host))
    return next((place for place, text in parts if text and carries(text, value)), "")


def _with_order(found: Sequence[ParamFate]) -> tuple[ParamFate, ...]:
    """The same, with those marked that left the order: all but the longest row that still stands as before."""
    both = [(index, item.after.start) for index, item in enumerate(found) if item.before and item.after]
    still = _longest_row([start for _, start in both])
    moved = {index for place, (index, _) in enumerate(both) if place not in still}
    return tuple(replace(item, reordered=True) if index in moved else item for index, item in enumerate(found))


def _longest_row(starts: Sequence[int]) -> frozenset[int]:
    """The places of the longest row of rising numbers."""
    tails: list[int] = []
    places: list[int] = []
    previous: list[int] = []
    for place, start in enumerate(starts):
        at = bisect_left(tails, start)
        previous.append(places[at - 1] if at else -1)
        if at == len(tails):
            tails.append(start)
            places.append(place)
        else:
            tails[at], places[at] = start, place
    row: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        row.append(place)
        place = previous[place]
    return frozenset(row)
