"""How far the reading of a large log has come, in words."""

from postback_wizard.domain.progress import Reading
from postback_wizard.domain.text import Text

_MB = 1024 * 1024
DONE = Text(en="{file}: {done} of {total} MB", ru="{file}: {done} из {total} МБ")
LEFT = Text(en="about {n} s left", ru="ещё около {n} с")
FIRST = Text(
    en="Found in line {line}; reading on for more.",
    ru="Найдено в строке {line}; ищу дальше.",
)
_SHOWN = 300


def far(reading: Reading, lang: str) -> str:
    """The file, the bytes and, once it can be told, the time left."""
    name = reading.file.replace("\\", "/").rpartition("/")[2]
    done = DONE.say(lang, file=name, done=round(reading.done / _MB), total=round(reading.total / _MB))
    return f"{done}, {LEFT.say(lang, n=round(reading.left_s))}" if reading.left_s >= 0 else done


def first(reading: Reading, lang: str) -> str:
    """Where the first line is that was looked for; empty before one is found. It does not show the line."""
    return FIRST.say(lang, line=reading.line) if reading.line else ""


def told(reading: Reading, lang: str) -> str:
    """Both, and the line itself, each on a line of its own."""
    return "\n".join(filter(None, (far(reading, lang), first(reading, lang), reading.found[:_SHOWN])))
