"""What the real curl and wget print about a chain is judged exactly like our own trace of that chain."""

import asyncio
import shutil
from collections.abc import Sequence
from typing import Any

import pytest

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Finding
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.effects.world import LiveWorld
from postback_wizard.engine import Done, run
from postback_wizard.steps import BY_ID

MINTED = "cid=w7k2m9x4q1&lang=en"
LANDING = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 19\r\nConnection: close\r\n\r\n<title>shop</title>"
)
CHAINS = {
    "the click ID is forgotten": {"/c/7?source=12": f"/go?{MINTED}", f"/go?{MINTED}": "/go/"},
    "the click ID is lower-cased": {
        "/c/7?source=12": "/go?cid=W7K2M9X4Q1",
        "/go?cid=W7K2M9X4Q1": "/go/?cid=w7k2m9x4q1",
    },
    "nothing is wrong": {"/c/7?source=12": f"/go/?{MINTED}"},
    "a circle": {"/c/7?source=12": "/go/x", "/go/x": "/c/7?source=12"},
}
COMMANDS = (
    ("curl", "-sv", "-L", "--max-redirs", "3"),
    ("curl", "-sIL", "--max-redirs", "3"),
    ("curl", "-siL", "--max-redirs", "3"),
    ("curl", "-v", "-i", "-L", "--max-redirs", "3"),
    ("wget", "-S", "-O", "/dev/null", "--max-redirect", "3"),
)
#: Said of a paste only.
ABOUT_THE_PASTE = {"head-not-get", "recording-ends", "answers-left-out"}


async def judged(facts: Facts) -> StepRecord:
    world = LiveWorld(allow=("127.0.0.0/8",))
    case = Case(id="case", opened_at="2026-03-01T10:00:00.000Z", facts=facts)
    try:
        permit = Permit.of(trace=not facts.click_url.startswith("$"))
        events = [event async for event in run(BY_ID["click"], case, world, Settings(), permit)]
    finally:
        await world.aclose()
    assert isinstance(events[-1], Done)
    return events[-1].record


async def printed(command: Sequence[str]) -> str:
    """What a terminal shows: the command, then both streams as they come."""
    child = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    out, _ = await child.communicate()
    return f"$ {' '.join(command[:-1])} '{command[-1]}'\n{out.decode()}"


def said(record: StepRecord) -> list[Finding]:
    return [finding for finding in record.findings if finding.code not in ABOUT_THE_PASTE]


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
@pytest.mark.parametrize("command", COMMANDS, ids=[" ".join(command[:3]) for command in COMMANDS])
async def test_the_findings_are_those_of_the_live_trace(
    serve: Any, chain: dict[str, str], command: tuple[str, ...]
) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not on this machine")

    async def answer(peer: Any) -> None:
        to = chain.get(peer.request.split(b" ")[1].decode())
        moved = f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
        await peer.send(moved if to else LANDING)

    server = await serve(answer)
    url = server.url("/c/7?source=12")
    live = await judged(Facts(click_url=url))
    pasted = await judged(Facts(click_url=await printed((*command, url))))
    assert said(pasted) == said(live)
