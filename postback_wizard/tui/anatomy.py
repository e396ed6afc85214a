"""The template and the live request taken apart, parameter by parameter, as rows. Pure."""

from collections.abc import Iterator

from postback_wizard.catalogue.names import find_platform, has, owners
from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.reads import meanings_read
from postback_wizard.checks.repair import propose
from postback_wizard.domain.aligned import Aligned, How, aligned
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Finding, Level
from postback_wizard.domain.macros import Macro
from postback_wizard.domain.roundtrip import Trip, form_decoded, strictly_decoded, trips
from postback_wizard.domain.template import Pair, Value, known_value, meaning_of
from postback_wizard.tui import anatomy_words as words
from postback_wizard.tui.hops import clip
from postback_wizard.tui.marking import Span, pieces, spans
from postback_wizard.tui.rows import Row

#: Columns of a value in a list, and of a sample's reading.
VALUE, SAMPLE = 34, 26
_TONES: dict[How, Level] = {
    "kept": Level.GOOD,
    "filled": Level.GOOD,
    "empty": Level.WARN,
    "literal": Level.BAD,
    "changed": Level.WARN,
    "renamed": Level.WARN,
    "missing": Level.WARN,
    "extra": Level.INFO,
    "swapped": Level.BAD,
}
_ACCOUNT = ("campaign", "offer", "affiliate", "aff_id", "affid", "publisher", "zone", "creative", "banner", "source")
_CLICK = ("sub", "click", "external", "var", "ip", "ua", "user_agent", "device", "geo", "country", "visit")


def anatomy_rows(case: Case, lang: str) -> Iterator[Row]:
    """Both texts with their faulty places marked, then one row for each parameter, in the template's order."""
    record = case.record("template")
    findings = record.findings if record else ()
    found = aligned(case)
    if case.facts.template:
        yield _whole(case, found, findings, lang)
    if case.facts.sent_request:
        where = "sent_request"
        marked = pieces(case.facts.sent_request, spans(case, findings, where))
        yield Row(Level.INFO, words.WHOLE_LIVE.say(lang), "", case.facts.sent_request, where, whole=marked)
    yield from (_row(case, item, findings, lang) for item in found)


def _whole(case: Case, found: tuple[Aligned, ...], findings: tuple[Finding, ...], lang: str) -> Row:
    macros = [item for item in found if item.template and item.template.macros()]
    filled = sum(bool(item.sent and item.sent.text and not item.sent.macros()) for item in macros)
    text = words.MACROS.say(lang, total=len(macros))
    if case.facts.sent_request:
        text = words.FILLED.say(lang, filled=filled, total=len(macros))
    changes = len(propose(case).changes)
    text += f" · {words.F6.say(lang, n=changes)}" if changes else ""
    marks: tuple[Span, ...] = spans(case, findings, "template")
    whole = pieces(case.facts.template, marks)
    tone = Level.INFO if not case.facts.sent_request else Level.GOOD if filled == len(macros) else Level.WARN
    return Row(tone, words.WHOLE_TEMPLATE.say(lang), text, case.facts.template, "template", whole=whole)


def _row(case: Case, item: Aligned, findings: tuple[Finding, ...], lang: str) -> Row:
    both = bool(case.facts.template) and bool(case.facts.sent_request)
    sides = [_shown(item.template, lang)] if case.facts.template else []
    sides += [_shown(item.sent, lang)] if case.facts.sent_request else []
    mine = [finding.level for finding in findings if finding.where.partition(": ")[2] == item.name]
    base = _TONES[item.how] if both else Level.BAD if item.sent and item.sent.macros() else Level.INFO
    tone = max((base, *mine), key=list(Level).index) if base is not Level.GOOD or mine else base
    said = tuple(_said(case, item, lang))
    below = tuple((text, level) for text, level in said)
    detail = "\n".join((item.name, *_sides(item, lang), *(text for text, _ in said), *_more(case, item, lang)))
    tip = f"{item.name}: {' · '.join(text for text, _ in said)}"
    return Row(tone, clip(item.name, 24), " → ".join(sides), detail, f"param: {item.name}", below=below, tip=tip)


