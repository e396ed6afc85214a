"""The one request that step 5 sends: the upload of a case, marked as a test where the API knows tests."""

import json
import re
from typing import Any

from postback_wizard.catalogue.rules import EventRules
from postback_wizard.catalogue.sending import Sending, TestKey
from postback_wizard.checks.upload import Judged, lint_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.places import dig, put
from postback_wizard.domain.probe import OAUTH1, SECRET, TOKEN, Effect, Headers, HttpProbe
from postback_wizard.domain.step import Settings
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url
from postback_wizard.domain.withheld import holds_withheld
from postback_wizard.steps.built import MULTIPART, address, csv_body, filled_headers

#: Headers of a pasted request that are no secrets and name the account.
_KEPT = ("login-customer-id", "customerid", "customeraccountid", "linkedin-version")

LIVE = Text(
    en="{platform} has no test mode: this is a live send. The event is recorded and can count as a conversion.",
    ru="У {platform} нет тестового режима: это боевая отправка. Событие будет записано и может быть засчитано.",
)
COUNTS = Text(
    en="{platform} shows this event among its test events and still counts it for targeting and measurement.",
    ru="{platform} покажет это событие среди тестовых и всё равно учтёт его в таргетинге и статистике.",
)
KEEPS_NOTHING = Text(
    en="{platform} only checks this request: nothing is recorded.",
    ru="{platform} только проверит этот запрос: ничего не записывается.",
)
UNCERTAIN = Text(
    en="{platform} takes this as a test; whether a test event counts is not documented, so reckon with it.",
    ru="{platform} примет это как тест; учитывается ли тестовое событие, не описано, поэтому считайте, что да.",
)


DEVELOPER_TOKEN = Text(
    en="{platform} also wants the developer token of your API access (from the account's API centre), beside the "
    "access token. It stays in memory and reaches no file; POSTBACK_WIZARD_SECRET in the environment saves typing.",
    ru="{platform}, кроме токена доступа, требует developer token вашего доступа к API (берётся в API-центре "
    "аккаунта). Он остаётся в памяти и не попадает ни в один файл; POSTBACK_WIZARD_SECRET избавит от ввода.",
)
APP_PAIR = Text(
    en="{platform} wants the request signed (OAuth 1.0a). Now the app's pair: API key:API key secret, with the colon. "
    "It stays in memory and reaches no file; POSTBACK_WIZARD_SECRET in the environment saves typing.",
    ru="{platform} требует подписанный запрос (OAuth 1.0a). Теперь пара приложения: API key:API key secret, через "
    "двоеточие. Она остаётся в памяти и не попадает ни в один файл; POSTBACK_WIZARD_SECRET избавит от ввода.",
)
USER_PAIR = Text(
    en="{platform} wants the request signed (OAuth 1.0a). First the user's pair: access token:access token secret, "
    "with the colon. It stays in memory and reaches no file; POSTBACK_WIZARD_TOKEN in the environment saves typing.",
    ru="{platform} требует подписанный запрос (OAuth 1.0a). Сначала пара пользователя: access token:access token "
    "secret, через двоеточие. Она остаётся в памяти и не попадает ни в один файл; POSTBACK_WIZARD_TOKEN избавит от "
    "ввода.",
)
SECRET_TITLE = Text(en="The second secret", ru="Второй секрет")


def platform_of(case: Case) -> str:
    """The platform of this upload; empty where nobody knows it."""
    found = lint_of(case)
    return found.name if found else ""


def notice_of(case: Case, lang: str) -> str:
    """What sending this upload does, to be said before it is sent; empty where nothing can be sent."""
    found = lint_of(case)
    if found is None:
        return ""
    mode = found.api.test_mode
    if found.rules.test is None:
        return LIVE.say(lang, platform=found.name)
    if found.rules.test.checks_only or (mode and mode.recorded is False):
        return KEEPS_NOTHING.say(lang, platform=found.name)
    return (COUNTS if mode and mode.recorded else UNCERTAIN).say(lang, platform=found.name)


def wants_token(case: Case) -> bool:
    """Whether the API of this upload asks for an access token."""
    found = lint_of(case)
    return found is None or found.rules.sending is None or found.rules.sending.wants_token


def wants_secret(case: Case) -> Text | None:
    """What the API of this upload asks for beside an access token; None where it asks for nothing."""
    found = lint_of(case)
    sending = found.rules.sending if found else None
    if sending is None or not sending.wants_secret:
        return None
    return APP_PAIR if sending.is_signed else DEVELOPER_TOKEN


def token_hint(case: Case) -> Text | None:
    """What is to be typed as the token where it is not one word; None where it is."""
    found = lint_of(case)
    return USER_PAIR if found and found.rules.sending and found.rules.sending.is_signed else None


