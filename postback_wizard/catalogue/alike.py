"""The same trouble in other platforms' words."""

from collections.abc import Collection
from dataclasses import dataclass

from postback_wizard.catalogue.decoding import dictionary
from postback_wizard.catalogue.phrases import ANY, Phrase, Speaker

#: Wordings that are shown.
MOST = 4


@dataclass(frozen=True, slots=True)
class Wording:
    """How a platform (its id and its name) says it; a number stands where it has no words.

    ``ambiguous`` means that it says so of other troubles, too.
    """

    platform: str
    name: str
    said: str
    ambiguous: bool


def alike(mode: str, without: Collection[str] = (), most: int = MOST) -> tuple[Wording, ...]:
    """At most ``most`` platforms that name a failure mode, one wording each.

    Wordings that may mean something else are left out, unless there are no others.
    """
    best = [
        (rank, Wording(speaker.id, speaker.name, phrase.say, len(phrase.entry.modes) > 1))
        for speaker in dictionary().speakers
        if speaker.id not in (*without, ANY) and (found := _best(speaker, mode))
        for rank, phrase in [found]
    ]
    unique: dict[str, Wording] = {}
    for _, wording in sorted(best, key=lambda item: item[0]):
        unique.setdefault(wording.said.casefold(), wording)
    sure = tuple(item for item in unique.values() if not item.ambiguous)
    return (sure or tuple(unique.values()))[:most]


def _best(speaker: Speaker, mode: str) -> tuple[tuple[bool, bool, bool], Phrase] | None:
    """The platform's clearest wording of a mode: one that means this alone, in words, however short."""
    ranked = [
        ((len(phrase.entry.modes) > 1, phrase.is_number, phrase.kind != "text"), phrase)
        for phrase in speaker.phrases
        if mode in phrase.entry.modes and phrase.kind in ("text", "code")
    ]
    return min(ranked, key=lambda item: item[0], default=None)
