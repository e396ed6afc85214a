"""The loop: what is asked, what is refused, what a record amounts to, and what later facts change."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import ModuleType

import pytest

from postback_wizard.checks import judged, modules
from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Finding, Verdict
from postback_wizard.domain.probe import Effect, Evidence, HttpProbe, Probe
from postback_wizard.domain.step import Permit, Settings, is_stale
from postback_wizard.engine import MAX_QUESTIONS, Answered, Asked, Done, absorb, carry_answer, rejudge, run
from postback_wizard.replay import RecordedWorld
from postback_wizard.steps import BY_ID
from tests.screens import story

SETTINGS = Settings()


def case(**facts: object) -> Case:
    return Case(id="x", opened_at=story.AT, facts=Facts().with_values(facts))


async def events(step: str, start: Case, evidence: Sequence[Evidence], permit: Permit) -> list[Asked | Answered | Done]:
    world = RecordedWorld(evidence)
    return [event async for event in run(BY_ID[step], start, world, SETTINGS, permit)]  # type: ignore[index]


async def record(step: str, start: Case, evidence: Sequence[Evidence], permit: Permit) -> StepRecord:
    done = (await events(step, start, evidence, permit))[-1]
    assert isinstance(done, Done)
    return done.record


async def test_a_step_without_facts_asks_nothing_and_is_not_checked() -> None:
    heard = await events("click", case(), story.EVIDENCE, Permit.of(trace=True))
    assert [type(event) for event in heard] == [Done]
    assert isinstance(heard[0], Done)
    assert (heard[0].record.verdict, heard[0].record.reason) == (Verdict.NOT_CHECKED, "no-facts")


async def test_each_hop_is_asked_after_the_answer_to_the_one_before() -> None:
    heard = await events("click", case(click_url=story.AD), story.EVIDENCE, Permit.of(trace=True))
    assert [type(event) for event in heard] == [Asked, Answered] * len(story.HOPS) + [Done]


@pytest.mark.parametrize(
    ("permit", "reason"), [(Permit.of(), "not-traced"), (Permit.of(offline=True), "offline")], ids=["look", "offline"]
)
async def test_a_click_without_a_yes_is_not_traced(permit: Permit, reason: str) -> None:
    found = await record("click", case(click_url=story.AD), story.EVIDENCE, permit)
    assert (found.verdict, found.reason, found.evidence) == (Verdict.NOT_CHECKED, reason, ())


async def test_without_a_yes_nothing_is_sent_but_look_ups_are_made() -> None:
    found = await record("replay", case(sent_request=story.SENT), story.EVIDENCE, Permit.of())
    assert found.reason == "not-sent"
    assert {item.kind for item in found.evidence} == {"dns", "tls"}


async def test_a_yes_sends_exactly_one_request() -> None:
    heard = await events("replay", case(sent_request=story.SENT), story.EVIDENCE, Permit.of(send=True))
    asked = [event.probe for event in heard if isinstance(event, Asked)]
    assert len([probe for probe in asked if probe.effect is Effect.WRITE]) == 1


async def test_a_plan_that_never_ends_is_ended() -> None:
    asked: list[Probe] = []

    class Curious(RecordedWorld):
        async def perform(self, probe: Probe) -> Evidence:
            asked.append(probe)
            return await super().perform(probe)

    again = HttpProbe("trace", "GET", story.AD, effect=Effect.CLICK, hop=1)
    step = replace(BY_ID["click"], plan=lambda case, heard, settings: (again,))
    async for _ in run(step, case(click_url=story.AD), Curious(()), SETTINGS, Permit.of(trace=True)):
        pass
    assert len(asked) == MAX_QUESTIONS


async def test_what_a_step_learns_does_not_make_it_stale() -> None:
    start = case(click_url=story.AD)
    after = absorb(start, await record("click", start, story.EVIDENCE, Permit.of(trace=True)), SETTINGS)
    assert after.facts.click_id == story.CLICK_ID
    assert after.origins["click_id"] == "click"
    assert not is_stale(after, BY_ID["click"])


async def test_a_fact_learned_later_has_earlier_steps_judged_again_without_a_question() -> None:
    start = case(click_url=story.AD)
    traced = absorb(start, await record("click", start, story.HOPS[:1], Permit.of(trace=True)), SETTINGS)
    other = traced.learn({"click_id": "another-id"}, "event")
    looked = await record("template", other.learn({"template": story.TEMPLATE}, "typed"), (), Permit.of())
    after = absorb(other.learn({"template": story.TEMPLATE}, "typed"), looked, SETTINGS)
    click = after.record("click")
    assert click is not None
    assert not is_stale(after, BY_ID["click"])
    assert click.evidence == traced.records["click"].evidence


async def test_a_changed_question_leaves_the_step_stale() -> None:
    start = case(click_url=story.AD)
    traced = absorb(start, await record("click", start, story.EVIDENCE, Permit.of(trace=True)), SETTINGS)
    moved = traced.learn({"click_url": "https://other.example/"}, "typed")
    after = absorb(moved, await record("template", moved, (), Permit.of()), SETTINGS)
    assert is_stale(after, BY_ID["click"])


def test_a_step_never_overwrites_what_a_person_typed() -> None:
    typed = case().learn({"click_id": "mine"}, "typed")
    assert typed.derive({"click_id": "found"}, "click").facts.click_id == "mine"


def test_a_step_may_correct_what_a_step_said() -> None:
    derived = case().derive({"click_id": "first"}, "click")
    assert derived.derive({"click_id": "second"}, "event").facts.click_id == "second"


async def test_a_dry_run_keeps_the_answer_to_the_very_same_request() -> None:
    start = case(sent_request=story.SENT)
    sent = absorb(start, await record("replay", start, story.EVIDENCE, Permit.of(send=True)), SETTINGS)
    dry = await record("replay", sent, story.LOOKUPS, Permit.of())
    assert carry_answer(BY_ID["replay"], sent, dry, SETTINGS).verdict is Verdict.BROKEN


async def test_a_dry_run_of_another_request_has_no_answer_yet() -> None:
    start = case(sent_request=story.SENT)
    sent = absorb(start, await record("replay", start, story.EVIDENCE, Permit.of(send=True)), SETTINGS)
    other = sent.learn({"sent_request": f"{story.SENT}&x=1"}, "typed")
    dry = await record("replay", other, story.LOOKUPS, Permit.of())
    assert carry_answer(BY_ID["replay"], other, dry, SETTINGS) == dry


async def test_what_was_sent_is_remembered_after_the_step_runs_again() -> None:
    start = case(sent_request=story.SENT)
    sent = absorb(start, await record("replay", start, story.EVIDENCE, Permit.of(send=True)), SETTINGS)
    again = absorb(sent, await record("replay", sent, story.LOOKUPS, Permit.of()), SETTINGS)
    assert again.sent == (story.REPLAY,)


async def test_an_old_record_is_judged_again_on_its_own_evidence() -> None:
    start = case(click_url=story.AD)
    found = await record("click", start, story.EVIDENCE, Permit.of(trace=True))
    stored = start.merge(replace(found, findings=(), verdict=Verdict.CLEAR))
    again = rejudge(BY_ID["click"], stored)
    assert again is not None
    assert (again.findings, again.evidence) == (found.findings, found.evidence)


def broken_check(case: Case) -> Iterator[Finding]:
    raise LookupError(case.id)


def test_a_check_that_raises_hides_no_other_finding() -> None:
    broken = ModuleType("postback_wizard.checks.template.broken")
    vars(broken)["check"] = broken_check
    asked = (broken, *modules("template"))
    found = list(judged(asked, case(template=story.TEMPLATE, sent_request=story.SENT), guard=True))
    assert [item.code for item in found] == ["check-crashed", "macros-filled"]
    assert found[0].values == {"check": "broken", "error": "LookupError"}
