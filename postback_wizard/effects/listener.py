"""A listener on 127.0.0.1 that catches callbacks byte for byte and answers whatever it was told to."""

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus

from postback_wizard.domain.probe import Headers
from postback_wizard.domain.times import stamp

HEAD_LIMIT = 64 * 1024
BODY_LIMIT = 1024 * 1024
#: Seconds a sender has for its whole request.
PATIENCE_S = 30.0
_NO_BODY = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


@dataclass(frozen=True, slots=True)
class Reply:
    """What every request is answered with: a final status (200 to 599), a body, and seconds to wait before."""

    status: int = 200
    body: str = ""
    delay_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Caught:
    """One request as it came.

    Text is UTF-8, a byte that is none is shown as ``\\xff``. ``raw_base64`` holds the bytes as they came when the
    text does not say it all (other bytes than UTF-8, a chunked body), else it is empty. ``problem`` is empty, or
    says why the request was turned away: ``head-too-large``, ``body-too-large``, ``bad-request-line``,
    ``bad-header``, ``bad-length``, ``bad-chunk``, ``cut-off``, ``too-slow``. ``reply`` is the answer it is given;
    ``left`` says that the sender had closed its side of the connection before that answer was sent.
    """

    at: str
    peer: str
    method: str = ""
    target: str = ""
    headers: Headers = ()
    body: str = ""
    raw_base64: str = ""
    problem: str = ""
    reply: Reply = Reply()
    left: bool = False


_STATUS_OF = {"head-too-large": 431, "body-too-large": 413, "too-slow": 408}


class _Refused(Exception):  # noqa: N818 - reads as what happened
    """The request cannot be read on; ``args[0]`` is the problem."""


class _Reading:
    """One request being read, with every byte of it kept."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.raw = bytearray()
        self.method = self.target = b""
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = bytearray()
        self.chunked = False

    async def run(self) -> str:
        """Read it all; the problem met, or an empty text."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._head()
                await self._body()
        except _Refused as refused:
            return str(refused.args[0])
        except TimeoutError:
            return "too-slow"
        except (asyncio.IncompleteReadError, ConnectionError):
            return "cut-off"
        return ""

    async def _head(self) -> None:
        line = await self._line("head-too-large", HEAD_LIMIT)
        parts = line.split(b" ", 1)
        target, space, version = parts[-1].rpartition(b" ")
        if len(parts) != 2 or not space or not version.startswith(b"HTTP/"):
            raise _Refused("bad-request-line")
        self.method, self.target = parts[0], target
        while line := await self._line("head-too-large", HEAD_LIMIT - len(self.raw)):
            name, colon, value = line.partition(b":")
            if not colon:
                raise _Refused("bad-header")
            self.headers.append((name, value.strip(b" \t")))

    async def _body(self) -> None:
        self.chunked = any(b"chunked" in value.lower() for value in self._values(b"transfer-encoding"))
        lengths = set(self._values(b"content-length"))
        if len(lengths) > 1 or (lengths and self.chunked) or not all(item.isdigit() for item in lengths):
            raise _Refused("bad-length")
        if any(value.lower() == b"100-continue" for value in self._values(b"expect")):
            self._writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        if self.chunked:
            await self._chunks()
        elif lengths:
            await self._bytes(int(lengths.pop()[:20]))

    async def _chunks(self) -> None:
        while True:
            size = (await self._line("bad-chunk", 1024)).partition(b";")[0].strip()
            try:
                count = int(size[:16], 16)
            except ValueError:
                raise _Refused("bad-chunk") from None
            if count < 0:
                raise _Refused("bad-chunk")
            if count == 0:
                break
            await self._bytes(count)
            if await self._line("bad-chunk", 16):
                raise _Refused("bad-chunk")
        start = len(self.raw)
        while await self._line("head-too-large", HEAD_LIMIT - (len(self.raw) - start)):
            pass

    async def _bytes(self, count: int) -> None:
        if len(self.body) + count > BODY_LIMIT:
            raise _Refused("body-too-large")
        while count:
            data = await self._reader.read(min(count, HEAD_LIMIT))
            if not data:
                raise _Refused("cut-off")
            self.raw += data
            self.body += data
            count -= len(data)

    async def _line(self, too_long: str, limit: int) -> bytes:
        """One line without its end; a bare line feed ends one too."""
        try:
            line = await self._reader.readline()
        except ValueError:
            raise _Refused(too_long) from None
        self.raw += line
        if len(line) > limit:
            raise _Refused(too_long)
        if not line.endswith(b"\n"):
            raise _Refused("cut-off")
        return line.removesuffix(b"\n").removesuffix(b"\r")

    def _values(self, name: bytes) -> list[bytes]:
        return [value for key, value in self.headers if key.lower() == name]

    @property
    def left(self) -> bool:
        """Whether the sender has closed its side of the connection."""
        return self._reader.at_eof() or self._reader.exception() is not None

    def caught(self, at: datetime, peer: str, problem: str, reply: Reply) -> Caught:
        """The request as text."""
        raw = bytes(self.raw)
        said_all = not self.chunked and not problem and _is_utf8(raw)
        return Caught(
            at=stamp(at),
            peer=peer,
            method=_text(self.method),
            target=_text(self.target),
            headers=tuple((_text(name), _text(value)) for name, value in self.headers),
            body=_text(bytes(self.body)),
            raw_base64="" if said_all else base64.b64encode(raw).decode("ascii"),
            problem=problem,
            reply=reply,
        )


