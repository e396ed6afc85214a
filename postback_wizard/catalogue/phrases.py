"""The dictionary of what platforms say: each phrase with the failure modes it means, read when first needed."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from postback_wizard.domain.text import Text

Kind = Literal["code", "text", "header", "status"]
#: Where a phrase counts: anywhere, where it fills a field, where its platform is known, or both of these.
Place = Literal["anywhere", "field", "known", "known-field"]

#: Phrases of this platform belong to all of them.
ANY = "any"

_KEYS: Mapping[str, tuple[Kind, Place]] = {
    "text": ("text", "anywhere"),
    "words": ("text", "field"),
    "short": ("text", "known"),
    "alone": ("text", "known-field"),
    "code": ("code", "anywhere"),
    "own": ("code", "known"),
    "status": ("status", "known"),
    "header": ("header", "anywhere"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One thing a platform says, however it words it.

    More than one of ``modes`` means that the words alone do not tell which; ``note`` says what decides. Without modes
    none fits, and ``means`` is all there is to say.
    """

    platform: str
    modes: tuple[str, ...]
    means: Text | None
    note: Text | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One exact wording; ``say`` is quoted from the platform, ``100/33`` is a code with its subcode."""

    say: str
    kind: Kind
    place: Place
    entry: Entry

    @property
    def is_number(self) -> bool:
        """Whether it is a number, a status among them, and not a word."""
        return self.say.replace("/", "").isdigit() or self.say == "-*" or self.say[1:] == "xx"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A platform as the dictionary knows it: its id, its name, and what people call it."""

    id: str
    name: str
    known_as: tuple[str, ...]
    phrases: tuple[Phrase, ...]


@cache
def speakers() -> Mapping[str, Speaker]:
    """Every platform of the shipped dictionary by its id."""
    text = files(__package__).joinpath("phrases.toml").read_text("utf-8")
    return {speaker.id: speaker for speaker in read_speakers(text)}


def read_speakers(text: str) -> Iterator[Speaker]:
    """The platforms of a dictionary file.

    Raises:
        tomllib.TOMLDecodeError: it is not TOML.
        TypeError: a key is missing or unknown.
        ValueError: the two languages do not fit each other.
        IndexError: a phrase names a source that is not there.
    """
    for item in tomllib.loads(text)["platform"]:
        yield _speaker(**item)


def _speaker(
    *,
    id: str,  # noqa: A002 - the key in the file
    name: str,
    phrase: Sequence[Mapping[str, object]],
    known_as: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> Speaker:
    phrases = [found for item in phrase for found in _phrases(id, sources, **item)]  # type: ignore[arg-type]  # by key
    return Speaker(id, name, tuple(known_as), tuple(phrases))


def _phrases(
    platform: str,
    sources: Sequence[str],
    *,
    modes: Sequence[str] = (),
    means: Mapping[str, str] | None = None,
    note: Mapping[str, str] | None = None,
    src: Sequence[int] = (),
    **says: Sequence[str],
) -> Iterator[Phrase]:
    unknown = says.keys() - _KEYS.keys()
    if unknown or not says:
        raise TypeError(f"{platform}: unknown key {', '.join(unknown) or 'none'}; known: {', '.join(_KEYS)}")
    cited = tuple(sources[number - 1] for number in src) if src else tuple(sources)
    entry = Entry(platform, tuple(modes), Text(**means) if means else None, Text(**note) if note else None, cited)
    for key, wordings in says.items():
        kind, place = _KEYS[key]
        for say in wordings:
            yield Phrase(say, kind, place, entry)
