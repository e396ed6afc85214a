"""Does the event have the fields the ad platform asks for?"""

import json
import re
from collections.abc import Iterator
from typing import Any

from postback_wizard.catalogue import Requirement
from postback_wizard.checks import example
from postback_wizard.checks.upload import Judged, lint_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.places import is_empty
from postback_wizard.domain.text import Text
from postback_wizard.domain.upload import UploadEvent, numbered

UPLOAD_FIELD_MISSING = Rule(
    code="upload-field-missing",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="Event {events} lacks {fields}, which {platform} asks for ({when}).",
        ru="В событии {events} нет {fields}, а {platform} этого требует ({when}).",
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
        en="{field} of event {events} is {value}, which is none of the words of {platform}: {known}.",
        ru="{field} события {events} — {value}, такого слова у {platform} нет. Есть: {known}.",
    ),
    why=Text(
        en="{field} says where the conversion happened, and with Meta decides which other fields are required.",
        ru="{field} говорит, где произошла конверсия, и у Meta определяет, какие ещё поля обязательны.",
    ),
    fix=Text(
        en="Send one of the platform's words exactly as written; for a conversion on a site Meta wants website.",
        ru="Отправляйте одно из слов платформы в точности; для конверсии на сайте у Meta это website.",
    ),
    settle=Text(
        en="The platform's answer to a test event with this value.",
        ru="Ответ платформы на тестовое событие с таким значением.",
    ),
    sources=("https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event",),
)


EVENT_NAME_UNKNOWN = Rule(
    code="upload-event-name-unknown",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en="{field} of event {events} is {value}; {platform} knows {known}.",
        ru="{field} события {events} — {value}; {platform} знает {known}.",
    ),
    why=Text(
        en="A name the platform does not know is refused, or received and counted for no goal.",
        ru="Неизвестное платформе имя отклоняется либо принимается и не засчитывается ни одной цели.",
    ),
    fix=Text(
        en="Copy the name of the event, the conversion action or its resource from the platform, letter by letter.",
        ru="Скопируйте имя события, действия-конверсии или ресурса с платформы буква в букву.",
    ),
    settle=Text(
        en="The platform's answer to a test event with this name.",
        ru="Ответ платформы на тестовое событие с таким именем.",
    ),
    sources=(
        "https://developers.google.com/google-ads/api/docs/conversions/upload-offline",
        "https://learn.microsoft.com/en-us/linkedin/marketing/integrations/ads-reporting/conversions-api",
    ),
)
FIELD_KIND = Rule(
    code="upload-field-type",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{field} of event {events} is written as {value}; {platform} takes {kind} there.",
        ru="{field} события {events} записано как {value}; {platform} ждёт здесь {kind}.",
    ),
    why=Text(
        en="A value of another JSON type makes the platform refuse the event, or read it as nothing.",
        ru="Из-за значения другого типа JSON платформа отклонит событие или прочитает его как пустое.",
    ),
    fix=Text(
        en="Have the sender write {field} as {kind}; a list holds even a single value in square brackets.",
        ru="Пусть отправитель пишет {field} как {kind}; список и с одним значением стоит в квадратных скобках.",
    ),
    sources=(
        "https://learn.microsoft.com/en-us/linkedin/marketing/integrations/ads-reporting/conversions-api",
        "https://developers.snap.com/api/marketing-api/Conversions-API/Parameters",
    ),
)

#: A kind as it is shown: as JSON writes it.
_SHOWN = {
    "text": '"…"',
    "number": "1.0",
    "whole": "1",
    "amount": '"1.0"',
    "list": "[…]",
    "table": "{…}",
    "flag": "true",
}


def check(case: Case) -> Iterator[Finding]:
    """One finding for each set of missing fields and the reason they are asked for, each odd word, each odd type."""
    found = lint_of(case)
    if found is None:
        return
    missing: dict[tuple[str, tuple[str, ...], str, bool], list[int]] = {}
    for event in found.events:
        for key in _missing(event, found):
            missing.setdefault(key, []).append(event.number)
    for (when, fields, level, third_party), numbers in missing.items():
        names = ", ".join(field.lstrip("^") for field in fields)
        yield UPLOAD_FIELD_MISSING(
            f"upload_event: {names}",
            level=Level(level),
            confidence=found.sure(third_party),
            platform=found.name,
            events=numbered(numbers),
            fields=names,
            when=when,
        )
    yield from _odd_words(found)
    yield from _odd_kinds(found)


