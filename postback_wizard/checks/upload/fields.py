"""Does the event have the fields the ad platform asks for?"""

from collections.abc import Iterator
from typing import Any

from postback_wizard.catalogue import Requirement, meta
from postback_wizard.checks import example
from postback_wizard.checks.upload import events_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.upload import UploadEvent, numbered

UPLOAD_FIELD_MISSING = Rule(
    code="upload-field-missing",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="Event {events} lacks {fields}, which Meta asks for ({when}).",
        ru="В событии {events} нет {fields}, а Meta этого требует ({when}).",
    ),
    why=Text(
        en="An event without a required field is refused together with its whole batch, or received and matched "
        "poorly.",
        ru="Событие без обязательного поля отклоняется вместе со всем пакетом либо принимается и плохо сопоставляется.",
    ),
    fix=Text(
        en="Have the sender fill {fields} for these events, and read one event here again before sending more.",
        ru="Пусть отправитель заполнит {fields} в этих событиях; проверьте здесь одно событие ещё раз, прежде чем "
        "отправлять остальные.",
    ),
    sources=("https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event",),
)
ACTION_SOURCE_UNKNOWN = Rule(
    code="upload-action-source-unknown",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en="action_source of event {events} is {value}, which is none of Meta's words: {known}.",
        ru="action_source события {events} — {value}, такого слова у Meta нет. Есть: {known}.",
    ),
    why=Text(
        en="action_source says where the conversion happened and decides which other fields are required.",
        ru="action_source говорит, где произошла конверсия, и определяет, какие ещё поля обязательны.",
    ),
    fix=Text(
        en="Send one of Meta's words exactly as written; for a conversion on a site that is website.",
        ru="Отправляйте одно из слов Meta в точности; для конверсии на сайте это website.",
    ),
    settle=Text(
        en="Meta's answer to a test event with this value.",
        ru="Ответ Meta на тестовое событие с таким значением.",
    ),
    sources=("https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event",),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding for each set of missing fields and the reason they are asked for."""
    missing: dict[tuple[str, tuple[str, ...], str], list[int]] = {}
    sources: dict[str, list[int]] = {}
    for event in events_of(case):
        for key in _missing(event):
            missing.setdefault(key, []).append(event.number)
        source = event.get("action_source")
        if not _empty(source) and source not in meta().action_sources:
            sources.setdefault(str(source)[:60], []).append(event.number)
    for (when, fields, level), numbers in missing.items():
        names = ", ".join(fields)
        yield UPLOAD_FIELD_MISSING(
            f"upload_event: {names}", level=Level(level), events=numbered(numbers), fields=names, when=when
        )
    for value, numbers in sources.items():
        known = ", ".join(meta().action_sources)
        yield ACTION_SOURCE_UNKNOWN("upload_event: action_source", events=numbered(numbers), value=value, known=known)


def _missing(event: UploadEvent) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """What is missing, by the condition under which it is asked for; nothing below a missing user_data."""
    lacking: dict[str, list[Requirement]] = {}
    for need in meta().required:
        parent = need.field.partition(".")[0]
        known_gap = parent == "user_data" != need.field and _empty(event.get(parent))
        if _applies(need, event) and _empty(event.get(need.field)) and not known_gap:
            lacking.setdefault(need.when, []).append(need)
    for when, needs in lacking.items():
        level = "bad" if any(need.level == "bad" for need in needs) else "warn"
        yield when, tuple(need.field for need in needs), level


def _applies(need: Requirement, event: UploadEvent) -> bool:
    name, _, value = need.when.partition("=")
    return not value or event.get(name) == value


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


_USER = '"user_data": {"fbc": "fb.1.1772355000000.IwAR0abc"}'
EXAMPLES = {
    UPLOAD_FIELD_MISSING: example(
        upload_event='{"data": [{"event_name": "Purchase", "event_time": 1772355600, "action_source": '
        f'"system_generated", {_USER}, "custom_data": {{"currency": "USD"}}}}]}}',
    ),
    ACTION_SOURCE_UNKNOWN: example(
        upload_event=f'[{{"event_name": "Lead", "event_time": 1772355600, "action_source": "web", {_USER}}}]'
    ),
}
