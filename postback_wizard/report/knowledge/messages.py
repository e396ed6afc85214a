"""What platforms say: each wording with its meaning, and the failure modes it may stand for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from postback_wizard.catalogue.fact import Sentence
from postback_wizard.catalogue.memo import Platforms, per_catalogue
from postback_wizard.catalogue.modes import modes
from postback_wizard.catalogue.phrases import Phrase, Speaker, speakers
from postback_wizard.catalogue.platform import Message, Platform
from postback_wizard.domain.finding import Owner
from postback_wizard.domain.text import Text
from postback_wizard.report.knowledge import words
from postback_wizard.report.knowledge.entries import Entry, Ref, both, called, make, said
from postback_wizard.report.knowledge.lines import Line, section
from postback_wizard.steps.words import OWNERS


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of one platform. ``form`` says what kind of thing it is and where it counts; ``also`` others."""

    owner: str
    of: str
    say: str
    means: Sentence
    modes: tuple[str, ...]
    note: Sentence
    form: Sentence
    sources: tuple[str, ...]
    also: tuple[str, ...] = ()

    @property
    def ref(self) -> Ref:
        """What names it."""
        return Ref("message", f"{self.owner} {self.say}")

    def line(self, lang: str) -> str:
        """Whose words, the words, and what they mean."""
        quote = words.QUOTE.say(lang, platform=self.of, said=self.say)
        means = self.means.say(lang)
        return f"{quote} — {means}" if means else quote


@per_catalogue
def wordings(platforms: Platforms) -> Mapping[Ref, Wording]:
    """Everything the dictionary knows, and the refusals in platform files that it does not."""
    found: dict[Ref, Wording] = {}
    folded: set[tuple[str, str]] = set()
    for speaker in speakers().values():
        for phrase in speaker.phrases:
            wording = _spoken(speaker, phrase)
            found.setdefault(wording.ref, wording)
            folded.add((speaker.id, phrase.say.casefold()))
    for platform in platforms.values():
        for error in platform.accepts.errors:
            if (platform.id, error.contains.casefold()) not in folded:
                wording = _refused(platform, error)
                found.setdefault(wording.ref, wording)
    return found


def message_entries() -> Iterator[Entry]:
    """An entry for each wording."""
    for ref, wording in wordings().items():
        titles = [modes()[mode].title for mode in wording.modes]
        meant = Sentence(" ".join(title.en for title in titles), " ".join(title.ru for title in titles))
        detail = Sentence(*(f"{wording.of} — {means}" if means else wording.of for means in wording.means))
        entry = make(ref, "message", wording.say, detail, f"{wording.owner} {' '.join(wording.modes)}", meant)
        yield replace(entry, exact=entry.exact | called((wording.owner, wording.of), wording.say))


def messages_of(wanted: tuple[str, ...]) -> tuple[Wording, ...]:
    """The wordings that may stand for one of these modes, those that stand for nothing else first."""
    mine = [item for item in wordings().values() if set(item.modes) & set(wanted)]
    return tuple(sorted(mine, key=lambda item: (len(item.modes), item.of.casefold())))


def message_lines(ref: Ref, lang: str) -> Iterator[Line]:
    """What is known of a wording.

    Raises:
        KeyError: nobody is known to say it.
    """
    wording = wordings()[ref]
    yield Line(words.QUOTE.say(lang, platform=wording.of, said=wording.say), "title")
    means = wording.means.say(lang) or ("" if wording.modes else words.NOT_KNOWN.say(lang))
    yield from section(words.MEANS.say(lang), (means,), "text")
    heading = words.MODES if len(wording.modes) == 1 else words.ONE_OF
    if wording.modes:
        yield Line(heading.say(lang), "head")
    for mode in wording.modes:
        yield from mode_lines(mode, lang)
    note = words.DECIDES if len(wording.modes) > 1 else words.NOTE
    yield from section(note.say(lang), (wording.note.say(lang),), "text")
    yield from section(words.OTHER_WORDS.say(lang), wording.also)
    yield from section(words.COUNTS.say(lang), (wording.form.say(lang),), "text")
    yield from section(words.SOURCES.say(lang), wording.sources, "source")


def mode_lines(name: str, lang: str) -> Iterator[Line]:
    """A failure mode in three lines: what it is, what to do, who does it."""
    mode = modes()[name]
    yield Line(words.MODE.say(lang, mode=name, title=mode.title.say(lang)), "text")
    yield Line(words.MODE_FIX.say(lang, fix=mode.fix.say(lang)), "fact")
    yield Line(words.MODE_OWNER.say(lang, owners=owners_in_words(mode.owners, lang)), "fact")


def owners_in_words(owners: tuple[Owner, ...], lang: str) -> str:
    """Who can mend something, the likeliest first."""
    return words.OR.say(lang).join(OWNERS[owner].say(lang) for owner in owners)


def _spoken(speaker: Speaker, phrase: Phrase) -> Wording:
    entry = phrase.entry
    also = tuple(item.say for item in speaker.phrases if item.entry is entry and item.say != phrase.say)
    return Wording(
        speaker.id,
        speaker.name,
        phrase.say,
        _sentence(entry.means),
        entry.modes,
        _sentence(entry.note),
        _form(phrase),
        entry.sources,
        also,
    )


def _refused(platform: Platform, error: Message) -> Wording:
    return Wording(
        platform.id, platform.name, error.contains, error.means, error.modes, both(""), both(""), error.sources
    )


def _sentence(text: Text | None) -> Sentence:
    return said(text) if text else both("")


def _form(phrase: Phrase) -> Sentence:
    first = {"header": words.HEADER, "status": words.STATUS}.get(phrase.kind)
    place = words.PLACES[phrase.place]
    if phrase.kind == "header":
        return said(words.HEADER)
    return Sentence(f"{first.en} {place.en}", f"{first.ru} {place.ru}") if first else said(place)
