"""Macros the sender does not have: one planted fault is one fault, what another check tells is a note."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from postback_wizard import checks
from postback_wizard.catalogue import platforms
from postback_wizard.domain.finding import Confidence, Finding, Level
from postback_wizard.report.words import finding_fix, finding_settle, finding_title, finding_why

CODE = "macro-name-or-dialect"
BASE = "https://partner.example/in"


@pytest.fixture(autouse=True)
def _crashes_are_raised() -> Iterator[None]:
    checks.guard_checks = False
    yield
    checks.guard_checks = True


def judge(origin: str = "typed", **facts: Any) -> list[Finding]:
    case = checks.example(**facts).case
    return list(checks.findings_of("template", replace(case, origins={"sender": origin})))


def mine(**facts: Any) -> list[Finding]:
    return [finding for finding in judge(**facts) if finding.code == CODE]


def faults(**facts: Any) -> list[str]:
    return [finding.code for finding in judge(**facts) if finding.level is Level.BAD]


@pytest.mark.parametrize(
    ("sender", "macro", "nearest"),
    [
        ("voluum", "{click_id}", "{clickid}"),
        ("voluum", "[clickid]", "{clickid}"),
        ("Voluum", "{CLICKID}", "{clickid}"),
        ("affise", "{Sub5}", "{sub5}"),
        ("maxbounty", "#s2#", "#S2#"),
        ("clickadu", "{SUBID}", "${SUBID}"),
        ("voluum", "{\N{CYRILLIC SMALL LETTER ES}lickid}", "{clickid}"),
    ],
)
def test_a_macro_spelt_otherwise_than_the_senders_is_one_fault_with_the_right_spelling(
    sender: str, macro: str, nearest: str
) -> None:
    (finding,) = mine(template=f"{BASE}?x={macro}", sender=sender)
    assert (finding.level, finding.confidence, finding.values["nearest"]) == (Level.BAD, Confidence.LIKELY, nearest)


def test_a_look_alike_letter_is_named_by_its_code_point() -> None:
    (finding,) = mine(template=f"{BASE}?x={{\N{CYRILLIC SMALL LETTER ES}lickid}}", sender="voluum")
    assert "U+0441" in finding.values["how"]


def test_a_name_spelt_almost_like_one_is_a_warning_because_lists_are_seldom_complete() -> None:
    (finding,) = mine(template=f"{BASE}?x={{clikid}}", sender="voluum")
    assert finding.level is Level.WARN


def test_brackets_the_sender_does_not_use_are_a_warning() -> None:
    (finding,) = mine(template=f"{BASE}?x=#token#", sender="everflow")
    assert (finding.level, finding.values["nearest"]) == (Level.WARN, "—")


def test_a_macro_known_of_other_platforms_only_is_a_note_that_names_them() -> None:
    (finding,) = mine(template=f"{BASE}?x={{subacc4}}", sender="voluum")
    assert (finding.level, finding.values["owners"]) == (Level.INFO, "AdCombo")


def test_a_macro_nobody_is_known_to_have_is_passed_over() -> None:
    assert mine(template=f"{BASE}?x={{campaign_label}}", sender="voluum") == []


@pytest.mark.parametrize("sender", ["", "redtrack", "our own tracker"])
def test_without_a_sender_whose_macros_are_known_nothing_is_said(sender: str) -> None:
    assert mine(template=f"{BASE}?x={{click_id}}", sender=sender) == []


@pytest.mark.parametrize("item", [item for item in platforms().values() if item.sends.macros], ids=lambda item: item.id)
def test_a_template_of_the_senders_own_macros_gives_nothing(item: Any) -> None:
    query = "&".join(f"p{number}={macro}" for number, macro in enumerate(item.sends.macros))
    assert mine(template=f"{BASE}?{query}", sender=item.id) == []


def test_a_macro_the_live_request_shows_filled_is_the_senders_whatever_the_list_says() -> None:
    assert mine(template=f"{BASE}?cid={{click_id}}", sent_request=f"{BASE}?cid=c1f7", sender="voluum") == []


@pytest.mark.parametrize(
    ("template", "sent", "root"),
    [
        (f"{BASE}?cid={{click_id}}", f"{BASE}?cid=%7Bclick_id%7D", "macro-literal"),
        (f"{BASE}?cid=[clickid]", f"{BASE}?cid=[clickid]", "macro-literal"),
        ("", f"{BASE}?cid={{click_id}}", "macro-literal"),
        (f"{BASE}?cid={{click_id}}", f"{BASE}?cid=", "macro-empty"),
        (f"{BASE}?cid=%7Bclick_id%7D", "", "macro-braces-encoded"),
        (f"{BASE}?cid={{click_id}}", "", CODE),
        (f"{BASE}?cid={{click_id}}_{{clickid}}", f"{BASE}?cid={{click_id}}_c1f7", "macro-literal"),
    ],
)
def test_one_planted_fault_is_one_fault(template: str, sent: str, root: str) -> None:
    assert faults(template=template, sent_request=sent, sender="voluum") == [root]


def test_what_left_as_text_is_explained_in_a_note_with_the_right_spelling() -> None:
    (finding,) = mine(template=f"{BASE}?cid={{click_id}}", sent_request=f"{BASE}?cid={{click_id}}", sender="voluum")
    assert (finding.level, finding.values["nearest"]) == (Level.INFO, "{clickid}")


def test_a_sender_that_was_only_guessed_makes_no_fault() -> None:
    (finding,) = mine(template=f"{BASE}?x={{click_id}}", sender="voluum", origin="replay")
    assert finding.level is Level.WARN


def test_a_stand_in_for_the_host_is_no_macro_of_the_sender() -> None:
    assert mine(template="https://{Clickid}/in?x={clickid}", sender="voluum") == []


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_sentence_stands_without_a_proposal_too(lang: str) -> None:
    (finding,) = mine(template=f"{BASE}?x=#token#", sender="everflow")
    words = [say(finding, lang) for say in (finding_title, finding_why, finding_fix, finding_settle)]
    assert all("{" not in text.replace("{x}", "") for text in words)
