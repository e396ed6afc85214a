"""The only loop: run one step of a case against a world, as a stream of events."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, assert_never

from postback_wizard.checks import findings_beside, findings_of
from postback_wizard.domain.case import Case, Reason, StepRecord
from postback_wizard.domain.finding import Finding, Level, Verdict, verdict_of, weight
from postback_wizard.domain.probe import Effect, Evidence, LogSource, Probe, answers
from postback_wizard.domain.step import Permit, Settings, Step, judges_by_less
from postback_wizard.domain.times import stamp
from postback_wizard.steps import BY_ID
from postback_wizard.steps.carried import click_hints

#: Reasons that follow from the facts alone.
_OF_FACTS: frozenset[Reason] = frozenset(("no-facts", "hearsay", "proposal"))
#: Findings that rest on data which no stored case holds.
_OF_MEMORY = frozenset(("pii-hash-invalid",))
#: No honest plan needs more questions than this (six chains of a hundred hops do not); it bounds one that never ends.
MAX_QUESTIONS = 1000


class World(Protocol):
    """Everything outside, in two verbs."""

    def now(self) -> datetime:
        """The time, in UTC."""

    async def perform(self, probe: Probe) -> Evidence:
        """Ask; never raises for anything the outside does."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question is on its way."""

    probe: Probe


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer came in."""

    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Done:
    """The step is judged. It carries a record, not a case: the owner merges it, so nothing typed meanwhile is lost."""

    record: StepRecord


Event = Asked | Answered | Done


async def run(
    step: Step, case: Case, world: World, settings: Settings, permit: Permit, before: Sequence[Evidence] = ()
) -> AsyncGenerator[Event, None]:
    """Ask what the step's plan wants, as far as the permit goes, then judge.

    What a plan asks together is performed together, and each answer is told as it comes; only a request that writes
    waits until nothing else is under way. ``before`` is what an earlier run of the step heard: the plan goes on from
    there. Cancelling the consumer stops every question under way; what was heard can be judged by ``conclude``.
    """
    if not case.facts.known(*step.needs):
        yield Done(conclude(step, case, before, world.now(), "no-facts"))
        return
    flight = _Flight(world, before)
    refused: list[Probe] = []
    try:
        while True:
            wanted = step.plan(case, flight.heard, settings)
            refused = [probe for probe in wanted if probe.effect not in permit.effects]
            for probe in flight.startable([probe for probe in wanted if probe.effect in permit.effects]):
                yield Asked(probe)
                flight.start(probe)
            if not flight.under_way:
                break
            for evidence in await flight.landed():
                yield Answered(evidence)
    finally:
        await flight.stop()
    yield Done(conclude(step, case, flight.heard, world.now(), _reason(refused, permit)))


class _Flight:
    """The questions of one run: which are under way, and what was heard, in the order it was asked."""

    def __init__(self, world: World, before: Sequence[Evidence]) -> None:
        self._world = world
        self._before = tuple(before)
        self._asked = 0
        self._heard: dict[int, Evidence] = {}
        self.under_way: dict[int, tuple[Probe, asyncio.Task[Evidence]]] = {}

    @property
    def heard(self) -> tuple[Evidence, ...]:
        return (*self._before, *(self._heard[number] for number in sorted(self._heard)))

    def startable(self, wanted: Sequence[Probe]) -> Sequence[Probe]:
        """Those that are not under way yet; of those that write one at most, and only when nothing else is."""
        pending = [probe for probe, _ in self.under_way.values()]
        new = [probe for probe in wanted if probe not in pending][: MAX_QUESTIONS - self._asked]
        harmless = [probe for probe in new if probe.effect is not Effect.WRITE]
        return harmless or ([] if pending else new[:1])

    def start(self, probe: Probe) -> None:
        self.under_way[self._asked] = probe, asyncio.ensure_future(self._world.perform(probe))
        self._asked += 1

    async def landed(self) -> Sequence[Evidence]:
        """The next answers, one at least."""
        done, _ = await asyncio.wait([task for _, task in self.under_way.values()], return_when=asyncio.FIRST_COMPLETED)
        numbers = [number for number, (_, task) in self.under_way.items() if task in done]
        self._heard |= {number: self.under_way.pop(number)[1].result() for number in numbers}
        return [self._heard[number] for number in numbers]

    async def stop(self) -> None:
        """Nothing is under way any more."""
        tasks = [task for _, task in self.under_way.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def conclude(step: Step, case: Case, heard: Sequence[Evidence], now: datetime, reason: Reason = "") -> StepRecord:
    """Judge what was heard. A reason keeps a step without findings from reading as clear."""
    record = StepRecord(
        step=step.id, saw=case.facts, finished_at=stamp(now), verdict=Verdict.NOT_CHECKED, evidence=tuple(heard)
    )
    found = _judged(step, case.merge(record))
    if reason in _OF_FACTS:
        reason = ""  # the facts of now decide
    if not case.facts.known(*step.needs) and not heard:
        reason, found = "no-facts", ()
    verdict = verdict_of(found)
    reason = reason or _unanswered(heard) or _hearsay(step, case, heard)
    if reason == "proposal" or (reason and verdict is Verdict.CLEAR):  # what this program wrote breaks nobody
        verdict = Verdict.FAILED if reason == "failed" else Verdict.NOT_CHECKED
    return replace(record, findings=found, verdict=verdict, reason=reason)


def absorb(case: Case, record: StepRecord, settings: Settings) -> Case:
    """The case with a step's record, with what the step learned, and with earlier judgements brought up to that.

    What a step learns itself does not make it stale. A step whose questions stay the same under the new facts is
    judged again on what it heard; one that would ask something else stays as it is, and stale.
    """
    step = BY_ID[record.step]
    settings = replace(settings, variants=False)  # a click ID learned later asks for no further clicks
    case = case.merge(record)
    case = case.derive(step.derive(case, record.evidence), step.id)
    case = case.hint(click_hints(case), "click")
    case = case.merge(replace(record, saw=case.facts))
    for old in tuple(case.done()):
        if judges_by_less(case, BY_ID[old.step]) and _asks_the_same(BY_ID[old.step], case, old, settings):
            now = datetime.fromisoformat(old.finished_at)
            again = conclude(BY_ID[old.step], case, old.evidence, now, old.reason)
            found = _remembered(old, again.findings, case)
            worst = verdict_of(found) if len(found) > len(again.findings) else again.verdict
            case = case.merge(replace(again, findings=found, verdict=worst))
    return case


def _asks_the_same(step: Step, case: Case, record: StepRecord, settings: Settings) -> bool:
    before = replace(case, facts=record.saw)
    return all(
        step.plan(before, heard, settings) == step.plan(case, heard, settings) for heard in ((), record.evidence)
    )


def carry_answer(step: Step, case: Case, record: StepRecord, settings: Settings) -> StepRecord:
    """A dry run's record with the answer to the very same request, when that was sent before."""
    if record.reason != "not-sent":
        return record
    wanted = step.plan(case, record.evidence, settings)
    known = next((old for old in reversed(case.sent) if any(answers(probe, old) for probe in wanted)), None)
    if known is None:
        return record
    return conclude(step, case, (*record.evidence, known), datetime.fromisoformat(record.finished_at))


