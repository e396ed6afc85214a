"""Looking at a server's TLS: whether it can be trusted under its name, and with which certificate."""

import asyncio
import ssl
import time
from collections.abc import Sequence
from contextlib import suppress

import httpcore

from postback_wizard.domain.probe import TlsEvidence, TlsProbe
from postback_wizard.effects.addresses import Network, blocked, host_of
from postback_wizard.effects.certificate import Certificate, read_certificate
from postback_wizard.effects.dns import Resolver
from postback_wizard.effects.fault import WireFault
from postback_wizard.effects.tape import Tape
from postback_wizard.effects.tls import blind_context, trusting_context
from postback_wizard.effects.wire import PinnedBackend, SocketStream

#: Seconds for the look-up and one handshake.
DEADLINE_S = 10.0
#: Seconds for the second handshake, which only reads a certificate that was not accepted.
LOOK_S = 5.0
#: Seconds for a server to object after the handshake: under TLS 1.3 it misses our certificate only then.
OBJECTION_S = 0.25


async def look_at_tls(
    probe: TlsProbe, at: str, resolver: Resolver, allow: Sequence[Network], ca_file: str, deadline_s: float = DEADLINE_S
) -> TlsEvidence:
    """Shake hands as a sender would; when that fails, once more without trust, sending nothing, to read why."""
    start = time.perf_counter()
    outcome, detail, protocol, shown, chain = "OK", "", "", Certificate(), 0
    pins: tuple[str, ...] = ()
    try:
        async with asyncio.timeout(deadline_s):
            host = host_of(probe.host)
            pins = await _pins(host, resolver, allow)
            protocol, shown, _ = await _shake(host, probe.port, pins, trusting_context(ca_file), OBJECTION_S)
    except TimeoutError:
        outcome = "TLS_TIMEOUT" if pins else "DNS_TIMEOUT"
    except WireFault as fault:
        outcome, detail = fault.outcome, fault.detail
    except (ValueError, OSError) as error:
        outcome = "BAD_URL(host)" if isinstance(error, ValueError) else "TLS_FAILED(context)"
        detail = str(error)[:200]
    if pins and outcome.startswith("TLS_") and outcome not in ("TLS_TIMEOUT", "TLS_CLOSED", "TLS_GARBAGE"):
        shown, chain = await _look(host, probe.port, pins)
        outcome = _explained(outcome, shown)
    return TlsEvidence(
        name=probe.name,
        at=at,
        host=probe.host,
        port=probe.port,
        outcome=(outcome,),
        protocol=protocol,
        issuer=shown.issuer,
        names=shown.names[:50],
        not_before=shown.not_before,
        not_after=shown.not_after,
        took_ms=round((time.perf_counter() - start) * 1000, 3),
        detail=detail,
        chain=chain,
    )


async def _pins(host: str, resolver: Resolver, allow: Sequence[Network]) -> tuple[str, ...]:
    found = await resolver.resolve(host)
    if not found.addresses:
        raise WireFault(found.outcome[0], found.detail)
    denied = blocked(found.addresses, allow)
    if denied:
        raise WireFault("BLOCKED_ADDRESS", f"{', '.join(denied[:5])} is not public and not on the allow list")
    return found.addresses


async def _shake(
    host: str, port: int, pins: Sequence[str], context: ssl.SSLContext, patience_s: float = 0.0
) -> tuple[str, Certificate, int]:
    """Protocol, certificate, and how many certificates came. Raises WireFault, also for an objection that follows."""
    backend = PinnedBackend(pins, Tape(""))
    await backend.connect_tcp(host, port)
    stream = backend.stream
    assert stream is not None  # noqa: S101 - connect_tcp would have raised
    try:
        await stream.start_tls(context, host.removesuffix("."))
        tls = stream.get_extra_info("ssl_object")
        assert isinstance(tls, ssl.SSLObject)  # noqa: S101 - start_tls would have raised
        if patience_s and tls.version() == "TLSv1.3":
            await _objection(stream, patience_s)
        return tls.version() or "", read_certificate(tls.getpeercert(binary_form=True) or b""), _sent_chain(tls)
    finally:
        await stream.aclose()


async def _objection(stream: SocketStream, patience_s: float) -> None:
    """Wait for what the server says unasked; a fault of TLS is raised, anything else does not matter."""
    with suppress(TimeoutError, httpcore.NetworkError):
        async with asyncio.timeout(patience_s):
            await stream.read(1)


def _sent_chain(tls: ssl.SSLObject) -> int:
    """How many certificates the server sent; 0 where this Python does not say."""
    tell = getattr(tls, "get_unverified_chain", None) or getattr(
        getattr(tls, "_sslobj", None), "get_unverified_chain", None
    )
    return len(tell() or ()) if tell else 0


async def _look(host: str, port: int, pins: Sequence[str]) -> tuple[Certificate, int]:
    try:
        async with asyncio.timeout(LOOK_S):
            return (await _shake(host, port, pins, blind_context()))[1:]
    except (TimeoutError, WireFault):
        return Certificate(), 0


def _explained(outcome: str, shown: Certificate) -> str:
    """The outcome with what the certificate itself says about it."""
    match outcome:
        case "TLS_NAME_MISMATCH" if shown.names:
            return f"TLS_NAME_MISMATCH({', '.join(shown.names[:10])})"
        case "TLS_EXPIRED" if shown.not_after:
            return f"TLS_EXPIRED({shown.not_after[:10]})"
        case "TLS_NOT_YET_VALID" if shown.not_before:
            return f"TLS_NOT_YET_VALID({shown.not_before[:10]})"
    return outcome
