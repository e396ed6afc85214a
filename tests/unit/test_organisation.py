"""How partners work together: said only where something speaks for it, and never as a proven fault."""

import pytest

from postback_wizard.checks import example, findings_beside, modules
from postback_wizard.checks.organisation import (
    claim_window_missed,
    evidence_not_saved,
    partner_log_not_checked,
    suspected_scrub,
    undocumented_contract,
)
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Level
from postback_wizard.domain.probe import Evidence

SENT = "https://track.example/postback?cid=w7k2m9x4q1"


def case(*evidence: Evidence, **facts: str) -> Case:
    return example(*evidence, **facts).case


@pytest.mark.parametrize("module", modules("organisation"), ids=lambda module: module.__name__.rpartition(".")[2])
def test_none_of_them_breaks_a_case(module: object) -> None:
    examples = vars(module)["EXAMPLES"]
    assert [rule.code for rule in examples if rule.level is Level.BAD] == []


def test_each_is_judged_with_a_layer() -> None:
    layers = {module.BESIDE for module in modules("organisation")}
    assert layers <= {"click", "event", "callback", "template", "upload"}


def test_a_finding_stands_with_its_layer() -> None:
    shown = evidence_not_saved.EXAMPLES[evidence_not_saved.EVIDENCE_NOT_SAVED].case
    assert [item.code for item in findings_beside("event", shown)] == ["evidence-not-saved"]


def test_the_partners_word_that_it_counted_leaves_its_log_unasked() -> None:
    assert not list(partner_log_not_checked.check(case(replayed(200, '{"status": "recorded"}'), sent_request=SENT)))


def test_a_message_of_the_partner_is_a_look_into_its_log() -> None:
    asked = case(replayed(200, "OK"), sent_request=SENT, partner_message="Click not found")
    assert not list(partner_log_not_checked.check(asked))


def test_a_receiver_of_the_catalogue_has_a_contract() -> None:
    assert not list(undocumented_contract.check(case(template="https://t.example/p?cid={cid}", receiver="voluum")))


def test_one_kept_request_is_evidence() -> None:
    assert not list(evidence_not_saved.check(case(attempt_seen="yes", sent_request=SENT)))


def test_a_claim_inside_its_term_is_not_late() -> None:
    young = case(conversion_seen="yes", conversion_time="2026-02-01T10:00:00Z", network="Involve Asia")
    assert not list(claim_window_missed.check(young))


def test_a_network_that_documents_no_term_has_none() -> None:
    old = case(conversion_seen="yes", conversion_time="2024-02-01T10:00:00Z", network="affise")
    assert not list(claim_window_missed.check(old))


def test_nothing_compared_is_no_suspicion() -> None:
    assert not list(suspected_scrub.check(case(conversion_seen="yes")))
