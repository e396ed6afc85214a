"""``decode``: what a platform's code or message means, whichever platform says it."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator

from postback_wizard.catalogue.alike import alike
from postback_wizard.catalogue.decoding import Reading, decode
from postback_wizard.catalogue.modes import Mode, modes
from postback_wizard.checks import rules
from postback_wizard.commands.knowing import name_left_out, use_own_platforms
from postback_wizard.commands.misuse import Misuse
from postback_wizard.commands.plain import emit, emit_data, talk
from postback_wizard.domain.text import Text
from postback_wizard.report.decoded import told
from postback_wizard.steps.proof import proof

UNPROVEN = 3
#: Bytes of standard input that are read; a message is short, an excerpt of a log is not long.
MOST = 4_000_000

NOTHING = Text(
    en="No words or codes of a known platform were recognised. A bare number is read only with --platform.",
    ru="Слов и кодов известных платформ не найдено. Отдельное число читается только вместе с --platform.",
)
NO_TEXT = Text(
    en="decode needs a text, as an argument or on standard input.",
    ru="Команде decode нужен текст: аргументом или на стандартном вводе.",
)
TOO_LONG = Text(en="Only the first {n} bytes of the text were read.", ru="Прочитаны только первые {n} байт текста.")
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
    for line in told(reading, lang):
        match line.kind:
            case "said":
                yield line.text
            case "mode":
                yield f"  {line.mode}: {line.text}"
            case "proof":
                yield f"    {line.text}{_more(line.mode, lang)}"
            case "owner" | "next" | "alike":
                yield f"    {line.text}"
            case _:
                yield f"  {line.text}"


def _more(mode: str, lang: str) -> str:
    """Where a check of the same name is explained."""
    if mode not in rules():
        return ""
    from postback_wizard.commands.grammar import PROGRAM

    return f" {MORE.say(lang, program=PROGRAM, code=mode)}"


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
        "modes": [_mode_data(modes()[name], reading.platform, lang) for name in reading.modes],
        "sources": list(reading.sources),
    }


def _mode_data(mode: Mode, platform: str, lang: str) -> dict[str, object]:
    step, is_proof = proof(mode, platform)
    return {
        "code": mode.id,
        "title": mode.title.say(lang),
        "owners": list(mode.owners),
        "next_action": mode.fix.say(lang),
        "step": step,
        "step_can_prove_it": is_proof,
        "elsewhere": [
            {"platform": item.platform, "name": item.name, "said": item.said} for item in alike(mode.id, {platform})
        ],
    }
