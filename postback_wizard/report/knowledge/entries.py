"""What can be looked up: platforms, conversion APIs, macros, parameters, messages, codes, and own files."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from postback_wizard.catalogue.fact import Sentence
from postback_wizard.domain.text import Text

Kind = Literal["platform", "upload", "macro", "param", "message", "code", "file", "closed"]

#: What an entry is called in a list; for a platform and a code its own kind.
KINDS = {
    "tracker": Text(en="tracker", ru="трекер"),
    "network": Text(en="network", ru="партнёрка"),
    "mmp": Text(en="MMP", ru="MMP"),
    "ad_network": Text(en="ad network", ru="рекл. сеть"),
    "upload": Text(en="conversion API", ru="API конверсий"),
    "macro": Text(en="macro", ru="макрос"),
    "param": Text(en="parameter", ru="параметр"),
    "message": Text(en="message", ru="сообщение"),
    "mode": Text(en="failure mode", ru="вид поломки"),
    "finding": Text(en="finding", ru="вывод"),
    "file": Text(en="your own file", ru="ваш файл"),
    "closed": Text(en="closed case", ru="закрытый случай"),
}
#: Cells the longest of them takes.
KIND_WIDTH = max(len(said) for word in KINDS.values() for said in (word.en, word.ru))


class Ref(NamedTuple):
    """What names an entry: ``voluum``, ``voluum {clickid}``, ``macro-literal``."""

    kind: Kind
    id: str


class Searched(NamedTuple):
    """Words an entry is found by: 1 its name, 2 a fact, 3 prose; ``shown`` says in a list why it was found."""

    rank: int
    folded: str
    shown: Sentence | str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be opened. ``word`` is a key of ``KINDS``; ``exact`` are the names that mean it alone."""

    ref: Ref
    word: str
    name: str
    detail: Sentence
    exact: frozenset[str] = frozenset()
    lines: tuple[Searched, ...] = field(default=(), repr=False)

    def kind(self, lang: str) -> str:
        """What it is, in a word."""
        return KINDS[self.word].say(lang)


def make(ref: Ref, word: str, name: str, detail: Sentence, *more: Sentence | str) -> Entry:
    """An entry found by its name, by its kind and detail, and by more; of that, sentences say why it was found."""
    kind = KINDS[word]
    every = f"{name} {kind.en} {kind.ru} {detail.en} {detail.ru}"
    lines = [Searched(1, name.casefold()), Searched(2, every.casefold())]
    for item in more:
        text = item if isinstance(item, str) else f"{item.en} {item.ru}"
        lines.append(Searched(3, f"{name} {text}".casefold(), "" if isinstance(item, str) else item))
    return Entry(ref, word, name, detail, frozenset((name.casefold(), bare(name))), tuple(lines))


def called(owners: Iterable[str], name: str) -> frozenset[str]:
    """What means the name of one of these owners alone: ``voluum clickid``."""
    return frozenset(f"{owner.casefold()} {form}" for owner in owners for form in (name.casefold(), bare(name)))


def bare(name: str) -> str:
    """A name without the brackets of its dialect."""
    return name.casefold().strip("{}[]()<>%#$_!& ")


def both(text: str) -> Sentence:
    """What reads the same in either language."""
    return Sentence(text, text)


def said(text: Text, **values: object) -> Sentence:
    """A message in both languages with its values; a value may be a message itself."""
    return Sentence(text.say("en", values), text.say("ru", values))
