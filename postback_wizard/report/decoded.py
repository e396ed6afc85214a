"""What a platform's words mean, said line by line: the same for a terminal and for the wizard."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from postback_wizard.catalogue.alike import Wording, alike
from postback_wizard.catalogue.decoding import Reading
from postback_wizard.catalogue.modes import Mode, modes
from postback_wizard.domain.finding import Owner
from postback_wizard.domain.text import Text
from postback_wizard.domain.visible import visible
from postback_wizard.steps.proof import proof_words
from postback_wizard.steps.words import OWNERS

#: Characters of the words that are shown.
SHOWN = 200

SAID = Text(en='{name} says "{said}"', ru="{name}: «{said}»")
TIMES = Text(en="({n:time|times})", ru="({n:раз|раза|раз})")
ELSEWHERE = Text(
    en="These are words of {name}, not of the platform you named.",
    ru="Это слова платформы {name}, а не той, которую вы указали.",
)
AMBIGUOUS = Text(
    en="It may mean any of these; the words alone do not tell which.",
    ru="Это может значить любое из перечисленного; по одним словам не решить.",
)
SHARED = Text(en="Other platforms mean something else by these words.", ru="Другие платформы понимают эти слова иначе.")
MEANS = Text(en="Means: {means}", ru="Значит: {means}")
OWNER = Text(en="Who mends it: {owners}", ru="Кто исправляет: {owners}")
OR = Text(en=" or ", ru=" или ")
NEXT = Text(en="What to do: {fix}", ru="Что сделать: {fix}")
ALIKE = Text(en="The same elsewhere: {wordings}", ru="То же у других: {wordings}")
PERHAPS = Text(en="Elsewhere it may be said as: {wordings}", ru="У других это может звучать так: {wordings}")
WORDING = Text(en='{name} "{said}"', ru="{name} «{said}»")
DECIDES = Text(en="To tell them apart: {note}", ru="Как различить: {note}")
NOTE = Text(en="Note: {note}", ru="Примечание: {note}")

Kind = Literal["said", "whose", "means", "ambiguous", "mode", "owner", "next", "proof", "alike", "note"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``mode`` is the failure mode it is about, empty for what holds for all of them."""

    kind: Kind
    text: str
    mode: str = ""


def told(reading: Reading, lang: str, without: Collection[str] = ()) -> Iterator[Line]:
    """Whose words these are, what they mean, what to do and where it shows; ``without`` are platforms heard already."""
    said = SAID.say(lang, name=visible(reading.name), said=visible(reading.said[:SHOWN]))
    yield Line("said", f"{said} {TIMES.say(lang, n=reading.times)}" if reading.times > 1 else said)
    if reading.elsewhere:
        yield Line("whose", ELSEWHERE.say(lang, name=visible(reading.name)))
    if reading.means:
        yield Line("means", MEANS.say(lang, means=visible(reading.means.say(lang))))
    if reading.ambiguous:
        yield Line("ambiguous", (AMBIGUOUS if len(reading.modes) > 1 else SHARED).say(lang))
    for name in reading.modes:
        yield from _mode(modes()[name], reading.platform, lang, {*without, reading.platform})
    if reading.note:
        yield Line("note", (DECIDES if reading.ambiguous else NOTE).say(lang, note=reading.note))


def _mode(mode: Mode, platform: str, lang: str, without: Collection[str]) -> Iterator[Line]:
    yield Line("mode", mode.title.say(lang), mode.id)
    yield Line("owner", OWNER.say(lang, owners=_owners(mode.owners, lang)), mode.id)
    yield Line("next", NEXT.say(lang, fix=mode.fix), mode.id)
    yield Line("proof", proof_words(mode, platform, lang), mode.id)
    others = alike(mode.id, without)
    if others:
        form = PERHAPS if others[0].ambiguous else ALIKE
        yield Line("alike", form.say(lang, wordings=", ".join(_wording(item, lang) for item in others)), mode.id)


def _wording(item: Wording, lang: str) -> str:
    return WORDING.say(lang, name=visible(item.name), said=visible(item.said))


def _owners(owners: tuple[Owner, ...], lang: str) -> str:
    return OR.say(lang).join(OWNERS[owner].say(lang) for owner in owners)
