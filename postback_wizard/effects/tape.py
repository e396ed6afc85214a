"""What went over one connection for one request: how much left us, what came first, where the head ended."""

import re
import time

from postback_wizard.effects.fault import WireFault

#: Longest head of an answer, in bytes. Redirects to very long addresses still fit.
HEAD_LIMIT = 81_920
LINE_LIMIT = 4_000

_BLANK_LINE = re.compile(rb"\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d\.\d (\d{3})(?!\d)")


class Tape:
    """Records one exchange; fed by the socket stream, read by whoever names the outcome."""

    __slots__ = (
        *("method", "started", "head_left", "connected_at", "tls_done_at", "left_at", "first_at", "last_at"),
        *("received", "interim", "head", "complete", "after", "body_start", "tail", "reset", "unclean", "ended"),
        *("peer", "own", "dead", "phase", "_scanned"),
    )

    def __init__(self, method: str) -> None:
        self.method = method.encode("ascii", "replace") + b" "
        self.phase = "connect"
        self.peer = self.own = ""
        self.dead: tuple[str, ...] = ()
        self.started = self.head_left = False
        self.connected_at = self.tls_done_at = self.left_at = self.first_at = self.last_at = 0.0
        self.received = self.interim = self.after = self._scanned = 0
        self.head = bytearray()
        self.body_start = b""
        self.tail = b""
        self.complete = self.reset = self.unclean = self.ended = False

    def writing(self, data: bytes) -> None:
        """Bytes are about to leave. What a proxy has to be told first does not count as the request."""
        if not self.started and data.startswith(self.method):
            self.started = True
            self.phase = "answer"

    def written(self) -> None:
        """What was announced has left: the first such piece holds the whole request head."""
        if self.started and not self.head_left:
            self.head_left = True
            self.left_at = time.perf_counter()

    def heard(self, data: bytes) -> None:
        """Bytes of the answer came in.

        Raises:
            WireFault: they are no HTTP, or a head without end.
        """
        if not self.started:
            return
        self.last_at = time.perf_counter()
        self.first_at = self.first_at or self.last_at
        self.received += len(data)
        if self.complete:
            self._body(data)
            return
        self.head += data
        while self._one_head():
            pass

    def drips(self, now: float) -> bool:
        """Whether bytes kept trickling in, against one burst and then silence."""
        return self.last_at - self.first_at >= 0.25 * (now - self.first_at) and self.last_at > self.first_at

    def first_bytes(self) -> str:
        """The start of what came, made visible."""
        return ascii(bytes(self.head[:100]))[2:-1]

    def _one_head(self) -> bool:
        """Take one complete head off the buffer; true when another may follow it."""
        if self.head[:5] != b"HTTP/"[: len(self.head)]:
            self._no_http()
        found = _BLANK_LINE.search(self.head, self._scanned)
        self._scanned = max(0, len(self.head) - 3)
        size = found.end() if found else len(self.head)
        if size > HEAD_LIMIT or self.head.count(b"\n", 0, size) > LINE_LIMIT:
            raise WireFault("HEADER_LIMIT", f"more than {HEAD_LIMIT} bytes or {LINE_LIMIT} lines before the body")
        if found is None:
            return False
        status = _STATUS.match(self.head)
        if status and status.group(1)[:1] == b"1" and status.group(1) != b"101":
            self.interim += 1
            del self.head[:size]
            self._scanned = 0
            return bool(self.head)
        self.complete = True
        self.phase = "body"
        rest = bytes(self.head[size:])
        del self.head[size:]
        self._body(rest)
        return False

    def _body(self, data: bytes) -> None:
        self.after += len(data)
        if len(self.body_start) < 64:
            self.body_start += data[:64]
        self.tail = (self.tail + data[-4:])[-4:]

    def _no_http(self) -> None:
        if bytes(self.head[:2]) in (b"\x15", b"\x15\x03"):
            raise WireFault("TLS_ON_PLAIN_PORT", "the server speaks TLS on this port: use https://")
        raise WireFault("NOT_HTTP", self.first_bytes())
