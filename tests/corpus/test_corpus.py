"""One planted fault is one root cause, two are two, none is none, and with too few facts nobody is healthy."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Verdict
from postback_wizard.report.diagnosis import diagnose
from tests.corpus.faults import PAIRS, SINGLE, styles_of
from tests.corpus.scripted import judge
from tests.corpus.story import STYLES, Story, healthy


def _style(name: str) -> int:
    """Another style for every fault, so that all of them meet all layers."""
    wanted = styles_of(name)
    return wanted[list(SINGLE).index(name) % len(wanted)]


@pytest.mark.parametrize("name", SINGLE)
async def test_a_planted_fault_is_the_root_cause(name: str, tmp_path: Path) -> None:
    code, plant = SINGLE[name]
    story = healthy(STYLES[_style(name)])
    plant(story)
    assert diagnose(await judge(story, tmp_path)).code == code


@pytest.mark.parametrize(("upstream", "downstream", "style"), PAIRS)
async def test_of_two_planted_faults_both_are_told_and_the_upstream_one_first(
    upstream: str, downstream: str, style: int, tmp_path: Path
) -> None:
    story = healthy(STYLES[style])
    SINGLE[upstream][1](story)
    SINGLE[downstream][1](story)
    found = diagnose(await judge(story, tmp_path))
    told = [found.code, *(other.finding.code for other in found.others)]
    assert [code for code in told if code in (SINGLE[upstream][0], SINGLE[downstream][0])] == [
        SINGLE[upstream][0],
        SINGLE[downstream][0],
    ]


# -- health --------------------------------------------------------------------------------------------------------


def _as_it_is(_story: Story) -> None:
    pass


def _known_already(story: Story) -> None:
    story.answer.body = '{"status": "duplicate", "message": "duplicate conversion"}'


def _with_a_goal(story: Story) -> None:
    for row in (*story.conversions, *story.attempts, *story.partner):
        row["goal"] = "sale"


def _without_click(story: Story) -> None:
    del story.facts["click_url"]


HEALTHY: tuple[Callable[[Story], None], ...] = (_as_it_is, _known_already, _with_a_goal, _without_click)


@pytest.mark.parametrize("style", range(len(STYLES)), ids=[style.name for style in STYLES])
@pytest.mark.parametrize("change", HEALTHY, ids=lambda change: change.__name__.strip("_"))
async def test_a_healthy_case_says_so(change: Callable[[Story], None], style: int, tmp_path: Path) -> None:
    story = healthy(STYLES[style])
    change(story)
    found = diagnose(await judge(story, tmp_path))
    assert (found.verdict, found.code) == (Verdict.CLEAR, None)


def _facts_of(story: Story) -> list[str]:
    return sorted({*story.facts, *story.logs, *(("upload_event",) if story.event else ())})


def _enough(case: Case) -> bool:
    """What health needs at the least: a log that shows the conversion, the request, and where it comes from."""
    facts = case.facts
    books = facts.known("conversion_log", "partner_log", "attempt_log")
    sent = facts.known("sent_request", "attempt_log")
    return books and sent and facts.known("click_url", "template")


@pytest.mark.parametrize("style", range(len(STYLES)), ids=[style.name for style in STYLES])
async def test_no_single_fact_makes_a_case_healthy(style: int, tmp_path: Path) -> None:
    names = _facts_of(healthy(STYLES[style]))
    verdicts = {}
    for name in names:
        without = frozenset(names) - {name}
        verdicts[name] = diagnose(await judge(healthy(STYLES[style]), tmp_path, without=without)).verdict
    assert [name for name, verdict in verdicts.items() if verdict is Verdict.CLEAR] == []


@pytest.mark.parametrize("seed", range(24))
async def test_no_handful_of_facts_makes_a_case_healthy(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    style = STYLES[seed % len(STYLES)]
    names = _facts_of(healthy(style))
    without = frozenset(chance.sample(names, chance.randint(1, len(names) - 1)))
    case = await judge(healthy(style), tmp_path, without=without)
    assert diagnose(case).verdict is not Verdict.CLEAR or _enough(case)


@pytest.mark.parametrize("style", range(len(STYLES)), ids=[style.name for style in STYLES])
async def test_nothing_asked_of_the_network_is_no_health(style: int, tmp_path: Path) -> None:
    case = await judge(healthy(STYLES[style]), tmp_path, offline=True)
    assert diagnose(case).verdict is Verdict.NOT_CHECKED
