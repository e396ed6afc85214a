"""Where is the conversion to be seen?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.event import exact_rows, near_row, sight
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import LogEvidence, LogRow, LogSource
from postback_wizard.domain.text import Text

EVENT_FOUND = Rule(
    code="event-found",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.ADVERTISER,
    title=Text(
        en="The conversion {id} is in {file}: {count:row|rows}.",
        ru="Конверсия {id} есть в {file}: {count:строка|строки|строк}.",
    ),
    why=Text(
        en="Recorded {time}, status {status}, payout {payout} {currency}.",
        ru="Записана {time}, статус {status}, выплата {payout} {currency}.",
    ),
    fix=Text(en="Nothing to mend here.", ru="Здесь исправлять нечего."),
)

EVENT_REPORTED = Rule(
    code="event-reported",
    level=Level.GOOD,
    confidence=Confidence.LIKELY,
    owner=Owner.ADVERTISER,
    title=Text(en="The conversion {id} happened, as you say.", ru="По вашим данным, конверсия {id} была."),
    why=Text(
        en="No log shows it, so this rests on your word.",
        ru="Лога, где это видно, нет; вывод основан на вашем ответе.",
    ),
    fix=Text(
        en="Keep the row of the conversion; the partner will ask for it.",
        ru="Сохраните строку с этой конверсией: партнёр её попросит.",
    ),
    settle=Text(en="Name the conversion log.", ru="Укажите лог конверсий."),
)

CLICK_ID_NEAR_MATCH = Rule(
    code="click-id-near-match",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en="{file} has {near} where {click_id} was looked for.",
        ru="В {file} вместо {click_id} найден {near}.",
    ),
    why=Text(
        en="The two differ in letter case only, or one is the beginning of the other. Click IDs are compared "
        "character by character, so an altered one matches nothing.",
        ru="Они отличаются только регистром букв, или один из них является началом другого. Click ID сравниваются "
        "посимвольно, поэтому изменённый ни с чем не совпадёт.",
    ),
    fix=Text(
        en="Find where the ID is lower-cased or cut (a field's length, a script, a spreadsheet) and pass it unchanged.",
        ru="Найдите, где ID переводят в нижний регистр или обрезают (длина поля, скрипт, таблица), и передавайте его "
        "без изменений.",
    ),
    settle=Text(
        en="Compare the time of that row with the time of the click and of the conversion.",
        ru="Сравните время этой строки со временем клика и конверсии.",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Says aloud that the conversion is there, and warns of an ID that is almost the one looked for."""
    seen = sight(case)
    found = False
    for role in ("conversion_log", "partner_log"):
        file, rows = seen.file(role), exact_rows(seen.logs, role)
        if file and rows:
            found = True
            yield _found(role, seen.id or "—", file.name, rows)
    if not found and seen.converted:
        yield EVENT_REPORTED("conversion_seen", id=seen.id or "—")
    for role in ("conversion_log", "attempt_log", "partner_log"):
        file, near = seen.file(role), near_row(seen.logs, role)
        if file and near:
            yield CLICK_ID_NEAR_MATCH(
                role, file=file.name, near=near.values.get("click_id", "—"), click_id=seen.known("click_id")
            )


def _found(role: str, name: str, file: str, rows: tuple[LogRow, ...]) -> Finding:
    first = rows[0].values
    return EVENT_FOUND(
        role,
        id=name,
        file=file,
        count=len(rows),
        time=first.get("time", "—"),
        status=first.get("status", "—"),
        payout=first.get("payout", "—"),
        currency=first.get("currency", ""),
    )


_AT = "2026-03-01T10:00:00.000Z"
_FILE = LogSource("conversion_log", "conversions.csv", rows=96, columns={"click_id": "clickid", "time": "time"})
_ROW = LogRow(
    "conversion_log",
    3,
    {"click_id": "w7k2p9", "time": "2026-03-01T09:15:00.000Z", "status": "approved", "match": "exact"},
)
_NEAR = LogRow("conversion_log", 3, {"click_id": "w7k2p9qx", "match": "casefold"})

EXAMPLES = {
    EVENT_FOUND: example(
        LogEvidence("lookup", _AT, ("OK",), (_FILE,), (_ROW,)), click_id="w7k2p9", conversion_log="conversions.csv"
    ),
    EVENT_REPORTED: example(click_id="w7k2p9", conversion_seen="yes"),
    CLICK_ID_NEAR_MATCH: example(
        LogEvidence("lookup", _AT, ("OK",), (_FILE,), (_NEAR,)), click_id="W7k2p9QX", conversion_log="conversions.csv"
    ),
}