def missing_facts(case: Case) -> tuple[str, ...]:
    """The facts without which this upload cannot be sent."""
    found = lint_of(case)
    if found is None or found.rules.sending is None:
        return () if case.facts.upload_event else ("upload_event",)
    wanted = [] if account_of(found, case.facts) or not _names_account(found.rules.sending) else ["dataset_id"]
    test = found.rules.test
    if test and test.kind == "code" and not case.facts.test_event_code:
        wanted.append("test_event_code")
    return tuple(wanted)


def _names_account(sending: Sending) -> bool:
    return "{account" in "".join((sending.url, sending.test_url, *sending.headers))


def account_of(found: Judged, facts: Facts) -> str:
    """The account to send to: as the case says, else as the upload itself names it."""
    if facts.dataset_id.strip():
        return facts.dataset_id.strip()
    match = re.search(found.rules.account_path, found.upload.payload.url) if found.rules.account_path else None
    named = (text for path in found.rules.accounts for text in found.events[0].texts(path))
    return match[1] if match else next(named, "")


def test_request(case: Case, settings: Settings) -> HttpProbe | None:
    """The upload as one request to the API's address in the settings; None while something is missing."""
    found = lint_of(case)
    sending = found.rules.sending if found else None
    if found is None or sending is None or missing_facts(case):
        return None
    probe = _request(found, sending, case.facts, settings.endpoints.get(found.rules.id, ""))
    texts = (probe.url, probe.body, *(value for _, value in probe.headers))
    if any(map(holds_withheld, texts)):
        return None
    signed = any(OAUTH1 in text for text in texts)
    carries = signed or any(TOKEN in text for text in texts)
    secret = signed or any(SECRET in text for text in texts)
    return probe if (settings.has_token or not carries) and (settings.has_secret or not secret) else None


def _request(found: Judged, sending: Sending, facts: Facts, base: str) -> HttpProbe:
    rules, payload, account = found.rules, found.upload.payload, account_of(found, facts)
    headers = filled_headers(sending.headers, rules, account) + _kept(found)
    test_url = sending.test_url if rules.test and rules.test.kind in ("address", "query") else ""
    url = address(test_url or sending.url, rules, account, base)
    if payload.form == "url":
        root = (base or rules.base).rstrip("/")
        return _probe("GET", f"{root}{split_url(payload.url).target}", (), "")
    if payload.form == "csv":
        rows: list[dict[str, Any]] = [dict(event.data) for event in found.events]
        return _probe("POST", url, (*headers, MULTIPART), csv_body(rows))
    body, is_list = _body(found, rules, facts.test_event_code)
    if is_list and (sending.list_url or sending.list_headers):
        headers += filled_headers(sending.list_headers, rules, account)
        url = address(sending.list_url, rules, account, base) if sending.list_url else url
    text = json.dumps(body, ensure_ascii=True, separators=(",", ":"))
    return _probe("POST", url, headers, text)


def _probe(method: str, url: str, headers: Headers, body: str) -> HttpProbe:
    return HttpProbe("upload", method, url, headers, body, effect=Effect.WRITE)


def _kept(found: Judged) -> Headers:
    named = {item.partition(":")[0].lower() for item in (found.rules.sending.headers if found.rules.sending else ())}
    return tuple(
        (name, value)
        for name, value in found.upload.payload.headers
        if name.lower() in _KEPT and name.lower() not in named
    )


def _body(found: Judged, rules: EventRules, code: str) -> tuple[Any, bool]:
    """The body with its mark of a test, and whether its events stand in a list. A pasted token never goes along."""
    first = found.events[0]
    listed = rules.events[0]
    around = {name: value for name, value in first.around.items() if name != "access_token"}
    events = [
        {name: TOKEN if name == "access_token" else value for name, value in event.data.items()}
        for event in found.events
    ]
    if not listed or ("" in rules.events and len(events) == 1 and first.is_bare):
        _mark(rules.test, events[0], events, code)
        return events[0], False
    body = _deepened(around, listed)
    put(body, listed, events)
    _mark(rules.test, body, events, code)
    return body, True


def _deepened(around: dict[str, Any], listed: str) -> dict[str, Any]:
    """The tables on the way to the list copied, so that the upload itself stays as it is."""
    root = listed.partition(".")[0]
    inner = next(iter(dig(around, root)), None)
    return {**around, root: dict(inner)} if isinstance(inner, dict) and "." in listed else dict(around)


def _mark(test: TestKey | None, body: dict[str, Any], events: list[dict[str, Any]], code: str) -> None:
    if test is None or test.kind not in ("code", "flag"):
        return
    value: Any = code if test.kind == "code" else True
    if test.key.startswith("^"):
        put(body, test.key[1:], value)
        return
    for event in events:
        put(event, test.key, value)
