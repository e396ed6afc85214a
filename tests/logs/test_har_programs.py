"""Recordings as different programs write them, and the choice of the page in them."""

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from postback_wizard.domain.probe import HarEvidence, HarProbe
from postback_wizard.domain.recorded import (
    BODY_PACKED,
    BROWSER_UPGRADE,
    ENDS_HERE,
    FROM_CACHE,
    NEXT_IS_LIKELY,
    SERVICE_WORKER,
    STOPPED,
)
from postback_wizard.effects.har import read_har

AT = "2026-03-01T10:00:00.000Z"
CLICK = "https://t.example/c?sub_id=abc12345"
OFFER = "https://go.example/offer?cid=w7k2m9x4q1"
SHOP = "https://shop.example/landing?cid=w7k2m9x4q1"
HTML = {"mimeType": "text/html", "text": "<title>shop</title>"}


def named(**values: str) -> list[dict[str, str]]:
    return [{"name": name.replace("_", "-"), "value": value} for name, value in values.items()]


def entry(url: str, status: int = 200, to: str = "", second: float = 0, **more: Any) -> dict[str, Any]:
    answer = {"headers": named(Location=to) if to else [], "content": {} if to else HTML}
    return {
        "startedDateTime": f"2026-03-01T10:00:{second:06.3f}Z",
        "time": 100,
        "request": {"method": "GET", "url": url, "headers": [], **more.pop("request", {})},
        "response": {"status": status or (302 if to else 200), **answer, **more.pop("response", {})},
        **more,
    }


def moved(url: str, to: str, second: float = 0, **more: Any) -> dict[str, Any]:
    return entry(url, 302, to, second, **more)


async def read(folder: Path, *entries: dict[str, Any], start: str = "", name: str = "click.har") -> HarEvidence:
    return await read_bytes(folder, json.dumps({"log": {"entries": entries}}).encode(), start=start, name=name)


async def read_bytes(folder: Path, data: bytes, *, start: str = "", name: str = "click.har") -> HarEvidence:
    path = folder / name
    path.write_bytes(data)
    return await read_har(HarProbe("har", str(path), start=start), AT)


def urls(har: HarEvidence) -> list[str]:
    return [hop.request.url for hop in har.hops]


CHROME = (
    moved("https://t.example/px", "https://t.example/px2", _resourceType="image"),
    moved(CLICK, OFFER, 1, _resourceType="document", _initiator={"type": "other"}, pageref="page_1"),
    entry(OFFER, 307, SHOP, 1.2, _resourceType="document", request={"headers": named(sec_fetch_dest="document")}),
    entry("https://ads.example/frame", second=1.3, request={"headers": named(sec_fetch_dest="iframe")}),
    entry(SHOP, second=1.4, _resourceType="document"),
)
FIREFOX = (
    moved("https://t.example/px", "https://t.example/px2", request={"headers": named(Accept="image/avif,*/*")}),
    moved(CLICK, OFFER, 1, request={"headers": named(Accept="text/html,application/xhtml+xml")}, cache={}),
    entry(OFFER, 302, "", 1.2, response={"redirectURL": SHOP, "headers": [], "content": {"size": 0}}),
    entry(SHOP, second=1.4, response={"httpVersion": "HTTP/2", "redirectURL": ""}),
)
SAFARI = tuple({**item, "_fetchType": "Network Load", "_priority": "high"} for item in FIREFOX[1:])
CHARLES = tuple({**item, "serverIPAddress": "203.0.113.7", "timings": {"connect": -1}} for item in FIREFOX[1:])
BARE = tuple({key: item[key] for key in ("request", "response")} for item in FIREFOX[1:])


