"""Are there more events in one request than the platform takes?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.upload import lint_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

UPLOAD_BATCH_TOO_LARGE = Rule(
    code="upload-batch-too-large",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{count:event|events} in one request; {platform} takes {limit}.",
        ru="В одном запросе {count:событие|события|событий}; {platform} принимает {limit}.",
    ),
    why=Text(
        en="A request past the limit is refused as a whole, so none of its events counts.",
        ru="Запрос сверх лимита отклоняется целиком, и не засчитывается ни одно его событие.",
    ),
    fix=Text(
        en="Have the sender split the upload into requests of {limit} events at most.",
        ru="Пусть отправитель делит выгрузку на запросы не больше чем по {limit} событий.",
    ),
    sources=(
        "https://developers.facebook.com/documentation/ads-commerce/conversions-api/using-the-api",
        "https://docs.x.com/x-ads-api/measurement/web-conversions",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding."""
    found = lint_of(case)
    if found and found.rules.batch and len(found.events) > found.rules.batch:
        yield UPLOAD_BATCH_TOO_LARGE(
            "upload_event",
            confidence=found.sure(),
            platform=found.name,
            count=len(found.events),
            limit=found.rules.batch,
        )


def _many(number: int) -> str:
    events = ", ".join(
        f'{{"name": "purchase", "params": {{"transaction_id": "{index}", "session_id": "1", '
        '"engagement_time_msec": 1}}'
        for index in range(number)
    )
    return f'{{"client_id": "1.2", "events": [{events}]}}'


EXAMPLES = {UPLOAD_BATCH_TOO_LARGE: example(upload_event=_many(26), ad_platform="ga4_mp")}
