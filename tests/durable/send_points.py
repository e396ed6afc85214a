"""A program that confirms one callback again and again, and each time dies at the next system call on its way.

Usage: send_points.py FOLDER BEHAVIOUR… prints one JSON list, an entry for each death; send_points.py --marks FOLDER
BEHAVIOUR lives through one send and marks every point of death by ``close(-1000)``, for a tracer to see.

The first behaviour is met by a death at every point after the yes; the others, which are the same up to there, from
the point on at which the intent reaches the disk. Every child runs what the wizard runs after a yes (``run_step``, the
live world, the journal) against a server in a process of its own, whose ledger counts each request of which one byte
arrived.
"""

import asyncio
import gc
import json
import os
import select
import shutil
import signal
import socket
import ssl
import struct
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import trustme

from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.limits import Limits
from postback_wizard.domain.probe import Effect, HttpProbe
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.effects import edge, handshake  # noqa: F401 - loaded before the first fork
from postback_wizard.effects.journal import Journal
from postback_wizard.effects.store import CaseStore
from postback_wizard.effects.world import LiveWorld
from postback_wizard.steps.replay import REPLAY
from postback_wizard.tui import runner

SETTINGS = Settings(limits=Limits(deadline_s=10.0))
IMPATIENT = Settings(limits=Limits(deadline_s=0.4))
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
MOVED = b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
#: What the server does once it has the request: bytes to answer with, ``None`` for a reset.
BEHAVIOURS: dict[str, bytes | None] = {
    "answers": OK,
    "answers under TLS": OK,
    "redirects": MOVED,
    "stops in its answer": b"HTTP/1.1 2",
    "closes": b"",
    "resets": None,
    "stays silent": b"",
}
#: Calls from Python that only look, or wait: the world is the same after them as before.
_LOOKS = frozenset(
    (
        "stat",
        "fstat",
        "lstat",
        "getpid",
        "urandom",
        "fspath",
        "register_at_fork",
        "getcwd",
        "fstatvfs",
        "listdir",
        "scandir",
        "get_inheritable",
        "set_inheritable",
        "geteuid",
        "getuid",
        "umask",
        "strerror",
        "sysconf",
        "poll",
        "fileno",
        "getsockname",
        "getpeername",
        "getsockopt",
        "gettimeout",
        "settimeout",
        "setblocking",
        "lseek",
        "read",
        "register",
        "unregister",
        "modify",
        "_asdict",
        "inet_pton",
        "inet_ntop",
        "getaddrinfo",
        "access",
        "cpu_count",
        "sched_getaffinity",
        "detach",
        "get_blocking",
        "set_blocking",
        "dup",
    )
)
_KERNEL = frozenset(("posix", "_socket", "fcntl"))


# -- the server --------------------------------------------------------------------------------------------------------


def serve(listener: socket.socket, behaviour: str, context: ssl.SSLContext | None) -> None:
    """One connection after the other, so that whoever asks for the ledger hears of everything before."""
    heard: list[str] = []
    while True:
        peer, _ = listener.accept()
        with suppress(OSError):
            peer = context.wrap_socket(peer, server_side=True) if context else peer
            head = b""
            while b"\r\n\r\n" not in head and (data := peer.recv(65536)):
                head += data
            target = head.split(b" ")[1].decode() if head.count(b" ") > 1 else head.decode("latin-1")
            if target == "/ledger":
                peer.sendall(json.dumps(heard).encode())
            elif head:
                heard.append(target)
                answer(peer, behaviour)
        peer.close()


def answer(peer: socket.socket, behaviour: str) -> None:
    said = BEHAVIOURS[behaviour]
    if said is None:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif behaviour == "stays silent":
        peer.recv(1)
    else:
        peer.sendall(said)


class Server:
    """The server's process, and questions to it."""

    def __init__(self, behaviour: str, authority: trustme.CA) -> None:
        self._trust = ssl.create_default_context() if "TLS" in behaviour else None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if self._trust else None
        if self._trust and context:
            authority.issue_cert("localhost").configure_cert(context)
            authority.configure_trust(self._trust)
        listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._port = listener.getsockname()[1]
        self.url = f"{'https' if context else 'http'}://localhost:{self._port}"
        self._child = os.fork()
        if self._child == 0:
            serve(listener, behaviour, context)
        listener.close()

    def ledger(self) -> list[str]:
        peer = socket.create_connection(("127.0.0.1", self._port))
        peer = self._trust.wrap_socket(peer, server_hostname="localhost") if self._trust else peer
        peer.sendall(b"GET /ledger HTTP/1.1\r\n\r\n")
        said = b""
        while data := peer.recv(65536):
            said += data
        peer.close()
        found: list[str] = json.loads(said)
        return found

    def stop(self) -> None:
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)


# -- the one who confirms ----------------------------------------------------------------------------------------------


class News:
    """The app as a run sees it: takes messages, and saves what it is told."""

    def post_message(self, message: object) -> bool:
        return True


