"""How far the reading and comparing of logs has come, in words."""

from postback_wizard.domain.progress import Progress
from postback_wizard.domain.text import Text

_READING = Text(en="{done} of {total} MB read", ru="прочитано {done} из {total} МБ")
_COMPARING = Text(en="{done} of {total} rows compared", ru="сверено строк: {done} из {total}")
_SECONDS = Text(en="about {n} s left", ru="осталось около {n} с")
_MINUTES = Text(en="about {n} min left", ru="осталось около {n} мин")
_FIRST = Text(en="Found in {file}, line {line}; reading on for more.", ru="Найдено: {file}, строка {line}; ищу дальше.")
_MEGABYTE = 1_000_000
_SHOWN = 300


def far(progress: Progress, lang: str) -> str:
    """Bytes or rows, and the time left where it can be told."""
    if progress.phase == "reading":
        counts = (f"{progress.done / _MEGABYTE:.0f}", f"{progress.total / _MEGABYTE:.0f}")
        told = _READING.say(lang, done=counts[0], total=counts[1])
    else:
        told = _COMPARING.say(lang, done=_grouped(progress.done), total=_grouped(progress.total))
    if progress.left_s < 0:
        return told
    minutes, seconds = divmod(progress.left_s, 60)
    left = _MINUTES.say(lang, n=minutes + (seconds > 0)) if minutes else _SECONDS.say(lang, n=max(seconds, 1))
    return f"{told}, {left}"


def first(progress: Progress, lang: str) -> str:
    """Where the first line is that was looked for; empty before one is found. It does not show the line."""
    name = progress.found_in.replace("\\", "/").rpartition("/")[2]
    return _FIRST.say(lang, file=name, line=progress.line) if progress.line else ""


def progress_text(progress: Progress, lang: str) -> str:
    """Both, and the line itself, each on a line of its own. The line is foreign and not yet made visible."""
    return "\n".join(filter(None, (far(progress, lang), first(progress, lang), progress.found[:_SHOWN])))


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
