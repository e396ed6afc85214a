"""What did the ad platform say to the event, and what of it does its status hide?"""

from collections.abc import Iterator

from postback_wizard.catalogue.answers import ErrorText, Told
from postback_wizard.checks import example
from postback_wizard.checks.upload import clean, lint_of
from postback_wizard.checks.upload.answer_modes import rule_of
from postback_wizard.checks.upload_answer import HeardUpload, heard_upload
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import TOKEN, Answer, HttpEvidence, SentRequest
from postback_wizard.domain.text import Text

UPLOAD_ACCEPTED = Rule(
    code="upload-accepted",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.AD_ACCOUNT_ADMIN,
    title=Text(
        en="{platform} received {received:event|events}, as many as were sent.",
        ru="{platform}: {received:получено|получено|получено} {received:событие|события|событий} — столько, сколько "
        "отправлено.",
    ),
    why=Text(
        en="The token, the account and the form of the events are right. Whether a test event counts like a live one "
        "depends on the platform; with Meta it does.",
        ru="Токен, кабинет и форма событий верны. Учитывается ли тестовое событие как настоящее, зависит от платформы; "
        "у Meta — да.",
    ),
    fix=Text(
        en="Check on the platform that the event arrived in the account of the ad that brought the click.",
        ru="Проверьте на платформе, что событие пришло в кабинет того объявления, которое привело клик.",
    ),
    sources=("https://developers.facebook.com/documentation/ads-commerce/conversions-api/using-the-api",),
)
UPLOAD_CHECKED = Rule(
    code="upload-validated",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="{platform} checked {received:event|events}, found no fault and kept nothing.",
        ru="{platform}: {received:событие проверено|события проверено|событий проверено}, ошибок нет, ничего не "
        "сохранено.",
    ),
    why=Text(
        en="The form is right. A dry run says nothing of the click being found, and Google Analytics does not even "
        "look at its secret.",
        ru="Форма верна. О том, найдётся ли клик, пробный запуск не говорит, а Google Analytics даже не проверяет "
        "свой секрет.",
    ),
    fix=Text(
        en="Have the sender send one live event, and look for it in the platform's reports.",
        ru="Пусть отправитель передаст одно боевое событие; найдите его в отчётах платформы.",
    ),
    sources=("https://developers.google.com/analytics/devguides/collection/protocol/ga4/validating-events",),
)
UPLOAD_RECEIVED = Rule(
    code="upload-received",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.AD_ACCOUNT_ADMIN,
    title=Text(
        en="{platform} confirms receipt and nothing more (HTTP {status}).",
        ru="{platform} подтверждает получение и больше ничего (HTTP {status}).",
    ),
    why=Text(
        en="This platform judges events later. Its answer is the same for events that match a click and for those that "
        "do not.",
        ru="Эта платформа разбирает события позже. Ответ одинаков и для событий, которым нашёлся клик, и для "
        "остальных.",
    ),
    fix=Text(
        en="Keep the ID of the request, if the answer has one, and look into the platform's own report later.",
        ru="Сохраните ID запроса, если он есть в ответе, и позже загляните в отчёт самой платформы.",
    ),
    sources=("https://developers.taboola.com/pixel/docs/bulk-submit-s2s-conversions",),
)
UPLOAD_TOKEN_INVALID = Rule(
    code="upload-token-invalid",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.AD_ACCOUNT_ADMIN,
    title=Text(
        en="{platform} does not accept the access token (HTTP {status}, code {code}).",
        ru="{platform} не принимает токен доступа (HTTP {status}, код {code}).",
    ),
    why=Text(
        en="The token has expired, was revoked, was cut while copying or belongs elsewhere. Every upload "
        "with it fails.",
        ru="Токен истёк, отозван, обрезан при копировании или относится к другому кабинету. С ним не проходит ни одна "
        "выгрузка.",
    ),
    fix=Text(
        en="Have the ad account's admin make a new token for this account on the platform, enter it at the sender, "
        "and send one test event.",
        ru="Пусть администратор кабинета выпустит на платформе новый токен для этого кабинета; впишите его у "
        "отправителя и отправьте одно тестовое событие.",
    ),
    sources=(
        "https://developers.facebook.com/docs/marketing-api/reference/ads-pixel/events",
        "https://trackingaudit.online/how-to-check-facebook-capi-events",
    ),
)
UPLOAD_REFUSED = Rule(
    code="upload-refused",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{platform} refused event {events} (HTTP {status}, code {code}): {message}",
        ru="{platform} не принимает событие {events} (HTTP {status}, код {code}): {message}",
    ),
    why=ErrorText(
        en="{meaning} Success and failure stand in the body here; a status of 200 alone says little.",
        ru="{meaning} Успех и отказ записаны в теле ответа; один статус 200 мало что говорит.",
    ),
    fix=Text(
        en="Correct what {platform} names in its own words ({message}) and send the same event again.",
        ru="Исправьте то, что {platform} назвала своими словами ({message}), и отправьте то же событие снова.",
    ),
    sources=("https://developers.facebook.com/documentation/ads-commerce/marketing-api/error-reference",),
)
UPLOAD_UNPROVEN = Rule(
    code="upload-unproven",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="The answer to the test upload proves nothing: {said}",
        ru="Ответ на тестовую выгрузку ничего не доказывает: {said}",
    ),
    why=Text(
        en="A full success looks otherwise; with Meta it is HTTP 200 with events_received equal to the number sent and "
        "no messages.",
        ru="Полный успех выглядит иначе; у Meta это HTTP 200, где events_received равно числу отправленных, а messages "
        "пуст.",
    ),
    fix=Text(
        en="Look on the platform (with Meta: Events Manager, Test Events) whether the event arrived before sending it "
        "again.",
        ru="Прежде чем отправлять снова, посмотрите на платформе (у Meta — в тестовых событиях Events Manager), не "
        "пришло ли событие.",
    ),
    sources=("https://developers.facebook.com/documentation/ads-commerce/conversions-api/using-the-api",),
)

