"""A stand-in for each conversion API: what is sent to it, what it answers as documented, and what that is read as."""

import asyncio
import base64
import hashlib
import hmac
import json
import re
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote, unquote

import pytest

from postback_wizard import checks
from postback_wizard.catalogue import upload_api
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Finding
from postback_wizard.domain.probe import SECRET, TOKEN, HttpEvidence, HttpProbe
from postback_wizard.domain.step import Settings
from postback_wizard.effects.world import LiveWorld
from postback_wizard.steps.upload import UPLOAD

TOKEN_VALUE, SECRET_VALUE = "canary/Token+3f9a:tail", "canary-developer-77:tail"
DIGEST = "2a97516c354b68848cdbd8f54a226a0a55b21ed138e207ad6c5cbb9c00aa5aea"
AT = "2026-03-01T10:00:00.000Z"


@dataclass(frozen=True)
class Family:
    """One API: an upload of two events (or one), and where its documentation wants the token."""

    api: str
    upload: str
    account: str
    token_in: str
    path: str
    test_code: str = ""


def meta_like(**more: Any) -> dict[str, Any]:
    return {"event_time": 1772355600, "event_id": "A1", **more}


def two(key: str, first: dict[str, Any], second: dict[str, Any], **around: Any) -> str:
    return json.dumps({**around, key: [first, second]})


