"""Is the ad click ID in the event the very one the platform wrote into the landing URL?"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from postback_wizard.catalogue.rules import ClickField
from postback_wizard.checks import example
from postback_wizard.checks.upload import Judged, lint_of, seen_click_ids
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.text import Text
from postback_wizard.domain.upload import numbered

_WHY = Text(
    en="An ad click ID is looked up byte for byte. Hashed, cut, put into lower case or encoded once more, it belongs "
    "to no click, and nothing in the event brings it back.",
    ru="Рекламный click ID ищут байт в байт. Захешированный, обрезанный, переведённый в нижний регистр или "
    "закодированный ещё раз, он не принадлежит ни одному клику, и восстановить его по событию нельзя.",
)
_FIX = Text(
    en="Store the click ID of the landing URL as it stands (decoded once, case kept, room for 512 characters) and send "
    "exactly that in {field}.",
    ru="Сохраняйте click ID из URL посадочной как есть (раскодированным один раз, с тем же регистром, с запасом до 512 "
    "символов) и отправляйте в {field} именно его.",
)
GCLID_UNPARSEABLE = Rule(
    code="gclid-unparseable",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="Google cannot read {field} of event {events}: {shown}.",
        ru="Google не сможет прочитать {field} события {events}: {shown}.",
    ),
    why=_WHY,
    fix=_FIX,
    settle=Text(en="The landing URL of this very click.", ru="URL посадочной страницы именно этого клика."),
    sources=(
        "https://developers.google.com/google-ads/api/reference/rpc/v14/ConversionUploadErrorEnum.ConversionUploadError",
    ),
)
CLICK_ID_ALTERED = Rule(
    code="upload-click-id-altered",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{field} of event {events} is not the click ID {platform} wrote: {shown}.",
        ru="{field} события {events} — не тот click ID, который записала {platform}: {shown}.",
    ),
    why=_WHY,
    fix=_FIX,
    settle=Text(en="The landing URL of this very click.", ru="URL посадочной страницы именно этого клика."),
    sources=("https://developers.taboola.com/pixel/docs/the-postback-url",),
)

GOOGLE = ("google_ads_click_conversions", "google_data_manager")
_HASH = re.compile(r"[0-9a-fA-F]{64}|[0-9a-fA-F]{40}")
_PLACEHOLDER = re.compile(r"[<\[{(%$#]{1,2}[^<>]*[>\]})%$#]{1,2}|null|undefined|none|n/a", re.IGNORECASE)


def check(case: Case) -> Iterator[Finding]:
    """One finding for each field and mistake; held against the click only where there is one event."""
    found = lint_of(case)
    if found is None:
        return
    seen = seen_click_ids(case) if len(found.events) == 1 else {}
    for click in found.rules.clicks:
        wrong: dict[tuple[str, bool], list[int]] = {}
        for event in found.events:
            for value in event.texts(click.field):
                mistake = _mistake(value, click, seen.get(click.param, ""))
                if mistake:
                    wrong.setdefault(mistake, []).append(event.number)
        for (shown, is_sure), numbers in wrong.items():
            yield _finding(found, click, shown, is_sure, numbers)


def _finding(found: Judged, click: ClickField, shown: str, is_sure: bool, numbers: list[int]) -> Finding:
    rule = GCLID_UNPARSEABLE if found.rules.id in GOOGLE else CLICK_ID_ALTERED
    return rule(
        f"upload_event: {click.field}",
        level=Level.BAD if is_sure else Level.WARN,
        confidence=found.sure(at_most=Confidence.CERTAIN if is_sure else Confidence.LIKELY),
        platform=found.name,
        field=click.field,
        events=numbered(numbers),
        shown=shown,
    )


def _mistake(value: str, click: ClickField, seen: str) -> tuple[str, bool] | None:
    """What shows that this is not the ID as it was, and whether that is beyond doubt."""
    if seen:
        return None if value == seen else (f"{value[:80]} ≠ {seen[:80]}", True)
    if _HASH.fullmatch(value) and not (click.pattern and len(value) < 64):
        return "SHA-256" if len(value) == 64 else "SHA-1", len(value) == 64
    if find_macros(value) or _PLACEHOLDER.fullmatch(value):
        return value[:80], True
    if any(char.isspace() for char in value) or (unquote(value) != value):
        return value[:80], False
    if click.pattern and not re.fullmatch(click.pattern, value):
        return value[:80], False
    return None


EXAMPLES = {
    GCLID_UNPARSEABLE: example(
        click_url="https://shop.example/?gclid=Cj0KCQiA5NSt",
        upload_event='{"partialFailure": true, "conversions": [{"conversionAction": "customers/1/conversionActions/2", '
        '"gclid": "cj0kcqia5nst", "conversionDateTime": "2026-03-01 09:00:00+00:00"}]}',
    ),
    CLICK_ID_ALTERED: example(
        upload_event='{"event_source": "web", "event_source_id": "C1", "data": [{"event": "CompletePayment", '
        '"event_time": 1772355600, "user": {"ttclid": "__CLICKID__"}}]}',
    ),
}
MORE_EXAMPLES = {
    GCLID_UNPARSEABLE: (
        example(
            upload_event='{"destinations": [{"operatingAccount": {"accountType": "GOOGLE_ADS", "accountId": "1"}, '
            '"productDestinationId": "2"}], "events": [{"eventTimestamp": "2026-03-01T09:00:00Z", "eventSource": '
            '"WEB", "transactionId": "1", "adIdentifiers": {"gclid": '
            '"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}}]}'
        ),
    ),
    CLICK_ID_ALTERED: (
        example(
            click_url="https://shop.example/?tblci=GiBAbC",
            upload_event="https://trc.taboola.com/actions-handler/log/3/s2s-action?click-id=gibabc&name=purchase",
        ),
    ),
}
