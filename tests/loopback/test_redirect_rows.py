"""Every redirect behaviour, played by a server and traced or sent by the real engine: outcomes, requests, findings."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Level
from postback_wizard.domain.limits import Limits
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.effects.world import LiveWorld
from postback_wizard.engine import Done, run
from postback_wizard.steps.click import CLICK
from postback_wizard.steps.replay import REPLAY

Judge = Callable[..., Awaitable[StepRecord]]
SETTINGS = Settings(limits=Limits(deadline_s=5.0, chain_s=10.0))
CANARY = "canary-7f3a"


def answer(status: int, *headers: str, body: str = "") -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status} X", *headers, f"Content-Length: {len(body.encode())}"])
    return f"{head}\r\n\r\n{body}".encode()


def moved(location: bytes, *headers: str, status: int = 302) -> bytes:
    more = "".join(f"{line}\r\n" for line in headers).encode()
    return b"HTTP/1.1 %d X\r\nLocation: " % status + location + b"\r\n" + more + b"Content-Length: 0\r\n\r\n"


def page(body: str, *headers: str) -> bytes:
    return answer(200, "Content-Type: text/html", *headers, body=body)


LANDING = page("<title>Shop</title><p>Buy</p>")


@dataclass(frozen=True, slots=True)
class Row:
    """What the start answers, the outcome of each hop, how the step judges it, and what it must not be judged as."""

    start: bytes
    outcomes: tuple[tuple[str, ...], ...]
    codes: tuple[str, ...] = ()
    level: Level | None = Level.BAD


def broken(outcome: str) -> tuple[tuple[str, ...], ...]:
    return ((outcome,),)


ENDS = ("OK_2XX",)
ENCODED = ("OK_2XX", "NOTE(target-encoded)")
APP: Level | None = None

ROWS: dict[str, Row] = {
    "to itself": Row(moved(b"/start"), broken("REDIRECT_LOOP"), ("redirect-loop-or-excess-hops",)),
    "to itself with a cookie": Row(
        moved(b"/start", "Set-Cookie: a=b"),
        (("COOKIE_GATE",), ("REDIRECT_LOOP",)),
        ("redirect-loop-or-excess-hops",),
    ),
    "to a file": Row(moved(b"file:///etc/passwd"), broken("BLOCKED_SCHEME(file)"), ("redirect-invalid",)),
    "to ftp": Row(moved(b"ftp://h.example/x"), broken("BLOCKED_SCHEME(ftp)"), ("redirect-invalid",)),
    "to a script": Row(moved(b"javascript:alert(1)"), broken("BLOCKED_SCHEME(javascript)"), ("redirect-invalid",)),
    "to data": Row(moved(b"data:text/html,x"), broken("BLOCKED_SCHEME(data)"), ("redirect-invalid",)),
    "to a mistyped scheme": Row(moved(b"htps://h.example/"), broken("BLOCKED_SCHEME(htps)"), ("redirect-invalid",)),
    "to a bare host": Row(moved(b"h.example:443/x"), broken("BLOCKED_SCHEME(h.example)"), ("redirect-invalid",)),
    "to a store": Row(moved(b"market://details?id=x"), broken("APP_LINK(market)"), ("app-link-end",), APP),
    "to Apple's store": Row(
        moved(b"itms-appss://apps.apple.com/app/id1"), broken("APP_LINK(itms-appss)"), ("app-link-end",), APP
    ),
    "to an app": Row(moved(b"shopapp://open/7?x=1"), broken("APP_LINK(shopapp)"), ("app-link-end",), APP),
    "to an intent": Row(moved(b"intent://x#Intent;end"), broken("APP_LINK(intent)"), ("app-link-end",), APP),
    "to an intent with a page": Row(
        moved(b"intent://x#Intent;S.browser_fallback_url=https%3A%2F%2Fs.example%2F;end"),
        broken("APP_LINK(intent)"),
        ("app-link-fallback",),
        APP,
    ),
    "to nothing": Row(moved(b""), broken("REDIRECT_INVALID(empty)"), ("redirect-invalid",)),
    "without a location": Row(answer(302), broken("REDIRECT_INVALID(missing)"), ("redirect-invalid",)),
    "to two places": Row(moved(b"/a", "Location: /b"), broken("REDIRECT_INVALID(ambiguous)"), ("redirect-invalid",)),
    "to half an address": Row(moved(b"http://[::1/"), broken("REDIRECT_INVALID(url)"), ("redirect-invalid",)),
    "to port 99999": Row(moved(b"http://h.example:99999/"), broken("REDIRECT_INVALID(port)"), ("redirect-invalid",)),
    "with a space": Row(moved(b"/end a"), (("REDIRECT", "NOTE(location-encoded)"), ENCODED), (), None),
    "with UTF-8": Row(moved("/end/ключ".encode()), (("REDIRECT", "NOTE(location-encoded)"), ENCODED), (), None),
    "with Latin-1": Row(moved(b"/caf\xe9"), broken("REDIRECT_INVALID(bytes)"), ("redirect-invalid",)),
    "with an escape": Row(moved(b"/a\x1bb"), broken("REDIRECT_INVALID(bytes)"), ("redirect-invalid",)),
    "to slashes": Row(moved(b"http:////127.0.0.1/x"), broken("REDIRECT_INVALID(url)"), ("redirect-invalid",)),
    "to 64 KB": Row(moved(b"/" + b"a" * 65_535), broken("REDIRECT_INVALID(too long)"), ("redirect-invalid",)),
    "by 300": Row(answer(300, "Location: /end"), broken("NOTE(300-not-followed)"), (), None),
    "by 304": Row(
        b"HTTP/1.1 304 X\r\nLocation: /end\r\n\r\n", (("UNEXPECTED_304", "NOTE(304-not-followed)"),), (), None
    ),
    "by 200": Row(page("ok", "Location: /end"), (("OK_2XX", "NOTE(location-without-redirect)"),), (), None),
    "by a refresh": Row(
        answer(200, "Refresh: 0; url=/end"),
        (("OK_2XX", "BROWSER_REDIRECT(refresh)"), ENDS),
        ("client-side-hop",),
        None,
    ),
    "by a meta refresh": Row(
        page("<meta http-equiv=refresh content='0; url=/end'>"),
        (("OK_2XX", "BROWSER_REDIRECT(meta)"), ENDS),
        ("client-side-hop",),
        None,
    ),
    "by a script": Row(
        page("<script>location = '/end'</script>"),
        (("OK_2XX", "BROWSER_REDIRECT(script)"),),
        ("client-side-hop",),
        Level.WARN,
    ),
    "by a form": Row(
        page("<form action=/end></form><script>document.forms[0].submit()</script>"),
        (("OK_2XX", "BROWSER_REDIRECT(form)"),),
        ("client-side-hop",),
        Level.WARN,
    ),
    "by a button": Row(
        page("<button onclick=\"location.href='/end'\">Go</button>"), (ENDS,), ("possible-client-side-hop",), None
    ),
    "with a password": Row(
        moved(b"http://user:canary-7f3a@h.example/"), broken("REDIRECT_INVALID(userinfo)"), ("redirect-invalid",)
    ),
    "by a meta refresh to itself": Row(page("<meta http-equiv=refresh content=30>"), (ENDS,), (), None),
    "by a meta refresh in a circle": Row(
        page("<meta http-equiv=refresh content='0;url=/back'>"),
        (("OK_2XX", "BROWSER_REDIRECT(meta)"), ("REDIRECT_LOOP",)),
        ("redirect-loop-or-excess-hops",),
    ),
    "by a meta refresh to this network": Row(
        page("<meta http-equiv=refresh content='0;url=http://169.254.169.254/'>"),
        (("OK_2XX", "BROWSER_REDIRECT(meta)"), ("BLOCKED_ADDRESS",)),
        ("address-not-allowed",),
        None,
    ),
    "by a meta refresh to a file": Row(
        page("<meta http-equiv=refresh content='0;url=file:///etc/passwd'>"),
        (("OK_2XX", "BROWSER_REDIRECT(meta)", "BLOCKED_SCHEME(file)"),),
        ("redirect-invalid",),
    ),
    "by a meta refresh on an error": Row(
        answer(404, "Content-Type: text/html", body="<meta http-equiv=refresh content='0;url=/end'>"),
        (("REJECTED_404", "BROWSER_REDIRECT(meta)"), ENDS),
        ("hop-answers-error",),
        Level.WARN,
    ),
}


@pytest.fixture
async def judge(world: LiveWorld) -> Judge:
    """The click step, run to its end on a URL."""

    async def judging(url: str) -> StepRecord:
        case = Case("c", "2026-03-01T10:00:00.000Z", Facts(click_url=url))
        async for event in run(CLICK, case, world, SETTINGS, Permit.of(trace=True)):
            if isinstance(event, Done):
                return event.record
        raise AssertionError("a run ends with a record")

    return judging


@pytest.mark.parametrize("name", ROWS)
async def test_a_redirect_gets_its_outcome(name: str, serve, judge: Judge) -> None:  # type: ignore[no-untyped-def]
    row = ROWS[name]

    async def behave(peer) -> None:  # type: ignore[no-untyped-def]
        place = peer.request.split(b" ")[1]
        await peer.send({b"/start": row.start, b"/back": moved(b"/start")}.get(place, LANDING))

    server = await serve(behave)
    record = await judge(server.url("/start"))
    hops = [item for item in record.evidence if isinstance(item, HttpEvidence)]
    worst = next((item.level for item in record.findings if item.level in (Level.WARN, Level.BAD)), None)
    asked = sum(hop.delivery == "answered" for hop in hops)
    assert (tuple(hop.outcome for hop in hops), len(server.requests), worst) == (row.outcomes, asked, row.level)
    assert set(row.codes) <= {item.code for item in record.findings}
    assert CANARY not in repr(record)


async def test_a_macro_in_a_redirect_is_named_and_then_the_host_is_looked_up(serve, judge: Judge) -> None:  # type: ignore[no-untyped-def]
    server = await serve(moved(b"http://shop.invalid/l?clickid={click_id}"))
    record = await judge(server.url("/start"))
    last = record.evidence[-1]
    assert isinstance(last, HttpEvidence)
    assert (last.delivery, last.outcome[0].startswith("DNS_"), len(server.requests)) == ("not-sent", True, 1)
    assert "source-macro-unexpanded" in {item.code for item in record.findings}


async def test_a_cookie_gate_opens_for_its_cookie_and_the_chain_goes_on(serve, judge: Judge) -> None:  # type: ignore[no-untyped-def]
    async def gate(peer) -> None:  # type: ignore[no-untyped-def]
        opened = b"cookie: pass=1" in peer.request.lower()
        await peer.send(LANDING if opened else moved(b"/start", "Set-Cookie: pass=1; Path=/"))

    server = await serve(gate)
    record = await judge(server.url("/start"))
    assert [item.outcome for item in record.evidence] == [("COOKIE_GATE",), ("OK_2XX",)]
    assert len(server.requests) == 2


async def test_a_run_that_is_taken_on_asks_only_for_what_is_new(serve, world: LiveWorld, judge: Judge) -> None:  # type: ignore[no-untyped-def]
    async def behave(peer) -> None:  # type: ignore[no-untyped-def]
        place = peer.request.split(b" ")[1]
        nexts = {b"/start": page("<script>location.replace('/on?a=1')</script>"), b"/on?a=1": moved(b"/end")}
        await peer.send(nexts.get(place, LANDING))

    server = await serve(behave)
    record = await judge(server.url("/start"))
    case = Case("c", "2026-03-01T10:00:00.000Z", Facts(click_url=server.url("/start"))).merge(record)
    settings = Settings(limits=SETTINGS.limits, onward=server.url("/on?a=1"))
    async for event in run(CLICK, case, world, settings, Permit.of(trace=True), record.evidence):
        if isinstance(event, Done):
            record = event.record
    hops = [item for item in record.evidence if isinstance(item, HttpEvidence)]
    assert [(hop.hop, hop.name, hop.request.target) for hop in hops] == [
        (1, "trace", "/start"),
        (2, "by-hand", "/on?a=1"),
        (3, "trace", "/end"),
    ]
    assert [urlsplit(line.split(b" ")[1].decode()).path for line in server.requests] == ["/start", "/on", "/end"]
    assert ("hop-taken-by-hand", Level.INFO) in [(item.code, item.level) for item in record.findings]


# -- send mode ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_sent_callback_never_follows_to_another_origin(status: int, serve, world: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    other = await serve(LANDING)
    server = await serve(moved(other.url("/taken").encode(), status=status))
    request = (
        f"curl -X POST '{server.url('/postback?cid=1')}' -H 'Access-Token: {CANARY}' -H 'X-Api-Key: {CANARY}' "
        f"-H 'Proxy-Authorization: {CANARY}' --data 'email={CANARY}'"
    )
    case = Case("c", "2026-03-01T10:00:00.000Z", Facts(sent_request=request))
    async for event in run(REPLAY, case, world, SETTINGS, Permit.of(send=True)):
        if isinstance(event, Done):
            case = case.merge(event.record)
    sent = case.replayed()
    assert sent is not None
    assert (sent.outcome, sent.delivery, len(server.requests)) == (("REDIRECT_STOPPED",), "answered", 1)
    assert (other.connections, CANARY.encode() in server.requests[0]) == (0, True)


AUTHORITY = trustme.CA()


@pytest.fixture
async def trusting(tmp_path: Path) -> AsyncIterator[LiveWorld]:
    """A world that trusts the servers of this file."""
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    found = LiveWorld(allow=["127.0.0.0/8", "::1"], ca_file=str(tmp_path / "ca.pem"))
    yield found
    await found.aclose()


def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("localhost").configure_cert(context)
    return context


async def test_a_sent_callback_is_not_stepped_down_to_http(serve, probe, trusting: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    plain = await serve(LANDING)
    server = await serve(moved(f"http://localhost:{plain.port}/x".encode()), ssl=tls())
    sent = await trusting.perform(probe(f"https://localhost:{server.port}/x", send=True))
    assert isinstance(sent, HttpEvidence)
    assert (sent.outcome, plain.connections) == (("REDIRECT_STOPPED", "DOWNGRADE"), 0)


async def test_a_sent_callback_is_not_stepped_up_to_https_but_shows_where(serve, probe, trusting: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    secure = await serve(LANDING, ssl=tls())
    target = f"https://localhost:{secure.port}/x"
    server = await serve(moved(target.encode()))
    sent = await trusting.perform(probe(server.url("/x"), send=True))
    assert isinstance(sent, HttpEvidence)
    assert sent.answer is not None
    assert (sent.outcome, sent.answer.header("Location"), secure.connections) == (("REDIRECT_STOPPED",), target, 0)


async def test_a_traced_click_names_a_step_down_and_goes_on(serve, probe, trusting: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    server = await serve(moved(b"http://localhost/x"), ssl=tls())
    found = await trusting.perform(probe(f"https://localhost:{server.port}/x"))
    assert isinstance(found, HttpEvidence)
    assert found.outcome == ("REDIRECT", "DOWNGRADE")


@pytest.mark.parametrize("leaves", ["closes", "resets"])
async def test_every_send_has_a_connection_of_its_own(leaves: str, serve, ask) -> None:  # type: ignore[no-untyped-def]
    async def behave(peer) -> None:  # type: ignore[no-untyped-def]
        await peer.send(answer(200, "Connection: keep-alive", "Keep-Alive: timeout=5", body="ok"))
        if leaves == "resets":
            peer.reset()

    server = await serve(behave)
    found = [await ask(server.url("/x"), send=True) for _ in range(2)]
    assert [(item.delivery, item.outcome) for item in found] == [("answered", ("OK_2XX",))] * 2
    assert (server.connections, len(server.requests)) == (2, 2)


async def test_a_send_that_was_read_and_not_answered_is_not_repeated(serve, ask) -> None:  # type: ignore[no-untyped-def]
    async def behave(peer) -> None:  # type: ignore[no-untyped-def]
        if len(peer.server.requests) < 2:
            await peer.send(answer(200, "Connection: keep-alive", body="ok"))

    server = await serve(behave)
    found = [await ask(server.url("/x"), send=True) for _ in range(2)]
    assert [(item.delivery, item.outcome) for item in found] == [
        ("answered", ("OK_2XX",)),
        ("sent", ("CLOSED_NO_ANSWER",)),
    ]
    assert len(server.requests) == 2
