"""Causes and effects: same parameter, same words, surer before less sure, and no finding explains itself."""

from collections.abc import Mapping

import pytest

from postback_wizard.catalogue.modes import FAILURE_MODES
from postback_wizard.checks import rules
from postback_wizard.domain.case import Case, StepId, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, verdict_of
from postback_wizard.report.blame import causes
from postback_wizard.report.causes import BREAKS, LEADS_TO, OF_PARAMETER, SHOWS, SHOWS_OF_PARAMETER, following
from postback_wizard.report.diagnosis import diagnose
from postback_wizard.report.headline import plain_lines

AT = "2026-03-01T10:00:00.000Z"
TEMPLATE = "https://t.example/p?cid={clickid}&sum={payout}"


def found(
    code: str,
    /,
    level: Level = Level.BAD,
    confidence: Confidence = Confidence.CERTAIN,
    where: str = "",
    **values: str,
) -> Finding:
    return Finding(code, level, confidence, Owner.SENDER, values, where)


def case(findings: Mapping[StepId, tuple[Finding, ...]]) -> Case:
    facts = Facts(template=TEMPLATE)
    records: dict[str, StepRecord] = {
        step: StepRecord(step, facts, AT, verdict_of(items), findings=items) for step, items in findings.items()
    }
    return Case("c", AT, facts, records=records)


def shown(judged: Case) -> list[tuple[str, list[str]]]:
    return [(cause.finding.code, [item.code for _, item in cause.effects]) for cause in causes(judged)]


def test_every_code_of_the_model_is_a_rule() -> None:
    named = {*BREAKS, *SHOWS, *SHOWS_OF_PARAMETER, *OF_PARAMETER}
    assert named - set(rules()) == set()


def test_every_failure_mode_has_a_place_in_the_model_or_is_for_a_person() -> None:
    people = {
        *("undocumented-contract", "evidence-not-saved", "claim-window-missed", "partner-log-not-checked"),
        *("suspected-scrub", "raw-log-expired", "protocol-downgrade"),
    }
    assert FAILURE_MODES - {*BREAKS, *SHOWS, *OF_PARAMETER} == people


@pytest.mark.parametrize("wrong", LEADS_TO)
def test_no_wrong_leads_back_to_itself(wrong: str) -> None:
    assert [after for after in LEADS_TO[wrong] if wrong in following(after)] == []


def test_a_lost_click_id_explains_the_empty_macro_and_the_refusal() -> None:
    judged = case(
        {
            "click": (found("redirect-drops-query"),),
            "template": (found("macro-empty", where="sent_request: cid", param="cid"),),
            "replay": (found("request-refused"),),
        }
    )
    assert shown(judged) == [("redirect-drops-query", ["macro-empty", "request-refused"])]


def test_a_lost_click_id_does_not_explain_an_empty_payout() -> None:
    empty = found("macro-empty", where="sent_request: sum", param="sum")
    judged = case({"click": (found("redirect-drops-query"),), "template": (empty,)})
    assert [code for code, _ in shown(judged)] == ["redirect-drops-query", "macro-empty"]


def test_a_likely_cause_takes_the_blame_for_a_certain_effect() -> None:
    empty = found("macro-empty", where="sent_request: cid", param="cid")
    hop = found("client-side-hop", Level.WARN, Confidence.LIKELY)
    assert shown(case({"click": (hop,), "template": (empty,)})) == [("client-side-hop", ["macro-empty"])]


def test_what_a_proven_fault_explains_is_not_laid_at_the_door_of_a_warning() -> None:
    judged = case(
        {
            "click": (found("client-side-hop", Level.WARN, Confidence.LIKELY),),
            "template": (found("macro-literal", where="sent_request: cid", param="cid"),),
            "replay": (found("request-refused"),),
        }
    )
    assert shown(judged)[0] == ("macro-literal", ["request-refused"])


def test_a_hint_takes_no_blame() -> None:
    judged = case(
        {
            "click": (found("tracking-domain-mismatch", Level.WARN, Confidence.HINT),),
            "replay": (found("request-refused"),),
        }
    )
    assert shown(judged)[0] == ("request-refused", [])


def test_a_hint_that_reads_the_words_of_a_refusal_explains_it() -> None:
    cap = found("conversion-cap-or-throttle", Level.WARN, Confidence.HINT, said="Daily cap reached")
    refusal = found("request-refused", reason="Daily cap reached")
    assert shown(case({"event": (cap,), "replay": (refusal,)})) == [("conversion-cap-or-throttle", ["request-refused"])]


def test_one_fault_in_two_places_is_one_cause() -> None:
    drifts = (found("template-version-drift", param="a"), found("template-version-drift", param="b"))
    assert [code for code, _ in shown(case({"template": drifts}))] == ["template-version-drift"]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_diagnosis_names_effects_and_other_faults(lang: str) -> None:
    judged = case(
        {
            "click": (found("redirect-drops-query", params="cid", hop="2", host="go.example"),),
            "replay": (found("request-refused", host="t.example", status="400", reason="no id"),),
            "upload": (found("upload-token-invalid", platform="Meta", status="400", code="190"),),
        }
    )
    said = "\n".join(plain_lines(diagnose(judged), lang))
    assert "no id" in said
    assert "Meta" in said