#: Never asked at all: the step's reason says so already.
_UNASKED = ("NOT_RECORDED", "BLOCKED_ADDRESS")
_ADMIN = ("dataset-unknown-or-no-access", "permission-missing")


def check(case: Case) -> Iterator[Finding]:
    """What the answer there is says: one finding, or one for each thing it tells of an event."""
    evidence, heard = case.uploaded(), heard_upload(case)
    if evidence is not None and evidence.has(*_UNASKED):
        return
    if heard is None:
        if evidence is not None and lint_of(case):
            yield UPLOAD_UNPROVEN("answer", said=" ".join(evidence.outcome)[:200])
        return
    name = heard.found.name
    match heard.read.outcome:
        case "partly" | "refused":
            linted = any(finding.level is Level.BAD for finding in clean.lint(case))
            for told, events in heard.failures():
                if rule_of(heard, told) is None:
                    yield _refusal(heard, told, events, linted)
        case "nothing" | "unclear":
            said = f"HTTP {heard.status} {' '.join(heard.body.split())[:200]}".strip()
            yield UPLOAD_UNPROVEN("answer", said=said)
        case outcome if outcome == "checked" or heard.is_dry:
            yield UPLOAD_CHECKED("answer", platform=name, received=heard.count)
        case "accepted":
            yield UPLOAD_ACCEPTED("answer", platform=name, received=heard.count)
        case _:
            yield UPLOAD_RECEIVED("answer", platform=name, status=heard.status)


def _refusal(heard: HeardUpload, told: Told, events: str, linted: bool) -> Finding:
    found, error = heard.found, heard.error(told)
    modes = error.modes if error else ()
    if modes == ("upload-token-invalid",) or (heard.status == 401 and not modes):
        return UPLOAD_TOKEN_INVALID("answer", platform=found.name, status=heard.status, code=told.code or "—")
    owner = _owner(heard, told, modes)
    level = Level.WARN if _is_passing(heard, told, modes) else Level.BAD
    if owner is not Owner.AD_ACCOUNT_ADMIN and linted:
        level = Level.INFO  # the cause is named already, by the finding about the event
    return UPLOAD_REFUSED(
        "answer",
        level=level,
        confidence=found.sure(bool(error and error.third_party)),
        owner=owner,
        platform=found.name,
        events=events,
        status=heard.status,
        code=told.code or "—",
        message=told.said or "—",
        meaning=f"{found.rules.id} {told.known}",
    )


