"""A server per behaviour: each answer, however hostile, ends as the outcome it deserves and never later than asked."""

import asyncio
import gzip
import zlib
from collections.abc import Awaitable, Callable

import pytest

from postback_wizard.domain.probe import HttpEvidence

Ask = Callable[..., Awaitable[HttpEvidence]]

OK = b"HTTP/1.1 200 OK\r\n"


def with_body(body: bytes, head: bytes = b"", start: bytes = OK) -> bytes:
    return start + head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def redirect(location: bytes, head: bytes = b"") -> bytes:
    return b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\n" + head + b"Content-Length: 0\r\n\r\n"


#: Bytes a server answers with before it closes, and what that is.
ANSWERS: dict[str, tuple[bytes, str, tuple[str, ...]]] = {
    # silence and framing
    "closes without a byte": (b"", "sent", ("CLOSED_NO_ANSWER",)),
    "stops in the status line": (b"HTTP/1.1 2", "sent", ("TRUNCATED_HEAD",)),
    "sends a short body": (OK + b"Content-Length: 10\r\n\r\nok", "answered", ("OK_2XX", "BODY_TRUNCATED")),
    "sends a long body": (OK + b"Content-Length: 2\r\n\r\n" + b"o" * 16, "answered", ("OK_2XX", "EXTRA_DATA")),
    "sends one endless header": (OK + b"X-A: " + b"a" * 300_000 + b"\r\n\r\n", "sent", ("HEADER_LIMIT",)),
    "sends 100,000 header lines": (OK + b"X-A: b\r\n" * 100_000 + b"\r\n", "sent", ("HEADER_LIMIT",)),
    "announces a negative length": (OK + b"Content-Length: -1\r\n\r\nok", "sent", ("PROTOCOL_ERROR(content-length)",)),
    "announces a length in words": (OK + b"Content-Length: abc\r\n\r\nok", "sent", ("PROTOCOL_ERROR(content-length)",)),
    "announces two lengths": (
        OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nok",
        "sent",
        ("PROTOCOL_ERROR(content-length)",),
    ),
    "announces an absurd length": (
        OK + b"Content-Length: 99999999999999999999\r\n\r\nok",
        "answered",
        ("OK_2XX", "BODY_TRUNCATED"),
    ),
    "announces a length twice in one line": (
        OK + b"Content-Length: 2, 2\r\n\r\nok",
        "answered",
        ("OK_2XX", "NOTE(content-length-repeated)"),
    ),
    "announces a length and chunks": (
        OK + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        "answered",
        ("OK_2XX", "SMUGGLING_RISK"),
    ),
    "stacks a coding on chunks": (
        OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "sent",
        ("PROTOCOL_ERROR(transfer-encoding)",),
    ),
    "sends a chunk size of letters": (
        OK + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nok\r\n",
        "answered",
        ("OK_2XX", "BODY_BROKEN"),
    ),
    "overflows the chunk size": (
        OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nok\r\n",
        "answered",
        ("OK_2XX", "BODY_BROKEN"),
    ),
    "forgets the last chunk": (
        OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
        "answered",
        ("OK_2XX", "BODY_TRUNCATED"),
    ),
    "sends endless trailers": (
        OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n" + b"X-A: b\r\n" * 50_000,
        "answered",
        ("OK_2XX", "HEADER_LIMIT"),
    ),
    "sends a body with 204": (b"HTTP/1.1 204 No Content\r\n\r\nhello", "answered", ("OK_204", "EXTRA_DATA")),
    "sends a body with 304": (b"HTTP/1.1 304 Not Modified\r\n\r\nhello", "answered", ("UNEXPECTED_304", "EXTRA_DATA")),
    "ends lines with LF": (
        b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
        "answered",
        ("OK_2XX", "NOTE(lf-only)"),
    ),
    "sends a header without a colon": (OK + b"nonsense\r\n\r\nok", "sent", ("PROTOCOL_ERROR(header)",)),
    "puts a space before the colon": (OK + b"X-A : b\r\n\r\nok", "sent", ("PROTOCOL_ERROR(header)",)),
    "folds a header": (with_body(b"ok", b"X-A: b\r\n c\r\n"), "answered", ("OK_2XX", "NOTE(header-folded)")),
    "sends NUL in a header": (with_body(b"ok", b"X-A: b\0c\r\n"), "sent", ("PROTOCOL_ERROR(header)",)),
    "sends an escape in a header": (with_body(b"ok", b"X-A: \x1b]52;c;AAAA\x07\r\n"), "answered", ("OK_2XX",)),
    "sends Latin-1 in a header": (with_body(b"ok", b"X-A: caf\xe9\r\n"), "answered", ("OK_2XX",)),
    # another protocol
    "switches protocols unasked": (
        b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        "sent",
        ("PROTOCOL_ERROR(upgrade)",),
    ),
    "answers status 99": (b"HTTP/1.1 99 Odd\r\n\r\n", "sent", ("PROTOCOL_ERROR(status)",)),
    "answers status 000": (b"HTTP/1.1 000 Odd\r\n\r\n", "sent", ("PROTOCOL_ERROR(status)",)),
    "answers status 999": (with_body(b"ok", start=b"HTTP/1.1 999 X\r\n"), "answered", ("NON_STANDARD_STATUS",)),
    "gives no reason phrase": (with_body(b"ok", start=b"HTTP/1.1 200\r\n"), "answered", ("OK_2XX",)),
    "speaks HTTP/1.0": (b"HTTP/1.0 200 OK\r\n\r\nok", "answered", ("OK_2XX", "LENGTH_UNKNOWN")),
    "speaks HTTP/0.9": (b"<html>hello</html>", "sent", ("NOT_HTTP",)),
    "claims HTTP/2.0": (
        with_body(b"ok", start=b"HTTP/2.0 200 OK\r\n"),
        "answered",
        ("OK_2XX", "NOTE(http-version-2.0)"),
    ),
    "speaks ICY": (b"ICY 200 OK\r\n\r\n", "sent", ("NOT_HTTP",)),
    "answers with a TLS alert": (b"\x15\x03\x01\x00\x02\x02\x46", "sent", ("TLS_ON_PLAIN_PORT",)),
    # characters
    "breaks its declared UTF-8": (
        with_body(b"a\xff\xfeb", b"Content-Type: text/plain; charset=utf-8\r\n"),
        "answered",
        ("OK_2XX", "NOT_UTF8"),
    ),
    "declares an unknown charset": (
        with_body(b"ok", b"Content-Type: text/plain; charset=klingon\r\n"),
        "answered",
        ("OK_2XX", "NOTE(charset)"),
    ),
    "declares a charset that unpacks": (
        with_body(b"ok", b"Content-Type: text/plain; charset=zlib_codec\r\n"),
        "answered",
        ("OK_2XX", "NOTE(charset)"),
    ),
    "declares UTF-7": (
        with_body(b"+ADw-script+AD4-", b"Content-Type: text/html; charset=utf-7\r\n"),
        "answered",
        ("OK_2XX", "NOTE(charset)"),
    ),
    "declares the idna charset": (
        with_body(b"a" * 100_000, b"Content-Type: text/plain; charset=idna\r\n"),
        "answered",
        ("OK_2XX", "NOTE(charset)"),
    ),
    "sends escapes in its body": (with_body(b"\x1b[31mred \x9b31m"), "answered", ("OK_2XX", "NOT_UTF8")),
    # what a 200 may mean
    "says error with 200": (
        with_body(b'{"status":"error","message":"x"}', b"Content-Type: application/json\r\n"),
        "answered",
        ("SOFT_FAIL",),
    ),
    "answers nothing with 200": (with_body(b""), "answered", ("OK_2XX_EMPTY",)),
    "answers with a pixel": (
        with_body(b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00;", b"Content-Type: image/gif\r\n"),
        "answered",
        ("OK_2XX_PIXEL",),
    ),
    "nests JSON 200,000 deep": (with_body(b"[" * 200_000), "answered", ("AMBIGUOUS_2XX", "JSON_INVALID(depth)")),
    "sends a number of 5,000 digits": (
        with_body(b'{"a":' + b"9" * 5000 + b"}"),
        "answered",
        ("AMBIGUOUS_2XX", "JSON_INVALID(number)"),
    ),
    # limits and refusals
    "limits for 30 seconds": (
        with_body(b"", b"Retry-After: 30\r\n", b"HTTP/1.1 429 X\r\n"),
        "answered",
        ("RATE_LIMITED(30 s)",),
    ),
    "limits for ever": (
        with_body(b"", b"Retry-After: 99999999999999\r\n", b"HTTP/1.1 429 X\r\n"),
        "answered",
        ("RATE_LIMITED(value out of range)",),
    ),
    "limits until a date": (
        with_body(b"", b"Retry-After: Thu, 01 Jan 2099 00:00:00 GMT\r\n", b"HTTP/1.1 429 X\r\n"),
        "answered",
        ("RATE_LIMITED(until 2099-01-01T00:00:00Z)",),
    ),
    "is overloaded until soon": (
        with_body(b"", b"Retry-After: soon\r\n", b"HTTP/1.1 503 X\r\n"),
        "answered",
        ("SERVER_5XX", "NOTE(bad-retry-after)"),
    ),
    "asks for a password": (
        with_body(b"", b'WWW-Authenticate: Basic realm="x"\r\n', b"HTTP/1.1 401 X\r\n"),
        "answered",
        ("REJECTED_401",),
    ),
    "is gone": (with_body(b"", start=b"HTTP/1.1 410 Gone\r\n"), "answered", ("GONE",)),
    "fails": (with_body(b"x", start=b"HTTP/1.1 502 Bad Gateway\r\n"), "answered", ("SERVER_5XX",)),
    "challenges robots": (
        with_body(b"<title>Just a moment...</title>", b"Server: cloudflare\r\n", b"HTTP/1.1 403 X\r\n"),
        "answered",
        ("BLOCKED_BY_WAF",),
    ),
    # redirects
    "redirects on": (redirect(b"/next?a={b}"), "answered", ("REDIRECT",)),
    "redirects to a file": (redirect(b"file:///etc/passwd"), "answered", ("BLOCKED_SCHEME(file)",)),
    "redirects to ftp": (redirect(b"ftp://h/x"), "answered", ("BLOCKED_SCHEME(ftp)",)),
    "redirects to a script": (redirect(b"javascript:alert(1)"), "answered", ("BLOCKED_SCHEME(javascript)",)),
    "redirects to data": (redirect(b"data:text/html,x"), "answered", ("BLOCKED_SCHEME(data)",)),
    "redirects to a store": (redirect(b"market://details?id=x"), "answered", ("APP_LINK(market)",)),
    "redirects to an intent": (redirect(b"intent://x#Intent;end"), "answered", ("APP_LINK(intent)",)),
    "redirects nowhere": (redirect(b""), "answered", ("REDIRECT_INVALID(empty)",)),
    "redirects without a location": (
        with_body(b"", start=b"HTTP/1.1 302 Found\r\n"),
        "answered",
        ("REDIRECT_INVALID(missing)",),
    ),
    "redirects to two places": (
        redirect(b"/a", b"Location: /b\r\n"),
        "answered",
        ("REDIRECT_INVALID(ambiguous)",),
    ),
    "redirects to half an address": (redirect(b"http://[::1/"), "answered", ("REDIRECT_INVALID(url)",)),
    "redirects to port 99999": (redirect(b"http://a.example:99999/"), "answered", ("REDIRECT_INVALID(port)",)),
    "redirects with a space": (redirect(b"/a b"), "answered", ("REDIRECT", "NOTE(location-encoded)")),
    "redirects with UTF-8": (redirect("/ключ".encode()), "answered", ("REDIRECT", "NOTE(location-encoded)")),
    "redirects with Latin-1": (redirect(b"/caf\xe9"), "answered", ("REDIRECT_INVALID(bytes)",)),
    "redirects with an escape": (redirect(b"/a\x1bb"), "answered", ("REDIRECT_INVALID(bytes)",)),
    "redirects to slashes": (redirect(b"http:////127.0.0.1/x"), "answered", ("REDIRECT_INVALID(url)",)),
    "redirects to 64 KB": (redirect(b"/" + b"a" * 65_535), "answered", ("REDIRECT_INVALID(too long)",)),
    "redirects with a password": (redirect(b"http://u:pw@a.example/"), "answered", ("REDIRECT_INVALID(userinfo)",)),
    "offers choices": (
        with_body(b"", b"Location: /a\r\n", b"HTTP/1.1 300 X\r\n"),
        "answered",
        ("NOTE(300-not-followed)",),
    ),
    "is not modified but moved": (
        b"HTTP/1.1 304 X\r\nLocation: /a\r\n\r\n",
        "answered",
        ("UNEXPECTED_304", "NOTE(304-not-followed)"),
    ),
    "is found and names a place": (
        with_body(b"ok", b"Location: /a\r\n"),
        "answered",
        ("OK_2XX", "NOTE(location-without-redirect)"),
    ),
    "refreshes by header": (
        with_body(b"", b"Refresh: 0; url=/next\r\n"),
        "answered",
        ("OK_2XX", "BROWSER_REDIRECT(refresh)"),
    ),
    "refreshes by meta": (
        with_body(b'<meta http-equiv="refresh" content="0;url=/x">', b"Content-Type: text/html\r\n"),
        "answered",
        ("OK_2XX", "BROWSER_REDIRECT(meta)"),
    ),
    "redirects by script": (
        with_body(b"<script>location='/x'</script>", b"Content-Type: text/html\r\n"),
        "answered",
        ("OK_2XX", "BROWSER_REDIRECT(script)"),
    ),
    # codings and cookies
    "labels rubbish as gzip": (
        with_body(b"\x1f\x8b\x08rubbish, not deflate", b"Content-Encoding: gzip\r\n"),
        "answered",
        ("OK_2XX", "BAD_CODING"),
    ),
    "cuts its gzip": (
        with_body(gzip.compress(" ".join(map(str, range(2000))).encode())[:-400], b"Content-Encoding: gzip\r\n"),
        "answered",
        ("OK_2XX", "BODY_TRUNCATED(coding)"),
    ),
    "labels plain text as gzip": (
        with_body(b"just text", b"Content-Encoding: gzip\r\n"),
        "answered",
        ("OK_2XX", "BAD_CODING"),
    ),
    "adds rubbish to its gzip": (
        with_body(gzip.compress(b"ok") + b"rubbish", b"Content-Encoding: gzip\r\n"),
        "answered",
        ("OK_2XX", "EXTRA_DATA"),
    ),
    "sends two gzip members": (
        with_body(gzip.compress(b"o") + gzip.compress(b"k"), b"Content-Encoding: gzip\r\n"),
        "answered",
        ("OK_2XX",),
    ),
    "packs with snappy": (
        with_body(b"ok", b"Content-Encoding: snappy\r\n"),
        "answered",
        ("OK_2XX", "CODING_UNSUPPORTED"),
    ),
    "packs a thousand times": (
        with_body(b"ok", b"Content-Encoding: " + b",".join([b"gzip"] * 1000) + b"\r\n"),
        "answered",
        ("OK_2XX", "CODING_REFUSED(stack)"),
    ),
    "packs three times": (
        with_body(b"ok", b"Content-Encoding: gzip, gzip, gzip\r\n"),
        "answered",
        ("OK_2XX", "CODING_REFUSED"),
    ),
    "packs with brotli": (with_body(b"ok", b"Content-Encoding: br\r\n"), "answered", ("OK_2XX", "CODING_REFUSED")),
    "packs with zstandard": (with_body(b"ok", b"Content-Encoding: zstd\r\n"), "answered", ("OK_2XX", "CODING_REFUSED")),
    "sends a gzip bomb": (
        with_body(zlib.compress(b"\0" * 30_000_000, 9), b"Content-Encoding: deflate\r\n"),
        "answered",
        ("OK_2XX", "BODY_LIMIT"),
    ),
    "sets a thousand cookies": (
        with_body(b"ok", b"".join(b"Set-Cookie: c%d=v\r\n" % number for number in range(1000))),
        "answered",
        ("OK_2XX",),
    ),
    "sets evil cookies": (
        with_body(b"ok", b"Set-Cookie: a=b; Domain=com\r\nSet-Cookie: c=\x01; expires=Fri, 31 Dec 9999-99\r\n"),
        "answered",
        ("OK_2XX", "NOTE(cookies-dropped)"),
    ),
}


@pytest.mark.parametrize("behaviour", ANSWERS)
async def test_an_answer_gets_its_outcome(behaviour: str, serve, ask: Ask) -> None:  # type: ignore[no-untyped-def]
    raw, delivery, outcome = ANSWERS[behaviour]
    server = await serve(raw)
    evidence = await ask(server.url("/click"))
    assert (evidence.delivery, evidence.outcome, len(server.requests)) == (delivery, outcome, 1), evidence.detail


async def never_answers(peer) -> None:  # type: ignore[no-untyped-def]
    await peer.stay()


async def resets(peer) -> None:  # type: ignore[no-untyped-def]
    peer.reset()


async def half_closes(peer) -> None:  # type: ignore[no-untyped-def]
    peer.writer.write_eof()
    await peer.stay()


async def sends_half_a_head(peer) -> None:  # type: ignore[no-untyped-def]
    await peer.send(b"HTTP/1.1 200 OK\r\nX-A: b\r\n")
    await peer.stay()


async def resets_in_the_body(peer) -> None:  # type: ignore[no-untyped-def]
    await peer.send(OK + b"Content-Length: 10\r\n\r\nok")
    await asyncio.sleep(0.05)
    peer.reset()


async def drips_headers(peer) -> None:  # type: ignore[no-untyped-def]
    for byte in OK * 100:
        await peer.send(bytes([byte]))
        await asyncio.sleep(0.05)


async def drips_the_body(peer) -> None:  # type: ignore[no-untyped-def]
    await peer.send(OK + b"Content-Length: 1000\r\n\r\n")
    for _ in range(1000):
        await peer.send(b"x")
        await asyncio.sleep(0.05)


async def sends_chunks_for_ever(peer) -> None:  # type: ignore[no-untyped-def]
    await peer.send(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        await peer.send(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")


async def sends_for_ever(peer) -> None:  # type: ignore[no-untyped-def]
    await peer.send(OK + b"\r\n")
    while True:
        await peer.send(b"x" * 65536)


async def sends_100_for_ever(peer) -> None:  # type: ignore[no-untyped-def]
    while True:
        await peer.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


async def sends_103_for_ever(peer) -> None:  # type: ignore[no-untyped-def]
    while True:
        await peer.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        await asyncio.sleep(0.01)


async def greets_like_ssh(peer) -> None:  # type: ignore[no-untyped-def]
    await peer.send(b"SSH-2.0-OpenSSH_9.6\r\n")
    await peer.stay()


async def announces_too_much_and_waits(peer) -> None:  # type: ignore[no-untyped-def]
    await peer.send(OK + b"Content-Length: 99999999999999999999\r\n\r\nok")
    await peer.stay()


async def continues_once(peer) -> None:  # type: ignore[no-untyped-def]
    await peer.send(b"HTTP/1.1 100 Continue\r\n\r\n" + with_body(b"ok"))


LIVE = [
    (never_answers, "sent", ("NO_ANSWER",)),
    (resets, "sent", ("RESET",)),
    (half_closes, "sent", ("CLOSED_NO_ANSWER",)),
    (sends_half_a_head, "sent", ("NO_ANSWER",)),
    (resets_in_the_body, "answered", ("OK_2XX", "BODY_TRUNCATED")),
    (drips_headers, "sent", ("DEADLINE",)),
    (drips_the_body, "answered", ("OK_2XX", "BODY_DEADLINE")),
    (sends_chunks_for_ever, "answered", ("OK_2XX", "BODY_LIMIT")),
    (sends_for_ever, "answered", ("OK_2XX", "BODY_LIMIT")),
    (sends_100_for_ever, "sent", ("DEADLINE", "NOTE(1xx-flood)")),
    (sends_103_for_ever, "sent", ("DEADLINE", "NOTE(1xx-flood)")),
    (greets_like_ssh, "sent", ("NOT_HTTP",)),
    (announces_too_much_and_waits, "answered", ("OK_2XX", "BODY_TRUNCATED")),
    (continues_once, "answered", ("OK_2XX",)),
]


@pytest.mark.parametrize(("behaviour", "delivery", "outcome"), LIVE, ids=[item[0].__name__ for item in LIVE])
async def test_a_live_behaviour_gets_its_outcome(behaviour, delivery, outcome, serve, ask: Ask) -> None:  # type: ignore[no-untyped-def]
    server = await serve(behaviour)
    evidence = await ask(server.url(), deadline_s=0.6)
    assert (evidence.delivery, evidence.outcome, len(server.requests)) == (delivery, outcome, 1), evidence.detail


@pytest.mark.parametrize("behaviour", [never_answers, drips_headers, drips_the_body, sends_100_for_ever])
async def test_every_behaviour_is_ended_by_the_deadline(behaviour, serve, ask: Ask) -> None:  # type: ignore[no-untyped-def]
    server = await serve(behaviour)
    evidence = await asyncio.wait_for(ask(server.url(), deadline_s=0.6), 15)
    assert evidence.timing_ms.total >= 600


async def test_a_redirect_to_itself_is_a_loop_after_one_request(serve, ask: Ask) -> None:  # type: ignore[no-untyped-def]
    async def loops(peer) -> None:  # type: ignore[no-untyped-def]
        await peer.send(redirect(peer.server.url("/click").encode()))

    server = await serve(loops)
    evidence = await ask(server.url("/click"))
    assert (evidence.outcome, len(server.requests)) == (("REDIRECT_LOOP",), 1)


async def test_a_sent_callback_is_never_redirected(serve, ask: Ask) -> None:  # type: ignore[no-untyped-def]
    server = await serve(redirect(b"/next"))
    evidence = await ask(server.url(), send=True)
    assert (evidence.delivery, evidence.outcome, len(server.requests)) == ("answered", ("REDIRECT_STOPPED",), 1)


async def test_a_page_is_no_answer_to_a_callback(serve, ask: Ask) -> None:  # type: ignore[no-untyped-def]
    server = await serve(with_body(b"<html><body>Log in</body></html>", b"Content-Type: text/html\r\n"))
    evidence = await ask(server.url(), send=True)
    assert (evidence.outcome, evidence.verdicts.business) == (("AMBIGUOUS_2XX",), "unproven")


async def test_a_page_is_a_landing_page_for_a_click(serve, ask: Ask) -> None:  # type: ignore[no-untyped-def]
    server = await serve(with_body(b"<html><body>Buy</body></html>", b"Content-Type: text/html\r\n"))
    assert (await ask(server.url())).outcome == ("OK_2XX",)
