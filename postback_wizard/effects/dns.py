"""Asking name servers, every kind of failure told apart; plain sockets on the event loop, so that quitting is quick."""

import asyncio
import importlib
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from postback_wizard.effects.addresses import is_literal, is_loopback_name
from postback_wizard.effects.hosts_file import addresses_of, hosts_path
from postback_wizard.effects.race import first_success

if TYPE_CHECKING:
    import dns.message

#: Seconds a whole look-up may take.
BUDGET_S = 5.0
#: Seconds between two questions to the same server, and before the next server is asked as well.
RESEND_S = 1.5
#: Seconds the second address family may be late once the first has answered.
GRACE_S = 1.0

_WORST_LAST = ("DNS_TIMEOUT", "DNS_FAIL", "DNS_REFUSED", "DNS_SERVFAIL", "DNS_FAIL(loop)", "DNS_NXDOMAIN")


@dataclass(frozen=True, slots=True)
class Lookup:
    """What came of a look-up: ``outcome`` starts with OK when there are addresses, else with the reason why not."""

    outcome: tuple[str, ...]
    addresses: tuple[str, ...] = ()
    took_ms: float = 0.0
    detail: str = ""


class DnsFault(Exception):  # noqa: N818 - it becomes an outcome
    """A name server's answer that gives no addresses; ``outcome`` is its name in the outcome table."""

    def __init__(self, outcome: str, detail: str = "") -> None:
        super().__init__(outcome, detail)
        self.outcome = outcome
        self.detail = detail


class Resolver:
    """Turns host names into addresses. Name servers and hosts file are the system's unless given."""

    def __init__(self, nameservers: Sequence[str] = (), port: int = 53, hosts: Path | None = None) -> None:
        self._nameservers = tuple(nameservers)
        self._port = port
        self._hosts = hosts if hosts is not None else hosts_path()

    async def resolve(self, host: str, budget_s: float = BUDGET_S) -> Lookup:
        """All addresses of a name or literal address as ``addresses.host_of`` gives it, within ``budget_s`` seconds."""
        if is_literal(host):
            return Lookup(("OK",), (host,))
        if is_loopback_name(host):
            return Lookup(("OK",), ("127.0.0.1",))
        known = addresses_of(host, self._hosts)
        if known:
            return Lookup(("OK",), tuple(dict.fromkeys(known)), detail="hosts file")
        start = time.perf_counter()
        await asyncio.to_thread(importlib.import_module, "dns.resolver")  # longer than a screen may stand still
        found = await self._both_families(host, budget_s)
        took = round((time.perf_counter() - start) * 1000, 3)
        return Lookup(found.outcome, found.addresses, took, found.detail)

    async def _both_families(self, host: str, budget_s: float) -> Lookup:
        servers = self._nameservers or _system_nameservers()
        if not servers:
            return Lookup(("DNS_FAIL",), detail="no name server is configured")
        tasks = [asyncio.ensure_future(self._family(host, kind, servers)) for kind in ("AAAA", "A")]
        try:
            done, late = await asyncio.wait(tasks, timeout=budget_s, return_when=asyncio.FIRST_COMPLETED)
            if done and late:
                useful = any(task.exception() is None and task.result() for task in done)
                spent_at = min(GRACE_S, budget_s / 2) if useful else budget_s
                await asyncio.wait(tasks, timeout=spent_at)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return _judge(tasks)

    async def _family(self, host: str, kind: str, servers: Sequence[str]) -> tuple[str, ...]:
        asks = [partial(self._ask, server, host, kind) for server in servers]
        found, errors = await first_success(asks, RESEND_S)
        if found is None:
            raise max(errors, key=_severity)
        return found

    async def _ask(self, server: str, host: str, kind: str) -> tuple[str, ...]:
        import dns.exception
        import dns.message
        import dns.name

        try:
            query = dns.message.make_query(host, kind)
        except dns.exception.DNSException as error:
            raise DnsFault("DNS_FAIL", f"the name cannot be asked for: {type(error).__name__}") from None
        try:
            answer = await _by_datagram(server, self._port, query)
            if answer is None:
                answer = await _by_stream(server, self._port, query)
        except OSError as error:
            raise DnsFault("DNS_FAIL", f"{server}: {error.strerror or error}") from None
        return _addresses_in(answer, kind)


def _system_nameservers() -> tuple[str, ...]:
    import dns.resolver

    try:
        return tuple(str(server) for server in dns.resolver.Resolver().nameservers if is_literal(str(server)))[:3]
    except (dns.resolver.NoResolverConfiguration, OSError):
        return ()


