"""HTTP/1.1 on httpx's transport interface: pinned addresses, one request a call, nothing followed, nothing repeated."""

import ssl
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable
from contextlib import suppress

import httpcore
import httpx

from postback_wizard.domain.url import split_url
from postback_wizard.effects.fault import WireFault
from postback_wizard.effects.tape import Tape
from postback_wizard.effects.wire import PinnedBackend

#: Idle connections kept for later hops of the same chain to the same origin.
MOST_IDLE = 24

_Origin = tuple[bytes, bytes, int]
#: Chains that run side by side are visitors of their own and share no connection.
_Place = tuple[str, _Origin]
_Connection = httpcore.AsyncHTTPConnection | httpcore.AsyncConnectionPool
_Idle = tuple[httpcore.AsyncHTTPConnection, PinnedBackend]


class PinnedTransport(httpx.AsyncBaseTransport):
    """Sends a request over an address that was checked before.

    Extensions of the request: ``target`` (bytes of the request line), ``pins`` (addresses that may be dialled),
    ``tape`` (records the exchange), ``reuse`` (an idle connection to the same origin may be used) and ``chain`` (whose
    idle connections these are).
    Of the response: ``keep``, to be called when its connection may be used again.
    """

    def __init__(self, context: Callable[[], ssl.SSLContext], proxy: str = "") -> None:
        self._context = context
        self._proxy = proxy
        self._idle: dict[_Place, _Idle] = {}

    def has_idle(self, chain: str, scheme: str, host: str, port: int) -> bool:
        """Whether a connection of this chain to this origin waits to be used again."""
        pair = self._idle.get((chain, (scheme.encode(), host.encode(), port)))
        return pair is not None and pair[0].is_available() and not pair[0].has_expired()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange. Raises WireFault, httpcore's exceptions or CancelledError; the connection is closed then."""
        tape: Tape = request.extensions["tape"]
        url = request.url
        origin: _Origin = (url.raw_scheme, url.raw_host, url.port or (443 if url.scheme == "https" else 80))
        place = (request.extensions["chain"], origin)
        pair = self._take(place, tape) if request.extensions.get("reuse") else None
        connection, backend = pair or self._open(origin, PinnedBackend(request.extensions["pins"], tape))
        try:
            response = await connection.handle_async_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(
                        scheme=origin[0], host=origin[1], port=url.port, target=request.extensions["target"]
                    ),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions={"sni_hostname": url.raw_host.decode().removesuffix(".")},
                )
            )
        except BaseException:
            await connection.aclose()
            if backend.stream is not None:
                await backend.stream.aclose()  # a proxy that refuses leaves its connection to us
            raise
        stream = BodyStream(response, connection, backend)
        keep = {"keep": lambda: self._keep(place, stream)}
        return httpx.Response(response.status, headers=response.headers, stream=stream, extensions=keep)

    async def aclose(self) -> None:
        """Close every idle connection."""
        idle, self._idle = list(self._idle.values()), {}
        for connection, _ in idle:
            await connection.aclose()

    def _take(self, place: _Place, tape: Tape) -> _Idle | None:
        pair = self._idle.pop(place, None)
        if pair is None or pair[1].stream is None:
            return None
        pair[1].stream.tape, old = tape, pair[1].stream.tape
        tape.peer, tape.own, tape.phase = old.peer, old.own, "answer"
        return pair

    def _keep(self, place: _Place, stream: "BodyStream") -> None:
        connection = stream.connection
        roomy = len(self._idle) < MOST_IDLE and place not in self._idle
        if isinstance(connection, httpcore.AsyncHTTPConnection) and roomy:
            stream.kept = True
            self._idle[place] = (connection, stream.backend)

    def _open(self, origin: _Origin, backend: PinnedBackend) -> tuple[_Connection, PinnedBackend]:
        context = self._context() if origin[0] == b"https" else None
        if not self._proxy:
            plain = httpcore.Origin(*origin)
            return httpcore.AsyncHTTPConnection(plain, ssl_context=context, network_backend=backend), backend
        url = split_url(self._proxy)
        user, _, password = url.userinfo.rstrip("@").partition(":")
        where = f"{url.scheme}://{url.host}{url.port}"
        kind = httpcore.AsyncSOCKSProxy if url.scheme.lower().startswith("socks5") else httpcore.AsyncHTTPProxy
        try:
            return kind(
                where.replace("socks5h", "socks5"),
                proxy_auth=(user, password) if user else None,
                ssl_context=context,
                network_backend=backend,
            ), backend
        except (RuntimeError, ImportError) as error:
            raise WireFault("PROXY_FAILED", str(error)[:200]) from None


class BodyStream(httpx.AsyncByteStream):
    """The body of an answer; closing it closes the connection unless it was kept."""

    def __init__(self, response: httpcore.Response, connection: _Connection, backend: PinnedBackend) -> None:
        self._response = response
        self.connection = connection
        self.backend = backend
        self.kept = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.read()

    async def read(self) -> AsyncGenerator[bytes, None]:
        """The body as it comes; closing this generator early ends the exchange."""
        stream = self._response.stream
        assert isinstance(stream, AsyncIterable)  # noqa: S101 - httpcore types it for both worlds
        pieces = stream.__aiter__()
        try:
            async for piece in pieces:
                yield piece
        finally:
            if isinstance(pieces, AsyncGenerator):
                await pieces.aclose()

    async def linger(self) -> None:
        """Put on the tape what already came after the answer."""
        if self.backend.stream is not None:
            await self.backend.stream.linger()

    async def aclose(self) -> None:
        with suppress(httpcore.NetworkError, httpcore.ProtocolError):
            await self._response.aclose()
        if not self.kept:
            await self.connection.aclose()