def _text(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


async def _serve(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, reply: Reply, catch: Callable[[Caught], None]
) -> None:
    at = datetime.now(UTC)
    host, port = writer.get_extra_info("peername")[:2]
    reading = _Reading(reader, writer)
    problem = await reading.run()
    if problem:
        reply = Reply(_STATUS_OF.get(problem, 400), f"{problem}\n", reply.delay_s)
    try:
        caught = reading.caught(at, f"{host}:{port}", problem, reply)
        if reading.raw or problem != "cut-off":
            catch(caught)
        await asyncio.sleep(reply.delay_s)
        if reply.delay_s and not problem and reading.left:
            catch(replace(caught, left=True))
        writer.write(_answer(reply, head_only=reading.method == b"HEAD"))
        await writer.drain()
    except ConnectionError:
        pass  # whoever asked has left; the request was caught all the same
    finally:
        writer.close()


def _answer(reply: Reply, *, head_only: bool) -> bytes:
    names = {status.value: status.phrase for status in HTTPStatus}
    body = reply.body.encode("utf-8", "surrogateescape")
    lines = [f"HTTP/1.1 {reply.status} {names.get(reply.status, 'Unknown')}", "Connection: close"]
    if reply.status in _NO_BODY:
        body = b""
    else:
        lines += ["Content-Type: text/plain; charset=utf-8", f"Content-Length: {len(body)}"]
    head = "\r\n".join([*lines, "", ""]).encode("ascii")
    return head if head_only else head + body


@asynccontextmanager
async def listening(catch: Callable[[Caught], None], reply: Reply = Reply(), port: int = 0) -> AsyncIterator[str]:
    """Listen on 127.0.0.1 while inside; gives the URL. ``port`` 0 takes a free one.

    ``catch`` is called with each request before it is answered, and once more where its sender did not stay for a
    delayed answer. Connections are served one request each, and those
    still open are dropped on leaving.

    Raises:
        OSError: the port is taken or may not be used.
    """
    serving: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
    leaving = False

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if leaving:
            writer.close()
            return
        task = asyncio.create_task(_serve(reader, writer, reply, catch))
        serving[task] = writer
        task.add_done_callback(serving.pop)

    server = await asyncio.start_server(connected, "127.0.0.1", port, limit=HEAD_LIMIT)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    finally:
        leaving = True
        server.close()
        left = dict(serving)
        for task, writer in left.items():
            task.cancel()
            writer.close()  # a task cancelled before its first line never closes anything
        await asyncio.gather(*left, return_exceptions=True)
