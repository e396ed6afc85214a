"""The answers that name a failure by a code of its own: the click, the account or the conversion action."""

from collections.abc import Iterator, Mapping

from postback_wizard.catalogue.answers import ErrorText, Told
from postback_wizard.checks import example
from postback_wizard.checks.upload import click_ids, click_window, duplicate_order, wrong_account
from postback_wizard.checks.upload_answer import HeardUpload, heard_upload
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import Answer, HttpEvidence, SentRequest
from postback_wizard.domain.text import Text

CONVERSION_ACTION_MISSING = Rule(
    code="upload-conversion-action-missing",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.AFFILIATE,
    title=Text(
        en="{platform} knows no such conversion action for event {events}, or not yet: {shown}.",
        ru="{platform} не знает такого действия-конверсии для события {events} или пока не принимает его: {shown}.",
    ),
    why=ErrorText(
        en="{meaning} A name that differs by one letter, an action of another type and one made minutes ago are all "
        "refused this way.",
        ru="{meaning} Так отклоняют и имя с одной неверной буквой, и действие другого типа, и созданное несколько "
        "минут назад.",
    ),
    fix=Text(
        en="Copy the name or ID of the action from the account letter by letter; if it is new, wait (Google about six "
        "hours, Microsoft two) and send the event again.",
        ru="Скопируйте имя или ID действия из кабинета буква в букву; если оно новое, подождите (Google — около шести "
        "часов, Microsoft — два) и отправьте событие снова.",
    ),
    sources=(
        "https://developers.google.com/google-ads/api/reference/rpc/v14/ConversionUploadErrorEnum.ConversionUploadError",
        "https://learn.microsoft.com/en-us/advertising/bulk-service/offline-conversion?view=bingads-13",
    ),
)
AD_CLICK_NOT_FOUND = Rule(
    code="ad-click-not-found",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.AFFILIATE,
    title=Text(
        en="{platform} finds no ad click for event {events}: {shown}.",
        ru="{platform} не находит рекламного клика для события {events}: {shown}.",
    ),
    why=ErrorText(
        en="{meaning} Where all sales are uploaded, those that came from no ad are refused like this and nothing is "
        "wrong.",
        ru="{meaning} Если выгружают все продажи, то пришедшие не с рекламы отклоняются именно так, и это нормально.",
    ),
    fix=Text(
        en="Upload only sales whose click came from this account's ads; if this one did, compare the account and the "
        "click ID with the landing URL.",
        ru="Выгружайте только продажи с рекламы этого кабинета; если эта именно такая, сверьте кабинет и click ID с "
        "URL посадочной.",
    ),
    sources=(
        "https://developers.google.com/google-ads/api/reference/rpc/v14/ConversionUploadErrorEnum.ConversionUploadError",
        "https://support.google.com/google-ads/answer/13321563",
    ),
)

_RULES: Mapping[str, Rule] = {
    rule.code: rule
    for rule in (
        *(CONVERSION_ACTION_MISSING, AD_CLICK_NOT_FOUND, click_ids.GCLID_UNPARSEABLE, click_window.OUTSIDE_WINDOW),
        *(click_window.PRECEDES_CLICK, duplicate_order.UPLOAD_DUPLICATE_ORDER, wrong_account.UPLOAD_WRONG_ACCOUNT),
    )
}


def check(case: Case) -> Iterator[Finding]:
    """One finding for each failure the answer names by a code of its own."""
    heard = heard_upload(case)
    for told, events in heard.failures() if heard else ():
        rule = rule_of(heard, told) if heard else None
        if heard and rule:
            found = heard.found
            yield rule(
                "answer",
                confidence=found.sure(found.api.errors[told.known].third_party),
                level=Level.INFO if told.code.startswith("TOO_RECENT") else rule.level,
                platform=found.name,
                field=", ".join(click.field for click in found.rules.clicks),
                events=events,
                shown=": ".join(part for part in (told.code, told.said[:120]) if part),
                meaning=f"{found.rules.id} {told.known}",
            )


def rule_of(heard: HeardUpload, told: Told) -> Rule | None:
    """The rule of the one mode an error stands for; None where it stands for several, or for one told elsewhere."""
    error = heard.error(told)
    return _RULES.get(error.modes[0]) if error and len(error.modes) == 1 else None


_GOOGLE = (
    '{"partialFailure": true, "conversions": [{"conversionAction": "customers/1/conversionActions/2", '
    '"gclid": "Cj0abc", "conversionDateTime": "2026-03-01 09:00:00+00:00"}]}'
)
_MS = (
    '{"OfflineConversions": [{"MicrosoftClickId": "0a1b", "ConversionName": "Sale", '
    '"ConversionTime": "2026-03-01T09:00:00Z"}]}'
)


def google_answer(code: str) -> HttpEvidence:
    """Google's answer with a partial failure of its first row."""
    body = (
        '{"partialFailureError": {"code": 3, "message": "m", "details": [{"errors": [{"errorCode": '
        f'{{"conversionUploadError": "{code}"}}, "message": "m", "location": {{"fieldPathElements": '
        '[{"fieldName": "conversions", "index": 0}]}}]}]}, "results": [{}]}'
    )
    return _heard("https://googleads.googleapis.com/v25/customers/1:uploadClickConversions", _GOOGLE, body)


def microsoft_answer(code: int, name: str) -> HttpEvidence:
    """Microsoft's answer with an error in its first row."""
    body = f'{{"PartialErrors": [{{"Code": {code}, "ErrorCode": "{name}", "Index": 0, "Message": "m"}}]}}'
    url = "https://campaign.api.bingads.microsoft.com/CampaignManagement/v13/OfflineConversions/Apply"
    return _heard(url, _MS, body)


def _heard(url: str, sent: str, body: str) -> HttpEvidence:
    request = SentRequest("POST", url, "", (("Content-Type", "application/json"),), sent)
    return HttpEvidence("upload", "2026-03-01T10:00:00.000Z", "answered", (), request, Answer(200, (), body, len(body)))


EXAMPLES = {
    CONVERSION_ACTION_MISSING: example(google_answer("NO_CONVERSION_ACTION_FOUND"), upload_event=_GOOGLE),
    AD_CLICK_NOT_FOUND: example(google_answer("CLICK_NOT_FOUND"), upload_event=_GOOGLE),
}
MORE_EXAMPLES = {
    CONVERSION_ACTION_MISSING: (example(microsoft_answer(5606, "OfflineConversionNameInvalid"), upload_event=_MS),),
}
