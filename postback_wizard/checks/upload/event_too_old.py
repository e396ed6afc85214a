"""Is an event older than the ad platform accepts?"""

from collections.abc import Iterator

from postback_wizard.catalogue.rules import Age
from postback_wizard.checks import example
from postback_wizard.checks.upload import judged, lint_of, timed_events, unit_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.upload import numbered

UPLOAD_EVENT_TOO_OLD = Rule(
    code="upload-event-too-old",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.TRACKER,
    title=Text(
        en="Event {events} is {age:day|days} old; {platform} takes events up to {limit:day|days} old.",
        ru="Событию {events} уже {age:день|дня|дней}; {platform} принимает события не старше {limit:дня|дней|дней}.",
    ),
    why=Text(
        en="An event past the limit is refused. Where the platform takes a request only as a whole, as Meta does, it "
        "takes the others down with it: {sunk:event|events} of this request.",
        ru="Событие за пределом срока отклоняется. Где платформа принимает запрос только целиком, как Meta, вместе с "
        "ним пропадают и остальные; в этом запросе пропадёт {sunk:событие|события|событий}.",
    ),
    fix=Text(
        en="Take event {events} out of the batch, send the rest again, and send future conversions within the hour.",
        ru="Уберите событие {events} из пакета, отправьте остальные снова, а новые конверсии передавайте в течение "
        "часа.",
    ),
    sources=(
        "https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event",
        "https://developers.google.com/analytics/devguides/collection/protocol/ga4/sending-events",
    ),
)

_HOUR = 3600


def check(case: Case) -> Iterator[Finding]:
    """One finding for each limit, naming every event past it and the age of the oldest."""
    found = lint_of(case)
    if found is None or found.rules.time is None:
        return
    now = judged(case)
    late: dict[Age, list[tuple[int, int]]] = {}
    for event, time in timed_events(found):
        if unit_of(time) not in found.rules.time.units:
            continue
        limit = next((age for age in found.rules.ages if found.applies(age.when, event)), None)
        if limit and time.seconds is not None and now - time.seconds > limit.hours * _HOUR:
            late.setdefault(limit, []).append((event.number, (now - time.seconds) // (24 * _HOUR)))
    for limit, items in sorted(late.items(), key=lambda item: item[0].hours):
        yield UPLOAD_EVENT_TOO_OLD(
            f"upload_event: {found.rules.time.field.lstrip('^?')}",
            confidence=found.sure(limit.third_party),
            platform=found.name,
            events=numbered(number for number, _ in items),
            age=max(age for _, age in items),
            limit=limit.hours // 24,
            sunk=len(found.events) if found.rules.whole else len(items),
        )


EXAMPLES = {
    UPLOAD_EVENT_TOO_OLD: example(
        upload_event='{"data": [{"event_name": "Lead", "event_time": 1771322400, "action_source": "system_generated", '
        '"user_data": {"fbc": "fb.1.1771322000000.IwAR0abc"}}]}',
    )
}
MORE_EXAMPLES = {
    UPLOAD_EVENT_TOO_OLD: (
        example(
            upload_event='{"client_id": "1.2", "timestamp_micros": 1771322400000000, "events": [{"name": "purchase", '
            '"params": {"session_id": "1", "engagement_time_msec": 1}}]}',
            ad_platform="ga4_mp",
        ),
    )
}
