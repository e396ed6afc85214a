"""Looking at a server's TLS: whether it can be trusted under its name, and with which certificate."""

import asyncio
import ssl
import time
from collections.abc import Sequence

from postback_wizard.domain.probe import TlsEvidence, TlsProbe
from postback_wizard.effects.addresses import Network, blocked, host_of
from postback_wizard.effects.certificate import Certificate, read_certificate
from postback_wizard.effects.dns import Resolver
from postback_wizard.effects.fault import WireFault
from postback_wizard.effects.tape import Tape
from postback_wizard.effects.tls import blind_context, trusting_context
from postback_wizard.effects.wire import PinnedBackend

#: Seconds for the look-up and one handshake.
DEADLINE_S = 10.0
#: Seconds for the second handshake, which only reads a certificate that was not accepted.
LOOK_S = 5.0


async def look_at_tls(
    probe: TlsProbe, at: str, resolver: Resolver, allow: Sequence[Network], ca_file: str, deadline_s: float = DEADLINE_S
) -> TlsEvidence:
    """Shake hands as a sender would; when that fails, once more without trust, sending nothing, to read why."""
    start = time.perf_counter()
    outcome, detail, protocol, shown = "OK", "", "", Certificate()
    pins: tuple[str, ...] = ()
    try:
        async with asyncio.timeout(deadline_s):
            host = host_of(probe.host)
            pins = await _pins(host, resolver, allow)
            protocol, shown = await _shake(host, probe.port, pins, trusting_context(ca_file))
    except TimeoutError:
        outcome = "TLS_TIMEOUT" if pins else "DNS_TIMEOUT"
    except WireFault as fault:
        outcome, detail = fault.outcome, fault.detail
    except (ValueError, OSError) as error:
        outcome = "BAD_URL(host)" if isinstance(error, ValueError) else "TLS_FAILED(context)"
        detail = str(error)[:200]
    if pins and outcome.startswith("TLS_") and outcome not in ("TLS_TIMEOUT", "TLS_CLOSED", "TLS_GARBAGE"):
        shown = await _look(host, probe.port, pins)
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
    )


async def _pins(host: str, resolver: Resolver, allow: Sequence[Network]) -> tuple[str, ...]:
    found = await resolver.resolve(host)
    if not found.addresses:
        raise WireFault(found.outcome[0], found.detail)
    denied = blocked(found.addresses, allow)
    if denied:
        raise WireFault("BLOCKED_ADDRESS", f"{', '.join(denied[:5])} is not public and not on the allow list")
    return found.addresses


async def _shake(host: str, port: int, pins: Sequence[str], context: ssl.SSLContext) -> tuple[str, Certificate]:
    stream = await PinnedBackend(pins, Tape("")).connect_tcp(host, port)
    try:
        await stream.start_tls(context, host.removesuffix("."))
        tls = stream.get_extra_info("ssl_object")
        assert isinstance(tls, ssl.SSLObject)  # noqa: S101 - start_tls would have raised
        return tls.version() or "", read_certificate(tls.getpeercert(binary_form=True) or b"")
    finally:
        await stream.aclose()


async def _look(host: str, port: int, pins: Sequence[str]) -> Certificate:
    try:
        async with asyncio.timeout(LOOK_S):
            return (await _shake(host, port, pins, blind_context()))[1]
    except (TimeoutError, WireFault):
        return Certificate()


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