def _judge(tasks: Sequence[asyncio.Task[tuple[str, ...]]]) -> Lookup:
    addresses: list[str] = []
    faults: list[DnsFault] = []
    for task in tasks:
        if task.cancelled():
            faults.append(DnsFault("DNS_TIMEOUT", "no answer in time"))
        elif (error := task.exception()) is None:
            addresses += task.result()
        else:
            faults.append(error if isinstance(error, DnsFault) else DnsFault("DNS_FAIL", type(error).__name__))
    worst = max(faults, key=_severity, default=None)
    if addresses:
        partial_ = ("DNS_PARTIAL",) if worst and worst.outcome != "DNS_NXDOMAIN" else ()
        return Lookup(("OK", *partial_), tuple(dict.fromkeys(addresses)), detail=worst.detail if worst else "")
    if worst is None:
        return Lookup(("DNS_NO_ADDRESS",), detail="the name exists and has neither an A nor an AAAA record")
    return Lookup((worst.outcome,), detail=worst.detail)


def _severity(error: Exception) -> int:
    return _WORST_LAST.index(error.outcome) if isinstance(error, DnsFault) and error.outcome in _WORST_LAST else -1


def _addresses_in(answer: "dns.message.Message", kind: str) -> tuple[str, ...]:
    import dns.exception
    import dns.message
    import dns.rcode

    code = dns.rcode.to_text(answer.rcode())
    match code:
        case "NOERROR":
            pass
        case "NXDOMAIN" | "SERVFAIL" | "REFUSED":
            raise DnsFault(f"DNS_{code}")
        case _:
            raise DnsFault("DNS_FAIL", f"the name server answered {code}")
    if not isinstance(answer, dns.message.QueryMessage):
        raise DnsFault("DNS_FAIL", "the answer is no answer to a query")
    try:
        records = answer.resolve_chaining().answer
    except dns.message.ChainTooLong:
        raise DnsFault("DNS_FAIL(loop)", "aliases lead in a circle") from None
    except dns.exception.DNSException as error:
        raise DnsFault("DNS_FAIL", f"unreadable answer: {type(error).__name__}") from None
    return tuple(str(record.address) for record in records or () if record.rdtype.name == kind)


async def _by_datagram(server: str, port: int, query: "dns.message.Message") -> "dns.message.Message | None":
    """The answer, or None when it was cut and has to be asked for again over TCP."""
    loop = asyncio.get_running_loop()
    wire = query.to_wire()
    with socket.socket(_family_of(server), socket.SOCK_DGRAM) as sock:
        sock.setblocking(False)
        await loop.sock_connect(sock, (server, port))
        while True:
            await loop.sock_sendall(sock, wire)
            try:
                async with asyncio.timeout(RESEND_S):
                    while True:
                        answer = _read(await loop.sock_recv(sock, 65535), query)
                        if answer is not None:
                            return None if _is_cut(answer) else answer
            except TimeoutError:
                continue


async def _by_stream(server: str, port: int, query: "dns.message.Message") -> "dns.message.Message":
    loop = asyncio.get_running_loop()
    wire = query.to_wire()
    with socket.socket(_family_of(server), socket.SOCK_STREAM) as sock:
        sock.setblocking(False)
        await loop.sock_connect(sock, (server, port))
        await loop.sock_sendall(sock, len(wire).to_bytes(2, "big") + wire)
        size = int.from_bytes(await _exactly(sock, 2), "big")
        answer = _read(await _exactly(sock, size), query)
    if answer is None:
        raise DnsFault("DNS_FAIL", "the answer is for another question")
    return answer


async def _exactly(sock: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = await asyncio.get_running_loop().sock_recv(sock, count - len(data))
        if not part:
            raise DnsFault("DNS_FAIL", "the name server closed the connection")
        data += part
    return data


def _read(data: bytes, query: "dns.message.Message") -> "dns.message.Message | None":
    """The answer in a datagram, None when it belongs to another question."""
    import dns.exception
    import dns.message

    try:
        answer = dns.message.from_wire(data, ignore_trailing=True)
    except (dns.exception.DNSException, ValueError, IndexError) as error:
        if len(data) >= 12 and data[2] & 0x80 and data[3] & 0x0F and int.from_bytes(data[:2], "big") == query.id:
            raise DnsFault("DNS_FAIL", f"the name server answered code {data[3] & 0x0F}") from None
        raise DnsFault("DNS_FAIL", f"rubbish instead of an answer: {type(error).__name__}") from None
    return answer if query.is_response(answer) else None


def _is_cut(answer: "dns.message.Message") -> bool:
    import dns.flags

    return bool(answer.flags & dns.flags.TC)


def _family_of(server: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in server else socket.AF_INET
