"""What leaves this machine and what does not: refusals, secrets, the journal, cancelling, proxies, memory."""

import asyncio
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest

from postback_wizard.domain.probe import SECRET, TOKEN, Effect, HttpEvidence, HttpProbe
from postback_wizard.effects.world import LiveWorld

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CANARY = "EAAB/canary+42|x"


async def never_answers(peer) -> None:  # type: ignore[no-untyped-def]
    await peer.stay()


@dataclass
class FakeJournal:
    """Keeps what it is told, in order, and what the server had heard by then."""

    heard: list[bytes] = field(default_factory=list)
    entries: list[tuple[object, ...]] = field(default_factory=list)
    error: OSError | None = None

    def intend(self, case_id: str, probe: HttpProbe, at: str) -> str:
        if self.error:
            raise self.error
        self.entries.append(("intend", case_id, probe.url, len(self.heard)))
        return "one"

    def settle(self, intent: str, delivery: str, outcome: Sequence[str]) -> None:
        self.entries.append(("settle", intent, delivery, tuple(outcome)))


# -- what is refused before anything leaves --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "outcome"),
    [
        ("http://u:pw@127.0.0.1:{port}/", "BAD_URL(userinfo)"),
        ("ftp://127.0.0.1:{port}/", "BAD_URL(scheme)"),
        ("not a url", "BAD_URL(scheme)"),
        ("http:///x", "BAD_URL(host)"),
        ("http://{{sub}}.example/", "BAD_URL(host)"),
        ("http://127.0.0.1:99999/", "BAD_URL(port)"),
        ("http://127.0.0.1:{port}/a b", "BAD_REQUEST_BYTES"),
        ("http://127.0.0.1:{port}/?n=имя", "BAD_REQUEST_BYTES"),
        ("http://10.0.0.1:{port}/", "BLOCKED_ADDRESS"),
        ("http://[::1]:{port}/", "BLOCKED_ADDRESS"),
        ("http://169.254.169.254/", "BLOCKED_ADDRESS"),
    ],
)
async def test_a_request_that_must_not_leave_is_refused(url: str, outcome: str, serve, ask) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    evidence = await ask(url.format(port=server.port), send=True)
    assert (evidence.delivery, evidence.outcome, server.connections) == ("not-sent", (outcome,), 0)


async def test_a_password_in_an_address_is_never_repeated(ask) -> None:  # type: ignore[no-untyped-def]
    assert "pw-canary" not in repr(await ask("http://user:pw-canary@127.0.0.1/x", send=True))


async def test_a_refusal_names_the_character_and_its_place(ask) -> None:  # type: ignore[no-untyped-def]
    evidence = await ask("http://127.0.0.1:9/a b", send=True)
    assert evidence.detail == "U+0020 at offset 2 of the request target"


