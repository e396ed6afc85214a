"""What the platform itself says, as a fact of a case."""

from datetime import UTC, datetime

import pytest

from postback_wizard.checks import example
from postback_wizard.checks.callback.partner_says import check
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Confidence, Level, Owner, Verdict
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.engine import Done, conclude, run
from postback_wizard.replay import RecordedWorld
from postback_wizard.report.words import finding_fix, finding_title
from postback_wizard.steps import BY_ID

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def found(*evidence: object, **facts: object) -> list[tuple[str, Level, Confidence]]:
    case = example(*evidence, **facts).case  # type: ignore[arg-type]  # a table of examples
    return [(item.code, item.level, item.confidence) for item in check(case)]


def test_a_known_message_is_a_warning_when_it_is_all_there_is() -> None:
    assert found(partner_message="Goal not found in campaign") == [
        ("partner-message-decoded", Level.WARN, Confidence.LIKELY)
    ]


def test_beside_an_answer_it_is_a_note() -> None:
    [(_, level, _)] = found(replayed(200, "ok"), partner_message="Goal not found in campaign")
    assert level is Level.INFO


def test_words_that_may_mean_several_things_are_a_hint() -> None:
    [(_, _, confidence)] = found(partner_message="SubID not found", tracker="keitaro")
    assert confidence is Confidence.HINT


@pytest.mark.parametrize("fact", ["sender", "receiver", "network", "tracker", "source", "ad_platform"])
def test_a_bare_number_is_read_for_any_party_of_the_case(fact: str) -> None:
    assert [code for code, *_ in found(partner_message="21", **{fact: "everflow"})] == ["partner-message-decoded"]


def test_a_bare_number_is_not_read_when_nobody_is_named() -> None:
    assert [code for code, *_ in found(partner_message="21")] == ["partner-message-unknown"]


def test_a_message_nobody_knows_is_a_note() -> None:
    assert found(partner_message="Please wait.") == [("partner-message-unknown", Level.INFO, Confidence.HINT)]


def test_an_unknown_message_beside_an_answer_is_passed_over() -> None:
    assert found(replayed(200, "ok"), partner_message="Please wait.") == []


def test_a_message_that_is_no_failure_raises_nothing() -> None:
    assert found(partner_message="-", network="admitad") == []


def test_no_message_raises_nothing() -> None:
    assert found() == []


def test_a_long_list_of_messages_is_cut() -> None:
    said = "Broken clickid; SubID not found; INVALID_CLICK_ID; UIDDoesNotExist; EXPIRED_EVENT; NO_SESSION_ID"
    assert len(found(partner_message=said)) == 5


def test_it_is_told_in_the_readers_language() -> None:
    [finding] = check(example(partner_message="Secure code is not valid", network="affise_reach").case)
    assert ("Токен безопасности" in finding_title(finding, "ru"), "token" in finding_fix(finding, "en")) == (True, True)


def test_it_names_who_can_mend_it() -> None:
    [finding] = check(example(partner_message="Campaign is not active").case)
    assert finding.owner is Owner.NETWORK


def test_the_step_asks_for_it() -> None:
    step = BY_ID["replay"]
    assert ("partner_message" in step.reads, "partner_message" in step.needs) == (True, True)


async def judged(**facts: str) -> tuple[Verdict, str]:
    [*_, last] = [event async for event in run(BY_ID["replay"], case(**facts), RecordedWorld(()), Settings(), Permit())]
    assert isinstance(last, Done)
    return last.record.verdict, last.record.reason


def case(**facts: str) -> Case:
    return Case("x", "2026-03-01T10:00:00.000Z", Facts().with_values(facts))


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("Please wait.", Verdict.NOT_CHECKED),
        ("-", Verdict.NOT_CHECKED),
        ("UIDDoesNotExist", Verdict.SUSPECT),
    ],
    ids=["unknown", "no failure", "known"],
)
async def test_words_alone_accuse_and_never_acquit(message: str, verdict: Verdict) -> None:
    assert await judged(partner_message=message, network="admitad") == (verdict, "hearsay")


async def test_beside_an_answer_the_words_are_not_all_there_is() -> None:
    assert (await judged(partner_message="Please wait.", answer_status="500"))[1] == ""


def test_an_answer_that_comes_later_is_judged_as_one() -> None:
    alone = conclude(BY_ID["replay"], case(partner_message="Please wait."), (), NOW)
    later = case(partner_message="Please wait.", answer_status="500")
    assert conclude(BY_ID["replay"], later, (), NOW, alone.reason).reason == ""
