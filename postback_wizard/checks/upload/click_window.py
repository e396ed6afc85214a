"""Does the conversion lie within the time the ad platform allows after the click?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.upload import Judged, judged, lint_of, timed_events
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import read_moment

_SOURCES = (
    "https://developers.google.com/google-ads/api/reference/rpc/v14/ConversionUploadErrorEnum.ConversionUploadError",
    "https://developers.taboola.com/pixel/docs/s2s-manual-integration",
)
OUTSIDE_WINDOW = Rule(
    code="ad-click-outside-window",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="Event {events} is outside the click window of {platform}: {shown}.",
        ru="Событие {events} вне окна клика {platform}: {shown}.",
    ),
    why=Text(
        en="A conversion is credited only from some hours after the click until its window ends; what comes too early "
        "can be sent again later, what comes too late never counts.",
        ru="Конверсия засчитывается только в пределах окна: не раньше нескольких часов после клика и не позже его "
        "конца; слишком раннюю можно отправить ещё раз, слишком поздняя не засчитается никогда.",
    ),
    fix=Text(
        en="Too recent: send the same event again after the waiting time. Too old: send future conversions sooner, and "
        "drop this one.",
        ru="Слишком рано: отправьте то же событие снова, когда пройдёт срок ожидания. Слишком поздно: передавайте "
        "новые конверсии раньше, а эту уберите.",
    ),
    settle=Text(
        en="The window of this conversion action in the ad account.",
        ru="Окно этого действия-конверсии в рекламном кабинете.",
    ),
    sources=_SOURCES,
)
PRECEDES_CLICK = Rule(
    code="conversion-precedes-click",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en="The conversion of event {events} is dated before its click: {shown}.",
        ru="Конверсия события {events} датирована раньше клика: {shown}.",
    ),
    why=Text(
        en="No ad platform credits a sale to a click that came later. A distance of whole hours is a time zone that "
        "one side left out.",
        ru="Ни одна платформа не засчитает продажу клику, который был позже. Разница в целые часы — это часовой пояс, "
        "который одна из сторон не учла.",
    ),
    fix=Text(
        en="Have the sender write the time with its offset, or in UTC where the platform wants UTC.",
        ru="Пусть отправитель пишет время со смещением, а где платформа ждёт UTC — в UTC.",
    ),
    settle=Text(
        en="The click's row in the tracker's log, with its time zone.",
        ru="Строка клика в логе трекера вместе с часовым поясом.",
    ),
    sources=_SOURCES,
)

_HOUR, _DAY, _SLACK = 3600, 86_400, 60


def check(case: Case) -> Iterator[Finding]:
    """At most one finding, where one event and the time of its click are known."""
    found = lint_of(case)
    clicked = read_moment(case.facts.click_time) if case.facts.click_time else None
    if found is None or clicked is None or len(found.events) != 1:
        return
    at = int(clicked.utc.timestamp())
    sure = Confidence.HINT if case.is_hint("click_time") else found.sure()
    for event, time in timed_events(found):
        if time.seconds is None:
            continue
        finding = _judge(found, at, time.seconds, judged(case), sure, event.number)
        if finding:
            yield finding


def _judge(found: Judged, clicked: int, time: int, now: int, sure: Confidence, number: int) -> Finding | None:
    delta, where = time - clicked, f"upload_event: {found.rules.time.field if found.rules.time else ''}"
    if delta < -_SLACK:
        confidence = Confidence.HINT if sure is Confidence.HINT else Confidence.LIKELY
        return PRECEDES_CLICK(where, confidence=confidence, events=number, shown=_distance(delta))
    window = found.api.click_window_days
    if window and delta > window.value * _DAY:
        shown = f"{delta // _DAY} d > {window.value} d"
        return OUTSIDE_WINDOW(where, confidence=sure, events=number, platform=found.name, shown=shown)
    wait = found.rules.min_click_hours
    if wait and 0 <= now - clicked < wait * _HOUR:
        shown = f"{(now - clicked) // 60} min < {wait} h"
        return OUTSIDE_WINDOW(where, level=Level.INFO, events=number, platform=found.name, shown=shown)
    return None


def _distance(seconds: int) -> str:
    hours = round(seconds / _HOUR)
    if hours and abs(seconds - hours * _HOUR) <= 300:
        return f"{hours} h"
    return f"{seconds // 60} min"


_GOOGLE = (
    '{"partialFailure": true, "conversions": [{"conversionAction": "customers/1/conversionActions/2", '
    '"gclid": "Cj0abc", "conversionDateTime": "2026-02-28 09:00:00+00:00"}]}'
)
_TABOOLA = '{"actions": [{"click-id": "GiBAbC", "timestamp": 1772269200000, "name": "purchase"}]}'
EXAMPLES = {
    OUTSIDE_WINDOW: example(click_time="2025-11-01T09:00:00Z", upload_event=_GOOGLE),
    PRECEDES_CLICK: example(click_time="2026-02-28T12:00:00Z", upload_event=_GOOGLE),
}
MORE_EXAMPLES = {
    OUTSIDE_WINDOW: (example(click_time="2026-01-01T09:00:00Z", upload_event=_TABOOLA),),
    PRECEDES_CLICK: (example(click_time="2026-02-28T12:00:00Z", upload_event=_TABOOLA),),
}
