"""Does an event repeat another of the same upload?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.upload import Judged, lint_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.upload import UploadEvent, numbered

UPLOAD_DUPLICATE_ORDER = Rule(
    code="upload-duplicate-order",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="Events {events} are the same conversion to {platform}: {shown}.",
        ru="События {events} для {platform} — одна и та же конверсия: {shown}.",
    ),
    why=Text(
        en="{platform} tells conversions apart by these fields. The first one counts, the others are ignored as "
        "already recorded.",
        ru="По этим полям {platform} различает конверсии. Засчитывается первая, остальные пропускаются как уже "
        "записанные.",
    ),
    fix=Text(
        en="Give each order an ID of its own; to change a recorded one, send an adjustment instead of a second upload.",
        ru="Дайте каждому заказу свой ID; чтобы изменить записанный, отправьте корректировку, а не вторую выгрузку.",
    ),
    sources=(
        "https://developers.google.com/google-ads/api/reference/rpc/v14/ConversionUploadErrorEnum.ConversionUploadError",
        "https://learn.microsoft.com/en-us/advertising/bulk-service/offline-conversion?view=bingads-13",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding for each key that stands in two events or more."""
    found = lint_of(case)
    if found is None or len(found.events) < 2:
        return
    told: set[int] = set()
    for key in found.rules.keys:
        groups: dict[tuple[str, ...], list[int]] = {}
        for event in found.events:
            values = _values(event, key)
            if values:
                groups.setdefault(values, []).append(event.number)
        for values, numbers in groups.items():
            if len(numbers) > 1 and not told.issuperset(numbers):
                told.update(numbers)
                yield _finding(found, key, values, numbers)


def _values(event: UploadEvent, key: str) -> tuple[str, ...]:
    """The parts of a key; nothing where one of them is missing."""
    parts = [event.texts(part.strip()) for part in key.split("+")]
    return tuple(part[0] for part in parts) if all(parts) else ()


def _finding(found: Judged, key: str, values: tuple[str, ...], numbers: list[int]) -> Finding:
    named = any(UPLOAD_DUPLICATE_ORDER.code in error.modes for error in found.api.errors)
    shown = ", ".join(f"{name.strip()} = {value[:60]}" for name, value in zip(key.split("+"), values, strict=True))
    return UPLOAD_DUPLICATE_ORDER(
        f"upload_event: {key}",
        level=Level.BAD if named else Level.WARN,
        confidence=found.sure(),
        platform=found.name,
        events=numbered(numbers),
        shown=shown,
    )


_ROW = (
    '{"conversionAction": "customers/1/conversionActions/2", "gclid": "Cj0abc", "orderId": "A1", '
    '"conversionDateTime": "2026-03-01 09:00:00+00:00"}'
)
_MS = '{"MicrosoftClickId": "0a1b", "ConversionName": "Sale", "ConversionTime": "2026-03-01T09:00:00Z"}'
EXAMPLES = {
    UPLOAD_DUPLICATE_ORDER: example(upload_event=f'{{"partialFailure": true, "conversions": [{_ROW}, {_ROW}]}}')
}
MORE_EXAMPLES = {UPLOAD_DUPLICATE_ORDER: (example(upload_event=f'{{"OfflineConversions": [{_MS}, {_MS}]}}'),)}
