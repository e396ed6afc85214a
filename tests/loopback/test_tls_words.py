"""What is wrong with a server's TLS is said in words, from the look alone, before anything is sent."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Level
from postback_wizard.domain.probe import HttpEvidence, TlsProbe
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.effects.world import LiveWorld
from postback_wizard.engine import Done, run
from postback_wizard.steps.replay import REPLAY
from tests.loopback.test_trust import (
    CA,
    NOW,
    OK,
    OTHER_CA,
    SOON,
    YESTERDAY,
    blocking_server,
    old_protocol,
    server_context,
    wants_a_certificate,
)

CHILD = CA.create_child_ca()


def without_intermediate() -> ssl.SSLContext:
    """A certificate of an intermediate authority, shown without that authority's own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issued = CHILD.issue_cert("localhost")
    with issued.private_key_and_cert_chain_pem.tempfile() as both:
        text = Path(both).read_text(encoding="ascii")
    end = text.index("-----END CERTIFICATE-----") + len("-----END CERTIFICATE-----\n")
    with trustme.Blob(text[:end].encode()).tempfile() as first:
        context.load_cert_chain(first)
    return context


def with_unknown_intermediate() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    OTHER_CA.create_child_ca().issue_cert("localhost").configure_cert(context)
    return context


def wants_a_certificate_under_1_2() -> ssl.SSLContext:
    context = wants_a_certificate()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
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


async def dry_run(world: LiveWorld, port: int) -> StepRecord:
    """Step 3 without sending."""
    case = Case("case", "2026-03-01T10:00:00.000Z", Facts(sent_request=f"https://localhost:{port}/pb?cid=1"))
    records = [
        event.record async for event in run(REPLAY, case, world, Settings(), Permit.of()) if isinstance(event, Done)
    ]
    return records[0]


Context = Callable[[], ssl.SSLContext]

WORDS: dict[str, tuple[Context, str, dict[str, str]]] = {
    "expired": (
        lambda: server_context("localhost", end=YESTERDAY),
        "tls-certificate-expired",
        {"until": f"{YESTERDAY:%Y-%m-%d}"},
    ),
    "not yet valid": (
        lambda: server_context("localhost", start=SOON),
        "tls-certificate-not-yet-valid",
        {"since": f"{SOON:%Y-%m-%d}"},
    ),
    "wrong name": (
        lambda: server_context("a.example", "b.example"),
        "tls-certificate-other-name",
        {"names": "a.example, b.example", "host": "localhost"},
    ),
    "unknown issuer": (with_unknown_intermediate, "tls-issuer-unknown", {}),
    "missing intermediate": (without_intermediate, "tls-intermediate-missing", {}),
    "old protocol": (old_protocol, "tls-protocol-old", {}),
    "client certificate": (wants_a_certificate, "tls-client-certificate-wanted", {}),
    "client certificate under TLS 1.2": (wants_a_certificate_under_1_2, "tls-client-certificate-wanted", {}),
}


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize("kind", WORDS)
async def test_a_dry_run_says_in_words_what_is_wrong(kind: str, trusting: LiveWorld) -> None:
    context, code, values = WORDS[kind]
    with blocking_server(context()) as port:
        record = await dry_run(trusting, port)
    found = {item.code: item for item in record.findings}
    assert {"endpoint-tls-failure", code} <= found.keys()
    assert values.items() <= found[code].values.items()


async def test_plain_http_on_the_tls_port_is_said_in_words(trusting: LiveWorld) -> None:
    async def speaks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(speaks, "127.0.0.1", 0)
    record = await dry_run(trusting, server.sockets[0].getsockname()[1])
    server.close()
    assert "tls-plain-http" in {item.code for item in record.findings}


async def test_a_certificate_that_ends_soon_is_a_warning(trusting: LiveWorld) -> None:
    with blocking_server(server_context("localhost", end=NOW + timedelta(days=5, hours=1))) as port:
        record = await dry_run(trusting, port)
    (found,) = [item for item in record.findings if item.code == "tls-certificate-expires-soon"]
    assert (found.level, found.values["days"]) == (Level.WARN, "5")


async def test_a_certificate_that_lasts_is_no_warning(trusting: LiveWorld) -> None:
    with blocking_server(server_context("localhost")) as port:
        record = await dry_run(trusting, port)
    assert not [item for item in record.findings if item.code.startswith("tls-")]


async def test_a_certificate_wanted_under_tls_1_2_means_not_sent(probe, trusting: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    with blocking_server(wants_a_certificate_under_1_2()) as port:
        evidence = await trusting.perform(probe(f"https://localhost:{port}/", send=True))
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.outcome, evidence.delivery) == (("TLS_CLIENT_CERT",), "not-sent"), evidence.detail


async def test_a_missing_intermediate_means_not_sent(serve, probe, trusting: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    server = await serve(OK, ssl=without_intermediate())
    evidence = await trusting.perform(probe(f"https://localhost:{server.port}/", send=True))
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.outcome, evidence.delivery, server.requests) == (("TLS_UNTRUSTED",), "not-sent", [])


async def test_a_whole_chain_is_trusted(serve, trusting: LiveWorld) -> None:  # type: ignore[no-untyped-def]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    CHILD.issue_cert("localhost").configure_cert(context)
    server = await serve(OK, ssl=context)
    assert (await trusting.perform(TlsProbe("endpoint", "localhost", server.port))).outcome == ("OK",)
