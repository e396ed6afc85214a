"""Harmless requests beside a refused or unanswered callback tell a block from a broken endpoint."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Finding
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.effects.world import LiveWorld
from postback_wizard.engine import Done, run
from postback_wizard.steps.replay import REPLAY

AT = "2026-03-01T10:00:00.000Z"
FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
NO = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
OPTIONS = b"HTTP/1.1 204 No Content\r\nAllow: OPTIONS, POST\r\n\r\n"

Answering = Callable[[bytes], bytes | None]
Serve = Callable[..., Awaitable[object]]


def behaving(answering: Answering):  # type: ignore[no-untyped-def]
    """A behaviour that answers each request by its bytes; None is a reset."""

    async def behave(peer) -> None:  # type: ignore[no-untyped-def]
        answer = answering(peer.request)
        if answer is None:
            peer.reset()
        else:
            await peer.send(answer)

    return behave


async def judged(facts: Facts, *, probing: bool = True, sending: bool = True) -> StepRecord:
    """The replay sent, then the harmless requests."""
    world = LiveWorld(allow=["127.0.0.0/8"], proxy=facts.proxy)
    case = Case("case", AT, facts)
    settings = Settings(probing=probing)
    records = [
        event.record
        async for event in run(REPLAY, case, world, settings, Permit.of(send=sending))
        if isinstance(event, Done)
    ]
    await world.aclose()
    return records[0]


def found(record: StepRecord, code: str) -> Finding:
    return next(item for item in record.findings if item.code == code)


def codes(record: StepRecord) -> set[str]:
    return {item.code for item in record.findings}


def asked(record: StepRecord) -> list[str]:
    return [item.name for item in record.evidence if isinstance(item, HttpEvidence)]


async def test_a_browser_let_in_where_a_program_is_not_names_the_user_agent(serve) -> None:  # type: ignore[no-untyped-def]
    server = await serve(behaving(lambda request: FINE if b"Mozilla" in request else NO))
    record = await judged(Facts(sent_request=server.url("/pb?cid=w7k2m9x4q1")))
    assert found(record, "user-agent-blocked").values["beside"] == "200"


async def test_a_host_whose_root_answers_is_not_blocked(serve) -> None:  # type: ignore[no-untyped-def]
    server = await serve(behaving(lambda request: NO if b" /pb" in request else FINE))
    record = await judged(Facts(sent_request=server.url("/pb?cid=w7k2m9x4q1")))
    assert "endpoint-host-answers" in codes(record)


async def test_a_path_that_takes_another_method_is_named_by_its_options(serve) -> None:  # type: ignore[no-untyped-def]
    def answer(request: bytes) -> bytes:
        return OPTIONS if request.startswith(b"OPTIONS") else FINE if request.startswith(b"GET / ") else MISSING

    server = await serve(behaving(answer))
    record = await judged(Facts(sent_request=server.url("/pb?cid=w7k2m9x4q1")))
    assert found(record, "http-method-mismatch").values["allow"] == "OPTIONS, POST"


async def test_a_host_with_nothing_at_its_root_may_be_the_wrong_one(serve) -> None:  # type: ignore[no-untyped-def]
    server = await serve(MISSING)
    record = await judged(Facts(sent_request=server.url("/pb?cid=w7k2m9x4q1")))
    assert "endpoint-wrong-host" in codes(record)


async def test_a_host_that_refuses_everything_is_closed_to_this_place(serve) -> None:  # type: ignore[no-untyped-def]
    server = await serve(NO)
    record = await judged(Facts(sent_request=server.url("/pb?cid=w7k2m9x4q1")))
    assert found(record, "endpoint-closed-to-us").values["place"] == "127.0.0.1"


async def test_a_host_that_resets_everything_is_silent(serve) -> None:  # type: ignore[no-untyped-def]
    server = await serve(behaving(lambda _: None))
    record = await judged(Facts(sent_request=server.url("/pb?cid=w7k2m9x4q1")))
    assert found(record, "endpoint-silent").values["seen"] == "RESET"


async def test_a_postback_path_that_resets_on_a_live_host_is_told_apart(serve) -> None:  # type: ignore[no-untyped-def]
    server = await serve(behaving(lambda request: None if b"/pb?" in request else FINE))
    record = await judged(Facts(sent_request=server.url("/pb?cid=w7k2m9x4q1")))
    assert found(record, "endpoint-host-answers").values["trouble"] == "RESET"


async def test_no_harmless_request_carries_an_identifier_or_a_secret(serve) -> None:  # type: ignore[no-untyped-def]
    server = await serve(NO)
    command = (
        f"curl -X POST -H 'X-Api-Key: k9' -H 'User-Agent: Sender/1' --data 'cid=w7k2' '{server.url('/pb?t=w7k2')}'"
    )
    await judged(Facts(sent_request=command))
    beside = server.requests[1:]
    assert len(beside) == 2
    assert not any(b"w7k2" in request or b"k9" in request for request in beside)


async def test_a_harmless_request_names_the_senders_user_agent(serve) -> None:  # type: ignore[no-untyped-def]
    server = await serve(NO)
    await judged(Facts(sent_request=f"curl -H 'User-Agent: Sender/1' '{server.url('/pb?t=w7k2')}'"))
    assert b"User-Agent: Sender/1" in server.requests[1]


async def test_nothing_is_asked_beside_without_the_wish(serve) -> None:  # type: ignore[no-untyped-def]
    server = await serve(NO)
    await judged(Facts(sent_request=server.url("/pb?cid=w7k2m9x4q1")), probing=False)
    assert len(server.requests) == 1


async def test_nothing_is_asked_beside_an_answer_that_leaves_no_doubt(serve) -> None:  # type: ignore[no-untyped-def]
    server = await serve(FINE)
    await judged(Facts(sent_request=server.url("/pb?cid=w7k2m9x4q1")))
    assert len(server.requests) == 1


async def test_a_refusal_in_the_senders_log_is_enough_to_ask(serve) -> None:  # type: ignore[no-untyped-def]
    server = await serve(FINE)
    facts = Facts(sent_request=server.url("/pb?cid=w7k2m9x4q1"), answer_status="403")
    record = await judged(facts, sending=False)
    assert [request.split(b"\r\n")[0] for request in server.requests] == [b"GET / HTTP/1.1", b"OPTIONS /pb HTTP/1.1"]
    assert "endpoint-host-answers" in codes(record)


async def test_a_harmless_request_is_never_taken_for_something_sent(serve) -> None:  # type: ignore[no-untyped-def]
    server = await serve(NO)
    record = await judged(Facts(sent_request=server.url("/pb?cid=w7k2m9x4q1")))
    case = Case("case", AT).merge(record)
    assert [item.name for item in case.sent] == ["replay"]


async def _relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


@asynccontextmanager
async def socks(port: int, asked: list[tuple[str, int]]) -> AsyncIterator[int]:
    """A SOCKS5 proxy that leads every connection to a port of this machine, and notes where it was to go."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, count = await reader.readexactly(2)
        await reader.readexactly(count)
        writer.write(b"\x05\x00")
        _, _, _, kind = await reader.readexactly(4)
        size = (await reader.readexactly(1))[0] if kind == 3 else 4
        host = await reader.readexactly(size)
        name = host.decode() if kind == 3 else ".".join(map(str, host))
        asked.append((name, int.from_bytes(await reader.readexactly(2), "big")))
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        there, back = await asyncio.open_connection("127.0.0.1", port)
        tasks.update({asyncio.create_task(_relay(reader, back)), asyncio.create_task(_relay(there, writer))})

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_named_socks_proxy_is_used_and_told_the_name(serve, probe) -> None:  # type: ignore[no-untyped-def]
    server, asked = await serve(FINE), list[tuple[str, int]]()
    async with socks(server.port, asked) as port:
        world = LiveWorld(proxy=f"socks5://127.0.0.1:{port}")
        evidence = await world.perform(probe("http://tracker.example/p?c=1", send=True))
        await world.aclose()
    assert asked == [("tracker.example", 80)]
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.outcome, evidence.delivery, len(server.requests)) == (("OK_2XX",), "answered", 1), evidence.detail