@pytest.mark.parametrize("entries", [CHROME, FIREFOX, SAFARI, CHARLES, BARE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
async def test_the_click_is_found_whoever_wrote_the_file(
    tmp_path: Path, entries: tuple[dict[str, Any], ...], encoding: str
) -> None:
    text = json.dumps({"log": {"version": "1.2", "entries": entries}})
    assert urls(await read_bytes(tmp_path, text.encode(encoding))) == [CLICK, OFFER, SHOP]


async def test_entries_out_of_order_are_put_in_the_order_of_time(tmp_path: Path) -> None:
    assert urls(await read(tmp_path, *reversed(CHROME))) == [CLICK, OFFER, SHOP]


async def test_a_frame_and_an_image_are_no_pages(tmp_path: Path) -> None:
    assert [page.url for page in (await read(tmp_path, *CHROME)).pages] == [CLICK]


async def test_the_page_of_the_click_url_is_taken(tmp_path: Path) -> None:
    har = await read(tmp_path, entry("https://a.example/?cid=zzzzzzzz"), moved(CLICK, SHOP, 9), start=CLICK)
    assert (har.start, har.chosen) == (CLICK, "asked")


async def test_a_hop_in_the_middle_may_be_asked_for(tmp_path: Path) -> None:
    assert urls(await read(tmp_path, *CHROME, start=OFFER)) == [OFFER, SHOP]


async def test_without_a_click_url_the_first_page_with_identifiers_is_proposed(tmp_path: Path) -> None:
    har = await read(tmp_path, entry("https://mail.example/"), moved(CLICK, OFFER, 20), entry(OFFER, second=21))
    assert (har.start, har.chosen) == (CLICK, "carries")
    assert [(page.url, page.hops, page.final, page.carries) for page in har.pages] == [
        ("https://mail.example/", 1, "https://mail.example/", ()),
        (CLICK, 2, OFFER, ("sub_id",)),
    ]


async def test_the_same_page_with_another_query_is_taken_and_said(tmp_path: Path) -> None:
    har = await read(tmp_path, *CHROME, start="https://t.example/c?sub_id=other123")
    assert (har.start, har.chosen) == (CLICK, "nearly")


async def test_a_click_that_was_not_recorded_lists_the_pages(tmp_path: Path) -> None:
    har = await read(tmp_path, *CHROME, start="https://elsewhere.example/")
    assert (har.outcome, har.hops, [page.url for page in har.pages]) == (("HAR_NO_START",), (), [CLICK])


# -- what browsers do by themselves ----------------------------------------------------------------------------------


async def test_an_upgrade_by_the_browser_is_marked(tmp_path: Path) -> None:
    plain = "http://t.example/c?sub_id=abc12345"
    upgrade = {"statusText": "Internal Redirect", "headers": named(Location=CLICK, Non_Authoritative_Reason="HSTS")}
    har = await read(tmp_path, entry(plain, 307, response=upgrade), moved(CLICK, SHOP, 1), entry(SHOP, second=2))
    assert [BROWSER_UPGRADE in hop.outcome for hop in har.hops] == [True, False, False]


@pytest.mark.parametrize(
    ("mark", "note"),
    [({"_fromCache": "disk"}, FROM_CACHE), ({"response": {"_fetchedViaServiceWorker": True}}, SERVICE_WORKER)],
)
async def test_an_answer_from_inside_the_browser_is_marked(tmp_path: Path, mark: dict[str, Any], note: str) -> None:
    assert note in (await read(tmp_path, entry(CLICK, **mark))).hops[0].outcome


@pytest.mark.parametrize(
    ("error", "outcome", "delivery"),
    [
        ("net::ERR_BLOCKED_BY_CLIENT", STOPPED, "not-sent"),
        ("net::ERR_ABORTED", STOPPED, "not-sent"),
        ("net::ERR_NAME_NOT_RESOLVED", "DNS_FAIL", "not-sent"),
        ("net::ERR_CERT_DATE_INVALID", "TLS_EXPIRED", "not-sent"),
        ("net::ERR_CONNECTION_RESET", "RESET", "sent"),
        ("", "NO_ANSWER_RECORDED", "sent"),
    ],
)
async def test_a_request_without_an_answer_says_why(tmp_path: Path, error: str, outcome: str, delivery: str) -> None:
    har = await read(tmp_path, moved(CLICK, SHOP), entry(SHOP, second=1, response={"status": 0, "_error": error}))
    assert (har.hops[1].outcome, har.hops[1].delivery) == ((outcome,), delivery)


async def test_a_cookie_the_recording_hides_makes_no_circle(tmp_path: Path) -> None:
    har = await read(
        tmp_path, moved(CLICK, SHOP), moved(SHOP, CLICK, 1), moved(CLICK, OFFER, 2), entry(OFFER, second=3)
    )
    assert urls(har) == [CLICK, SHOP, CLICK, OFFER]
    assert not any(hop.has("REDIRECT_LOOP") for hop in har.hops)


async def test_a_recording_that_stops_on_the_way_says_so(tmp_path: Path) -> None:
    assert ENDS_HERE in (await read(tmp_path, moved(CLICK, SHOP))).hops[-1].outcome


async def test_http_that_became_https_unseen_is_followed(tmp_path: Path) -> None:
    har = await read(tmp_path, moved(CLICK, "http://shop.example/x"), entry("https://shop.example/x", second=1))
    assert len(har.hops) == 2


SCRIPT = {"content": {"mimeType": "text/html", "text": f"<script>location.href='{SHOP}'</script>"}}
UNSEEN: dict[str, Any] = {"content": {"mimeType": "text/html", "size": 900}}


@pytest.mark.parametrize(
    "following",
    [
        entry(SHOP, second=9, _initiator={"type": "script", "stack": {"callFrames": [{"url": CLICK}]}}),
        entry(SHOP, second=2, request={"headers": named(Referer="https://t.example/")}),
        entry(SHOP, second=2),
    ],
    ids=["initiator", "referer", "time"],
)
async def test_a_page_the_browser_went_on_to_continues_the_chain_as_likely(
    tmp_path: Path, following: dict[str, Any]
) -> None:
    har = await read(tmp_path, entry(CLICK, response=UNSEEN), following)
    assert (urls(har), NEXT_IS_LIKELY in har.hops[0].outcome) == ([CLICK, SHOP], True)


async def test_a_script_that_was_recorded_continues_the_chain_as_likely(tmp_path: Path) -> None:
    har = await read(tmp_path, entry(CLICK, response=SCRIPT), entry(SHOP, second=30))
    assert (urls(har), NEXT_IS_LIKELY in har.hops[0].outcome) == ([CLICK, SHOP], True)


@pytest.mark.parametrize(
    "first",
    [entry(CLICK, response=UNSEEN), entry(CLICK, second=19)],
    ids=["later", "a page that leads nowhere"],
)
async def test_a_page_somebody_went_to_is_another_chain(tmp_path: Path, first: dict[str, Any]) -> None:
    assert urls(await read(tmp_path, first, entry(SHOP, second=20), start=CLICK)) == [CLICK]


# -- bodies ------------------------------------------------------------------------------------------------------------


async def test_a_page_left_in_gzip_is_unpacked(tmp_path: Path) -> None:
    text = base64.b64encode(gzip.compress(b"<p>hello</p>")).decode()
    har = await read(tmp_path, entry(CLICK, response={"content": {**HTML, "encoding": "base64", "text": text}}))
    assert har.hops[0].answer is not None
    assert har.hops[0].answer.body == "<p>hello</p>"


@pytest.mark.parametrize(
    "content",
    [
        {"text": base64.b64encode(bytes(range(128, 250))).decode(), "encoding": "base64"},
        {"text": "\ufffd" * 50},
    ],
    ids=["base64", "as text"],
)
async def test_a_page_left_compressed_is_no_text_and_said_to_be(tmp_path: Path, content: dict[str, str]) -> None:
    answer = {"headers": named(Content_Encoding="br"), "content": {"mimeType": "text/html", **content}}
    (hop,) = (await read(tmp_path, entry(CLICK, response=answer))).hops
    assert hop.answer is not None
    assert (hop.answer.body, hop.answer.truncated, BODY_PACKED in hop.outcome) == ("", True, True)


# -- what is no HAR -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("s.chlsj", b"[{}]", "Charles"),
        ("s.chls", b"\0\1", "Charles"),
        ("s.chlz", b"PK\3\4", "Charles"),
        ("s.saz", b"PK\3\4", "Fiddler"),
        ("s.har", b"PK\3\4xxx", "ZIP"),
        ("s.har", b'{"log": {"no": 1}}', "JSON"),
        ("s.har", b"[1]", "JSON"),
        ("s.txt", b"some notes", "text"),
    ],
)
async def test_a_file_of_another_kind_is_named(tmp_path: Path, name: str, data: bytes, what: str) -> None:
    har = await read_bytes(tmp_path, data, name=name)
    assert (har.outcome, har.detail) == (("HAR_FOREIGN",), what)


async def test_broken_json_is_told_by_line_and_column(tmp_path: Path) -> None:
    har = await read_bytes(tmp_path, b'{"log": {\n  "entries": [,]}}')
    assert (har.outcome, har.detail) == (("HAR_INVALID",), "2:15")


async def test_a_text_file_with_curl_output_is_read_like_a_paste(tmp_path: Path) -> None:
    text = f"$ curl -sIL '{CLICK}'\nHTTP/2 302\nlocation: {SHOP}\n\nHTTP/2 200\nserver: x\n\n"
    har = await read_bytes(tmp_path, text.encode(), name="curl.txt")
    assert (har.form, urls(har)) == ("curl", [CLICK, SHOP])


async def test_the_click_url_names_what_headers_in_a_file_leave_out(tmp_path: Path) -> None:
    text = f"HTTP/2 302\nlocation: {SHOP}\n\nHTTP/2 200\nserver: x\n\n"
    assert urls(await read_bytes(tmp_path, text.encode(), name="headers.txt", start=CLICK)) == [CLICK, SHOP]
