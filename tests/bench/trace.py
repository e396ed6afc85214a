"""What a ten-hop trace costs beside curl and beside a plain httpx loop, and six variants of a click beside one.

Run ``python tests/bench/trace.py``; goals: at most 1.1 times ``curl -sL`` with 50 ms a hop, at most 1.0 times a plain
``httpx.AsyncClient`` loop without waiting, six variants less than 1.5 times one. The contestants take turns, so that
a busy machine slows all of them; printed are medians, and the median of the ratios of each turn. Curl's time is its
own ``time_total``, which leaves the start of its process out; ours and httpx's leave out imports and making a client.
"""

import asyncio
import multiprocessing
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx

from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import Evidence, HttpEvidence, Probe
from postback_wizard.domain.step import Permit, Settings, Step
from postback_wizard.effects.world import LiveWorld
from postback_wizard.engine import Answered, run
from postback_wizard.steps import BY_ID
from postback_wizard.steps.click import BROWSER, following

HOPS = 10
KEEP, CLOSE = b"Connection: keep-alive\r\n", b"Connection: close\r\n"


def serve(pipe: Connection, wait_s: float, head: bytes) -> None:
    """A chain of redirects: /1 → /2 … → /10, which answers 200."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                hop = int(request.split(b" ", 2)[1].strip(b"/").split(b"?")[0])
                if wait_s:
                    await asyncio.sleep(wait_s)
                start = b"HTTP/1.1 302 Found\r\nLocation: /%d?x=1\r\n" % (hop + 1)
                start = b"HTTP/1.1 200 OK\r\n" if hop == HOPS else start
                writer.write(start + head + b"Content-Length: 2\r\n\r\nok")
                if b"close" in head:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(handle, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


async def ours(url: str, chains: int = 1) -> float:
    """Seconds from the first question to the last answer of the click step, with this many chains side by side."""

    def plan(_case: Case, heard: Sequence[Evidence], settings: Settings) -> Sequence[Probe]:
        names = ("trace", *(f"variant:{number}" for number in range(1, chains)))
        return tuple(probe for name in names for probe in following(name, url, BROWSER, heard, settings))

    step: Step = replace(BY_ID["click"], plan=plan)
    case = Case("bench", "2026-03-01T10:00:00.000Z", Facts(click_url=url))
    world = LiveWorld(allow=["127.0.0.0/8"])
    heard: list[Evidence] = []
    start = end = time.perf_counter()
    async with aclosing(run(step, case, world, Settings(), Permit.of(trace=True))) as events:
        async for event in events:
            if isinstance(event, Answered):
                heard.append(event.evidence)
                end = time.perf_counter()
    await world.aclose()
    timed = [item for item in heard if isinstance(item, HttpEvidence) and item.timing_ms.first_byte > 0]
    assert len(timed) == chains * HOPS, heard[-1]
    return end - start


async def plain_httpx(url: str) -> float:
    """Seconds of the same chain followed by hand with a client as it comes."""
    async with httpx.AsyncClient(trust_env=False, follow_redirects=False) as client:
        start = time.perf_counter()
        response = await client.get(url)
        hops = 1
        while response.next_request is not None:
            response = await client.get(response.next_request.url)
            hops += 1
        assert hops == HOPS, hops
        return time.perf_counter() - start


async def curl(url: str) -> float:
    """Seconds of ``curl -sL`` for the same chain, by its own clock."""
    command = ["curl", "-sL", "-o", "/dev/null", "-w", "%{time_total} %{num_redirects}", url]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=True)
    took, redirects = done.stdout.split()
    assert int(redirects) == HOPS - 1, done.stdout
    return float(took)


Contestant = Callable[[str], Awaitable[float]]


async def turns(url: str, contestants: Sequence[Contestant], times: int) -> list[list[float]]:
    """The seconds of each contestant in each turn, the order turned round every time; the first turn only warms up."""
    took: list[list[float]] = [[] for _ in contestants]
    for turn in range(times + 1):
        order = list(range(len(contestants)))
        for number in order if turn % 2 else reversed(order):
            took[number].append(await contestants[number](url))
    return [times_of[1:] for times_of in took]


def compare(name: str, contestants: Mapping[str, Contestant], setting: tuple[float, bytes, int]) -> None:
    """Print how long the first of the contestants takes beside the others."""
    wait_s, head, times = setting
    pipe, child = multiprocessing.Pipe()
    process = multiprocessing.Process(target=serve, args=(child, wait_s, head), daemon=True)
    process.start()
    try:
        took = asyncio.run(turns(f"http://127.0.0.1:{pipe.recv()}/1", [*contestants.values()], times))
    finally:
        process.terminate()
    names = [*contestants]
    line = [f"{names[0]} {statistics.median(took[0]) * 1000:7.2f} ms"]
    for other, values in zip(names[1:], took[1:], strict=True):
        ratio = statistics.median(mine / theirs for mine, theirs in zip(took[0], values, strict=True))
        line.append(f"{other} {statistics.median(values) * 1000:7.2f} ms ({ratio:.2f}×)")
    print(f"{name:38} {' | '.join(line)}")


async def six(url: str) -> float:
    """Six chains side by side."""
    return await ours(url, 6)


def main() -> None:
    for name, wait_s, head, times in (
        ("50 ms a hop", 0.05, KEEP, 8),
        ("50 ms a hop, server closes", 0.05, CLOSE, 8),
    ):
        compare(name, {"ours": ours, "curl": curl, "httpx": plain_httpx}, (wait_s, head, times))
    for name, head in (("no wait", KEEP), ("no wait, keep-alive unsaid", b""), ("no wait, server closes", CLOSE)):
        compare(name, {"ours": ours, "httpx": plain_httpx}, (0.0, head, 200))
    for name, head in (("50 ms a hop", KEEP), ("50 ms a hop, server closes", CLOSE)):
        compare(f"variants, {name}", {"six": six, "one": ours}, (0.05, head, 8))


if __name__ == "__main__":
    main()
