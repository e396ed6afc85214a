"""A server on 127.0.0.1 that keeps every request byte for byte, and what of a request means something."""

import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

#: What a client says of itself or of the connection; it counts only where somebody wrote it down.
OWN = ("user-agent", "accept", "accept-encoding", "content-length", "connection", "expect")
CURL = shutil.which("curl") or ""
BASH = shutil.which("bash") or ""


@dataclass(frozen=True)
class Meaning:
    """Request line, headers but those a client adds by itself, and body; forms without their random boundary."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass
class Recorder:
    """Answers 200 to everything and remembers it."""

    port: int
    seen: list[bytes] = field(default_factory=list)

    def url(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def recording() -> Iterator[Recorder]:
    """A recorder, for as long as the block lasts."""
    listening = socket.create_server(("127.0.0.1", 0))
    recorder = Recorder(listening.getsockname()[1])
    worker = threading.Thread(target=_serve, args=(listening, recorder), daemon=True)
    worker.start()
    try:
        yield recorder
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        worker.join(5)


def _serve(listening: socket.socket, recorder: Recorder) -> None:
    with suppress(OSError):
        while True:
            peer, _ = listening.accept()
            with peer, suppress(OSError):
                peer.settimeout(5)
                recorder.seen.append(_request(peer))
                peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")


def _request(peer: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data and (more := peer.recv(65536)):
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(body) < length and (more := peer.recv(65536)):
        body += more
    return head + b"\r\n\r\n" + body


def meaning(raw: bytes, written: tuple[str, ...] = ()) -> Meaning:
    """What a request says. ``written`` are headers of a client's own that were asked for, lower-cased."""
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    method, target, _ = lines[0].split(" ", 2)
    pairs = [line.partition(":") for line in lines[1:]]
    headers = [(name.lower(), value.strip()) for name, _, value in pairs]
    kept = [(name, value) for name, value in headers if name not in OWN or name in written]
    kind = next((value for name, value in headers if name == "content-type"), "")
    boundary = kind.partition("boundary=")[2]
    if boundary:
        body = body.replace(boundary.encode(), b"BOUNDARY")
        kept = [(name, value.replace(boundary, "BOUNDARY")) for name, value in kept]
    return Meaning(method, target, tuple(sorted(kept)), body)


def run_bash(script: str) -> int:
    """Run a script by a real bash, without configuration; its exit status."""
    done = subprocess.run(
        [BASH, "--norc", "--noprofile", "-c", script], capture_output=True, env={"LC_ALL": "C.UTF-8", "PATH": PATH}
    )
    return done.returncode


PATH = "/usr/bin:/bin:/usr/local/bin"
