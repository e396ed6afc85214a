"""Was a change of status refused because the conversion was final?"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from postback_wizard.checks import example
from postback_wizard.checks.event import exact_rows
from postback_wizard.checks.event_told import says, told
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row
from postback_wizard.checks.statuses import stage_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

STATUS_CHANGE_ON_FINAL = Rule(
    code="status-change-on-final",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.ADVERTISER,
    title=Text(
        en='The change from "{before}" to "{after}" was refused: "{said}".',
        ru="Смену статуса с «{before}» на «{after}» отклонили: «{said}».",
    ),
    why=Text(
        en="Platforms take updates while a conversion is pending; once it is approved or rejected a "
        "postback does not change it any more.",
        ru="Платформы принимают обновления, пока конверсия в ожидании; после одобрения или отклонения "
        "постбек её уже не меняет.",
    ),
    fix=Text(
        en="Have the status corrected by hand or by import, and send later updates only while the "
        "conversion is pending.",
        ru="Попросите исправить статус вручную или импортом, а обновления отправляйте, пока конверсия в ожидании.",
    ),
    settle=Text(
        en="The status the receiver had when the update came.",
        ru="Статус у получателя в момент, когда пришло обновление.",
    ),
    sources=("https://help-center.affise.com/en/articles/6476587-server-postback-errors",),
)


_WORDS = re.compile(
    r"\b(?:conversion|lead|order|status)\b[^.;\n]{0,20}\b(?:is not|not in|no longer) pending\b"
    r"|\b(?:conversion|lead|order|status)\b[^.;\n]{0,25}\balready (?:final|approved|rejected|closed)\b"
    r"|\bстатус\w*[^.;\n]{0,25}(?:уже )?(?:окончательн\w*|финальн\w*)",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Finding]:
    """A final status was accepted and a later, other one was not; or the platform says so itself."""
    said = told(case, STATUS_CHANGE_ON_FINAL.code) or says(case, _WORDS)
    rows = [row.values for row in exact_rows(case.logs(), "attempt_log") if row.values.get("status")]
    for before, after in pairwise(rows):
        final = stage_of(before["status"]) in ("approved", "rejected") and before.get("answer_status", "2")[:1] == "2"
        refused = after.get("answer_status", "2")[:1] == "4"
        if final and refused and after["status"] != before["status"]:
            body = said.said if said else after.get("answer_body", "")[:120] or after["answer_status"]
            yield STATUS_CHANGE_ON_FINAL("attempt_log", before=before["status"], after=after["status"], said=body)
            return
    if said:
        words: dict[str, Any] = {"before": "—", "after": case.facts.status or "—", "said": said.said}
        yield STATUS_CHANGE_ON_FINAL(said.where, level=said.level, confidence=said.confidence, **words)


EXAMPLES = {
    STATUS_CHANGE_ON_FINAL: example(
        looked_up(
            log("attempt_log", more="status"),
            row("attempt_log", 5, status="approved", answer_status="200"),
            row("attempt_log", 9, status="rejected", answer_status="400", answer_body="Not changed"),
        ),
        click_id=CLICK,
    ),
}
