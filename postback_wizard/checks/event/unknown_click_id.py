"""Does the tracker know the click at all?"""

from collections.abc import Iterator
from typing import Any

from postback_wizard.checks import example
from postback_wizard.checks.click import foreign_click_id
from postback_wizard.checks.event import exact_rows, near_row, sight
from postback_wizard.domain.case import Case
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.identifiers import AD_CLICK_IDS
from postback_wizard.domain.probe import LogEvidence, LogRow, LogSource
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import read_moment
from postback_wizard.domain.url import split_url

_SOURCES = (
    "https://help.trackier.com/support/solutions/articles/31000155030-conversion-from-advertiser-not-recorded-",
    "https://helpdesk.everflow.io/en/articles/6127792-error-code-reference-guide-conversions",
    "https://help-center.affisereach.com/en/articles/6444814-postback-errors",
    "https://v9.help.keitaro.io/en/conversions-and-postback/postback-troubleshooting.html",
)

UNKNOWN_CLICK_ID = Rule(
    code="unknown-click-id",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="The click log {file} has no click {click_id}.",
        ru="В логе кликов {file} нет клика {click_id}.",
    ),
    why=Text(
        en="The log holds {count:row|rows} from {first} to {last}, and none has this ID; the closest is {near}. "
        "A postback whose click the receiver does not know is refused or ignored.",
        ru="В логе {count:строка|строки|строк} с {first} по {last}, и такого ID нет; самый похожий: {near}. "
        "Постбек, клика которого получатель не знает, отклоняется или игнорируется.",
    ),
    fix=Text(
        en="Send the ID of a real, recent click that went through the tracking link, unchanged. If the click is older "
        "than the log, ask for the log of its day.",
        ru="Передавайте без изменений ID настоящего недавнего клика, прошедшего через трекинговую ссылку. Если клик "
        "старше лога, запросите лог за его день.",
    ),
    settle=Text(
        en="Export the click log for the whole day of the click and look again.",
        ru="Выгрузите лог кликов за весь день клика и проверьте снова.",
    ),
    sources=_SOURCES,
)

CLICK_FOUND = Rule(
    code="click-found",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.TRACKER,
    title=Text(
        en="The click {click_id} is in the click log {file}.",
        ru="Клик {click_id} есть в логе кликов {file}.",
    ),
    why=Text(
        en="The tracker recorded this click ({time}), so a postback with its ID can be matched.",
        ru="Трекер записал этот клик ({time}), поэтому постбек с его ID можно сопоставить.",
    ),
    fix=Text(en="Nothing to mend here.", ru="Здесь исправлять нечего."),
)


def check(case: Case) -> Iterator[Finding]:
    """Judged on the click log alone, and only for an ID that can be one."""
    seen = sight(case)
    file = seen.file("click_log")
    if file is None:
        return
    click_id = seen.known("click_id")
    if seen.click_unknown:
        near = near_row(seen.logs, "click_log")
        yield UNKNOWN_CLICK_ID(
            "click_log",
            confidence=Confidence.LIKELY if _is_older(case, file) else seen.sure("click_log"),
            click_id=click_id,
            file=file.name,
            count=file.rows,
            first=file.first_time or "—",
            last=file.last_time or "—",
            near=near.values.get("click_id", "—") if near else "—",
        )
        yield from _foreign(case, click_id)
    yield from _order_number(case, exact_rows(seen.logs, "conversion_log"))
    for row in exact_rows(seen.logs, "click_log")[:1]:
        known = row.values.get("click_id", "") or click_id
        yield CLICK_FOUND("click_log", click_id=known, file=file.name, time=row.values.get("time", "—"))


def _foreign(case: Case, click_id: str) -> Iterator[Finding]:
    """An ID the tracker never made, and that an ad platform put on the link under a name of its own."""
    urls = (click_url(case.facts), *(hop.request.url for hop in case.trace()))
    for param in (param for url in urls for param in split_url(url).params()):
        platform = AD_CLICK_IDS.get(param.name.lower())
        if platform and param.text == click_id:
            found = f"{platform} ({param.name})"
            expected = case.facts.tracker or "—"
            yield foreign_click_id.FOREIGN_CLICK_ID(
                "click_log", level=Level.BAD, param="click_id", value=click_id, expected=expected, found=found
            )
            return


def _order_number(case: Case, rows: tuple[LogRow, ...]) -> Iterator[Finding]:
    """A conversion whose own order number stands where its click ID belongs."""
    for row in rows:
        value = row.values.get("click_id", "")
        if value and value == row.values.get("transaction_id", "") and value != case.facts.click_id:
            words: dict[str, Any] = {"param": "click_id", "value": value, "expected": case.facts.tracker or "—"}
            yield foreign_click_id.FOREIGN_CLICK_ID("conversion_log", level=Level.BAD, found="transaction_id", **words)
            return


def _is_older(case: Case, file: LogSource) -> bool:
    """Whether the click is known to be older than the log, so that its absence proves little."""
    first = read_moment(file.first_time)
    told = (read_moment(case.facts.click_time), read_moment(case.facts.conversion_time))
    return first is not None and any(moment.utc < first.utc for moment in told if moment)


_AT = "2026-03-01T10:00:00.000Z"
_FILE = LogSource("click_log", "clicks.csv", rows=2400, columns={"click_id": "clickid", "time": "time"})
_ROW = LogRow("click_log", 17, {"click_id": "w7k2p9", "time": "2026-03-01T08:10:00.000Z", "match": "exact"})
_NEAR = LogRow("click_log", 17, {"click_id": "W7K2P9", "match": "casefold"})

EXAMPLES = {
    UNKNOWN_CLICK_ID: example(
        LogEvidence("lookup", _AT, ("OK",), (_FILE,), (_NEAR,)), click_id="w7k2p9", click_log="clicks.csv"
    ),
    CLICK_FOUND: example(
        LogEvidence("lookup", _AT, ("OK",), (_FILE,), (_ROW,)), click_id="w7k2p9", click_log="clicks.csv"
    ),
}
