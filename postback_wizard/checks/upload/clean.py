"""Was nothing found in the events themselves?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.upload import event_too_old, events_of, fbc, fields, pii_hash, time_unit_or_zone
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

UPLOAD_CLEAN = Rule(
    code="upload-clean",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{count:event|events} read, no fault found in time, fields, hashes or fbc.",
        ru="Проверено: {count:событие|события|событий}; во времени, полях, хешах и fbc ошибок нет.",
    ),
    why=Text(
        en="What can be told from the event alone is right. Whether Meta accepts it, and matches it to a person, only "
        "its answer and Events Manager show.",
        ru="Всё, что видно по самому событию, верно. Примет ли его Meta и сопоставит ли с человеком, покажут только её "
        "ответ и Events Manager.",
    ),
    fix=Text(
        en="Look the event up in Events Manager; if it is not there, compare the dataset ID with the ad account's.",
        ru="Найдите событие в Events Manager; если его там нет, сверьте ID набора данных с тем, что в рекламном "
        "кабинете.",
    ),
)

_LINT = (event_too_old, time_unit_or_zone, pii_hash, fbc, fields)


def lint(case: Case) -> Iterator[Finding]:
    """Everything the events alone show to be wrong."""
    for module in _LINT:
        yield from module.check(case)


def check(case: Case) -> Iterator[Finding]:
    """Said aloud only when there were events to judge."""
    count = len(events_of(case))
    if count and not any(lint(case)):
        yield UPLOAD_CLEAN("upload_event", count=count)


EXAMPLES = {
    UPLOAD_CLEAN: example(
        upload_event='{"data": [{"event_name": "Lead", "event_time": 1772355600, "action_source": "system_generated", '
        '"user_data": {"fbc": "fb.1.1772355000000.IwAR0abc"}}]}',
    )
}
