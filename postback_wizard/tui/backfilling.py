"""What a tracker's import of missing conversions will do, and what it cannot carry, said before the file is written."""

from collections.abc import Iterator, Mapping

from postback_wizard.catalogue import platform, platforms
from postback_wizard.catalogue.backfill import FIELDS
from postback_wizard.domain.text import Text
from postback_wizard.tui.keys import CLOSE, WRITE
from postback_wizard.tui.screens.frame import Reading

TITLE = Text(en="Conversions the tracker misses, for its import", ru="Недостающие в трекере конверсии для импорта")
COUNT = Text(
    en="{tracker}: {n:conversion|conversions} of this list that only the partner has. Rejected ones are left out.",
    ru="{tracker}: {n:конверсия|конверсии|конверсий} из этого списка есть только у партнёра. Отклонённые не войдут.",
)
WHERE = Text(en="Where: {where}", ru="Где: {where}")
LINE = Text(en="A line: {line}", ru="Строка: {line}")
NO_LINE = Text(
    en="How the line is laid out is not known here, only what it may hold: the file is CSV with names in its first "
    "line. Bring the columns into the order the upload page shows, and take the first line away.",
    ru="Как устроена строка, здесь неизвестно, известно лишь, что в ней может быть: файл будет CSV с названиями в "
    "первой строке. Расставьте столбцы так, как показано на странице загрузки, и удалите первую строку.",
)
PER_HOUR = Text(en="It takes {limit} an hour at most.", ru="За час принимается не больше {limit}.")
CANNOT = Text(en="Cannot be carried: {names}.", ru="Передать нельзя: {names}.")
NAMES = {
    "click_id": Text(en="click ID", ru="click ID"),
    "payout": Text(en="payout", ru="выплата"),
    "transaction_id": Text(en="transaction ID", ru="ID транзакции"),
    "currency": Text(en="currency (the tracker takes its own)", ru="валюта (трекер возьмёт свою)"),
    "status": Text(en="status", ru="статус"),
    "time": Text(
        en="time of the conversion (the tracker may date it by the upload)",
        ru="время конверсии (трекер может поставить время загрузки)",
    ),
}
LEFT_OUT = {
    "rejected": Text(
        en="{n:row|rows} left out, because the partner rejected the conversion.",
        ru="Пропущено: {n:строка|строки|строк}, конверсию отклонил партнёр.",
    ),
    "no-click-id": Text(
        en="{n:row|rows} left out, because there is no click ID.",
        ru="Пропущено: {n:строка|строки|строк}, нет click ID.",
    ),
    "separator": Text(
        en="{n:row|rows} left out, because a value holds the character that parts the line.",
        ru="Пропущено: {n:строка|строки|строк}, в значении есть символ, который делит строку.",
    ),
}


def trackers() -> Mapping[str, str]:
    """The platforms whose import is known, by id."""
    return {name: found.name for name, found in sorted(platforms().items()) if found.backfill}


def backfill_lines(tracker: str, count: int, lang: str) -> str:
    """Everything to know before the file is written."""
    return "\n\n".join(_lines(tracker, count, lang))


def _lines(tracker: str, count: int, lang: str) -> Iterator[str]:
    found = platform(tracker)
    known = found.backfill
    yield COUNT.say(lang, tracker=found.name, n=count)
    if known is None:
        return
    yield LINE.say(lang, line=known.line.value) if known.line else NO_LINE.say(lang)
    absent = [name for name in (*FIELDS, "time") if name not in known.holds.value]
    yield CANNOT.say(lang, names=", ".join(NAMES[name].say(lang) for name in absent))
    if known.where:
        yield WHERE.say(lang, where=known.where.value.say(lang))
    for said in known.does:
        yield said.value.say(lang)
    if known.per_hour:
        yield PER_HOUR.say(lang, limit=known.per_hour.value)
    yield from known.holds.sources[:1]


class WriteBackfill(Reading):
    """What the import will do; the result ``write`` wishes the file written."""

    KEYS = (WRITE, CLOSE)
    BINDINGS = [WRITE.binding()]

    def __init__(self, text: str, lang: str) -> None:
        super().__init__(TITLE.say(lang), text, lang)

    def action_write(self) -> None:
        """Write the file."""
        self.dismiss("write")
