"""Real runs with planted secrets: no file and no report holds one, and nothing else is lost."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from postback_wizard.catalogue import UploadApi, upload_apis
from postback_wizard.domain.case import Case, StepId
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.leaks import find_leaks
from postback_wizard.domain.normalise import normalise
from postback_wizard.domain.places import put
from postback_wizard.domain.probe import TOKEN, DnsEvidence, Effect, HttpEvidence, HttpProbe
from postback_wizard.domain.step import Permit, Settings, Step
from postback_wizard.domain.withheld import withheld_facts
from postback_wizard.effects.codec import to_json
from postback_wizard.effects.journal import Journal
from postback_wizard.effects.store import CaseStore
from postback_wizard.effects.world import LiveWorld
from postback_wizard.engine import Done, absorb, rejudge, run
from postback_wizard.report.curl import to_curl
from postback_wizard.report.har import to_har
from postback_wizard.report.json_view import check_json
from postback_wizard.report.markdown import render
from postback_wizard.steps import BY_ID

EMAIL, PHONE, NAME = "Canary.Person@Mail-Canary.example", "+44 7400 998877", "Canaryname"
PASTED, TYPED = "EAABcanaryPasted0123456789xyz", "EAABcanaryTyped9876543210abc"
COOKIE = "c4n4ry-cookie-55aa"
CLICK = "IwAR0abcDEF"
EVENT = {
    "event_name": "Purchase",
    "event_time": 1772355600,
    "event_id": "order-1001",
    "action_source": "system_generated",
    "user_data": {"em": [EMAIL], "ph": PHONE, "fn": NAME, "fbc": f"fb.1.1772355000000.{CLICK}"},
    "custom_data": {"value": 12.5, "currency": "USD", "order_id": "order-1001"},
}
BODY = json.dumps({"data": [EVENT], "access_token": PASTED})
URL = f"https://graph.facebook.com/v25.0/77/events?access_token={PASTED}"
FORM = f"data={quote(json.dumps([EVENT]))}&access_token={PASTED}"
HEADERS = [
    {"name": "Cookie", "value": f"sid={COOKIE}; _fbp=fb.1.1.2"},
    {"name": "Authorization", "value": f"Bearer {PASTED}"},
]
POSTED = {"mimeType": "application/json", "text": BODY}
HAR = {"request": {"method": "POST", "url": URL, "headers": HEADERS, "postData": POSTED}}
#: One upload in every form that is read.
FORMS = {
    "json": BODY,
    "indented": json.dumps(json.loads(BODY), indent=2),
    "form": FORM,
    "curl": f"curl -X POST '{URL}' -H 'Cookie: sid={COOKIE}' -H 'Content-Type: application/json' -d '{BODY}'",
    "raw": f"POST {URL} HTTP/1.1\nHost: graph.facebook.com\nAuthorization: Bearer {PASTED}\n"
    f"Cookie: sid={COOKIE}\nContent-Type: application/json\n\n{BODY}",
    "har": json.dumps(HAR),
    "get": f"https://tr.outbrain.com/unifiedPixel?ob_click_id={CLICK}&name=buy&access_token={PASTED}&email={quote(EMAIL)}",
    "broken": BODY[:-20],
}


def digests() -> tuple[str, ...]:
    """What any platform would make of the raw values."""
    recipes = {
        (rule.kind, recipe)
        for api in upload_apis().values()
        for rule in (api.hashing.keys if api.hashing else ())
        for recipe in (rule.recipe, *rule.also)
    }
    raws = {"email": EMAIL, "phone": PHONE, "first_name": NAME}
    texts = {normalise(kind, recipe, raws[kind]) for kind, recipe in recipes if kind in raws} - {""}
    made = {form for text in (*texts, *raws.values()) for form in (text, text.strip().lower())}
    return tuple(hashlib.new(how, text.encode()).hexdigest() for text in made for how in ("sha256", "md5", "sha1"))


def leaks(text: str) -> tuple[str, ...]:
    """What stands in a text and must not, in any writing."""
    found = find_leaks(text, (EMAIL, EMAIL.lower(), PHONE, "447400998877", NAME, NAME.lower(), PASTED, TYPED, COOKIE))
    return (*found, *(item for item in digests() if item in text.lower()))


@pytest.fixture
async def echo() -> AsyncIterator[str]:
    """A server that answers with everything it was told."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        sizes = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        body = await reader.readexactly(int(sizes[0].partition(b":")[2])) if sizes else b""
        text = json.dumps({"events_received": 1, "head": head.decode(), "body": body.decode()}).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(text) + text)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()
    await server.wait_closed()


def written(folder: Path) -> dict[str, str]:
    """The text of every file."""
    return {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}


async def walked(case: Case, step: Step, settings: Settings, journal: Journal) -> Case:
    """The case after a step was run and, where it sends, sent."""
    world = LiveWorld(allow=["127.0.0.0/8"], secrets={TOKEN: TYPED}, journal=journal, case_id=case.id)
    async for event in run(step, case, world, settings, Permit.of(send=True)):
        if isinstance(event, Done):
            case = absorb(case, event.record, settings)
    await world.aclose()
    return case


