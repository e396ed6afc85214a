"""Do the dates of a log say whether the day or the month comes first?"""

from collections.abc import Iterator
from dataclasses import replace

from postback_wizard.checks import example
from postback_wizard.checks.log_samples import CLICK, log, looked_up
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

LOG_DATE_ORDER_UNKNOWN = Rule(
    code="log-date-order-unknown",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="The dates of {file} may be day/month or month/day: no row proves which.",
        ru="Даты в {file} можно прочесть и как день/месяц, и как месяц/день: ни одна строка не решает.",
    ),
    why=Text(
        en="A number over twelve would settle it. Until then the times of this log are shown as written and are "
        "compared with nothing.",
        ru="Решило бы число больше двенадцати. А пока время из этого лога показано как записано и ни с чем не "
        "сравнивается.",
    ),
    fix=Text(
        en="Export the dates as YYYY-MM-DD or a longer period, or write date_order under columns: DD/MM or MM/DD.",
        ru="Выгрузите даты в виде ГГГГ-ММ-ДД или больший период либо впишите в columns date_order: DD/MM или MM/DD.",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding a file."""
    logs = case.logs()
    for file in logs.files if logs else ():
        if file.dialect.get("date_order") == "unknown":
            yield LOG_DATE_ORDER_UNKNOWN(file.role, file=file.name)


EXAMPLES = {
    LOG_DATE_ORDER_UNKNOWN: example(
        looked_up(replace(log("partner_log"), dialect={"format": "csv", "date_order": "unknown"})), click_id=CLICK
    )
}