def _said(case: Case, item: Aligned, lang: str) -> Iterator[tuple[str, Level | None]]:
    """What became of it, what it is, whether the case has its value, and what the receiver reads."""
    if case.facts.template and case.facts.sent_request:
        name = item.sent.name if item.sent else ""
        tone = _TONES[item.how]
        yield words.FATES[item.how].say(lang, name=name, other=item.other), None if tone is Level.GOOD else tone
    value = item.template or item.sent
    macros = item.template.macros() if item.template else ()
    for macro in macros[:2]:
        yield from _macro(case, macro, value, lang)
    if value is not None and macros:
        known = known_value(case, Pair(value, macros, None))
        yield (words.HAS.say(lang, value=clip(known, VALUE)) if known else words.HAS_NOT.say(lang)), None
    elif item.template is not None:
        yield words.FIXED.say(lang), None
    receiver = find_platform(case.facts.receiver) if case.facts.receiver else None
    if receiver and meanings_read(receiver):
        yield _reads(receiver, item.name, lang)


def _macro(case: Case, macro: Macro, value: Value | None, lang: str) -> Iterator[tuple[str, Level | None]]:
    sender = find_platform(case.facts.sender) if case.facts.sender else None
    having = owners(macro)
    if sender and has(macro, sender):
        owner = words.OF.say(lang, owner=sender.name)
    elif sender and sender.sends.macros:
        yield words.NOT_OF_SENDER.say(lang, sender=sender.name), Level.WARN
        owner = ""
    else:
        names = ", ".join(item.name for item in having[:2]) + (" …" if len(having) > 2 else "")
        owner = words.OF.say(lang, owner=names) if having else words.OF_NOBODY.say(lang)
    meaning = _meaning(macro, sender or (having[0] if having else None), value)
    said = words.MEANINGS[meaning].say(lang) if meaning in words.MEANINGS else ""
    origin = words.SOURCES[_origin(macro, meaning)].say(lang)
    yield ", ".join(part for part in (owner, said, origin) if part), None


def _meaning(macro: Macro, platform: Platform | None, value: Value | None) -> str:
    known = platform.sends.macros.get(macro.written, "") if platform else ""
    return known if known not in ("", "other") else meaning_of(macro.name) or (meaning_of(value.name) if value else "")


def _origin(macro: Macro, meaning: str) -> str:
    """Where a macro's value comes from, by its meaning, then by its name."""
    if meaning:
        return "click" if meaning == "click_id" else "conversion"
    name = macro.name.lower()
    return "account" if name.startswith(_ACCOUNT) else "click" if name.startswith(_CLICK) else ""


def _reads(receiver: Platform, name: str, lang: str) -> tuple[str, Level | None]:
    read = meanings_read(receiver)
    if name not in read:
        return words.READS_NOT.say(lang, receiver=receiver.name), Level.WARN
    meaning = read[name]
    if meaning in words.MEANINGS:
        return words.READS.say(lang, receiver=receiver.name, meaning=words.MEANINGS[meaning].say(lang)), None
    return words.READS_NAME.say(lang, receiver=receiver.name), None


def _shown(value: Value | None, lang: str) -> str:
    return words.MISSING.say(lang) if value is None else clip(value.text, VALUE) or words.EMPTY.say(lang)


def _sides(item: Aligned, lang: str) -> Iterator[str]:
    for head, value in ((words.MEANT, item.template), (words.LEFT, item.sent)):
        text = words.MISSING.say(lang) if value is None else value.text or words.EMPTY.say(lang)
        yield f"{head.say(lang)}: {text}"


def _more(case: Case, item: Aligned, lang: str) -> Iterator[str]:
    """Everything else, for Enter: spelling, owners, what decoders read, sample values there and back."""
    if item.sent is not None and item.sent.text:
        form, strict = form_decoded(item.sent.text), strictly_decoded(item.sent.text)
        yield words.READING.say(lang, form=form, strict=strict)
    for macro in item.template.macros() if item.template else ():
        yield words.DIALECT.say(lang, macro=macro.written, dialect=macro.dialect)
        names = ", ".join(platform.name for platform in owners(macro))
        yield words.OWNERS.say(lang, owners=names or "—")
    if item.template and item.template.macros() and item.template.place == "query":
        yield ""
        yield words.ROUND_TRIP.say(lang)
        for good, raw in trips(case.facts.template.strip(), item.template.name):
            yield f"  {clip(good.meant, SAMPLE)}: {_trip(good, lang)} | {_trip(raw, lang)}"


def _trip(way: Trip, lang: str) -> str:
    if way.arrives:
        return words.ARRIVES.say(lang)
    shown = [clip(text, SAMPLE) or words.EMPTY.say(lang) for text in (way.form, way.strict)]
    return words.ARRIVES_AS.say(lang, form=shown[0], strict=shown[1])
