"""Requests and replies of the practice chain, the small servers that hear them and the visitor that sends them."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode

from postback_wizard.domain.url import split_url

LOOPBACK = "127.0.0.1"
#: Seconds one exchange inside the chain may take before it counts as broken.
PATIENCE_S = 5.0
#: Seconds between two looks at whether a server should stop: the longest wait of ``close``.
_POLL_S = 0.05
#: Shut a connection down for reading and writing; the same number on every system.
_BOTH_WAYS = 2
_BODY_CAP = 1 << 20


@dataclass(frozen=True, slots=True)
class Request:
    """One request as a role heard it: ``target`` and ``body`` as they stood, ``at`` in UTC."""

    method: str
    target: str
    at: datetime
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """What stands behind the question mark, as it stands."""
        return self.target.partition("?")[2]

    @property
    def params(self) -> Mapping[str, str]:
        """The query, decoded; of a repeated key the first counts."""
        return pairs(self.query)

    def header(self, name: str) -> str:
        """The first value of a header, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a role answers."""

    status: int
    body: str = ""
    kind: str = "text/html; charset=utf-8"
    location: str = ""
    headers: tuple[tuple[str, str], ...] = ()


#: Sends (method, URL, headers, body) to another role and returns its reply.
Deliver = Callable[[str, str, Mapping[str, str], str], Reply]
#: What a server does with a request.
Hear = Callable[[Request], Reply]


def pairs(text: str) -> Mapping[str, str]:
    """Form-encoded text as a table; of a repeated key the first counts."""
    return dict(reversed(parse_qsl(text, keep_blank_values=True)))


def with_query(url: str, params: Mapping[str, str]) -> str:
    """The URL with a query, encoded once."""
    return f"{url}?{urlencode(params)}"


def over_http(method: str, url: str, headers: Mapping[str, str], body: str) -> Reply:
    """Send one request to this machine, whatever host the URL names: names go into the Host header, never to DNS.

    Raises:
        OSError: nobody answered in time.
    """
    parts = split_url(url)
    connection = HTTPConnection(LOOPBACK, parts.port_number, timeout=PATIENCE_S)
    try:
        content = body.encode() if body else None
        connection.request(method, parts.target, content, {"Host": parts.authority, **headers})
        answer = connection.getresponse()
        text = answer.read(_BODY_CAP).decode("utf-8", "replace")
        return Reply(answer.status, text, answer.getheader("Content-Type", ""), answer.getheader("Location", ""))
    finally:
        connection.close()


class Server(ThreadingHTTPServer):
    """One role on a free port of 127.0.0.1. Closing it ends and joins every thread it started."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, hear: Hear) -> None:
        self._lock = Lock()
        self._talks: dict[Thread, Any] = {}
        super().__init__((LOOPBACK, 0), partial(_Handler, hear))
        self._loop = Thread(target=self.serve_forever, args=(_POLL_S,), name="practice", daemon=True)

    @property
    def port(self) -> int:
        """The port the system gave."""
        return int(self.server_address[1])

    def server_bind(self) -> None:
        """Bind without the reverse look-up of the base class, which would ask DNS."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.port

    def start(self) -> None:
        """Begin to answer."""
        self._loop.start()

    def stop(self) -> None:
        """Stop to answer, free the port, and wait until no thread is left."""
        if self._loop.is_alive():
            self.shutdown()
            self._loop.join()
        self.server_close()
        with self._lock:
            talks = dict(self._talks)
        for connection in talks.values():
            with suppress(OSError):
                connection.shutdown(_BOTH_WAYS)
        for thread in talks:
            thread.join(PATIENCE_S)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Talk to a client in a thread that ``stop`` can find."""
        talk = Thread(target=self.process_request_thread, args=(request, client_address), name="practice", daemon=True)
        with self._lock:
            talk.start()
            self._talks = {thread: known for thread, known in self._talks.items() if thread.is_alive()}
            self._talks[talk] = request

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that hangs up is no news, and the screen belongs to the wizard."""


class _Handler(BaseHTTPRequestHandler):
    """Turns HTTP into ``Request`` and ``Reply`` into HTTP."""

    protocol_version = "HTTP/1.1"
    server_version = "practice"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = -1

    def __init__(self, hear: Hear, *args: Any) -> None:
        self._hear = hear
        super().__init__(*args)

    def _answer(self) -> None:
        size = self.headers.get("Content-Length", "0")
        if not size.isdecimal() or int(size) > _BODY_CAP:
            self.close_connection = True
            self._write(Reply(413, "too long"))
            return
        body = self.rfile.read(int(size)).decode("utf-8", "replace")
        self._write(self._hear(Request(self.command, self.path, datetime.now(UTC), tuple(self.headers.items()), body)))

    do_GET = do_HEAD = do_POST = _answer  # noqa: N815 - the names http.server calls

    def _write(self, reply: Reply) -> None:
        content = reply.body.encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(content)))
        if reply.location:
            self.send_header("Location", reply.location)
        for name, value in reply.headers:
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing: the ledger of the chain remembers every request."""
