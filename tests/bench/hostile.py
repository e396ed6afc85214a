"""What hostile servers cost the wizard: time to a named outcome, memory, the longest pause of the screen, and Esc.

Run: python tests/bench/hostile.py
Each behaviour is a server on 127.0.0.1; the wizard runs without a terminal in a child process and traces a click.
"""

import asyncio
import gzip
import json
import resource
import socket
import struct
import subprocess
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

DEADLINE_S = 2.0
BIG = 1024 * 1024 * 512
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def never(peer: socket.socket) -> None:
    peer.recv(1)


def reset(peer: socket.socket) -> None:
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def loop(peer: socket.socket) -> None:
    peer.sendall(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")


def encoded(body: bytes, coding: bytes) -> Callable[[socket.socket], None]:
    head = HEAD + b"Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n" % (coding, len(body))
    return lambda peer: peer.sendall(head + body)


def stream(peer: socket.socket) -> None:
    peer.sendall(HEAD + b"\r\n")
    while True:
        peer.sendall(b"x" * 65536)


def error(peer: socket.socket) -> None:
    body = b'{"status":"error"}'
    peer.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    )


def behaviours() -> dict[str, Callable[[socket.socket], None]]:
    bomb = gzip.compress(bytes(BIG), 9)
    return {
        "never answers": never,
        "resets": reset,
        "redirects to itself": loop,
        "gzip bomb (512 MiB)": encoded(bomb, b"gzip"),
        "three stacked gzips": encoded(gzip.compress(gzip.compress(bomb)), b"gzip, gzip, gzip"),
        "streams for ever": stream,
        '200 {"status":"error"}': error,
    }


def serve(behaviour: Callable[[socket.socket], None]) -> int:
    """Start a server in a thread; its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def answer(peer: socket.socket) -> None:
        try:
            peer.recv(65536)
            behaviour(peer)
        except OSError:
            pass
        finally:
            peer.close()

    def accept() -> None:
        while True:
            peer, _ = listener.accept()
            threading.Thread(target=answer, args=(peer,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return int(listener.getsockname()[1])


async def traced(url: str, stop_after: float) -> dict[str, object]:
    """One trace in the wizard, or one that is stopped by Esc after so many seconds."""
    from textual.pilot import Pilot

    from postback_wizard.commands.desk import desk_for
    from postback_wizard.commands.office import PassingCase
    from postback_wizard.domain.case import Case
    from postback_wizard.domain.facts import Facts
    from postback_wizard.tui.app import WizardApp
    from postback_wizard.tui.desk import Start

    facts = Facts(sent_request=url, allow=("127.0.0.0/8",), click_url=url)
    opened = PassingCase(Case(id="bench", opened_at="2026-03-01T10:00:00.000Z", facts=facts))
    app = WizardApp(Start(desk_for(Namespace(deadline=str(DEADLINE_S), max_hops="", ca_file=""), "en"), opened=opened))
    gaps: list[float] = []

    async def beat() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.05)
            now = time.perf_counter()
            gaps.append(now - last - 0.05)
            last = now

    async with app.run_test(size=(80, 24)) as pilot:
        walk = app.work._walk
        assert walk is not None
        await pilot.press("f5", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        heart = asyncio.create_task(beat())
        started = time.perf_counter()
        await pilot.press("f5")
        if stop_after:
            await asyncio.sleep(stop_after)
            started = time.perf_counter()
            await pilot.press("escape")
        else:
            await app.workers.wait_for_complete()
        seconds = time.perf_counter() - started
        await Pilot(app).pause()
        heart.cancel()
        record = walk.session.case.record("click")
    assert record is not None
    evidence = record.evidence[-1] if record.evidence else None
    return {
        "seconds": seconds,
        "outcome": " + ".join(evidence.outcome) if evidence else record.reason,
        "megabytes": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
        "gap": max(gaps, default=0.0),
    }


def in_child(url: str, stop_after: float = 0.0) -> dict[str, object]:
    command = [sys.executable, __file__, url, str(stop_after)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """A line for each behaviour, then Esc against the two that never end by themselves."""
    print(f"deadline {DEADLINE_S} s; goals: at most the deadline + 0.5 s, under 32 MB, no pause over 100 ms, Esc 0.5 s")
    servers = {name: serve(behaviour) for name, behaviour in behaviours().items()}
    for name, port in servers.items():
        found = in_child(f"http://127.0.0.1:{port}/")
        pause = float(str(found["gap"])) * 1000
        figures = f"{found['seconds']:6.2f} s  {found['megabytes']:5.1f} MB  pause {pause:4.0f} ms"
        print(f"{name:24} {figures}  {found['outcome']}")
    for name in ("never answers", "streams for ever"):
        found = in_child(f"http://127.0.0.1:{servers[name]}/", stop_after=0.3)
        print(f"Esc while it {name:19} {float(str(found['seconds'])) * 1000:4.0f} ms")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(asyncio.run(traced(sys.argv[1], float(sys.argv[2])))))
    else:
        main()
