"""A callback sent to every hostile server: its outcome, its delivery, one request and one line in the journal."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import dns.rcode
import pytest

from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.effects.journal import Journal
from postback_wizard.effects.world import LiveWorld
from tests.loopback.test_behaviours import ANSWERS, LIVE, OK, with_body
from tests.loopback.test_names import (
    HOST,
    NameServer,
    Reply,
    addresses,
    circle,
    code,
    resolver,
    rubbish,
    silent,
    wrong_id,
)

#: What only a followed click is told; a sent callback stops at the answer.
SENT: dict[str, tuple[str, ...]] = {
    **{name: ("REDIRECT_STOPPED",) for name in ANSWERS if name.startswith("redirects ") and "script" not in name},
    "redirects to a script": ("REDIRECT_STOPPED",),
    "redirects by script": ("AMBIGUOUS_2XX",),
    "offers choices": ("REDIRECT_STOPPED",),
    "refreshes by header": ("OK_2XX_EMPTY",),
    "refreshes by meta": ("AMBIGUOUS_2XX",),
    "sets evil cookies": ("OK_2XX",),
}

#: Behaviours that a click does not meet, or that tell more when a callback is sent.
MORE: dict[str, tuple[bytes, str, tuple[str, ...]]] = {
    "is overloaded behind a gateway": (
        with_body(b"", start=b"HTTP/1.1 504 Gateway Timeout\r\n"),
        "answered",
        ("SERVER_5XX",),
    ),
    "packs twice": (
        with_body(gzip.compress(gzip.compress(b"ok")), b"Content-Encoding: gzip, gzip\r\n"),
        "answered",
        ("OK_2XX", "CODING_REFUSED"),
    ),
    "answers with a page to log in": (
        with_body(b"<!doctype html><title>Sign in</title>", b"Content-Type: text/html\r\n"),
        "answered",
        ("AMBIGUOUS_2XX",),
    ),
}

ROWS = {
    **{name: (raw, delivery, SENT.get(name, outcome)) for name, (raw, delivery, outcome) in ANSWERS.items()},
    **MORE,
}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.jsonl")


@pytest.fixture
async def name_server() -> AsyncIterator[Callable[[Reply], Awaitable[NameServer]]]:
    """A name server on this machine that replies as told."""
    started: list[NameServer] = []

    async def start(reply: Reply) -> NameServer:
        started.append(NameServer(reply))
        await asyncio.get_running_loop().create_datagram_endpoint(lambda: started[-1], local_addr=("127.0.0.1", 0))
        return started[-1]

    yield start
    for server in started:
        if server.transport is not None:
            server.transport.close()


def written(journal: Journal) -> list[str]:
    """The deliveries in the journal, one for each intent."""
    return [item.delivery for item in journal._intents()]


async def send(url: str, probe, journal: Journal, **world: object) -> HttpEvidence:  # type: ignore[no-untyped-def]
    live = LiveWorld(allow=["127.0.0.0/8"], journal=journal, **world)  # type: ignore[arg-type]  # as given
    evidence = await live.perform(probe(url, send=True, deadline_s=0.8))
    await live.aclose()
    assert isinstance(evidence, HttpEvidence)
    return evidence


@pytest.mark.parametrize("name", ROWS)
async def test_a_sent_callback_gets_its_outcome_and_leaves_once(name: str, serve, probe, journal: Journal) -> None:  # type: ignore[no-untyped-def]
    raw, delivery, outcome = ROWS[name]
    server = await serve(raw)
    evidence = await send(server.url("/pb?cid=1"), probe, journal)
    assert (evidence.delivery, evidence.outcome) == (delivery, outcome), evidence.detail
    assert (len(server.requests), written(journal)) == (1, [delivery])


@pytest.mark.parametrize(("behaviour", "delivery", "outcome"), LIVE, ids=[item[0].__name__ for item in LIVE])
async def test_a_live_behaviour_meets_one_sent_callback(  # type: ignore[no-untyped-def]
    behaviour, delivery, outcome, serve, probe, journal: Journal
) -> None:
    server = await serve(behaviour)
    evidence = await send(server.url("/pb?cid=1"), probe, journal)
    assert (evidence.delivery, evidence.outcome) == (delivery, outcome), evidence.detail
    assert (len(server.requests), written(journal)) == (1, [delivery])


NAMES = [
    (code(dns.rcode.NXDOMAIN), "DNS_NXDOMAIN"),
    (code(dns.rcode.SERVFAIL), "DNS_SERVFAIL"),
    (code(dns.rcode.REFUSED), "DNS_REFUSED"),
    (code(dns.rcode.FORMERR), "DNS_FAIL"),
    (addresses(), "DNS_NO_ADDRESS"),
    (silent, "DNS_TIMEOUT"),
    (rubbish, "DNS_FAIL"),
    (wrong_id, "DNS_TIMEOUT"),
    (circle, "DNS_FAIL(loop)"),
]


@pytest.mark.parametrize(("reply", "outcome"), NAMES, ids=[f"{number} {item[1]}" for number, item in enumerate(NAMES)])
async def test_a_name_that_does_not_resolve_means_that_nothing_was_sent(  # type: ignore[no-untyped-def]
    reply, outcome: str, name_server, serve, probe, journal: Journal
) -> None:
    server = await serve(OK)
    found = resolver(await name_server(reply))
    evidence = await send(f"http://{HOST}:{server.port}/pb?cid=1", probe, journal, resolver=found)
    assert (evidence.delivery, evidence.outcome) == ("not-sent", (outcome,)), evidence.detail
    assert (server.connections, written(journal)) == (0, [])


async def test_dead_addresses_mean_that_nothing_was_sent(name_server, serve, probe, journal: Journal) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK)
    dead = tuple(f"127.1.0.{number}" for number in range(1, 29))
    found = resolver(await name_server(addresses(a=dead)))
    evidence = await send(f"http://{HOST}:{server.port}/pb?cid=1", probe, journal, resolver=found)
    assert (evidence.delivery, written(journal)) == ("not-sent", ["not-sent"])


async def test_a_host_with_ipv6_addresses_alone_is_noted(name_server, serve, probe, journal: Journal) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK + b"Content-Length: 0\r\n\r\n")
    only = addresses(aaaa=("::ffff:127.0.0.1",))
    found = resolver(await name_server(only))
    evidence = await send(f"http://{HOST}:{server.port}/pb?cid=1", probe, journal, resolver=found)
    assert (evidence.delivery, "NOTE(ipv6-only)" in evidence.outcome) == ("answered", True), evidence


PARTIAL = {
    "a head that stops": (b"HTTP/1.1 200 OK\r\nX-A: b\r\n", "HTTP/1.1 200 OK"),
    "a page without a head": (b"<html>hello</html>", "<html>hello</html>"),
    "a header without a colon": (OK + b"non\x1bsense\r\n\r\nok", "non\\x1bsense"),
    "half a status line": (b"HTTP/1.1 2", "HTTP/1.1 2"),
}


@pytest.mark.parametrize("kind", PARTIAL)
async def test_what_came_of_a_broken_answer_is_quoted(kind: str, serve, probe, journal: Journal) -> None:  # type: ignore[no-untyped-def]
    raw, quoted = PARTIAL[kind]
    server = await serve(raw)
    evidence = await send(server.url("/pb?cid=1"), probe, journal)
    assert (evidence.answer, quoted in evidence.detail) == (None, True), evidence.detail
