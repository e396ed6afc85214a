"""A proposal mends what was planted, lints clean, and gives the expected request when it is filled."""

import random

import pytest

from postback_wizard import checks
from postback_wizard.catalogue import platforms
from postback_wizard.checks.build import build
from postback_wizard.checks.repair import REASONS, propose
from postback_wizard.domain.drift import compare
from postback_wizard.domain.finding import Level
from postback_wizard.domain.macros import fill, find_macros
from tests.unit import planted
from tests.unit.made import Made, any_pair

SEED = 20260302
PLANTS = (
    *(planted.braces_encoded, planted.renamed, planted.misspelt, planted.own_id, planted.line_break),
    *(planted.unseen, planted.look_alike, planted.second_question, planted.entity),
)


def filled(made: Made, template: str) -> str:
    """The template with the values of the conversion, whatever the names of the macros."""
    values = {
        macro.name: slot.value for slot in made.slots if slot.meaning for macro in find_macros(f"={slot.written}")
    }
    return fill(template, values)


def proposals(number: int) -> list[tuple[Made, dict[str, str], str]]:
    """So many planted templates, each with its pair and its proposal."""
    rng = random.Random(SEED)
    found: list[tuple[Made, dict[str, str], str]] = []
    while len(found) < number:
        made = any_pair(rng)
        if any("lead=1" in slot.written for slot in made.slots):
            continue
        how = PLANTS[len(found) % len(PLANTS)]
        facts = how(made, rng)
        if facts is None or (how is planted.own_id and facts["sender"] != made.facts["sender"]):
            continue
        found.append((made, facts, propose(checks.example(**{**facts, "sent_request": ""}).case).template))
    return found


def test_a_proposal_lints_clean() -> None:
    wrong = []
    for _, facts, template in proposals(300):
        applied = checks.example(**{**facts, "template": template, "sent_request": ""}).case
        alarms = [
            item.code for item in checks.findings_of("template", applied) if item.level in (Level.BAD, Level.WARN)
        ]
        if alarms:
            wrong.append((alarms, facts["template"], template))
    assert wrong == []


def test_a_proposal_filled_is_the_expected_request() -> None:
    wrong = []
    for made, facts, template in proposals(300):
        if compare(made.sent, filled(made, template)):
            wrong.append((facts["template"], template, made.sent))
    assert wrong == []


def test_a_correct_template_is_left_alone() -> None:
    rng = random.Random(SEED)
    pairs = [any_pair(rng) for _ in range(200)]
    touched = [made.template for made in pairs if propose(checks.example(**made.case()).case).changes]
    assert touched == []


@pytest.mark.parametrize(
    ("facts", "template"),
    [
        ({"template": "trk.example/p?cid={clickid}"}, "https://trk.example/p?cid={clickid}"),
        ({"template": "https://trk.example/p?a=1 2&cid={clickid}"}, "https://trk.example/p?a=1%202&cid={clickid}"),
        ({"template": "https://trk.example/p?cid={clickid}&g=5%off"}, "https://trk.example/p?cid={clickid}&g=5%25off"),
        ({"template": "https://trk.example/p?a=1#cid={clickid}"}, "https://trk.example/p?a=1&cid={clickid}"),
        ({"template": "https://trk.example/p?cid={clickid}&CID=1"}, "https://trk.example/p?cid={clickid}"),
        (
            {"template": "https://trk.example/p?cid=REPLACE&payout=10", "sender": "scaleo"},
            "https://trk.example/p?cid={aff_click_id}&payout={payout}",
        ),
    ],
)
def test_a_repair_changes_what_is_wrong_and_nothing_else(facts: dict[str, str], template: str) -> None:
    assert propose(checks.example(**facts).case).template == template


def test_every_change_names_its_reason() -> None:
    case = checks.example(template="trk.example/p?cid=%7Bclickid%7D").case
    assert all(change.reason in REASONS for change in propose(case).changes)


def test_a_template_is_built_from_what_both_parties_document() -> None:
    built = build(platforms()["scaleo"], platforms()["voluum"])
    assert (built.template, built.undocumented) == (
        "https://{tracking_domain}/postback?cid={aff_click_id}&payout={payout}",
        (),
    )


def test_what_is_not_documented_is_named() -> None:
    built = build(platforms()["voluum"], platforms()["evadav"])
    assert (built.template, built.undocumented) == ("https://evadav.com/phpb?click_id=REPLACE", ("click_id",))


def test_no_built_template_asks_for_a_macro_its_sender_has_not() -> None:
    known = platforms().values()
    wrong = [
        (sender.id, receiver.id)
        for sender in known
        for receiver in known
        for macro in find_macros((build(sender, receiver).template + "?").partition("?")[2].removesuffix("?"))
        if macro.written not in sender.sends.macros
    ]
    assert wrong == []
