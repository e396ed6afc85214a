"""Recorded browser sessions of several producers, whole and damaged."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from postback_wizard.domain.probe import HarEvidence, HarProbe
from postback_wizard.effects.har import read_har

AT = "2026-03-01T10:00:00.000Z"
TRACKER = "https://t.example/c?cid=1"
OFFER = "https://offer.example/?aff_sub=w7k2p9"


def entry(url: str, status: int = 200, location: str = "", **more: Any) -> dict[str, Any]:
    headers = [{"name": "Location", "value": location}] if location else []
    content = more.pop("content", {"mimeType": "text/html", "text": "<title>ok</title>"} if status == 200 else {})
    response = {"status": status, "headers": headers, "content": content, **more.pop("response", {})}
    request = {"method": "GET", "url": url, "headers": []}
    return {"startedDateTime": "2026-03-01T12:00:00.000+02:00", "request": request, "response": response, **more}


async def read(path: Path, *entries: Any, raw: bytes | None = None) -> HarEvidence:
    path = path / "session.har"
    text = json.dumps({"log": {"version": "1.2", "entries": list(entries)}}).encode()
    path.write_bytes(text if raw is None else raw)
    return await read_har(HarProbe("har", str(path)), AT)


def addresses(har: HarEvidence) -> list[str]:
    return [hop.request.url for hop in har.hops]


async def test_the_chain_of_the_first_page_is_followed(tmp_path: Path) -> None:
    har = await read(
        tmp_path,
        entry("https://t.example/favicon.ico", content={"mimeType": "image/png"}),
        entry(TRACKER, 302, OFFER),
        entry("https://cdn.example/a.js", content={"mimeType": "text/javascript"}),
        entry(OFFER),
        entry("https://other.example/"),
    )
    assert addresses(har) == [TRACKER, OFFER]


async def test_hops_are_numbered_named_and_judged_like_live_ones(tmp_path: Path) -> None:
    har = await read(tmp_path, entry(TRACKER, 302, OFFER), entry(OFFER))
    assert [(hop.name, hop.hop, hop.delivery, hop.outcome[0]) for hop in har.hops] == [
        ("trace", 1, "answered", "REDIRECT"),
        ("trace", 2, "answered", "OK_2XX"),
    ]


async def test_a_relative_location_is_resolved(tmp_path: Path) -> None:
    har = await read(tmp_path, entry(TRACKER, 302, "/next?cid=1"), entry("https://t.example/next?cid=1"))
    assert len(har.hops) == 2


async def test_a_location_kept_only_as_redirect_url_is_followed(tmp_path: Path) -> None:
    har = await read(tmp_path, entry(TRACKER, 302, response={"redirectURL": OFFER}), entry(OFFER))
    assert addresses(har) == [TRACKER, OFFER]


async def test_a_loop_is_named_and_ends(tmp_path: Path) -> None:
    har = await read(tmp_path, entry(TRACKER, 302, OFFER), entry(OFFER, 302, TRACKER), entry(TRACKER, 302, OFFER))
    assert har.hops[1].has("REDIRECT_LOOP")


async def test_a_body_in_base64_is_decoded(tmp_path: Path) -> None:
    body = base64.b64encode("<p>привет</p>".encode()).decode()
    har = await read(tmp_path, entry(OFFER, content={"mimeType": "text/html", "encoding": "base64", "text": body}))
    answer = har.hops[0].answer
    assert answer is not None
    assert (answer.body, answer.body_bytes) == ("<p>привет</p>", len("<p>привет</p>".encode()))


async def test_a_body_over_the_cap_is_cut_and_says_so(tmp_path: Path) -> None:
    har = await read(tmp_path, entry(OFFER, content={"mimeType": "text/html", "text": "x" * 2_000_000}))
    answer = har.hops[0].answer
    assert answer is not None
    assert (len(answer.body), answer.truncated, answer.body_bytes) == (1024**2, True, 2_000_000)


async def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    text = json.dumps({"log": {"entries": [entry(OFFER)]}})
    assert len((await read(tmp_path, raw=text.encode("utf-8-sig"))).hops) == 1


async def test_the_time_of_a_hop_is_in_utc(tmp_path: Path) -> None:
    assert (await read(tmp_path, entry(OFFER))).hops[0].at == "2026-03-01T10:00:00.000Z"


async def test_timings_of_a_hop_stand_alone(tmp_path: Path) -> None:
    timed = entry(OFFER, time=90.5, timings={"dns": 5, "connect": 30, "ssl": 20, "wait": 40, "blocked": -1})
    timing = (await read(tmp_path, timed)).hops[0].timing_ms
    assert (timing.dns, timing.connect, timing.tls, timing.first_byte, timing.total) == (5, 10, 20, 40, 90.5)


async def test_pseudo_headers_are_left_out(tmp_path: Path) -> None:
    asked = entry(OFFER)
    asked["request"]["headers"] = [{"name": ":authority", "value": "x"}, {"name": "accept", "value": "*/*"}]
    assert (await read(tmp_path, asked)).hops[0].request.headers == (("accept", "*/*"),)


async def test_a_hop_without_an_answer_is_kept_and_said_to_be_sent(tmp_path: Path) -> None:
    har = await read(tmp_path, entry(TRACKER, 302, OFFER), entry(OFFER, 0))
    assert (har.hops[1].delivery, har.hops[1].answer) == ("sent", None)


@pytest.mark.parametrize("missing", ["startedDateTime", "request", "response"])
async def test_an_entry_with_a_field_missing_spoils_no_other(tmp_path: Path, missing: str) -> None:
    broken = entry(TRACKER, 302, OFFER)
    del broken[missing]
    assert OFFER in addresses(await read(tmp_path, broken, entry(OFFER)))


ODD: list[Any] = [
    *(None, 1, "x", []),
    {"request": None, "response": []},
    {"request": {"url": 5}, "response": {"status": "302"}},
]


async def test_entries_of_odd_types_are_stepped_over(tmp_path: Path) -> None:
    assert addresses(await read(tmp_path, *ODD, entry(OFFER))) == [OFFER]


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        (b"", "HAR_EMPTY"),
        (b"{", "HAR_INVALID"),
        (b"[" * 100_000, "HAR_INVALID"),
        (b"[]", "HAR_FOREIGN"),
        (b'{"log": {"entries": []}}', "HAR_EMPTY"),
        (b'{"log": {"entries": [{"request": {"url": "https://x.example/"}}]}}', "HAR_NO_PAGE"),
        (b'{"log": {"entries": [{"time": ' + b"9" * 5000 + b"}]}}", "HAR_INVALID"),
    ],
    ids=["empty", "cut", "deep", "a list", "no entries", "no page", "a huge number"],
)
async def test_what_is_no_recording_is_told(tmp_path: Path, raw: bytes, outcome: str) -> None:
    har = await read(tmp_path, raw=raw)
    assert (har.outcome, har.hops) == ((outcome,), ())


@pytest.mark.parametrize(("name", "detail"), [("no.har", "missing"), ("", "folder")])
async def test_a_file_that_is_not_there_is_told(tmp_path: Path, name: str, detail: str) -> None:
    har = await read_har(HarProbe("har", str(tmp_path / name)), AT)
    assert (har.outcome, har.detail) == (("HAR_UNREADABLE",), detail)


async def test_a_file_over_the_cap_is_not_parsed(tmp_path: Path) -> None:
    path = tmp_path / "big.har"
    with path.open("wb") as file:
        file.truncate(101 * 1024**2)
    assert (await read_har(HarProbe("har", str(path)), AT)).outcome == ("HAR_TOO_LARGE",)


async def test_a_lone_surrogate_in_a_body_can_be_stored(tmp_path: Path) -> None:
    har = await read(tmp_path, entry(OFFER, content={"mimeType": "text/html", "text": "\ud800"}))
    answer = har.hops[0].answer
    assert answer is not None
    assert answer.body.encode() == b"?"
