"""Do value and currency come as a pair, a number and a code?"""

import re
from collections.abc import Iterator
from typing import Any

from postback_wizard.checks import example
from postback_wizard.checks.upload import Judged, lint_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.places import is_empty
from postback_wizard.domain.text import Text
from postback_wizard.domain.upload import UploadEvent, numbered

VALUE_CURRENCY_INVALID = Rule(
    code="value-currency-invalid",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="Value and currency of event {events} do not make a sum: {shown}.",
        ru="Сумма и валюта события {events} не складываются в сумму: {shown}.",
    ),
    why=Text(
        en="{platform} reads {value} as a plain number with a decimal point and {currency} as a code of three letters "
        "(ISO 4217). One without the other, or one it cannot read, is refused or counted as nothing.",
        ru="{platform} читает {value} как число с точкой, а {currency} как код из трёх букв (ISO 4217). Одно без "
        "другого или то, что не читается, отклоняется или учитывается как ноль.",
    ),
    fix=Text(
        en="Send {value} and {currency} together: the amount as a number without spaces and symbols, the code in three "
        "capital letters.",
        ru="Передавайте {value} и {currency} вместе: сумму числом без пробелов и знаков, код тремя заглавными буквами.",
    ),
    settle=Text(
        en="The platform's answer to this event: is there a warning about value or currency?",
        ru="Ответ платформы на это событие: есть ли предупреждение о сумме или валюте?",
    ),
    sources=(
        "https://developers.google.com/data-manager/api/reference/rest/v1/ErrorReason",
        "https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/server-event",
    ),
)

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def check(case: Case) -> Iterator[Finding]:
    """One finding for each way in which the pair is wrong."""
    found = lint_of(case)
    if found is None or not found.rules.value:
        return
    wrong: dict[tuple[str, bool], list[int]] = {}
    for event in found.events:
        for mistake in _mistakes(event, found):
            wrong.setdefault(mistake, []).append(event.number)
    for (shown, is_sure), numbers in wrong.items():
        yield VALUE_CURRENCY_INVALID(
            f"upload_event: {found.rules.value}",
            level=Level.BAD if is_sure else Level.WARN,
            confidence=found.sure(at_most=Confidence.CERTAIN if is_sure else Confidence.LIKELY),
            platform=found.name,
            value=found.rules.value,
            currency=found.rules.currency or "—",
            events=numbered(numbers),
            shown=shown,
        )


def _mistakes(event: UploadEvent, found: Judged) -> Iterator[tuple[str, bool]]:
    rules = found.rules
    value, currency = event.get(rules.value), event.get(rules.currency) if rules.currency else None
    asked = {need.field for need in rules.required if found.applies(need.when, event)}
    if not is_empty(value) and not _is_amount(value):
        yield f"{rules.value} = {str(value)[:40]}", True
    if not is_empty(currency) and not _is_code(currency):
        yield f"{rules.currency} = {str(currency)[:40]}", True
    if rules.currency and not is_empty(value) and is_empty(currency) and rules.currency not in asked:
        yield f"{rules.currency} —", False
    if not is_empty(currency) and is_empty(value) and rules.value not in asked:
        yield f"{rules.value} —", False


def _is_amount(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return 0 <= value < 1e15
    return isinstance(value, str) and _NUMBER.fullmatch(value.strip()) is not None


def _is_code(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 3 and value.isascii() and value.isalpha()


EXAMPLES = {
    VALUE_CURRENCY_INVALID: example(
        upload_event='{"data": [{"event_name": "Lead", "event_time": 1772355600, "action_source": "system_generated", '
        '"user_data": {"fbc": "fb.1.1772355000000.IwAR0abc"}, "custom_data": {"value": "12,50", "currency": "USD"}}]}',
    )
}
MORE_EXAMPLES = {
    VALUE_CURRENCY_INVALID: (
        example(
            upload_event='{"OfflineConversions": [{"MicrosoftClickId": "0a1b", "ConversionName": "Sale", '
            '"ConversionTime": "2026-03-01T09:00:00Z", "ConversionValue": 5, "ConversionCurrencyCode": "$"}]}'
        ),
    )
}