_META = {"event_name": "Lead", "action_source": "system_generated", "user_data": {"em": [DIGEST]}}
_TIKTOK = {"event": "CompletePayment", "user": {"ttclid": "E.C.P.abc"}}
_SNAP = {
    "event_name": "SIGN_UP",
    "action_source": "web",
    "event_source_url": "https://s.example",
    "user_data": {"em": [DIGEST]},
}
_PIN = {"event_name": "lead", "action_source": "web", "user_data": {"em": [DIGEST]}}
_UET = {"eventType": "custom", "eventTime": 1772355600, "userData": {"anonymousId": "a", "msclkid": "0a1b"}}
_GOOGLE = {"conversionAction": "customers/1/conversionActions/2", "conversionDateTime": "2026-02-28 09:00:00+00:00"}
_MANAGED = {"eventTimestamp": "2026-03-01T09:00:00Z", "eventSource": "WEB"}
_DESTINATION = [{"operatingAccount": {"accountType": "GOOGLE_ADS", "accountId": "1"}, "productDestinationId": "2"}]
_LINKED = {"conversion": "urn:lla:llaPartnerConversion:1", "conversionHappenedAt": 1772355600000}
_USER = {"user": {"userIds": [{"idType": "GOOGLE_AID", "idValue": "x"}]}}
_REDDIT = {"event_at": 1772355600000, "action_source": "WEBSITE", "type": {"tracking_type": "LEAD"}, "click_id": "c1"}
_OFFLINE = {"ConversionName": "Sale", "ConversionTime": "2026-02-28T09:00:00Z"}
_X = {"conversion_time": "2026-03-01T09:00:00Z", "event_id": "tw-a-b", "identifiers": [{"twclid": "2b"}]}
FAMILIES = {
    family.api: family
    for family in (
        Family(
            "meta_capi",
            two("data", meta_like(**_META), meta_like(**{**_META, "event_id": "A2"})),
            "42",
            "query",
            "/v25.0/42/events",
            "TEST1",
        ),
        Family(
            "tiktok_events_api",
            two(
                "data",
                meta_like(**_TIKTOK),
                meta_like(**{**_TIKTOK, "event_id": "A2"}),
                event_source="web",
                event_source_id="C1",
            ),
            "C1",
            "access-token",
            "/open_api/v1.3/event/track/",
            "TEST1",
        ),
        Family(
            "ga4_mp",
            json.dumps(
                {
                    "client_id": "1.2",
                    "events": [{"name": "purchase", "params": {"session_id": "1", "engagement_time_msec": 1}}],
                }
            ),
            "G-1",
            "query",
            "/debug/mp/collect",
        ),
        Family(
            "google_ads_click_conversions",
            two("conversions", {**_GOOGLE, "gclid": "Cj0a"}, {**_GOOGLE, "gclid": "Cj0b"}, partialFailure=True),
            "1",
            "authorization",
            "/v25/customers/1:uploadClickConversions",
        ),
        Family(
            "google_data_manager",
            two(
                "events",
                {**_MANAGED, "transactionId": "1", "adIdentifiers": {"gclid": "Cj0a"}},
                {**_MANAGED, "transactionId": "2", "adIdentifiers": {"gclid": "Cj0b"}},
                destinations=_DESTINATION,
            ),
            "1",
            "authorization",
            "/v1/events:ingest",
        ),
        Family(
            "snapchat_capi_v3",
            two("data", meta_like(**_SNAP), meta_like(**{**_SNAP, "event_id": "A2"})),
            "p1",
            "query",
            "/v3/p1/events/validate",
        ),
        Family(
            "pinterest_capi_v5",
            two("data", meta_like(**_PIN), meta_like(**{**_PIN, "event_id": "A2"})),
            "77",
            "authorization",
            "/v5/ad_accounts/77/events?test=true",
        ),
        Family(
            "linkedin_capi",
            two("elements", {**_LINKED, **_USER, "eventId": "1"}, {**_LINKED, **_USER, "eventId": "2"}),
            "",
            "authorization",
            "/rest/conversionEvents",
        ),
        Family(
            "reddit_capi_v3",
            json.dumps({"data": {"events": [_REDDIT, {**_REDDIT, "click_id": "c2"}]}}),
            "t2_p",
            "authorization",
            "/api/v3/pixels/t2_p/conversion_events",
            "t2_test",
        ),
        Family(
            "microsoft_uet_capi",
            two("data", {**_UET, "eventId": "1"}, {**_UET, "eventId": "2"}),
            "tag1",
            "authorization",
            "/v1/tag1/events",
        ),
        Family(
            "microsoft_offline_conversions",
            two("OfflineConversions", {**_OFFLINE, "MicrosoftClickId": "0a"}, {**_OFFLINE, "MicrosoftClickId": "0b"}),
            "11/22",
            "authorization",
            "/CampaignManagement/v13/OfflineConversions/Apply",
        ),
        Family(
            "x_capi",
            two("conversions", {**_X, "conversion_id": "1"}, {**_X, "conversion_id": "2"}),
            "px1",
            "",
            "/12/measurement/conversions/px1",
        ),
        Family(
            "taboola_s2s",
            "https://trc.taboola.com/actions-handler/log/3/s2s-action?click-id=GiB&name=buy",
            "",
            "",
            "/actions-handler/log/3/s2s-action?click-id=GiB&name=buy",
        ),
        Family(
            "outbrain_s2s",
            "https://tr.outbrain.com/unifiedPixel?ob_click_id=v1-abc&name=buy",
            "",
            "",
            "/unifiedPixel?ob_click_id=v1-abc&name=buy",
        ),
        Family(
            "yandex_metrica_offline",
            "Yclid,Target,DateTime\n123,buy,1772355600",
            "2215573",
            "authorization",
            "/management/v1/counter/2215573/offline_conversions/upload",
        ),
    )
}


class Standin:
    """A server on 127.0.0.1 that answers what a test says, and remembers what it was asked."""

    def __init__(self) -> None:
        self.status, self.body, self.headers = 200, "", ""
        self.heard: list[bytes] = []
        self.url = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        sizes = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        body = await reader.readexactly(int(sizes[0].partition(b":")[2])) if sizes else b""
        self.heard.append(head + body)
        text = self.body.encode()
        line = f"HTTP/1.1 {self.status} X\r\nContent-Length: {len(text)}\r\n{self.headers}Connection: close\r\n\r\n"
        writer.write(line.encode() + text)
        await writer.drain()
        writer.close()


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    found = Standin()
    server = await asyncio.start_server(found.answer, "127.0.0.1", 0)
    found.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield found
    server.close()
    await server.wait_closed()


@pytest.fixture
async def outside() -> AsyncIterator[LiveWorld]:
    found = LiveWorld(allow=["127.0.0.0/8"], secrets={TOKEN: TOKEN_VALUE, SECRET: SECRET_VALUE})
    yield found
    await found.aclose()