def facts_of(form: str, url: str) -> Facts:
    return Facts(
        dataset_id="77",
        transaction_id="order-1001",
        upload_event=FORMS[form],
        browser_event=json.dumps({"event": "Purchase", "eventID": "order-1001", "user_data": {"em": EMAIL}}),
        test_event_code="TEST1",
        customer={"email": EMAIL, "phone": PHONE, "first_name": NAME},
        sent_request=f"{url}/pb?cid=w7k2m9x4q1&token={PASTED}&email={quote(EMAIL)}&txid=order-1001",
        headers={"Authorization": f"Bearer {PASTED}", "X-Trace": "t-1"},
        answer_body=json.dumps({"ok": True, "email": EMAIL, "access_token": PASTED}),
        partner_message=f"We refused {EMAIL} with access_token={PASTED}",
    )


@pytest.mark.parametrize("form", FORMS)
async def test_no_file_of_a_walked_case_holds_a_planted_secret(form: str, echo: str, tmp_path: Path) -> None:
    apis = upload_apis()
    settings = Settings(endpoints=dict.fromkeys(apis, echo), has_token=True)
    journal, store = Journal(tmp_path / "journal.jsonl"), CaseStore(tmp_path / "cases")
    case = Case(store.new_id(datetime.now(UTC)), "2026-03-01T10:00:00.000Z", facts_of(form, echo))
    with store.create(case) as opened:
        for step in ("replay", "upload"):
            case = await walked(case, BY_ID[step], settings, journal)
            opened.save(case)
    files = written(tmp_path)
    assert {name: found for name, text in files.items() if (found := leaks(text))} == {}
    kept = "".join(files.values())
    assert [item for item in ("w7k2m9x4q1", "order-1001", CLICK) if item not in kept] == []


@pytest.mark.parametrize("form", FORMS)
async def test_no_report_holds_a_planted_secret(form: str, echo: str, tmp_path: Path) -> None:
    settings = Settings(endpoints=dict.fromkeys(upload_apis(), echo), has_token=True)
    case = Case("c", "2026-03-01T10:00:00.000Z", facts_of(form, echo))
    for step in ("replay", "upload"):
        case = await walked(case, BY_ID[step], settings, Journal(tmp_path / "journal.jsonl"))
    secrets = (TYPED,)
    told = {
        "md": render(case, "en", secrets=secrets).text,
        "har": to_har(case, secrets=secrets),
        "curl": to_curl(case, secrets=secrets),
        "json": json.dumps(check_json(case, "en", to_json, secrets=secrets)),
    }
    assert {name: found for name, text in told.items() if (found := leaks(text))} == {}


@pytest.mark.parametrize("form", FORMS)
def test_a_reopened_case_says_what_is_missing_and_judges_nothing_else_otherwise(form: str, tmp_path: Path) -> None:
    store = CaseStore(tmp_path)
    case = Case("case-1", "2026-03-01T10:00:00.000Z", facts_of(form, "https://pb.example"))
    fresh = asyncio.run(_judged(case))
    with store.create(fresh):
        pass
    again = store.read("case-1")
    assert {"upload_event", "sent_request", "headers", "answer_body", "partner_message"} <= {
        *withheld_facts(again.facts)
    }
    before = {item.code for item in fresh.records["upload"].findings}
    after = {item.code for item in asyncio.run(_judged(again)).records["upload"].findings}
    assert after <= before
    assert {item.code for item in again.records["upload"].findings} == before


async def _judged(case: Case) -> Case:
    world = LiveWorld(allow=["127.0.0.0/8"])
    async for event in run(BY_ID["upload"], case, world, Settings(), Permit.of(offline=True)):
        if isinstance(event, Done):
            case = case.merge(event.record)
    await world.aclose()
    return case


@pytest.mark.parametrize("step", ["replay", "upload"])
def test_what_was_not_stored_is_never_sent(step: StepId, tmp_path: Path) -> None:
    fresh = Case("case-1", "2026-03-01T10:00:00.000Z", facts_of("json", "https://pb.example"))
    with CaseStore(tmp_path).create(fresh):
        pass
    settings = Settings(has_token=True)
    heard = (DnsEvidence("endpoint", "", "pb.example", ("OK",), ("203.0.113.7",)),)
    planned = [
        [item.effect for item in BY_ID[step].plan(case, heard, settings)]
        for case in (fresh, CaseStore(tmp_path).read("case-1"))
    ]
    assert planned == [[Effect.WRITE], []]


