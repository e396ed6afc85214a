"""Raw servers on 127.0.0.1 that behave as a test says, and a ledger of what they were asked."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from postback_wizard.domain.probe import Effect, Headers, HttpEvidence, HttpProbe
from postback_wizard.effects.world import LiveWorld

Behaviour = Callable[["Peer"], Awaitable[None]]


@dataclass
class Peer:
    """One accepted connection, after its request was read."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    request: bytes
    server: "RawServer"

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    def reset(self) -> None:
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def stay(self) -> None:
        """Keep the connection open until the client leaves."""
        while await self.reader.read(65536):
            pass


@dataclass
class RawServer:
    """Accepts, reads a request, hands over to a behaviour. ``requests`` is the ledger."""

    behaviour: Behaviour
    port: int = 0
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                request = await _read_request(reader)
                self.requests.append(request)
                await self.behaviour(Peer(reader, writer, request, self))
                if not writer.is_closing() and getattr(self.behaviour, "keeps_alive", False):
                    continue
                break
        writer.close()

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _read_request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    return head + await reader.readexactly(length)


Serve = Callable[..., Awaitable[RawServer]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Start a server with a behaviour: a coroutine function, or the bytes it answers with before it closes."""
    started: list[tuple[RawServer, asyncio.Server]] = []

    async def start(behaviour: Behaviour | bytes, **options: object) -> RawServer:
        if isinstance(behaviour, bytes):
            answer = behaviour

            async def plain(peer: Peer) -> None:
                await peer.send(answer)

            behaviour = plain
        raw = RawServer(behaviour)
        server = await asyncio.start_server(raw.accept, "127.0.0.1", 0, **options)  # type: ignore[arg-type]  # as given
        raw.port = server.sockets[0].getsockname()[1]
        started.append((raw, server))
        return raw

    yield start
    for raw, server in started:
        server.close()
        await raw.stop()


@pytest.fixture
async def world() -> AsyncIterator[LiveWorld]:
    """A live world that may speak to this machine."""
    found = LiveWorld(allow=["127.0.0.0/8"])
    yield found
    await found.aclose()


def probe(
    url: str,
    *,
    send: bool = False,
    deadline_s: float = 1.0,
    method: str = "GET",
    headers: Headers = (),
    body: str = "",
    seen: tuple[str, ...] = (),
) -> HttpProbe:
    effect = Effect.WRITE if send else Effect.CLICK
    name, hop = ("replay", 0) if send else ("trace", len(seen) + 1)
    return HttpProbe(name, method, url, headers, body, effect, hop, seen, deadline_s)


@pytest.fixture(name="probe")
def probe_fixture() -> Callable[..., HttpProbe]:
    """Makes an HTTP probe: a click unless ``send``, with one second to answer."""
    return probe


@pytest.fixture
def ask(world: LiveWorld) -> Callable[..., Awaitable[HttpEvidence]]:
    """Performs an HTTP probe in the world that may speak to this machine."""

    async def perform(url: str, **options: object) -> HttpEvidence:
        evidence = await world.perform(probe(url, **options))  # type: ignore[arg-type]  # as given
        assert isinstance(evidence, HttpEvidence)
        return evidence

    return perform
