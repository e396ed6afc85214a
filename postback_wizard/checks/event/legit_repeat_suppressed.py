"""Was a second event of the same click taken for a repeat of the first?"""

import re
from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.event import exact_rows
from postback_wizard.checks.event_told import told
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import LogRow
from postback_wizard.domain.text import Text

LEGIT_REPEAT_SUPPRESSED = Rule(
    code="legit-repeat-suppressed",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.RECEIVER,
    title=Text(
        en='The receiver took {second} for a repeat of {first}: "{said}".',
        ru="Получатель принял {second} за повтор {first}: «{said}».",
    ),
    why=Text(
        en="The two carry the same click ID and another event or order. A receiver that tells "
        "conversions apart by click ID alone keeps the first and drops upsells, repeat deposits and "
        "second goals.",
        ru="У них один click ID, но разные события или заказы. Если получатель различает конверсии "
        "только по click ID, он оставит первую и потеряет допродажи, повторные депозиты и вторые "
        "цели.",
    ),
    fix=Text(
        en="Have the receiver allow several conversions a click, told apart by event or transaction ID, "
        "and send that ID in the postback.",
        ru="Попросите получателя разрешить несколько конверсий на клик с различением по событию или ID "
        "транзакции и передавайте этот ID в постбеке.",
    ),
    settle=Text(
        en="The receiver's rule for duplicates of this offer.",
        ru="Правило дублей у получателя для этого оффера.",
    ),
    sources=(
        "https://help.trackier.com/support/solutions/articles/31000155030-conversion-from-advertiser-not-recorded-",
        "https://helpdesk.everflow.io/customer/conversions-error-code-reference-guide",
    ),
)


_SAYS = re.compile(
    r"duplicat|already (?:exists|recorded)|conversion exists|дубл|уже (?:есть|существует)", re.IGNORECASE
)


def check(case: Case) -> Iterator[Finding]:
    """Two attempts of one click that differ, the later called a duplicate; without rows, the platform's own words."""
    rows = exact_rows(case.logs(), "attempt_log")
    for at, later in enumerate(rows):
        body = later.values.get("answer_body", "")
        first = next((row for row in rows[:at] if _differ(row, later)), None)
        if first and _SAYS.search(body):
            yield LEGIT_REPEAT_SUPPRESSED("attempt_log", first=_name(first), second=_name(later), said=body[:120])
            return
    said = told(case, LEGIT_REPEAT_SUPPRESSED.code)
    second = case.facts.goal or case.facts.transaction_id
    if said and second:
        yield LEGIT_REPEAT_SUPPRESSED(
            said.where, level=Level.WARN, confidence=Confidence.HINT, first="—", second=second, said=said.said
        )


def _differ(one: LogRow, other: LogRow) -> bool:
    names = ("goal", "transaction_id")
    return any(other.values.get(name) and one.values.get(name, "") != other.values[name] for name in names)


def _name(row: LogRow) -> str:
    return " ".join(filter(None, (row.values.get("goal", ""), row.values.get("transaction_id", "")))) or f"#{row.row}"


EXAMPLES = {
    LEGIT_REPEAT_SUPPRESSED: example(
        looked_up(
            log("attempt_log", more="goal"),
            row("attempt_log", 5, goal="registration", answer_status="200", answer_body="OK"),
            row("attempt_log", 9, goal="deposit", answer_status="200", answer_body="Duplicate conversion"),
        ),
        click_id=CLICK,
    ),
}
