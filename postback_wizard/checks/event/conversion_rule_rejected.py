"""Was the conversion recorded and then rejected?"""

from collections.abc import Iterator
from typing import Any

from postback_wizard.checks import example
from postback_wizard.checks.event import exact_rows, sight
from postback_wizard.checks.event_told import told
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row
from postback_wizard.checks.statuses import stage_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

CONVERSION_RULE_REJECTED = Rule(
    code="conversion-rule-rejected",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.NETWORK,
    title=Text(
        en='{file} has the conversion {id} as "{status}".',
        ru="В {file} конверсия {id} стоит в статусе «{status}».",
    ),
    why=Text(
        en="Reason as written there: {reason}. It arrived and was matched, then a person or a rule "
        "turned it down; sending it again changes nothing.",
        ru="Причина, как она записана: {reason}. Конверсия дошла и сопоставлена, а затем её отклонил "
        "человек или правило; повторная отправка ничего не изменит.",
    ),
    fix=Text(
        en="Ask for the reason if none is given, and dispute it with the rows of click and order; or "
        "change the targeting or the rule that turned it down.",
        ru="Запросите причину, если её нет, и оспорьте её строками клика и заказа; либо измените "
        "таргетинг или правило, которое её отклонило.",
    ),
    settle=Text(
        en="The reason of the rejection in the words of the side that rejected it.",
        ru="Причина отклонения словами той стороны, которая отклонила.",
    ),
    sources=(
        "https://helpdesk.everflow.io/en/articles/3994310-postback-controls",
        "https://help-center.affise.com/en/articles/6549863-conversions-declining-reasons-affiliates",
    ),
)


#: Modes that explain a rejection better.
_NEARER = ("offer-inactive", "conversion-cap-or-throttle", "legit-repeat-suppressed")


def check(case: Case) -> Iterator[Finding]:
    """A rejected row, or the platform's own words for a rule; a nearer reason goes before."""
    if any(told(case, mode) for mode in _NEARER):
        return
    seen = sight(case)
    said = told(case, CONVERSION_RULE_REJECTED.code)
    for role in ("partner_log", "conversion_log"):
        file, rows = seen.file(role), exact_rows(seen.logs, role)
        status = rows[-1].values.get("status", "") if rows else ""
        if file and stage_of(status) == "rejected":
            reason = said.said if said else "—"
            yield CONVERSION_RULE_REJECTED(role, file=file.name, id=seen.id or "—", status=status, reason=reason)
            return
    if said:
        level, sure = said.level, said.confidence
        words: dict[str, Any] = {"file": said.platform, "id": seen.id or "—", "status": said.said, "reason": said.said}
        yield CONVERSION_RULE_REJECTED(said.where, level=level, confidence=sure, **words)


EXAMPLES = {
    CONVERSION_RULE_REJECTED: example(
        looked_up(log("partner_log"), row("partner_log", status="declined")), click_id=CLICK
    ),
}
