"""What did the ad platform say to the test event?"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from postback_wizard.catalogue import meta
from postback_wizard.checks import example
from postback_wizard.checks.upload import clean
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import TOKEN, Answer, HttpEvidence, SentRequest
from postback_wizard.domain.text import Text
from postback_wizard.domain.upload import Upload, read_upload

UPLOAD_ACCEPTED = Rule(
    code="upload-accepted",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.AD_ACCOUNT_ADMIN,
    title=Text(
        en="Meta received {received:event|events}, as many as were sent.",
        ru="Meta получила {received:событие|события|событий} — столько, сколько отправлено.",
    ),
    why=Text(
        en="The token, the dataset and the form of the events are right. Test events count like live ones.",
        ru="Токен, набор данных и форма событий верны. Тестовые события учитываются как настоящие.",
    ),
    fix=Text(
        en="Check in Events Manager that the event arrived in the dataset of the ad that brought the click.",
        ru="Проверьте в Events Manager, что событие пришло в набор данных того объявления, которое привело клик.",
    ),
    sources=("https://developers.facebook.com/documentation/ads-commerce/conversions-api/using-the-api",),
)
UPLOAD_TOKEN_INVALID = Rule(
    code="upload-token-invalid",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.AD_ACCOUNT_ADMIN,
    title=Text(
        en="Meta does not accept the access token (HTTP {status}, code {code}).",
        ru="Meta не принимает токен доступа (HTTP {status}, код {code}).",
    ),
    why=Text(
        en="The token has expired, was revoked, was cut while copying or belongs elsewhere. Every upload "
        "with it fails.",
        ru="Токен истёк, отозван, обрезан при копировании или относится к другому кабинету. С ним не проходит ни одна "
        "выгрузка.",
    ),
    fix=Text(
        en="Have the ad account's admin make a new token for this dataset in Events Manager, enter it at the sender, "
        "and send one test event.",
        ru="Пусть администратор кабинета выпустит новый токен для этого набора данных в Events Manager; впишите его у "
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
        en="Meta refused the upload (HTTP {status}, code {code}, subcode {subcode}): {message}",
        ru="Meta отклонила выгрузку (HTTP {status}, код {code}, подкод {subcode}): {message}",
    ),
    why=Text(
        en="One invalid event rejects the whole request, so nothing of it was counted.",
        ru="Одно неверное событие отклоняет весь запрос, и ничего из него не учтено.",
    ),
    fix=Text(
        en="Correct what Meta names in its own words ({message}) and send the same event again.",
        ru="Исправьте то, что Meta назвала своими словами ({message}), и отправьте то же событие снова.",
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
        en="A full success is HTTP 200 with events_received equal to the number sent and no messages.",
        ru="Полный успех — это HTTP 200, где events_received равно числу отправленных, а messages пуст.",
    ),
    fix=Text(
        en="Look in Events Manager, Test Events, whether the event arrived before sending it again.",
        ru="Прежде чем отправлять снова, посмотрите в тестовых событиях Events Manager, не пришло ли событие.",
    ),
    sources=("https://developers.facebook.com/documentation/ads-commerce/conversions-api/using-the-api",),
)

#: Never asked at all: the step's reason says so already.
_UNASKED = ("NOT_RECORDED", "BLOCKED_ADDRESS")
_ADMIN = ("dataset-unknown-or-no-access", "permission-missing")
_PASSING = ("retry", "rate-limit")


def check(case: Case) -> Iterator[Finding]:
    """One finding for the answer there is."""
    evidence = case.uploaded()
    if evidence is None or evidence.has(*_UNASKED):
        return
    if evidence.answer is None:
        yield UPLOAD_UNPROVEN("answer", said=" ".join(evidence.outcome)[:200])
        return
    body = _object(evidence.answer.body)
    error = body.get("error")
    if isinstance(error, dict) or evidence.answer.status >= 400:
        yield _refusal(case, evidence.answer, error if isinstance(error, dict) else {})
    else:
        yield _receipt(evidence.request.body, evidence.answer, body)


def _refusal(case: Case, answer: Answer, error: Mapping[str, Any]) -> Finding:
    code, subcode = _whole(error.get("code")), _whole(error.get("error_subcode"))
    meaning = meta().meaning(code, subcode)
    if meaning == "token-invalid" or answer.status == 401:
        return UPLOAD_TOKEN_INVALID("answer", status=answer.status, code=code or "—")
    level = Level.WARN if meaning in _PASSING or error.get("is_transient") is True else Level.BAD
    if meaning not in _ADMIN and any(finding.level is Level.BAD for finding in clean.lint(case)):
        level = Level.INFO  # the cause is named already, by the finding about the event
    return UPLOAD_REFUSED(
        "answer",
        level=level,
        owner=Owner.AD_ACCOUNT_ADMIN if meaning in _ADMIN else Owner.SENDER,
        status=answer.status,
        code=code or "—",
        subcode=subcode or "—",
        message=_words(error) or answer.body.strip()[:200] or "—",
    )


def _words(error: Mapping[str, Any]) -> str:
    """Meta's own words, those meant for users first."""
    said = [error.get("error_user_title"), error.get("error_user_msg")]
    words = [item for item in said if isinstance(item, str) and item] or [str(error.get("message") or "")]
    return ". ".join(word.rstrip(". ") for word in words)[:300]


def _receipt(sent_body: str, answer: Answer, body: Mapping[str, Any]) -> Finding:
    sent = read_upload(sent_body)
    count = len(sent.events) if isinstance(sent, Upload) else 0
    received = body.get("events_received")
    if answer.status == 200 and received == count and not isinstance(received, bool) and not body.get("messages"):
        return UPLOAD_ACCEPTED("answer", received=count)
    return UPLOAD_UNPROVEN("answer", said=f"HTTP {answer.status} {answer.body.strip()[:200]}".strip())


def _object(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _whole(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.removeprefix("-").isdigit() and len(text) < 12 else 0


_EVENT = (
    '{"data":[{"event_name":"Lead","event_time":1772355600,"action_source":"system_generated",'
    '"user_data":{"fbc":"fb.1.1772355000000.IwAR0abc"}}],"test_event_code":"TEST12345"}'
)


def _heard(status: int, body: str) -> HttpEvidence:
    url = f"https://graph.facebook.com/v25.0/1234567890/events?access_token={TOKEN}"
    request = SentRequest("POST", url, "", (("Content-Type", "application/json"),), _EVENT)
    answer = Answer(status, (("Content-Type", "application/json"),), body, len(body))
    return HttpEvidence("upload", "2026-03-01T10:00:00.000Z", "answered", (), request, answer)


EXAMPLES = {
    UPLOAD_ACCEPTED: example(_heard(200, '{"events_received":1,"messages":[],"fbtrace_id":"A1"}'), upload_event=_EVENT),
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