def case_of(family: Family) -> Case:
    facts = Facts(
        upload_event=family.upload,
        ad_platform=family.api,
        dataset_id=family.account,
        test_event_code=family.test_code,
    )
    return Case("c", AT, facts)


async def exchange(family: Family, standin: Standin, outside: LiveWorld) -> HttpEvidence:
    settings = Settings(endpoints={family.api: standin.url}, has_token=True, has_secret=True)
    (probe,) = UPLOAD.plan(case_of(family), (), settings)
    assert isinstance(probe, HttpProbe)
    heard = await outside.perform(probe)
    assert isinstance(heard, HttpEvidence)
    return heard


def read(family: Family, heard: HttpEvidence) -> list[Finding]:
    given = asdict(case_of(family).facts)
    example = checks.example(heard, **{name: value for name, value in given.items() if value})
    return [item for item in checks.findings_of("upload", example.case) if item.where == "answer"]


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
async def test_the_request_is_the_documented_one_and_the_token_stays_on_the_wire(
    family: Family, standin: Standin, outside: LiveWorld
) -> None:
    standin.body = json.dumps({"echo": TOKEN_VALUE})
    heard = await exchange(family, standin, outside)
    head = standin.heard[0].split(b"\r\n\r\n")[0].decode()
    target = head.split(" ")[1]
    assert target.startswith(family.path)
    lines = {line.partition(":")[0].lower(): line for line in head.split("\r\n")[1:]}
    carried = (
        "canary%2FToken%2B3f9a" in target
        if family.token_in == "query"
        else TOKEN_VALUE in lines.get(family.token_in, "")
    )
    assert carried is bool(family.token_in)
    shown = json.dumps(asdict(heard))
    assert TOKEN_VALUE not in shown
    assert "canary" not in shown
    assert SECRET_VALUE not in shown


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
async def test_a_redirect_takes_the_token_nowhere(family: Family, standin: Standin, outside: LiveWorld) -> None:
    standin.status, standin.headers = 307, f"Location: {standin.url}/elsewhere\r\n"
    await exchange(family, standin, outside)
    assert len(standin.heard) == 1


SUCCESS = {
    "meta_capi": (200, {"events_received": 2, "messages": []}, "upload-accepted"),
    "tiktok_events_api": (200, {"code": 0, "message": "OK", "data": {}}, "upload-accepted"),
    "ga4_mp": (200, {"validationMessages": []}, "upload-validated"),
    "google_ads_click_conversions": (200, {"results": [{"gclid": "Cj0a"}, {"gclid": "Cj0b"}]}, "upload-validated"),
    "google_data_manager": (200, {"requestId": "r1"}, "upload-validated"),
    "snapchat_capi_v3": (200, {"status": "VALID", "reason": "ok"}, "upload-accepted"),
    "pinterest_capi_v5": (
        200,
        {"num_events_received": 2, "num_events_processed": 2, "events": [{"status": "processed"}] * 2},
        "upload-validated",
    ),
    "linkedin_capi": (200, {"elements": [{"status": 201}, {"status": 201}]}, "upload-accepted"),
    "reddit_capi_v3": (200, {"message": "Successfully processed 2 conversion events."}, "upload-accepted"),
    "microsoft_uet_capi": (200, {"eventsReceived": 2, "traceId": "t"}, "upload-accepted"),
    "microsoft_offline_conversions": (200, {"PartialErrors": []}, "upload-accepted"),
    "x_capi": (200, {"data": {"conversions_processed": 2}}, "upload-accepted"),
    "taboola_s2s": (204, None, "upload-received"),
    "outbrain_s2s": (200, None, "upload-unproven"),
    "yandex_metrica_offline": (200, {"uploading": {"id": 1}}, "upload-received"),
}


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
async def test_a_success_is_read_for_what_it_proves(family: Family, standin: Standin, outside: LiveWorld) -> None:
    standin.status, body, code = SUCCESS[family.api]
    standin.body = "" if body is None else json.dumps(body)
    found = read(family, await exchange(family, standin, outside))
    assert [item.code for item in found] == [code]


