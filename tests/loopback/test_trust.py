"""TLS servers, good and bad: what a request and a look at the certificate make of them."""

import asyncio
import os
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from postback_wizard.domain.probe import HttpEvidence, TlsEvidence, TlsProbe
from postback_wizard.effects.certificate import Certificate, read_certificate
from postback_wizard.effects.world import LiveWorld

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
NOW = datetime.now(UTC)
YESTERDAY = (NOW - timedelta(days=1)).replace(microsecond=0)
LAST_YEAR = NOW - timedelta(days=365)
SOON = (NOW + timedelta(days=5)).replace(microsecond=0)
NEXT_YEAR = NOW + timedelta(days=365)

CA = trustme.CA()
OTHER_CA = trustme.CA()


def server_context(
    *names: str, ca: trustme.CA = CA, start: datetime = LAST_YEAR, end: datetime = NEXT_YEAR
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(*names, not_before=start, not_after=end).configure_cert(context)
    return context


def old_protocol() -> ssl.SSLContext:
    context = server_context("localhost")
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def wants_a_certificate() -> ssl.SSLContext:
    context = server_context("localhost")
    context.verify_mode = ssl.CERT_REQUIRED
    CA.configure_trust(context)
    return context


@pytest.fixture(scope="module")
def ca_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("ca") / "ca.pem"
    CA.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture
async def trusting(ca_file: str) -> AsyncIterator[LiveWorld]:
    """A world that trusts the test authority."""
    world = LiveWorld(allow=["127.0.0.0/8"], ca_file=ca_file)
    yield world
    await world.aclose()


Context = Callable[[], ssl.SSLContext]

BAD: dict[str, tuple[Context, str, str, str]] = {
    "wrong name": (
        lambda: server_context("a.example", "b.example"),
        "TLS_NAME_MISMATCH",
        "TLS_NAME_MISMATCH(a.example, b.example)",
        "not-sent",
    ),
    "only the address": (
        lambda: server_context("127.0.0.1"),
        "TLS_NAME_MISMATCH",
        "TLS_NAME_MISMATCH(127.0.0.1)",
        "not-sent",
    ),
    "wildcard at the wrong level": (
        lambda: server_context("*.sub.localhost"),
        "TLS_NAME_MISMATCH",
        "TLS_NAME_MISMATCH(*.sub.localhost)",
        "not-sent",
    ),
    "unknown authority": (
        lambda: server_context("localhost", ca=OTHER_CA),
        "TLS_UNTRUSTED",
        "TLS_UNTRUSTED",
        "not-sent",
    ),
    "expired": (
        lambda: server_context("localhost", end=YESTERDAY),
        "TLS_EXPIRED",
        f"TLS_EXPIRED({YESTERDAY:%Y-%m-%d})",
        "not-sent",
    ),
    "not yet valid": (
        lambda: server_context("localhost", start=SOON),
        "TLS_NOT_YET_VALID",
        f"TLS_NOT_YET_VALID({SOON:%Y-%m-%d})",
        "not-sent",
    ),
}


@pytest.mark.parametrize("kind", BAD)
async def test_a_request_stops_at_bad_tls(kind: str, serve, probe, trusting: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    context, outcome, _, delivery = BAD[kind]
    server = await serve(OK, ssl=context())
    evidence = await trusting.perform(probe(f"https://localhost:{server.port}/", send=True))
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.outcome, evidence.delivery, server.requests) == ((outcome,), delivery, []), evidence.detail


@pytest.mark.parametrize("kind", BAD)
async def test_a_look_says_what_the_certificate_holds(kind: str, serve, trusting: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    context, _, outcome, _ = BAD[kind]
    server = await serve(OK, ssl=context())
    evidence = await trusting.perform(TlsProbe("endpoint", "localhost", server.port))
    assert (evidence.outcome, server.requests) == ((outcome,), []), evidence.detail


async def test_a_good_certificate_is_shown(serve, trusting: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK, ssl=server_context("localhost"))
    evidence = await trusting.perform(TlsProbe("endpoint", "localhost", server.port))
    assert isinstance(evidence, TlsEvidence)
    assert (evidence.outcome, evidence.names, evidence.protocol) == (("OK",), ("localhost",), "TLSv1.3")
    assert evidence.not_after[:10] == f"{NEXT_YEAR:%Y-%m-%d}"


async def test_a_request_under_good_tls_is_answered(serve, probe, trusting: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK, ssl=server_context("localhost"))
    evidence = await trusting.perform(probe(f"https://localhost:{server.port}/x", send=True))
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.outcome, evidence.delivery, len(server.requests)) == (("OK_2XX",), "answered", 1)
    assert evidence.timing_ms.tls > 0


async def test_an_authority_nobody_added_is_not_trusted(serve, probe, world) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK, ssl=server_context("localhost"))
    assert (await world.perform(probe(f"https://localhost:{server.port}/"))).outcome == ("TLS_UNTRUSTED",)


