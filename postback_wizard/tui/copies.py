"""The browser's event beside the server's event, as rows of evidence: one a field, and one for the time between."""

from collections.abc import Iterator
from typing import NamedTuple

from postback_wizard.checks.copies import SHOWN, Compared, Copies, copies_of, told
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Level
from postback_wizard.domain.text import Text

_ROW = Text(en="browser {browser} · server {server} · {said}", ru="браузер {browser} · сервер {server} · {said}")
_SAID = {
    "same": Text(en="the same", ru="совпадает"),
    "case": Text(en="not the same to a letter", ru="не буква в букву"),
    "differs": Text(en="differs", ru="различается"),
    "no-browser": Text(en="missing in the browser", ru="нет в браузере"),
    "no-server": Text(en="missing on the server", ru="нет на сервере"),
    "no-both": Text(en="missing in both", ru="нет ни там, ни там"),
}
_TIME = Text(en="time between", ru="время между ними")
_SECONDS = Text(en="{n:second|seconds}", ru="{n:секунда|секунды|секунд}")
_NO_TIME = Text(en="one of the times is missing", ru="у одного из событий нет времени")
_WINDOW = Text(
    en="{apart} · {platform} recognises copies for {n:hour|hours}",
    ru="{apart} · {platform} распознаёт копии в течение {n:часа|часов|часов}",
)
_NO_WINDOW = Text(
    en="{apart} · {platform} names no limit of time", ru="{apart} · предел времени у {platform} не указан"
)


class CopyRow(NamedTuple):
    """One line of the comparison."""

    tone: Level
    head: str
    text: str


def copy_rows(case: Case, lang: str) -> Iterator[CopyRow]:
    """The lines; none where there is nothing to compare."""
    copies = copies_of(case)
    if copies is not None:
        yield from (_field(row, lang) for row in told(copies))
        yield _time(copies, lang)


def _field(row: Compared, lang: str) -> CopyRow:
    tone = Level.GOOD if row.side == "same" else Level.BAD if row.side in ("differs", "case") else Level.WARN
    values = {"browser": row.browser[:SHOWN] or "—", "server": row.server[:SHOWN] or "—"}
    return CopyRow(tone, row.field, _ROW.say(lang, values, said=_SAID[row.side].say(lang)))


def _time(copies: Copies, lang: str) -> CopyRow:
    apart = _NO_TIME.say(lang) if copies.apart is None else _SECONDS.say(lang, n=copies.apart)
    known = _WINDOW if copies.window else _NO_WINDOW
    late = copies.apart is not None and bool(copies.window) and copies.apart > copies.window
    tone = Level.BAD if late else Level.INFO if copies.apart is None or not copies.window else Level.GOOD
    text = known.say(lang, apart=apart, platform=copies.platform, n=copies.window // 3600)
    return CopyRow(tone, _TIME.say(lang), text)
