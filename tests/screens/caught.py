"""A receiver on the stage: one callback has come, and it forgot a parameter."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from postback_wizard.domain.arrival import Arrived


@dataclass(frozen=True, slots=True)
class Said:
    """What the receiver answers."""

    status: int = 200
    body: str = "OK"
    delay_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Came:
    """A callback with the macro of its payout left as it stands."""

    at: str = "2026-03-01T09:59:58.000Z"
    peer: str = "127.0.0.1:51000"
    method: str = "GET"
    target: str = "/postback?cid=w8f3kd02&payout={payout}"
    headers: tuple[tuple[str, str], ...] = (("Host", "127.0.0.1:8080"), ("User-Agent", "sender/1.0"))
    body: str = ""
    raw_base64: str = ""
    problem: str = ""
    reply: Said = Said()
    left: bool = False


@asynccontextmanager
async def one_came(
    catch: Callable[[Arrived], object], status: int, body: str, delay_s: float, port: int
) -> AsyncIterator[str]:
    """A receiver whose port is always the same."""
    catch(Came(reply=Said(status, body, delay_s)))
    yield "http://127.0.0.1:8080/"