async def test_this_machine_is_blocked_without_an_allow_entry(serve, probe) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    world = LiveWorld()
    found = [
        (await world.perform(probe(f"http://{host}:{server.port}/"))).outcome
        for host in ("127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "127。0。0。1", "[::1]")
    ]
    await world.aclose()
    assert (set(found), server.connections) == ({("BLOCKED_ADDRESS",)}, 0)


async def test_a_port_of_another_service_is_blocked_on_a_public_address(probe) -> None:  # type: ignore[no-untyped-def]
    world = LiveWorld()
    assert (await world.perform(probe("http://8.8.8.8:6379/"))).outcome == ("BLOCKED_PORT",)
    await world.aclose()


@pytest.mark.parametrize(
    "header", [("X-A", "b\r\nInjected: 1"), ("X A", "b"), ("X-A", "b\0"), ("", "b"), ("X-A", "\udc80")]
)
async def test_a_header_http_forbids_is_refused(header: tuple[str, str], serve, ask) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    evidence = await ask(server.url(), send=True, headers=(header,))
    assert (evidence.outcome, server.connections) == (("BAD_REQUEST_BYTES",), 0)


async def test_nobody_listening_is_connect_refused(serve, ask) -> None:  # type: ignore[no-untyped-def]
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    evidence = await ask(f"http://127.0.0.1:{port}/", send=True)
    assert (evidence.delivery, evidence.outcome) == ("not-sent", ("CONNECT_REFUSED",))


async def test_a_full_backlog_is_connect_timeout(ask) -> None:  # type: ignore[no-untyped-def]
    import socket

    with socket.socket() as hole:
        hole.bind(("127.0.0.1", 0))
        hole.listen(0)
        address = hole.getsockname()
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(address)
        evidence = await ask(f"http://127.0.0.1:{address[1]}/", send=True, deadline_s=0.5)
        for filler in fillers:
            filler.close()
    assert (evidence.delivery, evidence.outcome) == ("not-sent", ("CONNECT_TIMEOUT",))


# -- what leaves, byte for byte --------------------------------------------------------------------------------


async def test_the_target_leaves_byte_for_byte(serve, ask) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    target = '/a/../b//c?x={cid}&y=[z]&q="<>"|^`&e=%2f%2F&&=#top'
    evidence = await ask(f"http://127.0.0.1:{server.port}{target}", send=True)
    on_the_line = server.requests[0].split(b" ")[1].decode()
    assert on_the_line == evidence.request.target == target.partition("#")[0]


async def test_a_traced_target_is_encoded_where_http_demands_it(serve, ask) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    evidence = await ask(server.url("/a b?n=я"))
    assert (evidence.outcome, evidence.request.target) == (("OK_2XX", "NOTE(target-encoded)"), "/a%20b?n=%D1%8F")


async def test_a_post_carries_its_body_and_one_length(serve, ask) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    headers = (("Content-Type", "text/plain"), ("Content-Length", "999"), ("User-Agent", "mine"))
    await ask(server.url(), send=True, method="POST", headers=headers, body="ключ")
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert (body.decode(), head.lower().count(b"content-length: 8"), head.count(b"ength")) == ("ключ", 1, 1)


async def test_evidence_shows_the_headers_as_they_left(serve, ask) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    evidence = await ask(server.url("/x"), send=True)
    lines = server.requests[0].decode().split("\r\n")[1:-2]
    assert [f"{name}: {value}" for name, value in evidence.request.headers] == lines


# -- secrets ---------------------------------------------------------------------------------------------------


async def test_a_secret_reaches_the_server_and_never_the_evidence(serve, probe) -> None:  # type: ignore[no-untyped-def]
    async def echoes(peer) -> None:  # type: ignore[no-untyped-def]
        body = peer.request + quote(CANARY, safe="").encode()
        await peer.send(b"HTTP/1.1 200 OK\r\nX-Echo: %s\r\n\r\n" % CANARY.encode() + body)

    server = await serve(echoes)
    world = LiveWorld(allow=["127.0.0.1"], secrets={TOKEN: CANARY, SECRET: "other-canary"})
    evidence = await world.perform(
        probe(
            server.url(f"/?access_token={TOKEN}"),
            send=True,
            method="POST",
            headers=(("Access-Token", TOKEN), ("Content-Type", "application/json")),
            body=f'{{"token":"{TOKEN}","secret":"{SECRET}"}}',
        )
    )
    await world.aclose()
    request = server.requests[0].decode()
    assert request.count(CANARY) == 2
    assert "canary" not in repr(evidence)


async def test_a_click_never_carries_a_secret(serve, probe) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    world = LiveWorld(allow=["127.0.0.1"], secrets={TOKEN: CANARY})
    await world.perform(probe(server.url(f"/?t={TOKEN}")))
    await world.aclose()
    assert b"canary" not in server.requests[0]


async def test_a_missing_secret_stops_the_request(serve, ask) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    evidence = await ask(server.url(f"/?t={TOKEN}"), send=True)
    assert (evidence.outcome, server.connections) == (("NO_SECRET",), 0)


async def test_a_secret_cut_at_the_end_of_a_capped_body_is_masked(serve, probe) -> None:  # type: ignore[no-untyped-def]
    cut = b"x" * (1_048_576 - 9) + CANARY.encode() * 10
    server = await serve(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(cut) + cut)
    world = LiveWorld(allow=["127.0.0.1"], secrets={TOKEN: CANARY})
    evidence = await world.perform(probe(server.url(), send=True))
    await world.aclose()
    assert isinstance(evidence, HttpEvidence)
    assert evidence.answer is not None
    assert evidence.answer.body.endswith("x" + TOKEN)


async def test_a_password_in_a_location_is_masked(serve, ask) -> None:  # type: ignore[no-untyped-def]
    server = await serve(b"HTTP/1.1 302 X\r\nLocation: http://u:pw-canary@a.example/\r\nContent-Length: 0\r\n\r\n")
    assert "pw-canary" not in repr(await ask(server.url()))


# -- the journal -----------------------------------------------------------------------------------------------


async def test_an_intention_is_durable_before_the_request_leaves(serve, probe) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    journal = FakeJournal(heard=server.requests)
    world = LiveWorld(allow=["127.0.0.1"], journal=journal, case_id="case-1")
    await world.perform(probe(server.url(), send=True))
    await world.aclose()
    assert journal.entries == [("intend", "case-1", server.url(), 0), ("settle", "one", "answered", ("OK_2XX",))]


async def test_nothing_is_sent_when_the_intention_cannot_be_written(serve, probe) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    world = LiveWorld(allow=["127.0.0.1"], journal=FakeJournal(error=OSError(28, "No space left on device")))
    evidence = await world.perform(probe(server.url(), send=True))
    await world.aclose()
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.delivery, evidence.outcome, server.connections) == ("not-sent", ("JOURNAL_FAILED",), 0)


