"""Did the ID get lost between the first page and the order?"""

from collections.abc import Iterator
from typing import Any

from postback_wizard.checks import example
from postback_wizard.checks.event import Sight, sight
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import LogRow, LogShare
from postback_wizard.domain.text import Text

CLICK_ID_NOT_PERSISTED = Rule(
    code="click-id-not-persisted",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.ADVERTISER,
    title=Text(
        en="The order {order} in {file} has an empty click ID.",
        ru="У заказа {order} в {file} пустой click ID.",
    ),
    why=Text(
        en="The click {click_id} was recorded, so the ID was there at the beginning. In the whole file "
        "{lack} of {rows:row|rows} have none.",
        ru="Клик {click_id} записан, значит, в начале ID был. Во всём файле его нет в {lack} из "
        "{rows:строки|строк|строк}.",
    ),
    fix=Text(
        en="Keep the ID from the first page on: a cookie, the session or a hidden field of the form, and "
        "on every link to the order.",
        ru="Сохраняйте ID с первой страницы: в cookie, сессии или скрытом поле формы и в каждой ссылке до заказа.",
    ),
    settle=Text(
        en="A test order from a fresh click: see on which page the parameter ends.",
        ru="Тестовый заказ с нового клика: посмотрите, на какой странице параметр пропадает.",
    ),
    sources=(
        "https://docs.keitaro.io/en/conversions-and-postback/postback-troubleshooting.html",
        "https://www.trackingaudit.online/knowledge-base/what-is-gclid?lang=en",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """An order found by its number whose own click ID is empty, while the click is known."""
    seen = sight(case)
    role = next((role for role in ("partner_log", "conversion_log") if _empty_row(seen, role)), "")
    file, row = seen.file(role), _empty_row(seen, role)
    if file and row and "click_id" in file.columns and (seen.has("click_log") or _landed(case)):
        share = next(iter(file.of("all")), LogShare("all", "all", file.rows))
        words: dict[str, Any] = {
            "order": row.values.get("transaction_id", "—"),
            "click_id": seen.known("click_id") or "—",
        }
        yield CLICK_ID_NOT_PERSISTED(role, file=file.name, lack=share.lack, rows=share.rows, **words)


def _empty_row(seen: Sight, role: str) -> LogRow | None:
    return next((row for row in (seen.logs.rows(role) if seen.logs else ()) if _is_empty(row)), None)


def _landed(case: Case) -> bool:
    """Whether the trace of the click ended at a page that was given the click ID."""
    hops = case.trace()
    return bool(case.facts.click_id and hops and case.facts.click_id in hops[-1].request.url)


def _is_empty(row: LogRow) -> bool:
    return row.values.get("by") == "transaction_id" and not row.values.get("click_id", "").strip("-0 ")


EXAMPLES = {
    CLICK_ID_NOT_PERSISTED: example(
        looked_up(
            log("click_log"),
            log("partner_log", LogShare("all", "all", 310, 44), more="transaction_id"),
            row("click_log"),
            row("partner_log", 3, click_id="", by="transaction_id", transaction_id="ORD-1042"),
        ),
        click_id=CLICK,
        transaction_id="ORD-1042",
        conversion_seen="yes",
        attempt_seen="yes",
    ),
}
