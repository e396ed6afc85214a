"""Does the event go to the account, pixel or dataset of the ad?"""

import re
from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.upload import Judged, lint_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

UPLOAD_WRONG_ACCOUNT = Rule(
    code="upload-wrong-account",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.AFFILIATE,
    title=Text(
        en="The upload does not reach the account of the ad: {shown}.",
        ru="Выгрузка идёт не в кабинет этого объявления: {shown}.",
    ),
    why=Text(
        en="{platform} takes an event for the pixel, dataset or customer that it names. Elsewhere it is counted for "
        "nobody's campaign, or refused.",
        ru="{platform} принимает событие для того пикселя, набора данных или клиента, который в нём назван. В чужом "
        "месте оно не засчитается ни одной кампании или будет отклонено.",
    ),
    fix=Text(
        en="Use the ID of the account that owns the click, with a token that may write to it.",
        ru="Укажите ID того кабинета, которому принадлежит клик, и токен с доступом к нему.",
    ),
    sources=(
        "https://developers.google.com/google-ads/api/reference/rpc/v14/ConversionUploadErrorEnum.ConversionUploadError",
        "https://trackingaudit.online/how-to-check-facebook-capi-events",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding where the case and the upload name different accounts."""
    found = lint_of(case)
    wanted = _plain(case.facts.dataset_id)
    if found is None or not wanted:
        return
    for place, account in _accounts(found):
        if _plain(account) not in (wanted, *wanted.split("/")):
            yield UPLOAD_WRONG_ACCOUNT(
                f"upload_event: {place}",
                confidence=found.sure(),
                platform=found.name,
                shown=f"{place} = {account[:60]} ≠ {case.facts.dataset_id.strip()[:60]}",
            )
            return


def _accounts(found: Judged) -> Iterator[tuple[str, str]]:
    """Every account the upload names, with its place."""
    for path in found.rules.accounts:
        for account in found.events[0].texts(path):
            yield path.lstrip("^?"), account
    match = re.search(found.rules.account_path, found.upload.payload.url) if found.rules.account_path else None
    if match:
        yield "URL", match[1]


def _plain(account: str) -> str:
    """An ID without the dashes people read it by: 123-456-7890."""
    text = account.strip()
    return text.replace("-", "") if re.fullmatch(r"\d{3}-\d{3}-\d{4}", text) else text


EXAMPLES = {
    UPLOAD_WRONG_ACCOUNT: example(
        dataset_id="C4ABC",
        upload_event='{"event_source": "web", "event_source_id": "C9XYZ", "data": [{"event": "CompletePayment", '
        '"event_time": 1772355600, "user": {"ttclid": "E.C.P.abc123"}}]}',
    )
}
MORE_EXAMPLES = {
    UPLOAD_WRONG_ACCOUNT: (
        example(
            dataset_id="123456",
            upload_event="POST https://graph.facebook.com/v25.0/654321/events HTTP/1.1\nHost: graph.facebook.com\n"
            'Content-Type: application/json\n\n{"data": [{"event_name": "Lead", "event_time": 1772355600, '
            '"action_source": "system_generated", "user_data": {"fbc": "fb.1.1772355000000.IwAR0abc"}}]}',
        ),
    )
}