async def test_a_click_is_not_written_down(serve, probe) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    journal = FakeJournal()
    world = LiveWorld(allow=["127.0.0.1"], journal=journal)
    await world.perform(probe(server.url()))
    await world.aclose()
    assert journal.entries == []


async def test_a_request_cut_off_on_its_way_stays_open_in_the_journal(serve, probe) -> None:  # type: ignore[no-untyped-def]
    arrived = asyncio.Event()

    async def waits(peer) -> None:  # type: ignore[no-untyped-def]
        arrived.set()
        await peer.stay()

    server = await serve(waits)
    journal = FakeJournal()
    world = LiveWorld(allow=["127.0.0.1"], journal=journal)
    sending = asyncio.ensure_future(world.perform(probe(server.url(), send=True, deadline_s=30.0)))
    await arrived.wait()
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    await world.aclose()
    assert [entry[0] for entry in journal.entries] == ["intend"]


# -- cancelling, proxies, connections, memory ------------------------------------------------------------------


async def test_cancelling_returns_at_once_and_closes_the_connection(serve, probe, world) -> None:  # type: ignore[no-untyped-def]
    arrived, left = asyncio.Event(), asyncio.Event()

    async def waits(peer) -> None:  # type: ignore[no-untyped-def]
        arrived.set()
        await peer.stay()
        left.set()

    server = await serve(waits)
    asking = asyncio.ensure_future(world.perform(probe(server.url(), deadline_s=30.0)))
    await arrived.wait()
    asking.cancel()
    done, _ = await asyncio.wait([asking], timeout=0.5)
    assert asking in done
    assert asking.cancelled()
    await asyncio.wait_for(left.wait(), 0.5)


async def test_proxies_of_the_environment_are_ignored(serve, probe, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    server, trap = await serve(OK), await serve(OK)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, trap.url())
    world = LiveWorld(allow=["127.0.0.1"])
    await world.perform(probe(server.url()))
    await world.aclose()
    assert (len(server.requests), trap.connections) == (1, 0)


async def test_a_named_proxy_is_used(serve, probe) -> None:  # type: ignore[no-untyped-def]
    proxy = await serve(OK)
    world = LiveWorld(proxy=proxy.url(""))
    evidence = await world.perform(probe("http://tracker.example/p?c={x}", send=True))
    await world.aclose()
    assert proxy.requests[0].startswith(b"GET http://tracker.example/p?c={x} HTTP/1.1\r\n")
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.outcome, evidence.delivery) == (("OK_2XX",), "answered")