def _missing(event: UploadEvent, found: Judged) -> Iterator[tuple[str, tuple[str, ...], str, bool]]:
    """What is missing, by the condition under which it is asked for; nothing below a missing table."""
    lacking: dict[tuple[str, bool], list[Requirement]] = {}
    for need in found.rules.required:
        if need.field[0] in "^?" and event.is_bare:
            continue  # a bare event shows nothing of its request
        parent = need.field.rpartition(".")[0]
        known_gap = any(item.field == parent and _lacks(event, parent) for item in found.rules.required)
        if found.applies(need.when, event) and _lacks(event, need.field) and not known_gap:
            lacking.setdefault((need.when, need.third_party), []).append(need)
    for (when, third_party), needs in lacking.items():
        level = "bad" if any(need.level == "bad" for need in needs) else "warn"
        yield when, tuple(need.field for need in needs), level, third_party


def _lacks(event: UploadEvent, field: str) -> bool:
    """Whether none of the alternatives is there; a field that may be empty ends in a question mark."""
    if field.endswith("?"):
        return not event.find(field[:-1])
    ways = [[part.strip() for part in way.split("+")] for way in field.split("|")]
    return not any(all(any(not is_empty(value) for value in event.find(part)) for part in way) for way in ways)


def _odd_words(found: Judged) -> Iterator[Finding]:
    for words in found.rules.vocabularies:
        odd: dict[str, list[int]] = {}
        for event in found.events:
            for value in event.find(words.field):
                fits = re.fullmatch(words.pattern, str(value)) if words.pattern else value in words.words
                if not is_empty(value) and not fits:
                    odd.setdefault(str(value)[:60], []).append(event.number)
        rule = ACTION_SOURCE_UNKNOWN if words.what == "source" else EVENT_NAME_UNKNOWN
        for value, numbers in odd.items():
            yield rule(
                f"upload_event: {words.field.lstrip('^')}",
                confidence=Confidence.LIKELY,
                platform=found.name,
                field=words.field.lstrip("^"),
                events=numbered(numbers),
                value=value,
                known=", ".join(words.words) or words.pattern,
            )


def _odd_kinds(found: Judged) -> Iterator[Finding]:
    for rule in found.rules.kinds:
        odd = [
            (event.number, value)
            for event in found.events
            for value in event.find(rule.field)
            if not is_empty(value) and not _is_kind(value, rule.kind)
        ]
        if odd and found.upload.payload.form == "json":
            yield FIELD_KIND(
                f"upload_event: {rule.field.lstrip('^')}",
                confidence=found.sure(rule.third_party),
                platform=found.name,
                field=rule.field.lstrip("^"),
                events=numbered(number for number, _ in odd),
                value=json.dumps(odd[0][1], ensure_ascii=False)[:40] if not _private(rule.field) else "…",
                kind=_SHOWN[rule.kind],
            )


def _private(field: str) -> bool:
    """Whether a field may hold customer data, which no finding repeats."""
    return "user" in field.lower()


def _is_kind(value: Any, kind: str) -> bool:
    match kind:
        case "text":
            return isinstance(value, str)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "whole":
            return isinstance(value, int) and not isinstance(value, bool)
        case "amount":
            return isinstance(value, str) and re.fullmatch(r"-?\d+(?:\.\d+)?", value) is not None
        case "list":
            return isinstance(value, list)
        case "table":
            return isinstance(value, dict)
        case _:
            return isinstance(value, bool)


_USER = '"user_data": {"fbc": "fb.1.1772355000000.IwAR0abc"}'
EXAMPLES = {
    UPLOAD_FIELD_MISSING: example(
        upload_event='{"data": [{"event_name": "Purchase", "event_time": 1772355600, "action_source": '
        f'"system_generated", {_USER}, "custom_data": {{"currency": "USD"}}}}]}}',
    ),
    ACTION_SOURCE_UNKNOWN: example(
        upload_event=f'[{{"event_name": "Lead", "event_time": 1772355600, "action_source": "web", {_USER}}}]'
    ),
    EVENT_NAME_UNKNOWN: example(
        ad_platform="linkedin_capi",
        upload_event='{"conversion": "Purchase", "conversionHappenedAt": 1772355600000, "user": {"userIds": '
        '[{"idType": "GOOGLE_AID", "idValue": "a"}]}}',
    ),
    FIELD_KIND: example(
        ad_platform="linkedin_capi",
        upload_event='{"conversion": "urn:lla:llaPartnerConversion:1", "conversionHappenedAt": 1772355600000, '
        '"conversionValue": {"currencyCode": "USD", "amount": 1.5}, "user": {"userIds": [{"idType": "GOOGLE_AID", '
        '"idValue": "a"}]}}',
    ),
}
