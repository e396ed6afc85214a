"""One HTTP probe from look-up to evidence: checked, written down where it counts, sent once, and every fault named."""

import asyncio
import time
from collections.abc import Coroutine, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import httpx

from postback_wizard.domain.location import mask_userinfo
from postback_wizard.domain.probe import Effect, HttpEvidence, HttpProbe, SentRequest
from postback_wizard.domain.url import default_port, split_url
from postback_wizard.effects.addresses import Network, blocked, host_of, is_allowed, is_bad_port, is_literal
from postback_wizard.effects.body import Body
from postback_wizard.effects.dns import BUDGET_S, Resolver
from postback_wizard.effects.exchange import Exchange
from postback_wizard.effects.fault import WireFault
from postback_wizard.effects.faults import name_failure, name_silence
from postback_wizard.effects.http import BodyStream, PinnedTransport
from postback_wizard.effects.outgoing import Outgoing, make_ready, shown_refused
from postback_wizard.effects.tape import Tape
from postback_wizard.effects.tls import trusting_context
from postback_wizard.effects.vault import Vault


class Journal(Protocol):
    """Where requests that change a partner's records are written down before they leave."""

    def intend(self, case_id: str, probe: HttpProbe, at: str) -> str:
        """Make the intention durable and give it a name. Raises OSError when it cannot be written."""

    def settle(self, intent: str, delivery: str, outcome: Sequence[str]) -> None:
        """Write down what became of it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the edge keeps to: allowed networks besides the public ones, a further authority, an explicit proxy."""

    allow: tuple[Network, ...] = ()
    ca_file: str = ""
    proxy: str = ""


