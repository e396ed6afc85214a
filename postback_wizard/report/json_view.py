"""A case as ``check --json`` prints it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from postback_wizard.domain.case import STEP_ORDER, Case, StepId
from postback_wizard.domain.facts import MEMORY_ONLY, NAMES, Facts
from postback_wizard.domain.finding import Finding, Verdict
from postback_wizard.domain.ledger import LedgerRow, ledger
from postback_wizard.domain.probe import Evidence, HarEvidence
from postback_wizard.report.diagnosis import Diagnosis, diagnose
from postback_wizard.report.leak import refuse_leaks
from postback_wizard.report.masked import mask_case
from postback_wizard.report.words import finding_title
from postback_wizard.steps.words import REASONS

#: Of this document, not of the case file.
SCHEMA_VERSION = 1

ToJson = Callable[[object], object]


def check_json(
    case: Case, lang: str, to_json: ToJson, *, secrets: Sequence[str] = (), masked: bool = True
) -> dict[str, object]:
    """The case, its diagnosis, five steps and the ledger, secrets masked. ``to_json`` writes one piece of evidence."""
    seen, _ = mask_case(case, secrets, masked=masked)
    return _view(seen, lang, to_json)


def json_text(case: Case, lang: str, to_json: ToJson, *, secrets: Sequence[str] = (), masked: bool = True) -> str:
    """The same as JSON text.

    Raises:
        ReportLeak: a known secret would have stood in it.
    """
    seen, redactor = mask_case(case, secrets, masked=masked)
    text = json.dumps(_view(seen, lang, to_json), ensure_ascii=False, indent=2) + "\n"
    refuse_leaks(text, (*secrets, *redactor.known()))
    return text


def _view(seen: Case, lang: str, to_json: ToJson) -> dict[str, object]:
    return {
        "schema_version": SCHEMA_VERSION,
        "case": {"id": seen.id, "opened_at": seen.opened_at, "facts": _facts(seen.facts)},
        "diagnosis": _diagnosis(diagnose(seen), lang),
        "steps": [_step(step, seen, lang, to_json) for step in STEP_ORDER],
        "ledger": [_row(row) for row in ledger(seen)],
    }


def _facts(facts: Facts) -> dict[str, object]:
    known = {name: getattr(facts, name) for name in NAMES if name not in MEMORY_ONLY}
    return {name: _plain(value) for name, value in known.items() if value}


def _plain(value: object) -> object:
    match value:
        case Mapping():
            return {str(key): str(item) for key, item in value.items()}
        case tuple():
            return [str(item) for item in value]
    return value


def _diagnosis(diagnosis: Diagnosis, lang: str) -> dict[str, object]:
    return {
        "verdict": diagnosis.verdict.value,
        "step": diagnosis.step,
        "code": diagnosis.code,
        "owner": diagnosis.owner.value if diagnosis.owner else None,
        "confidence": diagnosis.confidence.value if diagnosis.confidence else None,
        "headline": diagnosis.headline.say(lang),
        "next_action": diagnosis.next_action.say(lang),
        "not_checked": list(diagnosis.not_checked),
    }


def _step(step: StepId, case: Case, lang: str, to_json: ToJson) -> dict[str, object]:
    record = case.record(step)
    heard = (*(record.evidence if record else ()), *(case.caught if step == "replay" else ()))
    reason = record.reason if record else "no-facts"
    return {
        "step": step,
        "verdict": (record.verdict if record else Verdict.NOT_CHECKED).value,
        "reason": REASONS[reason].say(lang),
        "findings": [_finding(finding, lang) for finding in (record.findings if record else ())],
        "evidence": [to_json(item) for item in _flat(heard)],
    }


def _flat(evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """A recorded chain is printed hop by hop, like a live one, and the recording itself stays without them."""
    for item in evidence:
        if isinstance(item, HarEvidence):
            yield replace(item, hops=())
            yield from item.hops
        else:
            yield item


def _finding(finding: Finding, lang: str) -> dict[str, object]:
    return {
        "code": finding.code,
        "level": finding.level.value,
        "confidence": finding.confidence.value,
        "owner": finding.owner.value,
        "title": finding_title(finding, lang),
        "values": dict(finding.values),
        "where": finding.where,
    }


def _row(row: LedgerRow) -> dict[str, object]:
    seen = [{"place": entry.place, "value": entry.value} for entry in row.seen]
    return {"name": row.name, "seen": seen, "first_break": row.first_break}
