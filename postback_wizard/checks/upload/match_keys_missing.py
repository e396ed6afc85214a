"""Has the event anything the ad platform could find the click or the person by?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.upload import Judged, lint_of, seen_click_ids
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.places import is_empty
from postback_wizard.domain.text import Text
from postback_wizard.domain.upload import UploadEvent, numbered

MATCH_KEYS_MISSING = Rule(
    code="match-keys-missing",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="Event {events} has nothing {platform} could match it by; one of these is wanted: {known}.",
        ru="В событии {events} нет ничего, по чему {platform} могла бы его сопоставить; нужно что-то из: {known}.",
    ),
    why=Text(
        en="Without a click ID, browser ID or customer key strong enough, an event belongs to no ad click and no "
        "person: it is refused, or received and credited to nothing.",
        ru="Без click ID, идентификатора браузера или достаточно сильного ключа клиента событие не связать ни с "
        "кликом, ни с человеком: его отклонят либо примут и никому не засчитают.",
    ),
    fix=Text(
        en="Store the click ID and the browser IDs when the visitor lands, keep them with the order, and send them.",
        ru="Сохраняйте click ID и идентификаторы браузера, когда посетитель приходит, держите их вместе с заказом и "
        "отправляйте.",
    ),
    sources=(
        "https://developers.facebook.com/documentation/ads-commerce/conversions-api/best-practices",
        "https://docs.x.com/x-ads-api/measurement/web-conversions",
    ),
)
CLICK_ID_LEFT_OUT = Rule(
    code="upload-click-id-left-out",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en="The click came with {param}, and event {events} does not carry it in {field}.",
        ru="Клик пришёл с {param}, а в событии {events} его нет в поле {field}.",
    ),
    why=Text(
        en="The click ID is the surest link between this sale and the ad; without it the platform has to guess by "
        "customer data.",
        ru="Click ID — самая надёжная связь этой продажи с объявлением; без него платформе остаётся гадать по данным "
        "клиента.",
    ),
    fix=Text(
        en="Store {param} of the landing URL untouched and send it as {field}.",
        ru="Сохраняйте {param} из URL посадочной без изменений и отправляйте его в поле {field}.",
    ),
    settle=Text(
        en="The same order's row in the sender's database: is the click ID there?",
        ru="Строка этого же заказа в базе отправителя: есть ли там click ID?",
    ),
    sources=("https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/fbp-and-fbc",),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding for the events without any key; one for a click ID that was there and is not sent."""
    found = lint_of(case)
    if found is None:
        return
    poor = [event.number for event in found.events if _is_poor(event, found)]
    if poor:
        yield MATCH_KEYS_MISSING(
            "upload_event",
            level=Level.WARN if found.rules.match_optional else Level.BAD,
            confidence=found.sure(),
            platform=found.name,
            events=numbered(poor),
            known=", ".join(found.rules.match_keys),
        )
    elif len(found.events) == 1:
        yield from _left_out(case, found)


def _is_poor(event: UploadEvent, found: Judged) -> bool:
    rules = found.rules
    if not rules.match_keys or _is_asked_for(event, found):
        return False
    if not any(all(_has(event, part.strip()) for part in key.split("+")) for key in rules.match_keys):
        return True
    root = rules.match_keys[0].partition(".")[0]
    table = event.get(root)
    present = {name for name, value in table.items() if not is_empty(value)} if isinstance(table, dict) else set()
    return any(present and present <= set(weak.split()) for weak in rules.weak)


def _is_asked_for(event: UploadEvent, found: Judged) -> bool:
    """Whether the keys, or the table they stand in, are missing as required fields, which is told already."""
    required = {need.field for need in found.rules.required}
    roots = {key.partition(".")[0].removesuffix("[]") for key in found.rules.match_keys}
    gone = len(roots) == 1 and not _has(event, next(iter(roots)))
    return (
        (gone and bool(roots & required))
        or bool(set(found.rules.match_keys) & required)
        or any(" | ".join(found.rules.match_keys) == field for field in required)
    )


def _has(event: UploadEvent, path: str) -> bool:
    return any(not is_empty(value) for value in event.find(path))


def _left_out(case: Case, found: Judged) -> Iterator[Finding]:
    seen, event = seen_click_ids(case), found.events[0]
    fields = [(click.param, click.field) for click in found.rules.clicks if click.param]
    if found.rules.id == "meta_capi":
        fields = [("fbclid", "user_data.fbc")]
    if any(_has(event, field) for _, field in fields):
        return
    for param, field in fields:
        if param in seen:
            yield CLICK_ID_LEFT_OUT(f"upload_event: {field}", param=param, field=field, events=numbered([event.number]))


EXAMPLES = {
    MATCH_KEYS_MISSING: example(
        upload_event='{"conversions": [{"conversion_time": "2026-03-01T09:00:00Z", "event_id": "tw-a-b", '
        '"identifiers": [{"ip_address": "203.0.113.7"}]}]}',
        ad_platform="x_capi",
    ),
    CLICK_ID_LEFT_OUT: example(
        click_url="https://shop.example/?ttclid=E.C.P.abc123",
        ad_platform="tiktok_events_api",
        upload_event='{"event_source": "web", "event_source_id": "C1", "data": [{"event": "CompletePayment", '
        '"event_time": 1772355600, "user": {"ttp": "abc"}}]}',
    ),
}
MORE_EXAMPLES = {
    MATCH_KEYS_MISSING: (
        example(
            upload_event='{"data": [{"event_name": "Lead", "event_time": 1772355600, "action_source": '
            '"system_generated", "user_data": {"ge": "x", "country": "y"}}]}'
        ),
    )
}
