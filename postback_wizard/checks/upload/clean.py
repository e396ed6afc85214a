"""Was nothing found in the events themselves?"""

from collections.abc import Iterator
from types import ModuleType

from postback_wizard.checks import example
from postback_wizard.checks.upload import (
    batch_size,
    click_ids,
    click_window,
    duplicate_order,
    event_too_old,
    fbc,
    fields,
    lint_of,
    match_keys_missing,
    pii_hash,
    same_data,
    test_code,
    time_unit_or_zone,
    value_currency,
    wrong_account,
)
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

UPLOAD_CLEAN = Rule(
    code="upload-clean",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{count:event|events} read by the rules of {platform}: no fault in time, fields, hashes or click IDs.",
        ru="Проверено по правилам {platform}: {count:событие|события|событий}; во времени, полях, хешах и click ID "
        "ошибок нет.",
    ),
    why=Text(
        en="What can be told from the event alone is right. Whether {platform} accepts it, and matches it to a click "
        "or a person, only its answer and its own reports show.",
        ru="Всё, что видно по самому событию, верно. Примет ли его {platform} и сопоставит ли с кликом или человеком, "
        "покажут только ответ и отчёты самой платформы.",
    ),
    fix=Text(
        en="Look the event up on the platform (with Meta: Events Manager); if it is not there, compare the account in "
        "the request with the one of the ad.",
        ru="Найдите событие на платформе (у Meta — в Events Manager); если его там нет, сверьте кабинет в запросе с "
        "кабинетом объявления.",
    ),
)

_LINT: tuple[ModuleType, ...] = (
    *(event_too_old, time_unit_or_zone, pii_hash, fbc, fields, match_keys_missing, value_currency, wrong_account),
    *(click_ids, click_window, duplicate_order, batch_size, same_data, test_code),
)


def lint(case: Case) -> Iterator[Finding]:
    """Everything the events alone show to be wrong."""
    for module in _LINT:
        yield from module.check(case)


def check(case: Case) -> Iterator[Finding]:
    """Said aloud only when there were events to judge."""
    found = lint_of(case)
    if found and all(finding.level in (Level.GOOD, Level.INFO) for finding in lint(case)):
        yield UPLOAD_CLEAN("upload_event", confidence=found.sure(), platform=found.name, count=len(found.events))


EXAMPLES = {
    UPLOAD_CLEAN: example(
        upload_event='{"data": [{"event_name": "Lead", "event_time": 1772355600, "action_source": "system_generated", '
        '"user_data": {"fbc": "fb.1.1772355000000.IwAR0abc"}}]}',
    )
}
