"""``decode``: what a platform's code or message means, whichever platform says it."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator

from postback_wizard.catalogue.decoding import Reading, decode
from postback_wizard.catalogue.modes import Mode, modes
from postback_wizard.checks import rules
from postback_wizard.commands.knowing import name_left_out, use_own_platforms
from postback_wizard.commands.misuse import Misuse
from postback_wizard.commands.plain import emit, emit_data, talk
from postback_wizard.domain.finding import Owner
from postback_wizard.domain.text import Text
from postback_wizard.domain.visible import visible
from postback_wizard.steps.words import OWNERS

UNPROVEN = 3
#: Bytes of standard input that are read; a message is short, an excerpt of a log is not long.
MOST = 4_000_000
#: Characters of the words that are shown.
SHOWN = 200

NOTHING = Text(
    en="No words or codes of a known platform were recognised. A bare number is read only with --platform.",
    ru="Слов и кодов известных платформ не найдено. Отдельное число читается только вместе с --platform.",
)
NO_TEXT = Text(
    en="decode needs a text, as an argument or on standard input.",
    ru="Команде decode нужен текст: аргументом или на стандартном вводе.",
)
TOO_LONG = Text(en="Only the first {n} bytes of the text were read.", ru="Прочитаны только первые {n} байт текста.")
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
MEANS = Text(en="Means: {means}", ru="Значит: {means}")
OWNER = Text(en="Who mends it: {owners}", ru="Кто исправляет: {owners}")
OR = Text(en=" or ", ru=" или ")
NEXT = Text(en="What to do: {fix}", ru="Что сделать: {fix}")
DECIDES = Text(en="To tell them apart: {note}", ru="Как различить: {note}")
NOTE = Text(en="Note: {note}", ru="Примечание: {note}")
MORE = Text(en="More: {program} explain {code}", ru="Подробнее: {program} explain {code}")


def run(options: Namespace, lang: str) -> int:
    """Print what was recognised; 3 when nothing was."""
    text = _given(options.text, lang)
    if not text.strip():
        raise Misuse(NO_TEXT)
    use_own_platforms()
    name_left_out(lang)
    readings = decode(text, options.platform)
    if options.json:
        data = {"readings": [_data(reading, lang) for reading in readings]}
        emit_data(json.dumps(data, ensure_ascii=False, indent=2))
    elif readings:
        emit("\n\n".join("\n".join(_lines(reading, lang)) for reading in readings))
    else:
        talk(NOTHING.say(lang))
    return 0 if readings else UNPROVEN


def _given(word: str, lang: str) -> str:
    if word and word != "-":
        return word
    if not word and sys.stdin.isatty():
        raise Misuse(NO_TEXT)
    data = sys.stdin.buffer.read(MOST + 1)
    if len(data) > MOST:
        talk(TOO_LONG.say(lang, n=MOST))
    return data[:MOST].decode("utf-8-sig", "replace")


def _lines(reading: Reading, lang: str) -> Iterator[str]:
    said = SAID.say(lang, name=reading.name, said=visible(reading.said[:SHOWN]))
    yield f"{said} {TIMES.say(lang, n=reading.times)}" if reading.times > 1 else said
    if reading.elsewhere:
        yield f"  {ELSEWHERE.say(lang, name=reading.name)}"
    if reading.means:
        yield f"  {MEANS.say(lang, means=reading.means)}"
    if reading.ambiguous:
        yield f"  {AMBIGUOUS.say(lang)}"
    for name in reading.modes:
        yield from _mode_lines(modes()[name], lang)
    if reading.note:
        form = DECIDES if reading.ambiguous else NOTE
        yield f"  {form.say(lang, note=reading.note)}"


def _mode_lines(mode: Mode, lang: str) -> Iterator[str]:
    yield f"  {mode.id}: {mode.title.say(lang)}"
    yield f"    {OWNER.say(lang, owners=_owners(mode.owners, lang))}"
    yield f"    {NEXT.say(lang, fix=mode.fix)}"
    if mode.id in rules():
        from postback_wizard.commands.grammar import PROGRAM

        yield f"    {MORE.say(lang, program=PROGRAM, code=mode.id)}"


def _owners(owners: tuple[Owner, ...], lang: str) -> str:
    return OR.say(lang).join(OWNERS[owner].say(lang) for owner in owners)


def _data(reading: Reading, lang: str) -> dict[str, object]:
    return {
        "platform": reading.platform,
        "name": reading.name,
        "said": reading.said,
        "kind": reading.kind,
        "start": reading.start,
        "end": reading.end,
        "times": reading.times,
        "elsewhere": reading.elsewhere,
        "ambiguous": reading.ambiguous,
        "means": reading.means.say(lang) if reading.means else "",
        "note": reading.note.say(lang) if reading.note else "",
        "modes": [
            {
                "code": name,
                "title": modes()[name].title.say(lang),
                "owners": list(modes()[name].owners),
                "next_action": modes()[name].fix.say(lang),
            }
            for name in reading.modes
        ],
        "sources": list(reading.sources),
    }
