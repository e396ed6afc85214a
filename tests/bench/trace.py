"""How long a ten-hop trace takes beside curl and beside a plain httpx loop.

Run ``python tests/bench/trace.py``; goals: at most 1.15 times curl with 50 ms a hop, at most 1.0 times httpx without.
"""

import asyncio
import multiprocessing
import statistics
import subprocess
import time
from multiprocessing.connection import Connection

import httpx

from postback_wizard.domain.probe import Effect, HttpEvidence, HttpProbe
from postback_wizard.domain.redirect import next_request
from postback_wizard.effects.world import LiveWorld

HOPS = 10


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


async def trace(world: LiveWorld, url: str) -> int:
    chain: list[HttpEvidence] = []
    probe: HttpProbe | None = HttpProbe("trace", "GET", url, effect=Effect.CLICK, hop=1)
    while probe is not None:
        evidence = await world.perform(probe)
        assert isinstance(evidence, HttpEvidence)
        chain.append(evidence)
        probe = next_request(chain, "", 10, 15.0, 30.0)
    assert chain[-1].outcome == ("OK_2XX",), chain[-1]
    return len(chain)


async def ours(url: str, times: int) -> list[float]:
    took = []
    for _ in range(times):
        world = LiveWorld(allow=["127.0.0.0/8"])
        start = time.perf_counter()
        hops = await trace(world, url)
        took.append(time.perf_counter() - start)
        assert hops == HOPS, hops
        await world.aclose()
    return took[1:]


async def plain_httpx(url: str, times: int) -> list[float]:
    took = []
    for _ in range(times):
        async with httpx.AsyncClient(trust_env=False, follow_redirects=False) as client:
            start = time.perf_counter()
            response = await client.get(url)
            hops = 1
            while response.next_request is not None:
                response = await client.get(response.next_request.url)
                hops += 1
            took.append(time.perf_counter() - start)
            assert hops == HOPS, hops
    return took[1:]


def curl(url: str, times: int) -> list[float]:
    command = ["curl", "-sL", "-o", "/dev/null", "-w", "%{time_total}", url]
    return [float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(times)]


def compare(wait_s: float, head: bytes, times: int) -> tuple[float, float, float]:
    pipe, child = multiprocessing.Pipe()
    process = multiprocessing.Process(target=serve, args=(child, wait_s, head), daemon=True)
    process.start()
    url = f"http://127.0.0.1:{pipe.recv()}/1"
    try:
        own = statistics.median(asyncio.run(ours(url, times)))
        other = statistics.median(asyncio.run(plain_httpx(url, times)))
        return own, other, statistics.median(curl(url, times))
    finally:
        process.terminate()


def main() -> None:
    for name, wait_s, head, times in (
        ("50 ms a hop", 0.05, b"Connection: keep-alive\r\n", 8),
        ("50 ms a hop, server closes", 0.05, b"Connection: close\r\n", 8),
        ("no wait", 0.0, b"Connection: keep-alive\r\n", 200),
        ("no wait, keep-alive unsaid", 0.0, b"", 200),
        ("no wait, server closes", 0.0, b"Connection: close\r\n", 200),
    ):
        own, other, curls = compare(wait_s, head, times)
        print(
            f"{name:28} ours {own * 1000:7.2f} ms | httpx {other * 1000:7.2f} ms ({own / other:.2f}×)"
            f" | curl {curls * 1000:7.2f} ms ({own / curls:.2f}×)"
        )


if __name__ == "__main__":
    main()
