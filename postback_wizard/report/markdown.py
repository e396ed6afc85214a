"""A case as Markdown for somebody who can act on it: a partner, the own team or a client."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from postback_wizard.domain.case import Case
from postback_wizard.domain.labels import Masked
from postback_wizard.report import (
    afterwards,
    backfill,
    client,
    ending,
    firstpage,
    headline,
    ledger_table,
    proof,
    team,
    verdict,
)
from postback_wizard.report.conversion import conversion
from postback_wizard.report.diagnosis import Diagnosis, diagnose
from postback_wizard.report.leak import ReportLeak, refuse_leaks
from postback_wizard.report.masked import mask_case, without_folders

__all__ = ["Audience", "Report", "ReportLeak", "render"]

Audience = Literal["partner", "internal", "client"]


@dataclass(frozen=True, slots=True)
class Report:
    """The text, and what was masked in it."""

    text: str
    manifest: tuple[Masked, ...]


def render(
    case: Case,
    lang: str,
    audience: Audience = "partner",
    *,
    masked: bool = True,
    secrets: Sequence[str] = (),
) -> Report:
    """The report in ``lang`` ("en" or "ru"). ``secrets`` are taken out even when ``masked`` is false.

    Raises:
        ReportLeak: a known secret stands in the finished text, in whatever disguise; nothing may be written then.
    """
    seen, redactor = mask_case(case, secrets, masked=masked)
    seen = seen if audience == "internal" else without_folders(seen)
    body = "\n\n".join(_sections(seen, lang, audience))
    manifest = tuple(replace(item, count=body.count(item.label)) for item in redactor.manifest() if item.label in body)
    text = "\n\n".join([body, *_close(seen, lang, audience, manifest, masked=masked)]) + "\n"
    refuse_leaks(text, (*secrets, *redactor.known()))
    return Report(text, manifest)


def _sections(case: Case, lang: str, audience: Audience) -> Iterator[str]:
    found = diagnose(case)
    yield from verdict.verdict(case, found, lang, plain=audience == "client")
    yield from afterwards.ended(case, lang)
    yield from afterwards.compared(case, lang)
    if audience == "client":
        yield from _for_client(case, found, lang)
        return
    yield from headline.markdown(found, lang)
    yield from verdict.action(found, lang)
    yield from conversion(case, found, lang)
    yield from firstpage.in_short(case, found, lang)
    yield from ending.questions(case, found, lang)
    yield from ending.verify(found, lang)
    if audience == "internal":
        yield from _for_team(case, found, lang)
    yield from firstpage.appendix(lang)
    yield from _appendix(case, found, lang, full=audience == "internal")


def _for_client(case: Case, found: Diagnosis, lang: str) -> Iterator[str]:
    yield from client.status(case, found, lang)
    yield from verdict.cost(found, lang)
    yield from client.coming(found, lang)


def _for_team(case: Case, found: Diagnosis, lang: str) -> Iterator[str]:
    yield from team.to_find(case, lang)
    yield from team.guesses(case, lang)
    yield from team.reproduce(case, lang)
    yield from team.lessons(case, found, lang)
    yield from verdict.notes(case, lang)


def _appendix(case: Case, found: Diagnosis, lang: str, *, full: bool) -> Iterator[str]:
    yield from verdict.happened(case, lang)
    yield from ledger_table.seen(case, lang)
    yield from proof.findings(case, found, lang, full=full)
    yield from proof.exchange(case, found, lang, full=full)
    yield from backfill.differences(case, lang)
    yield from backfill.backfill(case, lang)
    yield from ending.excluded(case, lang)
    yield from ending.unchecked(case, found, lang)


def _close(case: Case, lang: str, audience: Audience, manifest: Sequence[Masked], *, masked: bool) -> Iterator[str]:
    if audience != "client":
        yield from ending.hidden(manifest, lang, masked=masked)
        yield from ending.allowed(case, lang)
        yield from ending.about(case, lang)
