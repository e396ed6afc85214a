"""Variants of a click against a server that treats visitors differently: side by side, apart, and well told."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace

import pytest

from postback_wizard.domain.case import Case
from postback_wizard.domain.contrast import Contrast, contrasts
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import Effect, HttpEvidence, HttpProbe
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.effects.world import LiveWorld
from postback_wizard.engine import Done, absorb, run
from postback_wizard.steps import BY_ID

ID = "w7k2m9x4q1"
PLACE = "/c/7?source=12&gclid=Cj0KCQiA1234567890abcdef"
SETTINGS = Settings(variants=True)
PERMIT = Permit.of(trace=True)


def moved(place: str, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 302 Found\r\nLocation: {place}", *headers, "Content-Length: 0\r\n\r\n"]
    return "\r\n".join(lines).encode()


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok"


def answer(request: bytes) -> bytes:
    """A tracker that mints an ID unless the link has a slash too many, and an offer that sends iPhones elsewhere."""
    place = request.split(b" ")[1].decode()
    if place.startswith("/c/7/"):
        return moved("/landing")
    if place.startswith("/c/7"):
        return moved(f"/offer?cid={ID}", "Set-Cookie: seen=1; Path=/")
    if place.startswith("/offer"):
        return moved("/app") if b"iPhone" in request else moved(f"/landing?cid={ID}")
    return OK


async def branching(peer) -> None:  # type: ignore[no-untyped-def]
    await peer.send(answer(peer.request))


def case_of(url: str) -> Case:
    return Case("x", "2026-03-01T10:00:00.000Z", Facts(click_url=url, allow=("127.0.0.1",)))


@pytest.fixture
def compare(world: LiveWorld) -> Callable[[str], Awaitable[Case]]:
    """Trace a click and all its variants."""

    async def perform(url: str) -> Case:
        case = case_of(url)
        async with aclosing(run(BY_ID["click"], case, world, SETTINGS, PERMIT)) as events:
            done = [event async for event in events][-1]
        assert isinstance(done, Done)
        return absorb(case, done.record, SETTINGS)

    return perform


def table(case: Case) -> dict[str, Contrast]:
    return {item.code: item for item in contrasts(case.records["click"].evidence, case.facts.click_id)}


async def test_the_table_says_where_each_variant_ends_and_what_it_loses(serve, compare) -> None:  # type: ignore[no-untyped-def]
    found = table(await compare((await serve(branching)).url(PLACE)))
    assert {
        code: (item.end.partition("/")[2], item.status, item.arrived, item.lost) for code, item in found.items()
    } == {
        "given": ("landing", 200, "yes", ()),
        "iphone": ("app", 200, "no", ("cid",)),
        "android": ("landing", 200, "yes", ()),
        "no-click-id": ("landing", 200, "yes", ()),
        "slash": ("landing", 200, "none", ("cid",)),
    }


async def test_the_findings_name_the_device_and_the_slash(serve, compare) -> None:  # type: ignore[no-untyped-def]
    case = await compare((await serve(branching)).url(PLACE))
    places = {(item.code, item.where) for item in case.records["click"].findings if item.code.startswith("variant-")}
    assert places == {
        ("variant-loses", "variant: iphone"),
        ("variant-differs", "variant: iphone"),
        ("variant-loses", "variant: slash"),
    }


async def test_the_trace_of_the_case_stays_the_click_as_given(serve, compare) -> None:  # type: ignore[no-untyped-def]
    case = await compare((await serve(branching)).url(PLACE))
    assert [hop.request.target.partition("?")[0] for hop in case.trace()] == ["/c/7", "/offer", "/landing"]


async def test_each_variant_is_a_visitor_with_its_own_cookies(serve, compare) -> None:  # type: ignore[no-untyped-def]
    server = await serve(branching)
    await compare(server.url(PLACE))
    firsts = [request for request in server.requests if request.startswith(b"GET /c/7")]
    assert (len(firsts), [b"Cookie:" in request for request in firsts]) == (5, [False] * 5)


class Meeting:
    """A server that answers nobody before all visitors have come: only requests side by side get through."""

    keeps_alive = True

    def __init__(self, visitors: int) -> None:
        self._visitors = visitors
        self._come: dict[bytes, int] = {}
        self._all = asyncio.Condition()
        self.most = 0

    async def __call__(self, peer) -> None:  # type: ignore[no-untyped-def]
        stage = peer.request.split(b" ")[1].split(b"?")[0].rstrip(b"/").rpartition(b"/")[2]
        async with self._all:
            self._come[stage] = self._come.get(stage, 0) + 1
            self.most = max(self.most, self._come[stage])
            self._all.notify_all()
            await self._all.wait_for(lambda: self._come[stage] >= self._visitors)
        after = {
            b"7": moved("/offer?cid=1", "Connection: keep-alive"),
            b"offer": moved("/end", "Connection: keep-alive"),
        }
        await peer.send(after.get(stage, OK.replace(b"Content-Length", b"Connection: keep-alive\r\nContent-Length")))


async def test_variants_are_under_way_at_the_same_time(serve, compare) -> None:  # type: ignore[no-untyped-def]
    meeting = Meeting(5)
    case = await compare((await serve(meeting)).url(PLACE))
    assert (meeting.most, {len(item.hops) for item in table(case).values()}) == (5, {3})


async def test_each_variant_keeps_a_connection_of_its_own(serve, compare) -> None:  # type: ignore[no-untyped-def]
    server = await serve(Meeting(5))
    await compare(server.url(PLACE))
    assert (server.connections, len(server.requests)) == (5, 15)


async def test_stopping_closes_the_connection_of_every_variant(serve, world: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    there, gone = asyncio.Semaphore(0), asyncio.Semaphore(0)

    async def silent(peer) -> None:  # type: ignore[no-untyped-def]
        there.release()
        await peer.stay()
        gone.release()

    server = await serve(silent)

    async def trying() -> None:
        async with aclosing(run(BY_ID["click"], case_of(server.url(PLACE)), world, SETTINGS, PERMIT)) as events:
            async for _ in events:
                pass

    running = asyncio.ensure_future(trying())
    for _ in range(5):
        await there.acquire()
    running.cancel()
    for _ in range(5):
        await gone.acquire()
    await asyncio.wait([running])
    assert running.cancelled()


async def test_a_variant_that_goes_in_circles_stops_at_a_limit_of_its_own(serve, world: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    async def endless(peer) -> None:  # type: ignore[no-untyped-def]
        number = int(peer.request.split(b"n=")[1].split(b" ")[0]) if b"n=" in peer.request else 0
        await peer.send(moved(f"/next?n={number + 1}") if b"Android" in peer.request else OK)

    case = case_of((await serve(endless)).url("/c/7"))
    settings = replace(SETTINGS, limits=replace(SETTINGS.limits, max_hops=4))
    async with aclosing(run(BY_ID["click"], case, world, settings, PERMIT)) as events:
        done = [event async for event in events][-1]
    assert isinstance(done, Done)
    counted = {item.code: len(item.hops) for item in contrasts(done.record.evidence)}
    assert counted == {"given": 1, "iphone": 1, "android": 4, "slash": 1}


async def test_evidence_says_where_the_request_left_from(serve, ask) -> None:  # type: ignore[no-untyped-def]
    evidence: HttpEvidence = await ask((await serve(OK)).url("/"))
    assert evidence.egress == "127.0.0.1"


async def test_behind_a_proxy_the_proxy_is_where_the_request_left_from(serve) -> None:  # type: ignore[no-untyped-def]
    proxy = await serve(OK)
    world = LiveWorld(allow=["127.0.0.0/8"], proxy=f"http://me:secret@127.0.0.1:{proxy.port}")
    probe = HttpProbe("trace", "GET", "http://shop.example/", effect=Effect.CLICK, hop=1)
    evidence = await world.perform(probe)
    await world.aclose()
    assert isinstance(evidence, HttpEvidence)
    assert evidence.egress == f"http://***@127.0.0.1:{proxy.port}"


async def test_what_never_left_names_no_place_it_left_from(ask) -> None:  # type: ignore[no-untyped-def]
    evidence: HttpEvidence = await ask("http://user@shop.example/")
    assert evidence.egress == ""
