"""Was the mark of a test left in an event that is meant to count?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.upload import Judged, lint_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.places import is_empty
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

TEST_CODE_IN_PRODUCTION = Rule(
    code="test-code-in-production",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="The upload carries the mark of a test: {shown}.",
        ru="В выгрузке стоит пометка теста: {shown}.",
    ),
    why=Text(
        en="In live traffic it is wrong with every platform: {platform} shows such events in its test view, or checks "
        "them and keeps nothing.",
        ru="В боевом трафике её не должно быть ни у одной платформы: {platform} показывает такие события среди "
        "тестовых либо проверяет и ничего не сохраняет.",
    ),
    fix=Text(
        en="Take {shown} out of what is sent live. If this upload was meant as a test, nothing is wrong here.",
        ru="Уберите {shown} из боевой отправки. Если выгрузка и была тестовой, всё в порядке.",
    ),
    sources=(
        "https://developers.facebook.com/documentation/ads-commerce/conversions-api/using-the-api",
        "https://developers.google.com/google-ads/api/docs/conversions/upload-offline",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding, unless the case says that it is a test with this very code."""
    found = lint_of(case)
    shown = _mark(found) if found else ""
    if found and shown and not (case.facts.test_event_code and shown.endswith(f"= {case.facts.test_event_code}")):
        yield TEST_CODE_IN_PRODUCTION("upload_event", confidence=found.sure(), platform=found.name, shown=shown)


def _mark(found: Judged) -> str:
    """The mark as it stands: a field with its value, or the address of tests."""
    test, event = found.rules.test, found.events[0]
    if test is None:
        return ""
    if test.kind == "address":
        sending, url = found.rules.sending, found.upload.payload.url
        path = split_url(sending.test_url.replace("{base}", found.rules.base)).path if sending else ""
        tail = path.rpartition("{account}")[2] or path
        return tail if url and tail and split_url(url).path.endswith(tail) else ""
    value = event.get(test.key)
    if is_empty(value) or value is False or str(value).lower() == "false":
        return ""
    return f"{test.key.lstrip('^?')} = {str(value)[:40]}"


EXAMPLES = {
    TEST_CODE_IN_PRODUCTION: example(
        upload_event='{"data": [{"event_name": "Lead", "event_time": 1772355600, "action_source": "system_generated", '
        '"user_data": {"fbc": "fb.1.1772355000000.IwAR0abc"}}], "test_event_code": "TEST12345"}',
    )
}
MORE_EXAMPLES = {
    TEST_CODE_IN_PRODUCTION: (
        example(
            upload_event='{"partialFailure": true, "validateOnly": true, "conversions": [{"conversionAction": '
            '"customers/1/conversionActions/2", "gclid": "Cj0abc", "conversionDateTime": "2026-03-01 09:00:00+00:00"}]}'
        ),
    )
}