@contextmanager
def blocking_server(context: ssl.SSLContext) -> Iterator[int]:
    """A server of the older kind, which says goodbye with a TLS alert (asyncio's closes without one)."""

    def accept() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                with suppress(OSError), context.wrap_socket(client, server_side=True) as tls:
                    tls.recv(1000)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)


async def test_a_certificate_wanted_from_us_is_named(probe, trusting: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    with blocking_server(wants_a_certificate()) as port:
        evidence = await trusting.perform(probe(f"https://localhost:{port}/", send=True))
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.outcome, evidence.delivery) == (("TLS_CLIENT_CERT",), "sent"), evidence.detail


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
async def test_a_server_of_old_protocols_is_named(probe, trusting: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    with blocking_server(old_protocol()) as port:
        evidence = await trusting.perform(probe(f"https://localhost:{port}/", send=True))
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.outcome, evidence.delivery) == (("TLS_OLD_PROTOCOL",), "not-sent"), evidence.detail


async def speaks_plainly(reader, writer) -> None:  # type: ignore[no-untyped-def]
    await reader.read(10)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    await writer.drain()
    writer.close()


async def stalls(reader, writer) -> None:  # type: ignore[no-untyped-def]
    while await reader.read(65536):
        pass
    writer.close()


async def closes(reader, writer) -> None:  # type: ignore[no-untyped-def]
    await reader.read(10)
    writer.close()


async def sends_zeros(reader, writer) -> None:  # type: ignore[no-untyped-def]
    await reader.read(10)
    writer.write(bytes(100))
    await writer.drain()
    writer.close()


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        (speaks_plainly, "PLAIN_ON_TLS_PORT"),
        (stalls, "TLS_TIMEOUT"),
        (closes, "TLS_CLOSED"),
        (sends_zeros, "TLS_GARBAGE"),
    ],
)
async def test_a_handshake_that_fails_is_named(behaviour, outcome, probe, trusting: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    server = await asyncio.start_server(behaviour, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    evidence = await trusting.perform(probe(f"https://localhost:{port}/", send=True, deadline_s=0.5))
    server.close()
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.outcome, evidence.delivery) == ((outcome,), "not-sent"), evidence.detail


async def test_an_end_without_goodbye_is_noted(serve, probe, trusting: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    async def leaves(peer) -> None:  # type: ignore[no-untyped-def]
        await peer.send(b"HTTP/1.1 200 OK\r\n\r\nok")
        with socket.socket(fileno=os.dup(peer.writer.get_extra_info("socket").fileno())) as same:
            same.shutdown(socket.SHUT_WR)
        await peer.stay()

    server = await serve(leaves, ssl=server_context("localhost"))
    evidence = await trusting.perform(probe(f"https://localhost:{server.port}/", send=True))
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.delivery, evidence.outcome) == ("answered", ("OK_2XX", "UNCLEAN_END"))


@pytest.mark.parametrize("der", [b"", b"\x30", b"\x30\x82\xff\xff", b"\x00" * 100, b"\x30\x03\x30\x01\xa0"])
def test_bytes_that_are_no_certificate_give_an_empty_one(der: bytes) -> None:
    assert read_certificate(der) == Certificate()