async def test_a_proxy_that_refuses_the_tunnel_means_not_sent(serve, probe) -> None:  # type: ignore[no-untyped-def]
    proxy = await serve(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    world = LiveWorld(proxy=proxy.url(""))
    evidence = await world.perform(probe("https://tracker.example/p", send=True))
    await world.aclose()
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.outcome, evidence.delivery) == (("PROXY_FAILED",), "not-sent")


async def answers_and_stays(peer) -> None:  # type: ignore[no-untyped-def]
    await peer.send(b"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok")


answers_and_stays.keeps_alive = True  # type: ignore[attr-defined]  # read by the server


async def test_hops_of_one_origin_share_a_connection(serve, ask) -> None:  # type: ignore[no-untyped-def]
    server = await serve(answers_and_stays)
    outcomes = [(await ask(server.url(f"/{number}"))).outcome for number in range(3)]
    assert (outcomes, server.connections) == ([("OK_2XX",)] * 3, 1)


async def test_every_sent_callback_gets_a_fresh_connection(serve, ask) -> None:  # type: ignore[no-untyped-def]
    server = await serve(answers_and_stays)
    for number in range(2):
        await ask(server.url(f"/{number}"), send=True)
    assert server.connections == 2


async def test_a_probe_that_only_looks_is_not_written_down(serve) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    journal = FakeJournal()
    world = LiveWorld(allow=["127.0.0.1"], journal=journal)
    evidence = await world.perform(HttpProbe("endpoint", "GET", server.url(), effect=Effect.LOOK))
    await world.aclose()
    assert (evidence.outcome, journal.entries) == (("OK_2XX",), [])


BOMB = """
    import asyncio, resource, sys, zlib
    from postback_wizard.domain.probe import HttpProbe
    from postback_wizard.effects.world import LiveWorld

    def gzip_of_a_gigabyte():
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        megabyte = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)  # stands alone, so it repeats
        yield bytes.fromhex("1f8b08000000000002ff")
        yield from (megabyte for _ in range(1024))

    def pieces(kind):
        yield b"HTTP/1.1 200 OK\\r\\n"
        match kind:
            case "header":
                yield b"X-A: "
                yield from (b"a" * 65536 for _ in range(1600))
                yield b"\\r\\n\\r\\n"
            case "endless":
                yield b"\\r\\n"
                while True:
                    yield bytes(65536)
            case "gzip":
                yield b"Content-Encoding: gzip\\r\\n\\r\\n"
                yield from gzip_of_a_gigabyte()
            case "stacked":
                packer = zlib.compressobj(9, zlib.DEFLATED, 31)
                packed = b"".join(map(packer.compress, gzip_of_a_gigabyte())) + packer.flush()
                packed = zlib.compress(packed, 9, 31)
                yield b"Content-Encoding: gzip, gzip, gzip\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(packed)
                yield packed

    async def main(kind):
        async def handle(reader, writer):
            await reader.readuntil(b"\\r\\n\\r\\n")
            try:
                for piece in pieces(kind):
                    writer.write(piece)
                    await writer.drain()
            except ConnectionError:
                pass
            writer.close()
        server = await asyncio.start_server(handle, "127.0.0.1", 0)
        world = LiveWorld(allow=["127.0.0.0/8"])
        port = server.sockets[0].getsockname()[1]
        await world.perform(HttpProbe("warm", "GET", "http://127.0.0.1:1/", deadline_s=1.0))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        evidence = await world.perform(HttpProbe("replay", "GET", f"http://127.0.0.1:{port}/", deadline_s=30.0))
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print((after - before) // 1024, evidence.delivery, *evidence.outcome)
        await world.aclose()
        server.close()

    asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the resource module measures memory on Unix only")
@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("gzip", "answered OK_2XX BODY_LIMIT"),
        ("stacked", "answered OK_2XX CODING_REFUSED"),
        ("endless", "answered OK_2XX BODY_LIMIT"),
        ("header", "sent HEADER_LIMIT"),
    ],
)
def test_a_gigabyte_or_a_header_of_100_megabytes_takes_less_than_32(kind: str, outcome: str) -> None:
    command = [sys.executable, "-c", textwrap.dedent(BOMB), kind]
    grown, *outcomes = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert " ".join(outcomes) == outcome
    assert int(grown) < 32
