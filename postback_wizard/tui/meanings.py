"""What a pasted message means, as text for the first question of a case; pure, and run off the interface thread."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textual.content import Content

from postback_wizard.catalogue.decoding import decode
from postback_wizard.checks.callback.partner_says import asked_about
from postback_wizard.domain.case import Case
from postback_wizard.report.decoded import Kind, Line, told
from postback_wizard.report.phrases import PARTIES
from postback_wizard.steps.said import Offer, offer, open_to
from postback_wizard.tui import ask_words
from postback_wizard.tui.plain import VIEW_CAP, plain

#: Readings that are shown.
MOST = 5
_STYLES: Mapping[Kind, str] = {
    "said": "bold $text-accent",
    "whose": "$text-warning",
    "ambiguous": "$text-warning",
    "mode": "bold",
    "owner": "$foreground 60%",
    "alike": "$foreground 60%",
}
_MARKS: Mapping[Kind, str] = {"said": "● ", "ambiguous": "▲ ", "mode": "· ", "next": "→ "}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text and by how many cells all its lines are moved in."""

    text: Content
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is shown below a message, and the platform it may be taken from."""

    paragraphs: tuple[Paragraph, ...]
    offer: Offer | None = None


def meaning(case: Case, message: str, lang: str) -> Meaning:
    """What a message means in a case; only the beginning of a very long one is read."""
    text = message[:VIEW_CAP]
    if not text.strip():
        return Meaning((Paragraph(plain(ask_words.EMPTY.say(lang))),))
    readings = decode(text, asked_about(case.facts))
    if not readings:
        return Meaning(tuple(_unknown(message, lang)))
    heard = {reading.platform for reading in readings}
    lines: list[Paragraph] = []
    for reading in readings[:MOST]:
        lines += [*(_paragraph(line) for line in told(reading, lang, heard)), Paragraph(Content(""))]
    if len(readings) > MOST:
        lines.append(Paragraph(plain(ask_words.REST.say(lang, n=len(readings) - MOST))))
    lines += _cut(message, lang)
    found = offer(text)
    return Meaning(tuple(lines), found if found and open_to(case, found) else None)


def offer_line(found: Offer, taken: bool, lang: str) -> Content:
    """What is offered, why, and whether it is taken."""
    roles = ask_words.AND.say(lang).join(PARTIES[fact].say(lang) for fact in found.facts)
    form = ask_words.TAKEN if taken else ask_words.OPEN
    why = ask_words.NAMED if found.certain else ask_words.WORDS_ONLY
    said = form.say(lang, name=found.name, roles=roles, why=why)
    return Content.assemble(("[●] " if taken else "[ ] ", "bold"), plain(said))


def _paragraph(line: Line) -> Paragraph:
    indent = 0 if line.kind == "said" else 4 if line.mode and line.kind != "mode" else 2
    return Paragraph(plain(f"{_MARKS.get(line.kind, '')}{line.text}", _STYLES.get(line.kind, "")), indent)


def _unknown(message: str, lang: str) -> Iterator[Paragraph]:
    yield Paragraph(Content.assemble("○ ", plain(ask_words.UNKNOWN.say(lang), "bold")))
    if message.strip().lstrip("-").isdigit():
        yield Paragraph(plain(ask_words.NUMBER.say(lang, number=message.strip())), 2)
    yield Paragraph(plain(ask_words.KEPT.say(lang)), 2)
    yield from _cut(message, lang)


def _cut(message: str, lang: str) -> Iterator[Paragraph]:
    if len(message) > VIEW_CAP:
        yield Paragraph(plain(ask_words.CUT.say(lang, n=VIEW_CAP), "$foreground 60%"))
