"""The verdict on chains told by strangers: other platforms, dialects and languages than the first set of cases."""

from collections.abc import Callable
from pathlib import Path

import pytest

from postback_wizard.domain.finding import Verdict
from postback_wizard.report.diagnosis import Diagnosis, diagnose
from tests.corpus.chain_faults import FAULTS, PAIRS, WEIGHED
from tests.corpus.chains import CHAINS, IPHONE, Tale, put_down, tale
from tests.corpus.scripted import judge_facts


async def _diagnosed(told: Tale, folder: Path) -> Diagnosis:
    return diagnose(await judge_facts(put_down(told, folder), told))


@pytest.mark.parametrize("name", FAULTS)
async def test_a_strangers_fault_is_the_root_cause(name: str, tmp_path: Path) -> None:
    fault = FAULTS[name]
    told = tale(fault.chain)
    fault.plant(told)
    found = await _diagnosed(told, tmp_path)
    assert found.code in fault.codes


@pytest.mark.parametrize(("upstream", "downstream"), PAIRS)
async def test_of_two_faults_both_are_told_upstream_first(upstream: str, downstream: str, tmp_path: Path) -> None:
    told = tale(FAULTS[upstream].chain)
    FAULTS[upstream].plant(told)
    FAULTS[downstream].plant(told)
    found = await _diagnosed(told, tmp_path)
    named = [found.code or "", *(other.finding.code for other in found.others)]
    first, second = FAULTS[upstream].codes, FAULTS[downstream].codes
    kept = [code for code in named if code in first + second]
    assert [code in first for code in kept] == [True, False], named


@pytest.mark.parametrize(("warned", "proven"), WEIGHED)
async def test_a_proven_break_comes_before_a_warning_further_up(warned: str, proven: str, tmp_path: Path) -> None:
    told = tale(FAULTS[warned].chain)
    FAULTS[warned].plant(told)
    FAULTS[proven].plant(told)
    found = await _diagnosed(told, tmp_path)
    assert found.code in FAULTS[proven].codes
    assert {other.finding.code for other in found.others} & set(FAULTS[warned].codes)


# -- health --------------------------------------------------------------------------------------------------------


def _as_told(_told: Tale) -> None:
    pass


def _from_a_phone(told: Tale) -> None:
    for row in told.clicks[::3]:
        row["agent"] = IPHONE


def _without_upload(told: Tale) -> None:
    told.upload = {}


def _without_the_partners_log(told: Tale) -> None:
    told.answer.body = "OK: conversion recorded"  # without the books only its own words prove it
    told.attempts[-1]["answer"] = told.answer.body
    told.partner = []


HEALTHY: tuple[Callable[[Tale], None], ...] = (_as_told, _from_a_phone, _without_upload, _without_the_partners_log)


@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize("change", HEALTHY, ids=lambda change: change.__name__.strip("_"))
async def test_a_healthy_chain_is_called_healthy(change: Callable[[Tale], None], name: str, tmp_path: Path) -> None:
    told = tale(name)
    change(told)
    found = await _diagnosed(told, tmp_path)
    assert (found.verdict, found.code) == (Verdict.CLEAR, None)
