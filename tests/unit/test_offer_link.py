"""The offer link as saved in the tracker: read without a network, and judged before a click is made."""

from datetime import UTC, datetime

import pytest

from postback_wizard.checks import example, findings_of
from postback_wizard.checks.samples import AT
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Finding, Level, Verdict
from postback_wizard.domain.probe import Evidence, Probe
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.engine import Done, absorb, run
from postback_wizard.steps import BY_ID

GOOD = "https://network.example/click?offer_id=42&sub1={clickid}"


class NoWorld:
    """A world that answers nothing, because nothing may be asked of it."""

    def now(self) -> datetime:
        return datetime(2026, 3, 1, 10, tzinfo=UTC)

    async def perform(self, probe: Probe) -> Evidence:
        raise AssertionError(probe)


async def ran(**facts: object) -> Done:
    case = Case("case", "2026-03-01T10:00:00Z", Facts().with_values(facts))
    events = [event async for event in run(BY_ID["click"], case, NoWorld(), Settings(), Permit.of(trace=True))]
    assert isinstance(events[-1], Done)
    return events[-1]


def judged(link: str, **facts: object) -> list[Finding]:
    facts.setdefault("tracker", "voluum")
    return list(findings_of("click", example(at=AT, offer_url=link, **facts).case))


def heavy(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(item.code, item.where) for item in findings if item.level in (Level.WARN, Level.BAD)]


async def test_a_good_link_alone_runs_the_step_without_asking_anything() -> None:
    record = (await ran(offer_url=GOOD, tracker="voluum")).record
    assert (record.verdict, [item.code for item in record.findings]) == (
        Verdict.CLEAR,
        ["offer-link-only", "offer-link-carries-click-id"],
    )


async def test_a_bad_link_alone_breaks_the_step() -> None:
    record = (await ran(offer_url="https://network.example/click?offer_id=42", tracker="voluum")).record
    assert (record.verdict, record.findings[0].code) == (Verdict.BROKEN, "click-id-param-absent")


@pytest.mark.parametrize(
    "link",
    [
        "https://network.example/click?offer_id=42",
        "https://network.example/click?offer_id=42&sub1=",
        "https://network.example/click?offer_id=42&sub1=REPLACE",
        "https://network.example/click",
        "network.example/click?offer_id=42&lang={country}",
    ],
)
def test_a_link_without_the_trackers_click_id_is_named(link: str) -> None:
    assert heavy(judged(link)) == [("click-id-param-absent", "offer_url")]


def test_the_missing_piece_is_spelt_out_for_network_and_tracker() -> None:
    found = judged("https://network.example/click?offer_id=42", network="adcombo")[0]
    assert (found.values["host"], found.values["wanted"]) == ("network.example", "subacc4={clickid}")


def test_an_unknown_tracker_may_call_its_click_id_anything() -> None:
    found = judged("https://network.example/click?sub1={something}", tracker="")
    assert [(item.code, item.level) for item in found if item.code == "click-id-param-absent"] == [
        ("click-id-param-absent", Level.WARN)
    ]


@pytest.mark.parametrize(
    ("link", "where"),
    [
        ("https://network.example/click?offer_id=42&sub1={subid}", "offer_url: sub1"),
        ("https://network.example/click?offer_id=42&sub1={cf_click_id}", "offer_url: sub1"),
        ("https://network.example/click?offer_id=42&sub1=[clickid]", "offer_url: sub1"),
        ("https://network.example/click?offer_id=42&sub1={click_id}", "offer_url: sub1"),
        ("https://network.example/click?offer_id=42&sub1={{clickid}}", "offer_url: sub1"),
        ("https://network.example/click?offer_id=42&sub1={сlickid}", "offer_url: sub1"),
    ],
)
def test_a_macro_of_another_platform_is_the_one_finding(link: str, where: str) -> None:
    assert heavy(judged(link)) == [("macro-name-or-dialect", where)]


def test_a_click_id_in_a_parameter_the_network_does_not_read_is_the_one_finding() -> None:
    link = "https://network.example/click?offer_id=42&clickid={clickid}"
    assert heavy(judged(link, network="adcombo")) == [("click-id-wrong-param", "offer_url: clickid")]


@pytest.mark.parametrize(
    ("link", "param"),
    [
        ("https://network.example/click?offer_id=42?sub1={clickid}", "sub1"),
        ("https://network.example/click?offer_id=42#sub1={clickid}", "sub1"),
        ("https://network.example/click?sub1={clickid}&sub1={campaign.id}", "sub1"),
        ("https://network.example/click&sub1={clickid}", "sub1"),
        ("https://network.example/click?url=https://shop.example/?a=1&sub1={clickid}", "sub1"),
    ],
)
def test_a_broken_structure_is_the_one_finding(link: str, param: str) -> None:
    assert heavy(judged(link)) == [("url-structure-broken", f"offer_url: {param}")]


def test_a_filled_link_is_taken_for_what_it_is() -> None:
    assert heavy(judged("https://network.example/click?offer_id=42&sub1=w7k2m9x4q1")) == []


def test_a_postback_known_later_brings_the_judgement_up_to_date_without_making_it_stale() -> None:
    click, template = BY_ID["click"], BY_ID["template"]
    case = example(offer_url=GOOD, tracker="voluum").case
    case = case.learn({"template": "https://trk.example/postback?cid={sub2}"}, "typed")
    record = case.record("template")
    assert record is not None
    case = absorb(case, record, Settings())
    judged_again = case.record("click")
    assert judged_again is not None
    assert ("template" not in click.reads, template.id) == (True, "template")
    assert "click-id-wrong-param" in [item.code for item in judged_again.findings]
