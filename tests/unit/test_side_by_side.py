"""What a plan asks together is performed together; what writes is alone; stopping stops everything."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime

from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import DnsEvidence, DnsProbe, Effect, Evidence, HttpEvidence, HttpProbe, Probe
from postback_wizard.domain.step import Permit, Plan, Settings, Step
from postback_wizard.engine import Answered, Asked, Done, Event, run
from postback_wizard.replay import RecordedWorld
from postback_wizard.steps import BY_ID

HOSTS = ("a.example", "b.example", "c.example")
CASE = Case("x", "2026-03-01T10:00:00.000Z", Facts(click_url="https://a.example/"))


def look(host: str) -> DnsProbe:
    return DnsProbe("endpoint", host)


def write(number: int) -> HttpProbe:
    return HttpProbe("replay", "GET", f"https://a.example/{number}", effect=Effect.WRITE)


def step(plan: Plan) -> Step:
    return replace(BY_ID["click"], plan=plan)


def looks_once(case: Case, heard: Sequence[Evidence], settings: Settings) -> Sequence[Probe]:
    known = {item.host for item in heard if isinstance(item, DnsEvidence)}
    return tuple(look(host) for host in HOSTS if host not in known)


class GatedWorld:
    """Answers a question only once its gate is open; knows how many wait and how many were stopped."""

    def __init__(self) -> None:
        self.gates: dict[str, asyncio.Event] = {}
        self.waiting = 0
        self.most = 0
        self.stopped = 0
        self.writes_beside: list[int] = []
        self.all_wait = asyncio.Event()

    def now(self) -> datetime:
        return datetime(2026, 3, 1, 10, tzinfo=UTC)

    def gate(self, name: str) -> asyncio.Event:
        return self.gates.setdefault(name, asyncio.Event())

    async def perform(self, probe: Probe) -> Evidence:
        name = probe.host if isinstance(probe, DnsProbe) else "write"
        if name == "write":
            self.writes_beside.append(self.waiting)
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        if self.waiting == len(HOSTS):
            self.all_wait.set()
        try:
            await self.gate(name).wait()
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        finally:
            self.waiting -= 1
        return await RecordedWorld(()).perform(probe)


async def collect(world: GatedWorld, plan: Plan, permit: Permit) -> list[Event]:
    async with aclosing(run(step(plan), CASE, world, Settings(), permit)) as events:
        return [event async for event in events]


def heard_hosts(events: Sequence[object]) -> list[str]:
    return [
        item.evidence.host for item in events if isinstance(item, Answered) and isinstance(item.evidence, DnsEvidence)
    ]


async def test_what_is_asked_together_waits_together() -> None:
    world = GatedWorld()
    running = asyncio.ensure_future(collect(world, looks_once, Permit.of()))
    await world.all_wait.wait()
    for host in HOSTS:
        world.gate(host).set()
    assert (world.most, len(heard_hosts(await running))) == (3, 3)


async def test_each_answer_is_told_as_it_comes_and_kept_in_the_order_of_the_questions() -> None:
    world = GatedWorld()
    told = []
    async with aclosing(run(step(looks_once), CASE, world, Settings(), Permit.of())) as events:
        for _ in HOSTS:
            await anext(events)
        for host in reversed(HOSTS):
            world.gate(host).set()
            told.append(await anext(events))
        done = await anext(events)
    assert isinstance(done, Done)
    kept = [item.host for item in done.record.evidence if isinstance(item, DnsEvidence)]
    assert (heard_hosts(told), kept) == ([*reversed(HOSTS)], [*HOSTS])


async def test_a_question_that_waits_is_not_asked_twice() -> None:
    world = GatedWorld()
    running = asyncio.ensure_future(collect(world, looks_once, Permit.of()))
    await world.all_wait.wait()
    for host in HOSTS:
        world.gate(host).set()
    assert len([item for item in await running if isinstance(item, Asked)]) == len(HOSTS)


async def test_stopping_stops_every_question_under_way() -> None:
    world = GatedWorld()
    running = asyncio.ensure_future(collect(world, looks_once, Permit.of()))
    await world.all_wait.wait()
    running.cancel()
    await asyncio.wait([running])
    assert (running.cancelled(), world.stopped, world.waiting) == (True, 3, 0)


def writes_twice(case: Case, heard: Sequence[Evidence], settings: Settings) -> Sequence[Probe]:
    """Look-ups, and two requests that write, wanted all at once."""
    sent = {item.request.url for item in heard if isinstance(item, HttpEvidence)}
    return (
        *looks_once(case, heard, settings),
        *(write(number) for number in (1, 2) if write(number).url not in sent),
    )


async def test_a_request_that_writes_waits_until_nothing_else_is_under_way() -> None:
    world = GatedWorld()
    for host in (*HOSTS, "write"):
        world.gate(host).set()
    await collect(world, writes_twice, Permit.of(send=True))
    assert world.writes_beside == [0, 0]


async def test_a_run_goes_on_from_what_was_heard_before() -> None:
    before = (DnsEvidence("endpoint", "", HOSTS[0], ("OK",)),)
    world = RecordedWorld(())
    events = [event async for event in run(step(looks_once), CASE, world, Settings(), Permit.of(), before)]
    done = events[-1]
    assert isinstance(done, Done)
    asked = [event.probe.host for event in events if isinstance(event, Asked) and isinstance(event.probe, DnsProbe)]
    assert (asked, len(done.record.evidence)) == ([*HOSTS[1:]], 3)