def google(code: str, row: int = 1) -> dict[str, Any]:
    place = {"fieldPathElements": [{"fieldName": "conversions", "index": row}]}
    error = {"errorCode": {"conversionUploadError": code}, "message": "m", "location": place}
    return {"partialFailureError": {"code": 3, "details": [{"errors": [error]}]}, "results": [{"gclid": "a"}, {}]}


def error_body(api: str, code: str, said: str) -> dict[str, Any]:
    """An answer that carries a code where this API's documentation puts it."""
    match api:
        case "meta_capi":
            number, _, sub = code.partition("/")
            return {"error": {"code": int(number), "error_subcode": int(sub or 0) or None, "message": said}}
        case "tiktok_events_api":
            return {"code": int(code), "message": said}
        case "ga4_mp":
            return {"validationMessages": [{"fieldPath": "events", "description": said, "validationCode": code}]}
        case "google_ads_click_conversions":
            return google(code)
        case "google_data_manager":
            return {"error": {"status": "X", "message": said, "details": [{"reason": code}]}}
        case "snapchat_capi_v3":
            return {"status": code, "reason": said, "errors": {"error_msgs": [said]}}
        case "pinterest_capi_v5":
            return {"code": int(code), "message": said}
        case "linkedin_capi":
            return {"serviceErrorCode": int(code), "status": 401, "message": said}
        case "reddit_capi_v3" if code == "invalid_events":
            return {
                "message": "1 invalid conversion events. None were processed",
                "invalid_events": [{"error_message": said}],
            }
        case "reddit_capi_v3":
            return {"success": False, "error": {"reason": code, "explanation": said}}
        case "microsoft_uet_capi":
            return {"error": {"code": code, "message": said}}
        case "microsoft_offline_conversions":
            return {"PartialErrors": [{"Code": int(code), "Index": 1, "Message": said}]}
        case _:
            return {"errors": [{"code": code or "X", "message": said}]}


def documented_errors() -> list[tuple[str, int, str, int, str]]:
    """API, place in its catalogue, code, status and words of every error that has a code or words of its own."""
    found = []
    for name in FAMILIES:
        for place, error in enumerate(upload_api(name).errors):
            for code in codes_of(name, error.code):
                status = int(error.http[:3]) if error.http[:3].isdigit() else 200 if name in QUIET else 400
                found.append((name, place, code, status, error.contains or "m"))
            if not error.code and error.contains:
                found.append((name, place, "", 400, error.contains))
    return found


#: Failures of these come with HTTP 200.
QUIET = (
    "tiktok_events_api",
    "google_ads_click_conversions",
    "microsoft_offline_conversions",
    "ga4_mp",
    "snapchat_capi_v3",
)


def codes_of(api: str, written: str) -> list[str]:
    """The codes an error of the catalogue stands for, as an answer writes them."""
    if not written or "adjustment" in written or "negative" in written or "CustomerId" in written:
        return []
    if api in ("meta_capi", "tiktok_events_api"):
        return written.split(" (")[0].replace(" / ", ", ").split(", ")
    if api in ("linkedin_capi", "microsoft_offline_conversions"):
        return [written.split(" ")[0]]
    return [written.split(" ")[0].rpartition("=")[2].rpartition(".")[2]]


DOCUMENTED = documented_errors()


@pytest.mark.parametrize(
    ("api", "place", "code", "status", "said"),
    DOCUMENTED,
    ids=[f"{item[0]} {item[2] or item[4]}" for item in DOCUMENTED],
)
async def test_every_documented_error_is_explained_as_documented(
    api: str, place: int, code: str, status: int, said: str, standin: Standin, outside: LiveWorld
) -> None:
    family = FAMILIES[api]
    standin.status, standin.body = (200 if status == 201 else status), json.dumps(error_body(api, code, said))
    found = read(family, await exchange(family, standin, outside))
    assert found
    modes = upload_api(api).errors[place].modes
    own = [item for item in found if item.code in modes]
    assert own or f"{api} {place}" in [item.values.get("meaning") for item in found]


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
async def test_a_rate_limit_is_no_proof_of_a_fault(family: Family, standin: Standin, outside: LiveWorld) -> None:
    standin.status, standin.body = 429, json.dumps({"message": "slow down"})
    found = read(family, await exchange(family, standin, outside))
    assert [(item.code, item.level) for item in found] == [("upload-refused", "warn")]


