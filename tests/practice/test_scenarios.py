"""The exercises: one a layer, telling the symptom and not the answer, and judged fairly."""

import pytest

from postback_wizard.domain.case import STEP_ORDER
from postback_wizard.domain.text import placeholders
from postback_wizard.practice.scenarios import SCENARIOS, Scenario, answer_choices, find, judge, remark

NAMED = [pytest.param(scenario, id=scenario.name) for scenario in SCENARIOS]


def test_there_is_an_exercise_for_each_step_and_a_healthy_one() -> None:
    assert {scenario.step for scenario in SCENARIOS} == {"", *STEP_ORDER}


def test_no_two_exercises_have_a_name_or_an_answer_in_common() -> None:
    assert len({scenario.name for scenario in SCENARIOS}) == len(SCENARIOS)
    assert len({scenario.code for scenario in SCENARIOS}) == len(SCENARIOS)


@pytest.mark.parametrize("scenario", NAMED)
def test_neither_name_nor_title_nor_story_gives_the_answer_away(scenario: Scenario) -> None:
    told = {scenario.name, *scenario.title.en.lower().split(), *scenario.story.en.lower().split()}
    words = {word.strip(".,:;?") for part in told for word in part.split("-")}
    assert not words & set(scenario.code.split("-"))
    assert scenario.code not in scenario.story.en + scenario.title.en or not scenario.code


@pytest.mark.parametrize("scenario", NAMED)
def test_a_title_fits_beside_the_programs_name_in_eighty_columns(scenario: Scenario) -> None:
    assert max(len(scenario.title.en), len(scenario.title.ru)) <= 61


@pytest.mark.parametrize("scenario", NAMED)
def test_only_the_answer_is_right(scenario: Scenario) -> None:
    right = [choice for choice in answer_choices() if judge(scenario, choice.step, choice.code)]
    assert [(choice.step, choice.code) for choice in right] == [(scenario.step, scenario.code)]


@pytest.mark.parametrize("scenario", NAMED)
def test_the_texts_need_no_values(scenario: Scenario) -> None:
    texts = (scenario.title, scenario.story, scenario.explanation)
    assert not any(placeholders(text.en) for text in texts)


def test_choices_of_a_step_belong_to_it() -> None:
    for step in STEP_ORDER:
        assert {choice.step for choice in answer_choices(step)} == {step}


def test_a_right_step_with_a_wrong_fault_is_told_so() -> None:
    scenario = find("tidy-colleague")
    assert scenario is not None
    said = {remark(scenario, *pick) for pick in (("template", "macro-literal"), ("template", "macro-empty"), ("", ""))}
    assert len(said) == 3


def test_an_unknown_name_finds_nothing() -> None:
    assert find("no-such-exercise") is None
