"""Is the time of an event in another unit, or in another time zone?"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from postback_wizard.catalogue.rules import TimeRule
from postback_wizard.checks import example
from postback_wizard.checks.upload import judged, lint_of, timed_events, unit_of
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
        en="{field} {written} of event {events} is not {wanted} ({form}); it should be {right}.",
        ru="{field} {written} события {events}: нужно {wanted} (здесь: {form}); должно быть {right}.",
    ),
    why=Text(
        en="{platform} reads {field} as {wanted}. Another unit points years ahead or back, and local time taken for "
        "GMT lands whole hours in the future.",
        ru="{platform} читает {field} как {wanted}. Другая единица уводит на годы вперёд или назад, а местное время "
        "вместо GMT попадает на целые часы в будущее.",
    ),
    fix=Text(
        en="Make the sender write {field} as {wanted}: multiply or divide by 1000 where the unit differs, convert "
        "local time with its offset.",
        ru="Настройте отправителя так, чтобы {field} было в виде {wanted}: при другой единице умножайте или делите на "
        "1000, местное время переводите с учётом смещения.",
    ),
    settle=Text(
        en="The moment of this conversion in the tracker's log, with its time zone.",
        ru="Момент этой конверсии в логе трекера вместе с часовым поясом.",
    ),
    sources=(
        "https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event",
        "https://developers.google.com/analytics/devguides/collection/protocol/ga4/sending-events",
    ),
)

_HOUR = 3600
#: Clocks differ a little; an offset is a time zone when what is left of whole hours is no more than this.
_SLACK = 300
#: How the units are written where people read them.
_WANTED = {"s": "Unix s (GMT)", "ms": "Unix ms (GMT)", "us": "Unix µs (GMT)", "text": "ISO 8601"}
_FACTORS = {"s": 1, "ms": 1000, "us": 1_000_000}
_OFFSET = re.compile(r"(?:[Zz]|[+-]\d\d:?\d\d)$")


def check(case: Case) -> Iterator[Finding]:
    """One finding for each kind of mistake; ``form`` is the unit, what is missing, or how far ahead the time is."""
    found = lint_of(case)
    if found is None or found.rules.time is None:
        return
    now, rule = judged(case), found.rules.time
    mistakes: dict[str, list[tuple[int, EventTime]]] = {}
    for event, time in timed_events(found):
        form = _mistake(time, rule, now)
        if form:
            mistakes.setdefault(form, []).append((event.number, time))
    for form, items in mistakes.items():
        first = items[0][1]
        guess = form.startswith("+") and rule.future_s < 0
        yield UPLOAD_TIME_UNIT_OR_ZONE(
            f"upload_event: {rule.field.lstrip('^?')}",
            confidence=found.sure(rule.third_party, Confidence.LIKELY if guess else Confidence.CERTAIN),
            platform=found.name,
            field=rule.field.lstrip("^?"),
            wanted=_wanted(rule),
            written=first.written[:60],
            events=numbered(number for number, _ in items),
            form=form,
            right=_right(first, form, rule, now),
        )


def _wanted(rule: TimeRule) -> str:
    if rule.units[0] != "text":
        return _WANTED[rule.units[0]]
    return {"utc": "ISO 8601, UTC", "required": "ISO 8601 ±hh:mm"}.get(rule.zone, "ISO 8601")


def _mistake(time: EventTime, rule: TimeRule, now: int) -> str:
    unit = unit_of(time)
    if unit not in rule.units:
        return time.form if unit != "text" or time.form == "ISO 8601" else "?"
    if unit == "text":
        wrong = _wrong_text(time, rule)
        if wrong:
            return wrong
    if time.seconds is None or (unit == "text" and not _OFFSET.search(time.written)):
        return ""  # without a zone nobody can tell how far ahead it is
    ahead = time.seconds - now
    if ahead <= max(_SLACK, rule.future_s):
        return ""
    hours = round(ahead / _HOUR)
    if 1 <= hours <= 14 and abs(ahead - hours * _HOUR) <= 2 * _SLACK:
        return f"+{hours} h"
    return f"+{ahead // 60} min"


def _wrong_text(time: EventTime, rule: TimeRule) -> str:
    if rule.pattern and re.fullmatch(rule.pattern, time.written):
        return ""
    if time.form == "?":
        return "" if not rule.pattern and rule.zone == "open" else "?"
    offset = _OFFSET.search(time.written)
    if rule.zone == "required" and not offset:
        return "±hh:mm ?"
    if rule.zone == "utc" and offset and offset[0].lower() not in ("z", "+00:00", "+0000"):
        return f"UTC{offset[0]}"
    return "ISO 8601" if rule.pattern else ""


def _right(time: EventTime, form: str, rule: TimeRule, now: int) -> str:
    if time.seconds is None:
        return "—"
    seconds = time.seconds
    if form.endswith(" h"):
        seconds -= int(form[1:-2]) * _HOUR
    elif form.startswith("+"):
        return f"≤ {_written(now, rule)}"
    return "…±hh:mm" if form.startswith("±") else _written(seconds, rule)


def _written(seconds: int, rule: TimeRule) -> str:
    """A moment as the rule wants it."""
    unit = rule.units[0]
    if unit in _FACTORS:
        return str(seconds * _FACTORS[unit])
    moment = datetime.fromtimestamp(seconds, UTC)
    spaced = " " if rule.pattern and re.fullmatch(rule.pattern, "2026-01-31 12:00:00+00:00") else "T"
    return moment.strftime(f"%Y-%m-%d{spaced}%H:%M:%S") + ("+00:00" if spaced == " " else "Z")


EXAMPLES = {
    UPLOAD_TIME_UNIT_OR_ZONE: example(
        upload_event='{"data": [{"event_name": "Lead", "event_time": 1772355600000, '
        '"action_source": "system_generated", "user_data": {"fbc": "fb.1.1772355000000.IwAR0abc"}}]}',
    )
}
MORE_EXAMPLES = {
    UPLOAD_TIME_UNIT_OR_ZONE: (
        example(
            upload_event='{"elements": [{"conversion": "urn:lla:llaPartnerConversion:1", "conversionHappenedAt": '
            '1772355600, "user": {"userIds": [{"idType": "GOOGLE_AID", "idValue": "a"}]}}]}',
        ),
        example(
            upload_event='{"partialFailure": true, "conversions": [{"conversionAction": '
            '"customers/1/conversionActions/2", "gclid": "Cj0abc", "conversionDateTime": "2026-03-01 09:00:00"}]}',
        ),
    )
}