class HttpEdge:
    """Performs HTTP probes, one request each."""

    def __init__(
        self, rules: Rules, resolver: Resolver, vault: Vault, journal: Journal | None = None, case_id: str = ""
    ) -> None:
        self._rules = rules
        self._resolver = resolver
        self._vault = vault
        self._journal = journal
        self._case_id = case_id
        self._background: set[asyncio.Task[None]] = set()
        self._context = partial(trusting_context, rules.ca_file)
        self._transport = PinnedTransport(self._context, rules.proxy)
        self._direct: PinnedTransport | None = None

    async def perform(self, probe: HttpProbe, at: str) -> HttpEvidence:
        """Send a probe's request and name what came of it. Raises nothing but CancelledError."""
        shown = SentRequest(probe.method, "", "")
        exchange = Exchange(probe, at, shown, Tape(probe.method), mask_userinfo(self._proxy(probe)))
        try:
            outgoing = make_ready(probe, self._vault, self._proxy(probe))
        except WireFault as fault:
            exchange.shown, exchange.fault = shown_refused(probe), fault
            return exchange.evidence(self._vault)
        exchange.shown, exchange.notes = outgoing.shown, outgoing.notes
        deadline = asyncio.get_running_loop().time() + probe.deadline_s
        await _guarded(exchange, deadline, self._prepare(exchange, outgoing))
        if probe.effect is Effect.WRITE and self._journal is not None and exchange.fault is None:
            return await self._send_written_down(exchange, outgoing, deadline, self._journal)
        if exchange.fault is None:
            await _guarded(exchange, deadline, self._send(exchange, outgoing))
        return exchange.evidence(self._vault)

    async def aclose(self) -> None:
        """Close idle connections and wait for what is still to be written down."""
        for transport in (self._transport, self._direct):
            if transport is not None:
                await transport.aclose()
        if self._background:
            await asyncio.gather(*self._background, return_exceptions=True)

    async def _prepare(self, exchange: Exchange, outgoing: Outgoing) -> None:
        probe = exchange.probe
        click = probe.effect is Effect.CLICK
        if not (click and self._by(probe).has_idle(probe.name, outgoing.scheme, outgoing.host, outgoing.port)):
            exchange.pins = await self._pins(exchange, outgoing)

    def _proxy(self, probe: HttpProbe) -> str:
        """The proxy a request goes through, empty for none."""
        return "" if probe.direct else self._rules.proxy

    def _by(self, probe: HttpProbe) -> PinnedTransport:
        if self._proxy(probe) == self._rules.proxy:
            return self._transport
        self._direct = self._direct or PinnedTransport(self._context)
        return self._direct

    async def _pins(self, exchange: Exchange, outgoing: Outgoing) -> tuple[str, ...]:
        """The addresses that may be dialled: resolved now, all of them allowed."""
        by = self._proxy(exchange.probe)
        if by:
            self._refuse(outgoing, (outgoing.host,) if is_literal(outgoing.host) else ())
            return await self._look_up(exchange, host_of(split_url(by).host))
        addresses = await self._look_up(exchange, outgoing.host)
        self._refuse(outgoing, addresses)
        if not is_literal(outgoing.host) and all(":" in address for address in addresses):
            exchange.notes += ("NOTE(ipv6-only)",)
        return addresses

    async def _look_up(self, exchange: Exchange, host: str) -> tuple[str, ...]:
        exchange.phase = "dns"
        found = await self._resolver.resolve(host, min(BUDGET_S, exchange.probe.deadline_s * 0.9))
        exchange.phase, exchange.dns_ms = "", found.took_ms
        if not found.addresses:
            raise WireFault(found.outcome[0], found.detail)
        exchange.notes += found.outcome[1:]
        return found.addresses

    def _refuse(self, outgoing: Outgoing, addresses: Sequence[str]) -> None:
        denied = blocked(addresses, self._rules.allow)
        if denied:
            raise WireFault("BLOCKED_ADDRESS", f"{', '.join(denied[:5])} is not public and not on the allow list")
        named = bool(addresses) and all(is_allowed(address, self._rules.allow) for address in addresses)
        if outgoing.port != default_port(outgoing.scheme) and is_bad_port(outgoing.port) and not named:
            raise WireFault("BLOCKED_PORT", f"port {outgoing.port} belongs to a service other than the web")

    async def _send(self, exchange: Exchange, outgoing: Outgoing) -> None:
        reuse = not exchange.pins
        request = httpx.Request(
            exchange.probe.method,
            httpx.URL(scheme=outgoing.scheme, host=outgoing.host, port=outgoing.port),
            headers=list(outgoing.headers),
            stream=httpx.ByteStream(outgoing.body),
            extensions={
                "target": outgoing.target,
                "pins": exchange.pins,
                "tape": exchange.tape,
                "reuse": reuse,
                "chain": exchange.probe.name,
            },
        )
        request.method = exchange.probe.method
        exchange.dial_at = 0.0 if reuse else time.perf_counter()
        response = await self._by(exchange.probe).handle_async_request(request)
        exchange.status = response.status_code
        exchange.headers = tuple((_text(name), _text(value)) for name, value in response.headers.raw)
        exchange.body = Body(exchange.headers)
        async with aclosing(response):
            await _read_body(exchange.body, response)
            if exchange.probe.effect is Effect.CLICK and exchange.is_clean:
                response.extensions["keep"]()

    async def _send_written_down(
        self, exchange: Exchange, outgoing: Outgoing, deadline: float, journal: Journal
    ) -> HttpEvidence:
        """The intention made durable before anything leaves, its outcome after; one cut off on the way stays open."""
        writing = asyncio.ensure_future(asyncio.to_thread(journal.intend, self._case_id, exchange.probe, exchange.at))
        try:
            intent = await asyncio.shield(writing)
            await _guarded(exchange, deadline, self._send(exchange, outgoing))
        except Exception as error:  # noqa: BLE001 - whatever kept it from being written down, it is not sent
            exchange.fault = WireFault("JOURNAL_FAILED", str(getattr(error, "strerror", "") or type(error).__name__))
            return exchange.evidence(self._vault)
        except asyncio.CancelledError:
            if not exchange.tape.started:
                self._later(_settle_unsent(journal, writing))
            raise
        evidence = exchange.evidence(self._vault)
        await asyncio.shield(self._later(_settle(journal, intent, evidence.delivery, evidence.outcome)))
        return evidence

    def _later(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """Start work that a cancelled caller must not take down with it; ``aclose`` waits for it."""
        task = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        return task


async def _guarded(exchange: Exchange, deadline: float, work: Coroutine[object, object, None]) -> None:
    """The one boundary: whatever happens outside becomes a named outcome, at the deadline at the latest."""
    try:
        async with asyncio.timeout_at(deadline):
            await work
    except TimeoutError:
        name_silence(exchange)
    except Exception as error:  # noqa: BLE001 - see above
        name_failure(exchange, error)


async def _settle_unsent(journal: Journal, writing: asyncio.Future[str]) -> None:
    with suppress(OSError):
        intent = await writing
        await _settle(journal, intent, "not-sent", ("CANCELLED",))


async def _settle(journal: Journal, intent: str, delivery: str, outcome: Sequence[str]) -> None:
    with suppress(OSError):  # the intention stands; an unsettled one is shown as sent, outcome unknown
        await asyncio.to_thread(journal.settle, intent, delivery, outcome)


async def _read_body(body: Body, response: httpx.Response) -> None:
    if body.refused:
        return
    pieces = response.stream
    assert isinstance(pieces, BodyStream)  # noqa: S101 - our own transport made it
    async with aclosing(pieces.read()) as reading:
        async for piece in reading:
            if not body.feed(piece):
                return
    body.end()
    await pieces.linger()


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