def rejudge(step: Step, case: Case) -> StepRecord | None:
    """A stored step judged with today's rules: same evidence, same clock, no questions."""
    old = case.record(step.id)
    if old is None:
        return None
    seen = replace(case, facts=old.saw)
    found = _remembered(old, _judged(step, seen), seen)
    verdict = verdict_of(found)
    if old.reason and verdict is Verdict.CLEAR:
        verdict = Verdict.FAILED if old.reason == "failed" else Verdict.NOT_CHECKED
    return replace(old, findings=found, verdict=verdict)


def _judged(step: Step, case: Case) -> tuple[Finding, ...]:
    """Everything the checks say of a step, the heaviest first; what is beside it and no fault stands below all else."""
    beside = tuple(findings_beside(step.checks, case))
    notes = tuple(item for item in beside if item.level in (Level.INFO, Level.GOOD))
    found = (*findings_of(step.checks, case), *(item for item in beside if item not in notes))
    return (*sorted(found, key=weight), *sorted(notes, key=weight))


def _remembered(old: StepRecord, found: tuple[Finding, ...], case: Case) -> tuple[Finding, ...]:
    """What was found, with what only raw customer data can show and was shown while it was in memory."""
    if case.facts.customer or case.facts.get("upload_event") != old.saw.get("upload_event"):
        return found
    places = {(item.code, item.where) for item in found}
    kept = (item for item in old.findings if item.code in _OF_MEMORY and (item.code, item.where) not in places)
    shown = tuple(kept)
    return (
        tuple(sorted((*(item for item in found if item.level is not Level.GOOD), *shown), key=weight))
        if shown
        else found
    )


def _reason(refused: Iterable[Probe], permit: Permit) -> Reason:
    effects = {probe.effect for probe in refused}
    if not effects:
        return ""
    if Effect.LOOK not in permit.effects:
        return "offline"
    return "not-sent" if Effect.WRITE in effects else "not-traced"


def _was_read(file: LogSource) -> bool:
    """Whether a log says anything; a log of attempts without a byte says that there were none."""
    return not file.problem or (file.problem, file.role) == ("empty", "attempt_log")


def _hearsay(step: Step, case: Case, heard: Sequence[Evidence]) -> Reason:
    """Whether all there is to judge is what somebody says about it, or what this program itself proposed."""
    known = [name for name in step.needs if case.facts.known(name) and name not in step.hearsay]
    if heard or (known and any(case.origins.get(name) != step.id for name in known)):
        return ""
    return "proposal" if known else "hearsay" if step.hearsay else ""


def _unanswered(heard: Sequence[Evidence]) -> Reason:
    """Why what was heard proves nothing: an address that may not be spoken to, a log that cannot be read."""
    for evidence in heard:
        match evidence.kind:
            case "http" if evidence.variant:
                continue  # what a variant could not reach says nothing about the click itself
            case "http" | "dns" | "tls":
                if evidence.outcome and evidence.outcome[0].startswith("BLOCKED_ADDRESS"):
                    return "not-public"
            case "logs":
                if evidence.files and not any(map(_was_read, evidence.files)):
                    return "unreadable"
            case "sign":
                continue  # what a secret shows is beside what the endpoint answers
            case "har":
                if not evidence.hops:
                    return "unreadable"
            case never:
                assert_never(never)
    return ""
