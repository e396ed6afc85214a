"""An exported command for bash, run by a real bash and curl, sends the request that was exported."""

from collections.abc import Iterator

import pytest

from postback_wizard.domain.probe import HttpEvidence, HttpProbe, SentRequest
from postback_wizard.domain.request import ExactRequest, read_request
from postback_wizard.domain.url import split_url
from postback_wizard.effects.world import LiveWorld
from postback_wizard.report.exports import export
from tests.loopback.recorder import BASH, CURL, Recorder, meaning, recording, run_bash

pytestmark = pytest.mark.skipif(not (CURL and BASH), reason="curl and bash are needed")

#: What a client says of itself is written down in an exported command, so it counts too; compression is its own affair.
ALL = ("user-agent", "accept", "content-length")
JSON = (("Content-Type", "application/json"),)

#: Method, target, headers, body.
AWKWARD: tuple[tuple[str, str, tuple[tuple[str, str], ...], str], ...] = (
    ("GET", "/p", (), ""),
    ("GET", "/", (), ""),
    ("GET", "/p?a=1&b=2", (), ""),
    ("GET", "/p?a={clickid}&b=[x]&c=[1-3]&d={a,b}", (), ""),
    ("GET", "/p?a='&b=\"&c=`id`&d=$(id)&e=$HOME&f=${x}", (), ""),
    ("GET", "/p?a=%20%00%7B&b=+&c=\\&d=!x", (), ""),
    ("GET", "/a/../b/./c/..", (), ""),
    ("GET", "//double//slash?x=//y", (), ""),
    ("GET", "/p?", (), ""),
    ("GET", "/p?a&b=&=c&&", (), ""),
    ("GET", "/p?a=<b>|^~;*", (), ""),
    ("GET", "/p?u=https://x.example/?y=1&z=2", (), ""),
    ("GET", "/p", (("X-Empty", ""),), ""),
    ("GET", "/p", (("X-Quote", 'it\'s "q" $x `y` \\z'),), ""),
    ("GET", "/p", (("X-Twice", "a"), ("X-Twice", "b")), ""),
    ("GET", "/p", (("X-Tab", "a\tb"),), ""),
    ("GET", "/p", (("X-Utf", "\u0416\u00e9"),), ""),
    ("GET", "/p", (("User-Agent", "Agent (x; y) {z}"), ("Accept", "text/*;q=0.5")), ""),
    ("GET", "/p", (("Host", "track.example"),), ""),
    ("GET", "/p", (("Cookie", 'a=1; b="2"'), ("Referer", "https://r.example/?a=b")), ""),
    ("GET", "/p", (("Authorization", "Basic dXNlcjpwdw=="),), ""),
    ("HEAD", "/p?a=1", (), ""),
    ("DELETE", "/p", (), ""),
    ("post", "/p", (), "a=1"),
    ("PROPFIND", "/p", (), ""),
    ("POST", "/p", (), "cid=1&payout=12.50"),
    ("POST", "/p", (), "@file"),
    ("POST", "/p", (), 'a=it\'s&b="q"&c=$x&d=`y`&e=\\'),
    ("POST", "/p", (), "line\nline\r\nline\n"),
    ("POST", "/p", (), "\ttab\x0b\x07\x1b[31mred"),
    ("POST", "/p", (), "\u0416\u00e9\U0001f600\u202e\u200b"),
    ("POST", "/p", (), "\udcff\udcfe raw bytes \udc80"),
    ("POST", "/p", (), "zero\0byte\0"),
    ("POST", "/p", (), "-d x --next"),
    ("POST", "/p", (), " "),
    ("POST", "/p", JSON, '{"a": {"b": [1, "c d"]}, "e": "\\u0416\\n"}'),
    ("POST", "/p", (("Content-Type", "text/plain; charset=utf-8"),), "a&b"),
    ("PUT", "/p", (), "x" * 70_000),
    ("GET", "/p", (), "a body all the same"),
    ("POST", "/p?a=1", (("Content-Type", "multipart/form-data; boundary=B"),), "--B\r\nX: y\r\n\r\nz\r\n--B--\r\n"),
    ("PATCH", "/p", (("content-type", "application/xml"),), "<a b='c'>&amp;</a>"),
    ("OPTIONS", "/p", (("Origin", "null"), ("X_b", "1"), ("x!#$%&'*+.^`|~", "odd name")), ""),
)


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with recording() as found:
        yield found


async def sent(request: ExactRequest, recorder: Recorder) -> SentRequest:
    world = LiveWorld(allow=["127.0.0.0/8"])
    recorder.seen.clear()
    try:
        evidence = await world.perform(
            HttpProbe("replay", request.method, request.url, request.headers, request.body, deadline_s=10)
        )
    finally:
        await world.aclose()
    assert isinstance(evidence, HttpEvidence)
    assert recorder.seen, evidence
    return evidence.request


@pytest.mark.parametrize("number", range(len(AWKWARD)))
async def test_an_exported_command_sends_the_same_request(number: int, recorder: Recorder) -> None:
    method, target, headers, body = AWKWARD[number]
    request = await sent(ExactRequest(method, recorder.url(target), headers, body), recorder)
    ours = meaning(recorder.seen[-1], ALL)
    recorder.seen.clear()
    run_bash(export(request, "bash"))
    assert recorder.seen
    assert meaning(recorder.seen[-1], ALL) == ours


@pytest.mark.parametrize("number", range(len(AWKWARD)))
def test_an_exported_command_is_read_back_as_the_request(number: int) -> None:
    method, target, headers, body = AWKWARD[number]
    if "\0" in body:
        pytest.skip("a word of a command line cannot hold a zero byte; the body goes through a pipe")
    url = f"https://t.example{target}"
    found = read_request(export(SentRequest(method, url, split_url(url).target, headers, body), "bash"))
    assert isinstance(found, ExactRequest), found
    assert (found.method, found.url, found.headers, found.body) == (method, url, headers, body)