@pytest.mark.parametrize("api", [api for api in upload_apis().values() if api.hashing], ids=lambda api: str(api.id))
def test_raw_data_in_every_documented_place_is_withheld(api: UploadApi, tmp_path: Path) -> None:
    assert api.hashing is not None
    raws = {"email": EMAIL, "phone": PHONE, "first_name": NAME, "last_name": NAME, "street": "Canary Wharf 17"}
    for rule in api.hashing.keys:
        if rule.kind not in raws or "[" in rule.at.replace("[]", ""):
            continue
        event: dict[str, object] = {}
        put(event, rule.at.replace("[]", ".0"), raws[rule.kind])
        body: dict[str, object] = {}
        place = next((item for item in api.hashing.events if item), "")
        put(body, place, [event]) if place else body.update(event)
        case = Case(
            f"case-{len(list(tmp_path.iterdir()))}", "", Facts(upload_event=json.dumps(body), ad_platform=api.id)
        )
        with CaseStore(tmp_path).create(case) as opened:
            text = opened.path.read_text(encoding="utf-8")
        assert raws[rule.kind] not in text, rule.at


LOGIN = "c4n4ry-login-88bb"
TXID, AD_CLICK, UTM = "order-1001", "EAIaIQobChMIcanary", "spring_sale"
LINK = f"https://user:{LOGIN}@track.example/c?gclid={AD_CLICK}&utm_campaign={UTM}&email={quote(EMAIL)}&api_key={PASTED}"
LANDING = f"https://shop.example/?clickid=w7k2m9x4q1&gclid={AD_CLICK}&utm_campaign={UTM}&note={quote(EMAIL)}"


def recorded(number: int, url: str, status: int, to: str = "") -> dict[str, object]:
    """One entry of a recording, with the keys of whoever was browsing."""
    answer_headers = [
        {"name": "Set-Cookie", "value": f"sid={COOKIE}; path=/"},
        {"name": "Content-Type", "value": "text/html"},
    ]
    answer = {
        "status": status,
        "headers": [*answer_headers, *([{"name": "Location", "value": to}] if to else [])],
        "redirectURL": to,
        "content": {"mimeType": "text/html", "text": f"<p>{EMAIL}</p>", "size": 10},
    }
    request = {"method": "GET", "url": url, "headers": HEADERS, "httpVersion": "HTTP/1.1", "cookies": []}
    started = f"2026-03-01T09:0{number}:00.000Z"
    return {"startedDateTime": started, "time": 5, "request": request, "response": answer, "_resourceType": "document"}


def rows(path: Path, id_column: str) -> str:
    """A log as a file, with columns of a person."""
    path.write_text(
        f"{id_column},txid,time,email,phone,payout,url\n"
        f'w7k2m9x4q1,{TXID},2026-03-01 09:05:00,{EMAIL},{PHONE},5,"{LANDING}"\n',
        encoding="utf-8",
    )
    return str(path)


async def test_no_file_of_a_recorded_click_with_logs_and_a_proxy_holds_a_planted_secret(tmp_path: Path) -> None:
    given, kept = tmp_path / "given", tmp_path / "kept"
    given.mkdir()
    har = given / "click.har"
    entries = [recorded(1, LINK, 302, LANDING), recorded(2, LANDING, 200)]
    har.write_text(json.dumps({"log": {"version": "1.2", "creator": {}, "entries": entries}}), encoding="utf-8")
    facts = Facts(
        click_url=LINK,
        har=str(har),
        click_id="w7k2m9x4q1",
        transaction_id=TXID,
        click_log=rows(given / "clicks.csv", "clickid"),
        partner_log=rows(given / "partner.csv", "sub1"),
        proxy=f"http://user:{LOGIN}@127.0.0.1:9",
    )
    store, journal = CaseStore(kept), Journal(kept / "journal.jsonl")
    case = Case(store.new_id(datetime.now(UTC)), "2026-03-01T10:00:00.000Z", facts)
    with store.create(case) as opened:
        for step in ("click", "event"):
            case = await walked(case, BY_ID[step], Settings(), journal)
            opened.save(case)
    found = [item for step in ("click", "event") for item in case.records[step].evidence]
    assert [type(item).__name__ for item in found][:1] == ["HarEvidence"]
    assert EMAIL in str(found), "the secrets have to be in memory for their absence from the disk to mean anything"
    files = written(kept)
    assert {name: (*leaks(text), *find_leaks(text, (LOGIN,))) for name, text in files.items()} == dict.fromkeys(
        files, ()
    )
    text = "".join(files.values())
    assert [item for item in ("w7k2m9x4q1", TXID, AD_CLICK, UTM) if item not in text] == []
    again = CaseStore(kept).read(case.id)
    for record in case.done():
        judged_again = rejudge(BY_ID[record.step], again)
        assert judged_again is not None
        assert [item.code for item in judged_again.findings] == [item.code for item in record.findings]


async def test_a_proxy_whose_password_was_not_stored_is_not_asked() -> None:
    world = LiveWorld(allow=["127.0.0.0/8"], proxy="http://withheld-user-1@127.0.0.1:9")
    heard = await world.perform(HttpProbe("trace", "GET", "http://127.0.0.1:9/", effect=Effect.CLICK))
    await world.aclose()
    assert isinstance(heard, HttpEvidence)
    assert (heard.delivery, heard.outcome[0]) == ("not-sent", "NO_SECRET")