async def test_a_socks_proxy_that_refuses_means_not_sent(serve, probe) -> None:  # type: ignore[no-untyped-def]
    async def refuses(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"\x05\x00")
        await reader.read(100)
        writer.write(b"\x05\x02\x00\x01\x00\x00\x00\x00\x00\x00")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(refuses, "127.0.0.1", 0)
    world = LiveWorld(proxy=f"socks5://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    evidence = await world.perform(probe("http://tracker.example/p", send=True))
    await world.aclose()
    server.close()
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.outcome, evidence.delivery) == (("PROXY_FAILED",), "not-sent"), evidence.detail


async def test_a_proxy_that_is_let_in_shows_a_block_by_address(serve) -> None:  # type: ignore[no-untyped-def]
    closed, proxy = await serve(NO), await serve(FINE)
    answers = iter((NO, FINE, FINE))
    proxy.behaviour = behaving(lambda _: next(answers))
    facts = Facts(sent_request=closed.url("/pb?cid=w7k2m9x4q1"), proxy=proxy.url(""), allow=("127.0.0.0/8",))
    record = await judged(facts)
    sign = found(record, "network-firewall-block")
    assert sign.where == "endpoint:direct"
    assert sign.values["sign"] == f"GET / 403 (127.0.0.1) ≠ 200 ({proxy.url('')})"


async def test_past_the_proxy_means_from_this_machine(serve) -> None:  # type: ignore[no-untyped-def]
    closed, proxy = await serve(NO), await serve(NO)
    record = await judged(Facts(sent_request=closed.url("/pb?cid=w7k2m9x4q1"), proxy=proxy.url("")))
    assert [request.split(b"\r\n")[0] for request in closed.requests] == [b"GET / HTTP/1.1"]
    assert set(asked(record)) == {"replay", "endpoint:root", "endpoint:direct", "endpoint:agent"}


@pytest.mark.parametrize("request_", ["http://{host}/p", "ftp://track.example/p", "not a request"])
async def test_an_address_that_names_no_host_is_not_asked(request_: str) -> None:
    record = await judged(Facts(sent_request=request_, answer_status="403"), sending=False)
    assert asked(record) == []
