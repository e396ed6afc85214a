"""The example of a rule in lines: what was known and what was heard."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields

from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import (
    DnsEvidence,
    Evidence,
    HarEvidence,
    HttpEvidence,
    LogEvidence,
    SignEvidence,
    TlsEvidence,
)


def example_lines(case: Case) -> Iterator[str]:
    """The facts of a case, then its evidence."""
    yield from _facts(case.facts)
    yield from _heard(case)


def _facts(facts: Facts) -> Iterator[str]:
    for item in fields(facts):
        value = getattr(facts, item.name)
        if value:
            text = value if isinstance(value, str) else json.dumps(_plain(value), ensure_ascii=False)
            yield f"{item.name} = {text}"


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else list(value) if isinstance(value, tuple) else value


def _heard(case: Case) -> Iterator[str]:
    for record in case.done():
        for evidence in record.evidence:
            yield from _evidence(evidence)


def _evidence(evidence: Evidence) -> Iterator[str]:
    outcome = ", ".join(evidence.outcome)
    match evidence:
        case HttpEvidence(request=request, answer=answer):
            yield f"{request.method} {request.url} → {answer.status if answer else '—'} ({outcome})"
            if answer and answer.body:
                yield f"  {answer.body[:200]}"
        case DnsEvidence(host=host, addresses=addresses):
            yield f"DNS {host} → {', '.join(addresses) or '—'} ({outcome})"
        case TlsEvidence(host=host, port=port):
            yield f"TLS {host}:{port} → {outcome}"
        case SignEvidence(param=param, recipe=recipe):
            yield f"{param} → {recipe or '—'} ({outcome})"
        case HarEvidence(hops=hops):
            for hop in hops:
                yield from _evidence(hop)
        case LogEvidence(files=files, rows_of_click=rows):
            for file in files:
                yield f"{file.role}: {file.path} ({file.problem or file.rows})"
            for row in rows:
                yield f"{row.role} {row.row}: {json.dumps(dict(row.values), ensure_ascii=False)}"
