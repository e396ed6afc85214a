"""A client reads what broke in plain words, and codes of ours are words in every report."""

import pytest

from postback_wizard.checks.hash_words import MistakeText
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner
from postback_wizard.report.blame import wrongs_of
from postback_wizard.report.causes import BREAKS, OF_PARAMETER, OF_PLACE
from postback_wizard.report.md import prose
from postback_wizard.report.plainly import PLAIN

CASE = Case("c", "2026-03-01T12:00:00Z", Facts())


def _wrongs(code: str, **values: str) -> frozenset[str]:
    return wrongs_of(CASE, Finding(code, Level.BAD, Confidence.CERTAIN, Owner.SENDER, values))


@pytest.mark.parametrize("code", sorted(code for code, wrongs in BREAKS.items() if wrongs))
def test_most_of_what_a_fault_brings_has_a_plain_sentence(code: str) -> None:
    uploads = ("upload", "event-", "account", "too-old", "ad-unmatched")
    wrongs = {wrong for wrong in _wrongs(code) if not wrong.startswith(uploads) and not wrong.endswith(OF_PLACE)}
    assert not wrongs or wrongs & set(PLAIN)


def test_a_macro_left_in_the_click_id_is_told_as_a_visitor_without_a_number() -> None:
    wrongs = _wrongs("macro-literal", param="click_id")
    assert next(wrong for wrong in PLAIN if wrong in wrongs) == "id-wrong"


def test_a_fault_of_one_parameter_is_known_by_what_it_carries() -> None:
    assert {code: _wrongs(code, param="payout") for code in OF_PARAMETER if code not in BREAKS} == {
        code: frozenset(("amount-wrong",)) for code in OF_PARAMETER if code not in BREAKS
    }


def test_a_code_among_the_values_is_said_in_words() -> None:
    text = MistakeText(en="{key}: {mistake}", ru="{key}: {mistake}")
    assert prose(text, "en", key="em", mistake="md5") == f"`em`: {text.say('en', key='', mistake='md5')[2:]}"


def test_what_only_poses_as_a_code_stays_in_a_code_span() -> None:
    text = MistakeText(en="{mistake}", ru="{mistake}")
    assert prose(text, "en", mistake="# a\n[b](c)").startswith("`")
