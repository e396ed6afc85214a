"""Name servers of every temper, and what becomes of a request to a name they were asked for."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest

from postback_wizard.domain.probe import DnsProbe, HttpEvidence
from postback_wizard.effects.dns import BUDGET_S, Resolver
from postback_wizard.effects.world import LiveWorld

HOST = "tracker.example"
Reply = Callable[[dns.message.Message, str], bytes | None]
StartNameServer = Callable[[Reply], "asyncio.Future[NameServer]"]


@dataclass
class NameServer(asyncio.DatagramProtocol):
    """A name server on 127.0.0.1; ``questions`` is its ledger."""

    reply: Reply
    port: int = 0
    questions: list[str] = field(default_factory=list)
    transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]  # as documented
        self.transport = transport
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        query = dns.message.from_wire(data)
        kind = dns.rdatatype.to_text(query.question[0].rdtype)
        self.questions.append(kind)
        answer = self.reply(query, kind)
        if answer is not None and self.transport is not None:
            self.transport.sendto(answer, addr)


def records(query: dns.message.Message, *lines: tuple[str, str, str]) -> bytes:
    answer = dns.message.make_response(query)
    for name, kind, value in lines:
        answer.answer.append(dns.rrset.from_text(name + ".", 60, "IN", kind, value))
    return answer.to_wire()


def code(rcode: dns.rcode.Rcode) -> Reply:
    def reply(query: dns.message.Message, kind: str) -> bytes:
        answer = dns.message.make_response(query)
        answer.set_rcode(rcode)
        return answer.to_wire()

    return reply


def addresses(*, a: tuple[str, ...] = (), aaaa: tuple[str, ...] = ()) -> Reply:
    def reply(query: dns.message.Message, kind: str) -> bytes:
        return records(query, *((HOST, kind, value) for value in (a if kind == "A" else aaaa)))

    return reply


def silent(query: dns.message.Message, kind: str) -> bytes | None:
    return None


def rubbish(query: dns.message.Message, kind: str) -> bytes:
    return b"\xff" * 40


def wrong_id(query: dns.message.Message, kind: str) -> bytes:
    query.id = (query.id + 1) % 65536
    return records(query, (HOST, "A", "127.0.0.1"))


def circle(query: dns.message.Message, kind: str) -> bytes:
    return records(query, (HOST, "CNAME", HOST + "."))


def alias(query: dns.message.Message, kind: str) -> bytes:
    if kind == "AAAA":
        return records(query, (HOST, "CNAME", "edge.example."))
    return records(query, (HOST, "CNAME", "edge.example."), ("edge.example", "A", "127.0.0.1"))


def no_aaaa_answer(query: dns.message.Message, kind: str) -> bytes | None:
    return addresses(a=("127.0.0.1",))(query, kind) if kind == "A" else None


@pytest.fixture
async def name_server() -> AsyncIterator[StartNameServer]:
    """Start a name server that replies as told."""
    started: list[NameServer] = []

    async def start(reply: Reply) -> NameServer:
        server = NameServer(reply)
        await asyncio.get_running_loop().create_datagram_endpoint(lambda: server, local_addr=("127.0.0.1", 0))
        started.append(server)
        return server

    yield start  # type: ignore[misc]  # a coroutine function is what callers want
    for server in started:
        if server.transport is not None:
            server.transport.close()


def resolver(server: NameServer) -> Resolver:
    return Resolver(["127.0.0.1"], server.port, hosts=Path("/nonexistent"))


@pytest.mark.parametrize(
    ("reply", "outcome", "found"),
    [
        (code(dns.rcode.NXDOMAIN), ("DNS_NXDOMAIN",), ()),
        (code(dns.rcode.SERVFAIL), ("DNS_SERVFAIL",), ()),
        (code(dns.rcode.REFUSED), ("DNS_REFUSED",), ()),
        (code(dns.rcode.FORMERR), ("DNS_FAIL",), ()),
        (addresses(), ("DNS_NO_ADDRESS",), ()),
        (silent, ("DNS_TIMEOUT",), ()),
        (rubbish, ("DNS_FAIL",), ()),
        (wrong_id, ("DNS_TIMEOUT",), ()),
        (circle, ("DNS_FAIL(loop)",), ()),
        (alias, ("OK",), ("127.0.0.1",)),
        (no_aaaa_answer, ("OK", "DNS_PARTIAL"), ("127.0.0.1",)),
        (addresses(a=("192.0.2.1",), aaaa=("2001:db8::1",)), ("OK",), ("2001:db8::1", "192.0.2.1")),
    ],
)
async def test_a_look_up_gets_its_outcome(reply, outcome, found, name_server) -> None:  # type: ignore[no-untyped-def]
    lookup = await resolver(await name_server(reply)).resolve(HOST, 0.5)
    assert (lookup.outcome, lookup.addresses) == (outcome, found), lookup.detail


async def test_a_late_answer_within_the_budget_counts(name_server) -> None:  # type: ignore[no-untyped-def]
    asked: list[str] = []

    def second_time(query: dns.message.Message, kind: str) -> bytes | None:
        asked.append(kind)
        return addresses(a=("127.0.0.1",))(query, kind) if asked.count(kind) > 1 else None

    lookup = await resolver(await name_server(second_time)).resolve(HOST, 4.0)
    assert lookup.addresses == ("127.0.0.1",)


@dataclass
class LateNameServer(NameServer):
    """Answers everything after three seconds."""

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        answering = super().datagram_received
        asyncio.get_running_loop().call_later(3.0, lambda: answering(data, addr))


@pytest.mark.parametrize(("budget_s", "outcome"), [(BUDGET_S, "OK"), (1.0, "DNS_TIMEOUT")])
async def test_an_answer_after_three_seconds_counts_within_the_budget_only(budget_s: float, outcome: str) -> None:
    late = LateNameServer(addresses(a=("127.0.0.1",)))
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: late, local_addr=("127.0.0.1", 0))
    lookup = await resolver(late).resolve(HOST, budget_s)
    transport.close()
    assert lookup.outcome == (outcome,)


async def test_a_server_that_never_answers_costs_the_budget_and_leaves_no_thread_behind(name_server) -> None:  # type: ignore[no-untyped-def]
    before = threading.enumerate()
    lookup = await resolver(await name_server(silent)).resolve(HOST)
    await asyncio.get_running_loop().shutdown_default_executor()  # what quitting waits for
    assert (lookup.outcome, threading.enumerate()) == (("DNS_TIMEOUT",), before)


async def test_a_silent_first_server_is_passed_over(name_server) -> None:  # type: ignore[no-untyped-def]
    server = await name_server(addresses(a=("127.0.0.1",)))
    both = Resolver(["127.0.0.2", "127.0.0.1"], server.port, hosts=Path("/nonexistent"))
    assert (await both.resolve(HOST, 4.0)).addresses == ("127.0.0.1",)


async def test_the_hosts_file_comes_before_any_server(name_server, tmp_path) -> None:  # type: ignore[no-untyped-def]
    server = await name_server(addresses(a=("192.0.2.1",)))
    hosts = tmp_path / "hosts"
    hosts.write_text("# ours\n127.0.0.5 other Tracker.Example # comment\n")
    lookup = await Resolver(["127.0.0.1"], server.port, hosts).resolve(HOST)
    assert (lookup.addresses, server.questions) == (("127.0.0.5",), [])


@pytest.mark.parametrize("host", ["localhost", "api.localhost", "127.0.0.1"])
async def test_what_is_known_is_not_asked_for(host: str, name_server) -> None:  # type: ignore[no-untyped-def]
    server = await name_server(silent)
    assert ((await resolver(server).resolve(host)).addresses, server.questions) == (("127.0.0.1",), [])


async def test_cancelling_a_look_up_returns_at_once(name_server) -> None:  # type: ignore[no-untyped-def]
    asked = asyncio.Event()

    def listens(query: dns.message.Message, kind: str) -> None:
        asked.set()

    asking = asyncio.ensure_future(resolver(await name_server(listens)).resolve(HOST, 30.0))
    await asked.wait()
    asking.cancel()
    done, _ = await asyncio.wait([asking], timeout=0.5)
    assert asking in done


async def test_a_dns_probe_shows_what_the_server_said(name_server) -> None:  # type: ignore[no-untyped-def]
    world = LiveWorld(resolver=resolver(await name_server(code(dns.rcode.NXDOMAIN))))
    evidence = await world.perform(DnsProbe("endpoint", HOST))
    assert (evidence.kind, evidence.outcome) == ("dns", ("DNS_NXDOMAIN",))


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (code(dns.rcode.NXDOMAIN), ("DNS_NXDOMAIN",)),
        (silent, ("DNS_TIMEOUT",)),
        (addresses(a=("169.254.169.254",)), ("BLOCKED_ADDRESS",)),
        (addresses(a=("8.8.8.8", "10.0.0.1")), ("BLOCKED_ADDRESS",)),
        (addresses(a=("8.8.8.8",), aaaa=("::ffff:10.0.0.1",)), ("BLOCKED_ADDRESS",)),
    ],
)
async def test_a_name_without_a_good_address_is_not_asked(reply, outcome, name_server, serve, probe) -> None:  # type: ignore[no-untyped-def]
    server = await serve(b"")
    world = LiveWorld(allow=["127.0.0.0/8"], resolver=resolver(await name_server(reply)))
    evidence = await world.perform(probe(f"http://{HOST}:{server.port}/", send=True, deadline_s=0.8))
    await world.aclose()
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.delivery, evidence.outcome, server.connections) == ("not-sent", outcome, 0)


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (addresses(a=("127.0.0.1",)), ("OK_2XX",)),
        (no_aaaa_answer, ("OK_2XX", "DNS_PARTIAL")),
        (addresses(a=("127.0.0.1",), aaaa=("::1",)), ("OK_2XX", "DEAD_ADDRESS")),
    ],
)
async def test_a_request_to_a_name_uses_a_checked_address(reply, outcome, name_server, serve, probe) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    world = LiveWorld(allow=["127.0.0.0/8", "::1"], resolver=resolver(await name_server(reply)))
    evidence = await world.perform(probe(f"http://{HOST}:{server.port}/", send=True, deadline_s=3.0))
    await world.aclose()
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.delivery, evidence.outcome, server.connections) == ("answered", outcome, 1)
    assert server.requests[0].split(b"\r\n")[1] == f"Host: {HOST}:{server.port}".encode()


async def test_a_name_that_moves_inside_is_blocked_the_second_time(name_server, serve, probe) -> None:  # type: ignore[no-untyped-def]
    answers = iter(["127.0.0.1", "10.0.0.1"])
    now = [""]

    def rebinds(query: dns.message.Message, kind: str) -> bytes | None:
        if kind == "A":
            now[0] = next(answers)
        return addresses(a=(now[0],))(query, kind)

    server = await serve(OK)
    world = LiveWorld(allow=["127.0.0.0/8"], resolver=resolver(await name_server(rebinds)))
    heard = [await world.perform(probe(f"http://{HOST}:{server.port}/", send=True)) for _ in range(2)]
    await world.aclose()
    told = [(item.delivery, item.outcome) for item in heard if isinstance(item, HttpEvidence)]
    assert told == [("answered", ("OK_2XX",)), ("not-sent", ("BLOCKED_ADDRESS",))]
    assert server.connections == 1


async def test_many_dead_addresses_are_unreachable(name_server, serve, probe) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    dead = tuple(f"127.1.0.{number}" for number in range(1, 29))
    world = LiveWorld(allow=["127.0.0.0/8"], resolver=resolver(await name_server(addresses(a=dead))))
    evidence = await world.perform(probe(f"http://{HOST}:{server.port}/", send=True))
    await world.aclose()
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.delivery, evidence.outcome) == ("not-sent", ("UNREACHABLE(28 tried, capped at 3)",))