def _is_passing(heard: HeardUpload, told: Told, modes: tuple[str, ...]) -> bool:
    """Whether the same request may well be taken later."""
    error = heard.read.body.get("error") if isinstance(heard.read.body, dict) else None
    transient = isinstance(error, dict) and error.get("is_transient") is True
    known = heard.found.rules.meaning(*_pair(told)) in ("retry", "rate-limit")
    return transient or known or heard.status == 429 or bool({"rate-limited", "receiver-5xx"} & set(modes))


def _owner(heard: HeardUpload, told: Told, modes: tuple[str, ...]) -> Owner:
    """Who can mend a refusal: what concerns access is for the account's admin."""
    known = heard.found.rules.meaning(*_pair(told)) in _ADMIN
    access = bool(modes) and set(modes) <= {"upload-wrong-account", "upload-token-invalid"}
    return Owner.AD_ACCOUNT_ADMIN if known or access or heard.status in (401, 403) else Owner.SENDER


def _pair(told: Told) -> tuple[int, int]:
    numbers = [int(code) if code.isascii() and code.isdigit() and len(code) < 12 else 0 for code in told.codes[:2]]
    first, second = (*numbers, 0, 0)[:2]
    return first, second


_EVENT = (
    '{"data":[{"event_name":"Lead","event_time":1772355600,"action_source":"system_generated",'
    '"user_data":{"fbc":"fb.1.1772355000000.IwAR0abc"}}]}'
)
_GA4 = (
    '{"client_id": "1.2", "events": [{"name": "purchase", "params": {"session_id": "1", "engagement_time_msec": 1}}]}'
)
_TABOOLA = "https://trc.taboola.com/actions-handler/log/3/s2s-action?click-id=GiBAbC&name=purchase"


def _heard(status: int, body: str, url: str = "", sent: str = _EVENT) -> HttpEvidence:
    url = url or f"https://graph.facebook.com/v25.0/1234567890/events?access_token={TOKEN}"
    request = SentRequest("POST" if sent else "GET", url, "", (("Content-Type", "application/json"),), sent)
    answer = Answer(status, (("Content-Type", "application/json"),), body, len(body))
    return HttpEvidence("upload", "2026-03-01T10:00:00.000Z", "answered", (), request, answer)


EXAMPLES = {
    UPLOAD_ACCEPTED: example(_heard(200, '{"events_received":1,"messages":[],"fbtrace_id":"A1"}'), upload_event=_EVENT),
    UPLOAD_CHECKED: example(
        _heard(200, '{"validationMessages":[]}', "https://www.google-analytics.com/debug/mp/collect", _GA4),
        upload_event=_GA4,
        ad_platform="ga4_mp",
    ),
    UPLOAD_RECEIVED: example(_heard(200, "", _TABOOLA, ""), upload_event=_TABOOLA),
    UPLOAD_TOKEN_INVALID: example(
        _heard(400, '{"error":{"message":"Invalid OAuth access token.","type":"OAuthException","code":190}}'),
        upload_event=_EVENT,
    ),
    UPLOAD_REFUSED: example(
        _heard(
            400,
            '{"error":{"message":"Unsupported post request.","type":"GraphMethodException","code":100,'
            '"error_subcode":33}}',
        ),
        upload_event=_EVENT,
    ),
    UPLOAD_UNPROVEN: example(_heard(200, "ok"), upload_event=_EVENT),
}
_TIKTOK = (
    '{"event_source": "web", "event_source_id": "C1", "data": [{"event": "CompletePayment", "event_time": 1772355600, '
    '"user": {"ttclid": "E.C.P.abc"}}]}'
)
_TIKTOK_URL = "https://business-api.tiktok.com/open_api/v1.3/event/track/"
MORE_EXAMPLES = {
    UPLOAD_TOKEN_INVALID: (
        example(
            _heard(200, '{"code": 40105, "message": "Access token is incorrect"}', _TIKTOK_URL, _TIKTOK),
            upload_event=_TIKTOK,
        ),
    ),
    UPLOAD_REFUSED: (
        example(
            _heard(200, '{"code": 40002, "message": "Batch.0.event: invalid"}', _TIKTOK_URL, _TIKTOK),
            upload_event=_TIKTOK,
        ),
    ),
}