def confirm(folder: Path, url: str, met: Callable[[], object]) -> None:
    """What happens after the yes: the case is saved, the intent written down, the request sent, its end written."""
    case = Case("c", "2026-03-01T10:00:00.000Z", Facts(sent_request=url, allow=("127.0.0.0/8", "::1/128")))
    journal = Journal(folder / "journal.jsonl")
    with CaseStore(folder / "cases").create(case) as opened:

        async def save() -> None:
            await asyncio.to_thread(opened.save, replace(case, opened_at="2026-03-01T10:00:01.000Z"))

        def world(_case: Case) -> LiveWorld:
            return LiveWorld(
                allow=case.facts.allow, ca_file=str(folder.parent / "ca.pem"), journal=journal, case_id="c"
            )

        settings = IMPATIENT if "silent" in url else SETTINGS
        confirmed = HttpProbe("replay", "GET", url, effect=Effect.WRITE, deadline_s=settings.limits.deadline_s)
        news: Any = News()
        watch(met)
        asyncio.run(runner.run_step(news, REPLAY, case, world, settings, Permit.of(send=True), confirmed, save))


def watch(met: Callable[[], object]) -> None:
    """Call ``met`` before and after every call that enters the kernel and may change something, in every thread."""

    def profile(_frame: FrameType, event: str, function: object) -> None:
        if event in ("c_call", "c_return") and enters_kernel(function):
            met()

    threading.setprofile(profile)
    sys.setprofile(profile)


def enters_kernel(function: object) -> bool:
    """Whether a call from Python is one into the kernel that does more than look."""
    if getattr(function, "__name__", "") in _LOOKS:
        return False
    owner = getattr(function, "__self__", None)
    return getattr(function, "__module__", None) in _KERNEL or isinstance(owner, socket.socket | select.epoll)


def dies_at(point: int) -> Callable[[], object]:
    left = iter(range(point, -1, -1))

    def count() -> None:
        if next(left, 0) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return count


def lived(folder: Path, url: str, met: Callable[[], object]) -> bool:
    """Run one confirmation in a child; whether it came to its end."""
    child = os.fork()
    if child == 0:
        gc.disable()
        confirm(folder, url, met)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def first_with_intent(folder: Path, url: str) -> int:
    """The number of points before the intent is on the disk."""
    told, journal, passed = folder / "told", folder / "journal.jsonl", 0

    def look() -> None:
        nonlocal passed
        passed += 1
        if not told.exists() and journal.exists() and journal.stat().st_size:
            told.write_text(str(passed))

    lived(folder, url, look)
    return int(told.read_text())


def after(folder: Path, server: Server, target: str) -> dict[str, object]:
    """What the server heard of one confirmation, and what the journal knows about it."""
    heard = server.ledger().count(target)
    journal = Journal(folder / "journal.jsonl")
    intents = [item for item in journal.sent_with((target.rpartition("=")[2],)) if item.url.endswith(target)]
    return {
        "heard": heard,
        "in_journal": len(intents),
        "delivery": [item.delivery for item in intents],
        "shown_as_unknown": [item.id in {open_.id for open_ in journal.unsettled()} for item in intents],
    }


def warm_up(folder: Path, url: str) -> None:
    """Live through one confirmation here, so that no child has to load anything; no thread is left of it."""
    folder.mkdir()
    confirm(folder, url, lambda: None)
    sys.setprofile(None)
    threading.setprofile(None)
    shutil.rmtree(folder)
    gc.freeze()


def deaths(base: Path, behaviour: str, authority: trustme.CA, *, whole: bool) -> list[dict[str, object]]:
    server = Server(behaviour, authority)
    results: list[dict[str, object]] = []
    look, point, finished = base / "look", 0, False
    warm_up(base / "warm", f"{server.url}/{behaviour.replace(' ', '-')}?cid=warm")
    if not whole:
        look.mkdir()
        point = first_with_intent(look, f"{server.url}/{behaviour.replace(' ', '-')}?cid=look") - 2
        shutil.rmtree(look)
    while not finished:
        folder = base / f"{point}"
        folder.mkdir()
        target = f"/{behaviour.replace(' ', '-')}?cid=point{point:06}"
        finished = lived(folder, server.url + target, dies_at(point))
        found = after(folder, server, target)
        results.append({"behaviour": behaviour, "point": point, "finished": finished, **found})
        shutil.rmtree(folder)
        point += 1
    server.stop()
    return results


def marks(base: Path, behaviour: str, authority: trustme.CA) -> None:
    """One confirmation that lives, with a mark at each point where another would die."""

    def mark() -> None:
        with suppress(OSError):
            os.close(-1000)

    server = Server(behaviour, authority)
    folder = base / "marked"
    folder.mkdir()
    lived(folder, f"{server.url}/pb?cid=marked", mark)
    server.stop()


def main(words: list[str]) -> None:
    marked = words[0] == "--marks"
    folder, *behaviours = words[marked:]
    base, authority = Path(folder), trustme.CA()
    authority.cert_pem.write_to_path(base / "ca.pem")
    if marked:
        marks(base, behaviours[0], authority)
        return
    found = [item for name in behaviours for item in deaths(base, name, authority, whole=name == behaviours[0])]
    print(json.dumps(found))  # noqa: T201 - its output


if __name__ == "__main__":
    main(sys.argv[1:])
