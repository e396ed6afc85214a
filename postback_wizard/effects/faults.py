"""Which outcome a failed exchange amounts to."""

import time

import httpcore

from postback_wizard.effects.exchange import Exchange
from postback_wizard.effects.fault import WireFault
from postback_wizard.effects.heads import broken_body, refusal

#: More interim answers than any server means.
_FLOOD = 10

_SILENT_PHASES = {
    "dns": WireFault("DNS_TIMEOUT", "no name server answered in time"),
    "connect": WireFault("CONNECT_TIMEOUT", "no answer to the connection request"),
    "tls": WireFault("TLS_TIMEOUT", "the handshake did not come to an end"),
}


def name_silence(exchange: Exchange) -> None:
    """The deadline has passed: say what was missing."""
    tape = exchange.tape
    if exchange.body is not None:
        exchange.body.outcomes.append(broken_body(tape, exchange.headers) or "BODY_DEADLINE")
        return
    phase = exchange.phase or tape.phase
    if phase in _SILENT_PHASES:
        exchange.fault = _SILENT_PHASES[phase]
        return
    partial = f"only this came: {tape.first_bytes()}" if tape.head else ""
    if tape.interim > _FLOOD or (tape.interim and tape.drips(time.perf_counter())):
        exchange.fault = WireFault("DEADLINE", f"{tape.interim} interim answers (1xx) and no final one")
        exchange.notes += ("NOTE(1xx-flood)",)
    elif tape.received and tape.drips(time.perf_counter()):
        exchange.fault = WireFault("DEADLINE", partial)
    else:
        exchange.fault = WireFault("NO_ANSWER", partial)


def name_failure(exchange: Exchange, error: Exception) -> None:
    """An exchange ended in an error: say what it amounts to."""
    if isinstance(error, ExceptionGroup) and len(error.exceptions) == 1:
        name_failure(exchange, error.exceptions[0])
    elif exchange.body is not None:
        exchange.body.outcomes.append(_in_body(exchange, error))
    else:
        exchange.fault = error if isinstance(error, WireFault) else _before_body(exchange, error)


def _in_body(exchange: Exchange, error: Exception) -> str:
    words = str(error)
    broken = broken_body(exchange.tape, exchange.headers)
    if broken:
        return broken
    if isinstance(error, httpcore.RemoteProtocolError):
        if "Receive buffer too long" in words:
            return "HEADER_LIMIT"
        return "BODY_TRUNCATED" if "complete message body" in words or "unexpectedly closed" in words else "BODY_BROKEN"
    return "BODY_TRUNCATED"


def _before_body(exchange: Exchange, error: Exception) -> WireFault:
    tape, words = exchange.tape, str(error)[:200]
    match error:
        case httpcore.RemoteProtocolError() if tape.ended and not tape.received:
            return WireFault("CLOSED_NO_ANSWER", words)
        case httpcore.RemoteProtocolError() if tape.ended and not tape.complete:
            return WireFault("TRUNCATED_HEAD", tape.first_bytes())
        case httpcore.RemoteProtocolError() if tape.head:
            return WireFault(*refusal(bytes(tape.head)))
        case httpcore.ReadError() | httpcore.WriteError():
            return WireFault("RESET", words)
        case httpcore.ProxyError():
            return WireFault("PROXY_FAILED", words)
        case httpcore.LocalProtocolError():
            return WireFault("BAD_REQUEST_BYTES", words)
        case OSError() if exchange.phase == "" and tape.phase in ("connect", "tls"):
            return WireFault("TLS_FAILED(context)" if tape.phase == "tls" else "CONNECT_REFUSED", words)
    return WireFault(f"INTERNAL_ERROR({type(error).__name__})", words)
