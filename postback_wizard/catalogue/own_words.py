"""What the platforms of users' own files say when they refuse, as words of the dictionary."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from postback_wizard.catalogue.phrases import Entry, Phrase, Place, Speaker
from postback_wizard.catalogue.platform import Message, Platform

#: Fewer words than these are everyday words: they count where they are all there is, or where the platform is known.
_TELLING = 4


def with_own(shipped: Mapping[str, Speaker], own: Mapping[str, Platform]) -> Mapping[str, Speaker]:
    """The shipped speakers with those of own files; of a platform in both, its file has the last word on a wording."""
    found = dict(shipped)
    for platform in own.values():
        speaker = _speaker(platform)
        if speaker.phrases:
            found[platform.id] = _joined(shipped.get(platform.id), speaker)
    return found


def _joined(shipped: Speaker | None, own: Speaker) -> Speaker:
    if shipped is None:
        return own
    said = {_same(phrase.say) for phrase in own.phrases}
    kept = (phrase for phrase in shipped.phrases if _same(phrase.say) not in said)
    names = dict.fromkeys((*shipped.known_as, *own.known_as))
    return replace(own, known_as=tuple(names), phrases=(*own.phrases, *kept))


def _same(say: str) -> str:
    return " ".join(say.casefold().split())


def _speaker(platform: Platform) -> Speaker:
    phrases = (phrase for message in platform.accepts.errors for phrase in _phrase(platform.id, message))
    return Speaker(platform.id, platform.name, (platform.name, platform.id.replace("_", " ")), tuple(phrases))


def _phrase(platform: str, message: Message) -> Iterator[Phrase]:
    say = " ".join(message.contains.split())
    entry = Entry(platform, message.modes, message.means.text, None, message.sources)
    if say.isascii() and say.isdigit():
        yield Phrase(say, "code", "known", entry)
    elif any(letter.isalnum() for letter in say):
        yield Phrase(say, "text", _place(say), entry)


def _place(say: str) -> Place:
    is_name = " " not in say and "_" in say.strip("_")
    return "anywhere" if is_name or len(say.split()) >= _TELLING else "field"
