"""The root cause: upstream before downstream, proven before suspected, and no health for what was not looked at."""

from collections.abc import Mapping

import pytest

from postback_wizard.domain.case import Case, Reason, StepId, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Verdict, verdict_of
from postback_wizard.report.diagnosis import diagnose
from postback_wizard.report.words import finding_fix, finding_settle, finding_title, finding_why

AT = "2026-03-01T10:00:00.000Z"
FACTS = Facts(click_url="https://t.example/", sent_request="https://p.example/", attempt_seen="yes")


def bad(code: str, confidence: Confidence = Confidence.CERTAIN) -> Finding:
    return Finding(code, Level.BAD, confidence, Owner.TRACKER)


def warn(code: str) -> Finding:
    return Finding(code, Level.WARN, Confidence.CERTAIN, Owner.NETWORK)


def case(findings: Mapping[StepId, tuple[Finding, ...]], facts: Facts = FACTS) -> Case:
    records: dict[str, StepRecord] = {
        step: StepRecord(step, facts, AT, verdict_of(found), findings=found) for step, found in findings.items()
    }
    return Case("c", AT, facts, records=records)


def reasoned(step: StepId, verdict: Verdict, reason: Reason) -> Case:
    return Case("c", AT, FACTS, records={step: StepRecord(step, FACTS, AT, verdict, reason)})


@pytest.mark.parametrize(
    ("upstream", "downstream"),
    [("click", "event"), ("event", "template"), ("template", "replay"), ("replay", "upload"), ("click", "upload")],
)
def test_the_upstream_fault_explains_the_downstream_one(upstream: StepId, downstream: StepId) -> None:
    assert diagnose(case({downstream: (bad("late"),), upstream: (bad("early"),)})).code == "early"


def test_a_fault_comes_before_an_upstream_warning() -> None:
    assert diagnose(case({"click": (warn("w"),), "upload": (bad("b"),)})).step == "upload"


def test_a_proven_fault_comes_before_an_upstream_hint() -> None:
    assert diagnose(case({"click": (bad("h", Confidence.HINT),), "upload": (bad("b"),)})).code == "b"


def test_the_surer_of_two_faults_of_a_step_is_the_cause() -> None:
    assert diagnose(case({"click": (bad("l", Confidence.LIKELY), bad("c"))})).code == "c"


def test_a_lone_hint_makes_a_case_doubtful() -> None:
    assert diagnose(case({"click": (bad("h", Confidence.HINT),)})).verdict is Verdict.SUSPECT


def test_a_lone_warning_is_the_cause_of_a_doubtful_case() -> None:
    found = diagnose(case({"event": (warn("w"),)}))
    assert (found.verdict, found.code, found.owner) == (Verdict.SUSPECT, "w", Owner.NETWORK)


def test_good_news_is_no_cause() -> None:
    good = Finding("fine", Level.GOOD, Confidence.CERTAIN, Owner.YOU)
    assert diagnose(case({"click": (good,)})).code is None


def test_a_case_nobody_looked_at_is_not_checked() -> None:
    found = diagnose(Case("c", AT))
    assert (found.verdict, found.step, len(found.not_checked)) == (Verdict.NOT_CHECKED, None, 5)


def test_a_case_is_clear_when_every_step_with_facts_is() -> None:
    found = diagnose(case({"click": (), "event": (), "replay": (), "template": ()}))
    assert (found.verdict, found.not_checked) == (Verdict.CLEAR, ("upload",))


def test_a_step_with_facts_that_was_never_run_keeps_a_case_from_being_clear() -> None:
    assert diagnose(case({"click": (), "event": (), "template": ()})).verdict is Verdict.NOT_CHECKED


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [(Verdict.NOT_CHECKED, "not-sent"), (Verdict.NOT_CHECKED, "offline"), (Verdict.FAILED, "failed")],
)
def test_a_step_that_could_not_be_checked_keeps_a_case_from_being_clear(verdict: Verdict, reason: Reason) -> None:
    assert diagnose(reasoned("replay", verdict, reason)).verdict is Verdict.NOT_CHECKED


def test_a_step_whose_facts_a_person_changed_is_not_checked() -> None:
    clear = case({"click": ()}, Facts(click_url="https://t.example/"))
    assert "click" in diagnose(clear.learn({"click_url": "https://u.example/"}, "typed")).not_checked


def test_what_a_step_learned_itself_leaves_it_checked() -> None:
    clear = case({"click": ()}, Facts(click_url="https://t.example/"))
    assert "click" not in diagnose(clear.derive({"click_id": "c1"}, "click")).not_checked


def test_the_next_test_is_the_cheapest() -> None:
    assert "Template" in diagnose(Case("c", AT, FACTS)).next_action.say("en")


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize(
    "reason", ["", "offline", "not-traced", "not-sent", "stopped", "unreadable", "failed", "not-public", "no-facts"]
)
def test_every_reason_has_a_next_test(reason: Reason, lang: str) -> None:
    assert diagnose(reasoned("click", Verdict.NOT_CHECKED, reason)).next_action.say(lang)


@pytest.mark.parametrize("say", [finding_title, finding_why, finding_fix, finding_settle])
def test_an_unknown_code_has_words_in_both_languages(say: object) -> None:
    assert callable(say)
    assert all(isinstance(say(bad("from-the-future"), lang), str) for lang in ("en", "ru"))


def test_an_unknown_code_is_shown_itself() -> None:
    assert "from-the-future" in finding_title(bad("from-the-future"), "ru")


def test_values_with_braces_are_shown_as_they_are() -> None:
    crashed = Finding("check-crashed", Level.INFO, Confidence.CERTAIN, Owner.YOU, {"check": "{x:a|b}", "error": "{}"})
    assert "{x:a|b}" in finding_title(crashed, "en")