@pytest.mark.parametrize(
    ("api", "body", "code", "events"),
    [
        ("google_ads_click_conversions", google("EXPIRED_EVENT"), "ad-click-outside-window", "2"),
        ("google_ads_click_conversions", google("UNPARSEABLE_GCLID"), "gclid-unparseable", "2"),
        (
            "microsoft_offline_conversions",
            {"PartialErrors": [{"Code": 5616, "Index": 1, "Message": "m"}]},
            "conversion-precedes-click",
            "2",
        ),
        (
            "microsoft_uet_capi",
            {
                "eventsReceived": 1,
                "error": {"code": "ValidationError", "details": [{"index": 1, "errorMessage": "bad"}]},
            },
            "upload-refused",
            "2",
        ),
        (
            "pinterest_capi_v5",
            {
                "num_events_processed": 1,
                "events": [{"status": "processed"}, {"status": "failed", "error_message": "no"}],
            },
            "upload-refused",
            "2",
        ),
    ],
)
async def test_a_failure_of_one_event_is_told_of_that_event(
    api: str, body: dict[str, Any], code: str, events: str, standin: Standin, outside: LiveWorld
) -> None:
    standin.body = json.dumps(body)
    found = read(FAMILIES[api], await exchange(FAMILIES[api], standin, outside))
    assert [(item.code, item.values["events"]) for item in found] == [(code, events)]


async def test_an_unknown_code_is_shown_as_it_is(standin: Standin, outside: LiveWorld) -> None:
    standin.body = json.dumps({"code": 49999, "message": "strange things"})
    found = read(FAMILIES["tiktok_events_api"], await exchange(FAMILIES["tiktok_events_api"], standin, outside))
    assert [(item.values["code"], item.values["message"]) for item in found] == [("49999", "strange things")]


def signature_of(head: str, url: str, app_secret: str, user_secret: str) -> tuple[str, str]:
    """The signature that was sent and the one that a server makes of the same request by itself."""
    line = next(item for item in head.split("\r\n") if item.lower().startswith("authorization: oauth "))
    pairs = dict(re.findall(r'(\w+)="([^"]*)"', line))
    sent = unquote(pairs.pop("oauth_signature"))
    listed = "&".join(f"{name}={pairs[name]}" for name in sorted(pairs))
    text = "&".join(("POST", quote(url, safe=""), quote(listed, safe="")))
    digest = hmac.new(f"{app_secret}&{user_secret}".encode(), text.encode(), hashlib.sha1).digest()
    return sent, base64.b64encode(digest).decode()


async def test_x_gets_a_signature_that_its_server_can_verify_and_no_secret(standin: Standin) -> None:
    secrets = {SECRET: "appKey12345:appSecretCanary", TOKEN: "7-userToken:userSecretCanary"}
    outside = LiveWorld(allow=["127.0.0.0/8"], secrets=secrets)
    heard = await exchange(FAMILIES["x_capi"], standin, outside)
    await outside.aclose()
    head = standin.heard[0].decode()
    sent, made = signature_of(
        head, f"{standin.url}/12/measurement/conversions/px1", "appSecretCanary", "userSecretCanary"
    )
    assert sent == made
    assert 'oauth_consumer_key="appKey12345"' in head
    assert "Canary" not in head + json.dumps(asdict(heard))
    assert "userToken" not in json.dumps(asdict(heard))


async def test_x_without_both_pairs_is_sent_nothing(standin: Standin) -> None:
    outside = LiveWorld(allow=["127.0.0.0/8"], secrets={SECRET: "half", TOKEN: "7-userToken"})
    heard = await exchange(FAMILIES["x_capi"], standin, outside)
    await outside.aclose()
    assert heard.outcome[:1] == ("NO_SECRET",)
    assert standin.heard == []
