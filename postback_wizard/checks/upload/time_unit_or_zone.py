"""Is the time of an event in another unit, or in another time zone?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.upload import judged, timed_events
from postback_wizard.domain.case import Case
from postback_wizard.domain.event_time import EventTime
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.upload import numbered

UPLOAD_TIME_UNIT_OR_ZONE = Rule(
    code="upload-time-unit-or-zone",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="event_time {written} of event {events} is not Unix seconds in GMT ({form}); it should be {seconds}.",
        ru="event_time {written} события {events} — не Unix-секунды по GMT ({form}); должно быть {seconds}.",
    ),
    why=Text(
        en="Meta reads event_time as whole seconds since 1970 in GMT. Milliseconds point thousands of years ahead, and "
        "local time taken for GMT lands whole hours in the future.",
        ru="Meta читает event_time как целые секунды с 1970 года по GMT. Миллисекунды уводят на тысячи лет вперёд, а "
        "местное время вместо GMT попадает на целые часы в будущее.",
    ),
    fix=Text(
        en="Make the sender write whole seconds in GMT: divide milliseconds by 1000, convert local time with its "
        "offset.",
        ru="Настройте отправителя на целые секунды по GMT: миллисекунды делятся на 1000, местное время переводится с "
        "учётом смещения.",
    ),
    settle=Text(
        en="The moment of this conversion in the tracker's log, with its time zone.",
        ru="Момент этой конверсии в логе трекера вместе с часовым поясом.",
    ),
    sources=("https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event",),
)

_HOUR = 3600
#: Clocks differ a little; an offset is a time zone when what is left of whole hours is no more than this.
_SLACK = 300


def check(case: Case) -> Iterator[Finding]:
    """One finding for each kind of mistake; ``form`` is the unit, or how far ahead the time is."""
    now = judged(case)
    found: dict[str, list[tuple[int, EventTime]]] = {}
    for event, time in timed_events(case):
        form = _mistake(time, now)
        if form:
            found.setdefault(form, []).append((event.number, time))
    for form, items in found.items():
        first = items[0][1]
        ahead = form.startswith("+")
        yield UPLOAD_TIME_UNIT_OR_ZONE(
            "upload_event: event_time",
            confidence=Confidence.LIKELY if ahead else Confidence.CERTAIN,
            written=first.written[:60],
            events=numbered(number for number, _ in items),
            form=form,
            seconds=_right(first, form, now),
        )


def _mistake(time: EventTime, now: int) -> str:
    if time.form != "s" or time.seconds is None:
        return time.form
    ahead = time.seconds - now
    if ahead <= _SLACK:
        return ""
    hours = round(ahead / _HOUR)
    if 1 <= hours <= 14 and abs(ahead - hours * _HOUR) <= 2 * _SLACK:
        return f"+{hours} h"
    return f"+{ahead // 60} min"


def _right(time: EventTime, form: str, now: int) -> str:
    if time.seconds is None:
        return "—"
    if form.endswith(" h"):
        return str(time.seconds - int(form[1:-2]) * _HOUR)
    return f"≤ {now}" if form.startswith("+") else str(time.seconds)


EXAMPLES = {
    UPLOAD_TIME_UNIT_OR_ZONE: example(
        upload_event='{"data": [{"event_name": "Lead", "event_time": 1772355600000, '
        '"action_source": "system_generated", "user_data": {"fbc": "fb.1.1772355000000.IwAR0abc"}}]}',
    )
}
