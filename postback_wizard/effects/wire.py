"""Sockets for httpcore: only addresses that were checked are dialled, and every byte passes the tape."""

import asyncio
import errno
import socket
import ssl
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial

import httpcore

from postback_wizard.effects.fault import WireFault
from postback_wizard.effects.race import Attempt, first_success
from postback_wizard.effects.tape import Tape
from postback_wizard.effects.tls import failure, wants_certificate

#: Seconds before a further address of the same host is tried beside a silent one (RFC 8305 says 250 ms).
STAGGER_S = 0.25
#: Addresses of one host that are tried at all.
MOST_ADDRESSES = 3

_CHUNK = 65_536
_REFUSED = (errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ECONNRESET, errno.EADDRNOTAVAIL)
#: Failures that say something about the address and not about this machine's own network.
_DEAD = (errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ETIMEDOUT, errno.ECONNRESET)


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Opens one connection, to one of the given addresses whatever name it is asked for."""

    def __init__(self, addresses: Sequence[str], tape: Tape) -> None:
        self._addresses = tuple(addresses)
        self._tape = tape
        self.stream: SocketStream | None = None

    async def connect_tcp(
        self,
        host: str,  # noqa: ARG002 - the name plays no part any more
        port: int,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - one deadline stands around everything
        local_address: str | None = None,  # noqa: ARG002 - never asked for
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - never asked for
    ) -> httpcore.AsyncNetworkStream:
        """A stream to the first address that accepts; raises WireFault when none does."""
        sock, self._tape.peer, self._tape.dead = await dial(self._addresses, port)
        self._tape.connected_at = time.perf_counter()
        self._tape.own = sock.getsockname()[0]
        self.stream = SocketStream(sock, self._tape)
        return self.stream

    async def sleep(self, seconds: float) -> None:
        """Part of the interface; only retries would use it."""
        await asyncio.sleep(seconds)


async def dial(addresses: Sequence[str], port: int) -> tuple[socket.socket, str, tuple[str, ...]]:
    """A connected socket, the peer as ``address:port``, and the addresses that turned out dead before it.

    Raises:
        WireFault: no address accepted; CONNECT_REFUSED, CONNECT_TIMEOUT or UNREACHABLE.
    """
    tried = tuple(addresses[:MOST_ADDRESSES])
    attempts: list[Attempt[socket.socket]] = [partial(_connect, address, port) for address in tried]
    raced = await first_success(attempts, STAGGER_S, _close)
    sock, errors = raced
    if sock is not None:
        dead = [str(error.filename) for error in errors if isinstance(error, OSError) and error.errno in _DEAD]
        found = sock.getpeername()[0]
        return sock, f"[{found}]:{port}" if ":" in found else f"{found}:{port}", tuple(dead)
    detail = "; ".join(dict.fromkeys(f"{getattr(error, 'strerror', None) or error}" for error in errors))[:200]
    if len(addresses) > MOST_ADDRESSES:
        raise WireFault(f"UNREACHABLE({len(addresses)} tried, capped at {MOST_ADDRESSES})", detail)
    silent = all(isinstance(error, OSError) and error.errno == errno.ETIMEDOUT for error in errors)
    raise WireFault("CONNECT_TIMEOUT" if silent else "CONNECT_REFUSED", detail)


def _close(sock: socket.socket) -> None:
    sock.close()


async def _connect(address: str, port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await asyncio.get_running_loop().sock_connect(sock, (address, port))
    except OSError as error:
        sock.close()
        error.filename = address
        raise
    except BaseException:
        sock.close()
        raise
    return sock


class SocketStream(httpcore.AsyncNetworkStream):
    """A connected socket, plain or under TLS. ``tape`` may be replaced between two requests."""

    def __init__(self, sock: socket.socket, tape: Tape) -> None:
        self._sock = sock
        self._loop = asyncio.get_running_loop()
        self._tls: ssl.SSLObject | None = None
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self.tape = tape

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002, ASYNC109 - see above
        """The next bytes of the answer, empty at its end."""
        if self.tape.received > _CHUNK:
            await asyncio.sleep(0)  # a flood never makes the socket wait, and the deadline must get its turn
        try:
            data = await (self._decrypted(max_bytes) if self._tls else self._loop.sock_recv(self._sock, max_bytes))
        except ssl.SSLError as error:
            raise WireFault(*failure(error)) from error
        except OSError as error:
            self.tape.reset = True
            raise httpcore.ReadError(str(error)) from error
        if data:
            self.tape.heard(data)
        else:
            self.tape.ended = True
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002, ASYNC109 - see above
        """Send bytes; a server that stops listening may still have something to say."""
        self.tape.writing(buffer)
        try:
            if self._tls is not None:
                self._tls.write(buffer)
                buffer = self._outgoing.read()
            await self._loop.sock_sendall(self._sock, buffer)
        except ssl.SSLError as error:
            raise WireFault(*failure(error)) from error
        except OSError as error:
            self.tape.written()  # part of it may have left: never claim that nothing was sent
            raise httpcore.WriteError(str(error)) from error
        self.tape.written()

    async def aclose(self) -> None:
        """Close at once, without waiting for the other side."""
        if self._tls is not None and self._sock.fileno() >= 0:
            with suppress(ssl.SSLError, OSError):
                self._tls.unwrap()
            with suppress(OSError):
                self._sock.send(self._outgoing.read())
        self._sock.close()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - one deadline stands around everything
    ) -> httpcore.AsyncNetworkStream:
        """Shake hands; the certificate must name ``server_hostname``. Raises WireFault with the reason."""
        self.tape.phase = "tls"
        try:
            self._tls = ssl_context.wrap_bio(self._incoming, self._outgoing, server_hostname=server_hostname)
            await self._shake_hands(self._tls)
        except BaseException:
            self._sock.close()
            raise
        self.tape.tls_done_at = time.perf_counter()
        self.tape.phase = "answer"
        return self

    def get_extra_info(self, info: str) -> object:
        """What httpcore asks a stream for."""
        match info:
            case "ssl_object":
                return self._tls
            case "socket":
                return self._sock
            case "is_readable":
                return self.has_more()
        return None

    def has_more(self) -> bool:
        """Whether bytes, or the other side's end, are waiting; also true for a closed socket."""
        try:
            self._sock.recv(1, socket.MSG_PEEK)
        except (BlockingIOError, InterruptedError):
            return False
        except OSError:
            return True
        return True

    async def linger(self) -> None:
        """Put on the tape what already came after the answer."""
        if self._tls is None:
            with suppress(OSError):
                data = self._sock.recv(_CHUNK)
                self.tape.ended = not data
                self.tape.heard(data)

    async def _decrypted(self, max_bytes: int) -> bytes:
        assert self._tls is not None  # noqa: S101 - for the type checker; the caller looked
        while True:
            try:
                data = self._tls.read(max_bytes)
            except ssl.SSLWantReadError:
                raw = await self._loop.sock_recv(self._sock, _CHUNK)
                self._incoming.write(raw) if raw else self._incoming.write_eof()
                continue
            except ssl.SSLZeroReturnError:
                return b""
            except ssl.SSLEOFError:
                data = b""
            if not data:
                self.tape.unclean = self._incoming.eof
            return data

    async def _shake_hands(self, tls: ssl.SSLObject) -> None:
        came = bytearray()
        while True:
            try:
                tls.do_handshake()
            except ssl.SSLWantReadError:
                await self._flush()
                raw = await self._hear_hello(came)
                came += raw[: _CHUNK - len(came)]
                self._incoming.write(raw)
            except ssl.SSLError as error:
                with suppress(OSError):
                    self._sock.send(self._outgoing.read())
                raise WireFault(*_named(error, bytes(came))) from error
            except ValueError as error:
                raise WireFault("TLS_NAME_MISMATCH", str(error)[:100]) from error
            else:
                await self._flush()
                return

    async def _flush(self) -> None:
        try:
            await self._loop.sock_sendall(self._sock, self._outgoing.read())
        except OSError as error:
            raise WireFault("TLS_CLOSED", str(error)) from error

    async def _hear_hello(self, came: bytearray) -> bytes:
        closed = "TLS_CLIENT_CERT" if wants_certificate(came) else "TLS_CLOSED"
        try:
            raw = await self._loop.sock_recv(self._sock, _CHUNK)
        except OSError as error:
            raise WireFault(closed, str(error)) from error
        if not raw:
            raise WireFault(closed, "the server closed the connection during the handshake")
        return raw


def _named(error: ssl.SSLError, first: bytes) -> tuple[str, str]:
    """What a failed handshake amounts to; ``first`` is what the server said."""
    if first[:5] == b"HTTP/" or first[:1] == b"<":
        return "PLAIN_ON_TLS_PORT", ascii(first[:60])[2:-1]
    if first and first[0] not in range(0x14, 0x19):
        return "TLS_GARBAGE", ascii(first[:60])[2:-1]
    if "ALERT" in (error.reason or "") and wants_certificate(first):
        return "TLS_CLIENT_CERT", error.reason or ""
    return failure(error)
