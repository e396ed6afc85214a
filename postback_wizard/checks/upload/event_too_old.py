"""Is an event older than the ad platform accepts?"""

from collections.abc import Iterator

from postback_wizard.catalogue import meta
from postback_wizard.checks import example
from postback_wizard.checks.upload import judged, timed_events
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.upload import UploadEvent, numbered

UPLOAD_EVENT_TOO_OLD = Rule(
    code="upload-event-too-old",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.TRACKER,
    title=Text(
        en="Event {events} is {age:day|days} old; Meta takes events up to {limit:day|days} old.",
        ru="Событию {events} уже {age:день|дня|дней}; Meta принимает события не старше {limit:дня|дней|дней}.",
    ),
    why=Text(
        en="One event past the limit makes Meta refuse the whole request: {total:event|events} in it, "
        "none of them processed.",
        ru="Одно событие за пределом срока, и Meta отклоняет весь запрос: в нём "
        "{total:событие|события|событий}, не обработано ни одного.",
    ),
    fix=Text(
        en="Take event {events} out of the batch, send the rest again, and send future conversions within the hour.",
        ru="Уберите событие {events} из пакета, отправьте остальные снова, а новые конверсии передавайте в течение "
        "часа.",
    ),
    sources=("https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event",),
)

_DAY = 86_400


def check(case: Case) -> Iterator[Finding]:
    """One finding for each limit, naming every event past it and the age of the oldest."""
    now = judged(case)
    late: dict[int, list[tuple[int, int]]] = {}
    timed = tuple(timed_events(case))
    for event, time in timed:
        limit = _limit(event)
        if time.form == "s" and time.seconds is not None and now - time.seconds > limit * _DAY:
            late.setdefault(limit, []).append((event.number, (now - time.seconds) // _DAY))
    for limit, found in sorted(late.items()):
        yield UPLOAD_EVENT_TOO_OLD(
            "upload_event: event_time",
            events=numbered(number for number, _ in found),
            age=max(age for _, age in found),
            limit=limit,
            total=len(timed),
        )


def _limit(event: UploadEvent) -> int:
    api = meta()
    in_store = event.get("action_source") == "physical_store"
    return api.max_age_days_physical_store if in_store else api.max_age_days


EXAMPLES = {
    UPLOAD_EVENT_TOO_OLD: example(
        upload_event='{"data": [{"event_name": "Lead", "event_time": 1771322400, "action_source": "system_generated", '
        '"user_data": {"fbc": "fb.1.1771322000000.IwAR0abc"}}]}',
    )
}
