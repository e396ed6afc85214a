"""Finds in any text what platforms say, and reads it as failure modes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from postback_wizard.catalogue import Platform, own_platforms
from postback_wizard.catalogue.codes import Numbers
from postback_wizard.catalogue.own_words import with_own
from postback_wizard.catalogue.phrases import ANY, Entry, Kind, Phrase, Speaker, speakers
from postback_wizard.catalogue.tokens import Hit, Tokens, Tree, fills_field
from postback_wizard.catalogue.unwrapped import Unwrapped, unwrap
from postback_wizard.domain.text import Text


@dataclass(frozen=True, slots=True)
class Reading:
    """What one phrase in a text means.

    ``platform`` is the id and ``name`` the name of whose words they are; ``elsewhere`` is true when another platform
    was asked about. ``said`` is the text between ``start`` and ``end``, ``times`` how often it stands there.
    ``ambiguous`` means that the words alone do not tell which of ``modes`` it is; without modes, ``means`` says it all.
    """

    platform: str
    name: str
    said: str
    kind: Kind
    modes: tuple[str, ...]
    ambiguous: bool
    start: int
    end: int
    elsewhere: bool = False
    means: Text | None = None
    note: Text | None = None
    sources: tuple[str, ...] = ()
    times: int = 1


class Dictionary:
    """Speakers made ready for finding their phrases in texts."""

    def __init__(self, known: Iterable[Speaker]) -> None:
        self._speakers = {speaker.id: speaker for speaker in known}
        self._words: Tree[Phrase] = Tree()
        self._names: Tree[str] = Tree()
        phrases = [phrase for speaker in self._speakers.values() for phrase in speaker.phrases]
        self._numbers = Numbers(phrases)
        for phrase in phrases:
            if not phrase.is_number or phrase.say.endswith("xx"):
                self._words.add(phrase.say, phrase)
        for speaker in self._speakers.values():
            for name in speaker.known_as:
                self._names.add(name, speaker.id)

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Everybody it knows words of."""
        return tuple(self._speakers.values())

    def platforms_named(self, text: str) -> frozenset[str]:
        """The ids of the platforms a text speaks of by name."""
        mentions = self._mentions(Tokens(unwrap(text).text))
        return frozenset(item for _, _, ids in mentions for item in ids)

    def platforms_meant(self, platform: str) -> frozenset[str]:
        """The ids somebody means by an id, a name or a wording such as "Everflow conversions"."""
        wanted = platform.strip().casefold()
        exact = {item.id for item in self._speakers.values() if wanted in (item.id, item.name.casefold())}
        mentions = self._mentions(Tokens(wanted.replace("_", " ")))
        return frozenset(exact) or frozenset(item for _, _, ids in mentions for item in ids)

    def decode(self, text: str, platform: str = "") -> tuple[Reading, ...]:
        """What platforms say in a text, in its order; time grows with its length alone.

        ``platform`` is an id or a name: its phrases go first, and everyday words and bare numbers count for it.
        """
        plain = unwrap(text)
        tokens = Tokens(plain.text)
        asked = self.platforms_meant(platform)
        mentions = {last: ids for _, last, ids in self._mentions(tokens)}
        named = frozenset[str]().union(*mentions.values())
        hits = [*self._word_hits(tokens, asked | named), *self._numbers.hits(tokens, asked, mentions)]
        first: dict[Entry, Hit] = {}
        times: Counter[Entry] = Counter()
        for hit in _kept(hits, asked, named):
            entry = hit.phrase.entry
            times[entry] += 1
            first[entry] = min(first.get(entry, hit), hit, key=lambda hit: hit.first)
        found = [self._reading(hit, text, plain, tokens, times[entry]) for entry, hit in first.items()]
        return tuple(self._placed(found, asked, bool(platform.strip())))

    def _reading(self, hit: Hit, text: str, plain: Unwrapped, tokens: Tokens, times: int) -> Reading:
        entry = hit.phrase.entry
        span = tokens.span(hit)
        start, end = plain.start(span[0]), plain.end(span[1])
        return Reading(
            platform=entry.platform,
            name=self._speakers[entry.platform].name,
            said=text[start:end],
            kind=hit.phrase.kind,
            modes=entry.modes,
            ambiguous=len(entry.modes) > 1,
            start=start,
            end=end,
            means=entry.means,
            note=entry.note,
            sources=entry.sources,
            times=times,
        )

    def _word_hits(self, tokens: Tokens, known: frozenset[str]) -> Iterator[Hit]:
        for first, last, phrase in self._words.find(tokens):
            hit = Hit(first, last, phrase)
            if self._counts(tokens, hit, known):
                yield hit

    @staticmethod
    def _counts(tokens: Tokens, hit: Hit, known: frozenset[str]) -> bool:
        if hit.phrase.kind == "header":
            return bool(_AFTER_HEADER.match(tokens.text, tokens.span(hit)[1]))
        is_known = hit.phrase.entry.platform in known
        match hit.phrase.place:
            case "anywhere":
                return True
            case "known":
                return is_known
            case "field":
                return is_known or fills_field(tokens.text, *tokens.span(hit))
            case "known-field":
                return is_known and fills_field(tokens.text, *tokens.span(hit))

    def _mentions(self, tokens: Tokens) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Names of platforms: first token, last token, ids; not within an address, a parameter or a tag."""
        spans: dict[int, tuple[int, set[str]]] = {}
        for first, last, name in self._names.find(tokens):
            end, ids = spans.get(first, (-1, set()))
            if last > end:
                spans[first] = (last, {name})
            elif last == end:
                ids.add(name)
        for first, (last, ids) in spans.items():
            if first != last or not _INSIDE.search(tokens.around(first)):
                yield first, last, frozenset(ids)

    @staticmethod
    def _placed(found: Sequence[Reading], asked: frozenset[str], has_asked: bool) -> Iterator[Reading]:
        """In the order of the text, each with whose words they are and whether others mean something else by them."""
        shared: dict[tuple[int, int], set[tuple[str, ...]]] = {}
        for item in found:
            shared.setdefault((item.start, item.end), set()).add(item.modes)
        for item in sorted(found, key=lambda item: (item.start, item.end)):
            yield replace(
                item,
                elsewhere=has_asked and item.platform not in (*asked, ANY),
                ambiguous=item.ambiguous or len(shared[item.start, item.end]) > 1,
            )


#: Marks around a name that make it a part of something else; the name itself is shown as a zero.
_INSIDE = re.compile(r"[./@<=_&?\-]\x00|\x00(?:[/_=@\-]|\.\w)")
_AFTER_HEADER = re.compile(r"[\"'\s]{0,10}:")


def _kept(hits: Iterable[Hit], asked: frozenset[str], named: frozenset[str]) -> Iterator[Hit]:
    """The hits that stand: the asked platform's first, then the longest; the same words of several stand together."""

    def rank(hit: Hit) -> int:
        return 0 if hit.phrase.entry.platform in asked else 1 if hit.phrase.entry.platform in named else 2

    taken: dict[int, tuple[int, int, int]] = {}
    heard: set[tuple[Entry, int, int]] = set()
    for hit in sorted(hits, key=lambda hit: (rank(hit), hit.first - hit.last, hit.first)):
        claim = (rank(hit), hit.first, hit.last)
        places = range(hit.first, hit.last + 1)
        if all(taken.get(place, claim) == claim for place in places) and (hit.phrase.entry, *claim[1:]) not in heard:
            taken.update(dict.fromkeys(places, claim))
            heard.add((hit.phrase.entry, *claim[1:]))
            yield hit


_ready: list[tuple[Mapping[str, Platform], Dictionary]] = []


def dictionary() -> Dictionary:
    """The shipped words and those of users' own platform files, made ready when first needed."""
    own = own_platforms()
    if not _ready or _ready[0][0] is not own:
        _ready[:] = [(own, Dictionary(with_own(speakers(), own).values()))]
    return _ready[0][1]


def decode(text: str, platform: str = "") -> tuple[Reading, ...]:
    """What platforms say in a text, by the dictionary there is; see ``Dictionary.decode``."""
    return dictionary().decode(text, platform)
