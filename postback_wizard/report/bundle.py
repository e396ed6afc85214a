"""A folder that others can verify: the reports, the evidence, what was masked, versions, and a SHA-256 of each file."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from postback_wizard import __version__
from postback_wizard.catalogue.stamp import catalogue_digest
from postback_wizard.domain.case import Case
from postback_wizard.domain.labels import Masked
from postback_wizard.domain.probe import Evidence, HttpEvidence
from postback_wizard.report.backfill import backfill_rows, difference_rows
from postback_wizard.report.curl import exchanges
from postback_wizard.report.forms import Form, exported
from postback_wizard.report.leak import refuse_leaks
from postback_wizard.report.markdown import Audience
from postback_wizard.report.masked import mask_case, without_folders

SUMS = "SHA256SUMS"
_NAMES: Mapping[Form, str] = {
    "md": "report-{audience}-{lang}.md",
    "message": "message.txt",
    "har": "requests.har",
    "curl": "requests.sh",
    "json": "case.json",
}

ToJson = Callable[[object], object]


def bundle(
    case: Case,
    lang: str,
    audience: Audience,
    to_json: ToJson,
    *,
    masked: bool = True,
    secrets: Sequence[str] = (),
) -> Mapping[str, bytes]:
    """The files by their names, ``SHA256SUMS`` last, in the form that ``sha256sum -c`` reads.

    Raises:
        ReportLeak: a known secret would have stood in one of them; its ``file`` says in which.
    """
    whole = audience == "internal"
    case = case if whole else _for_others(case)
    seen, redactor = mask_case(case, secrets, masked=masked)
    forms: tuple[Form, ...] = ("md",) if audience == "client" else ("md", "message", "har", "curl")
    texts = {
        _NAMES[form].format(audience=audience, lang=lang): exported(
            case, form, audience, lang, to_json, masked=masked, secrets=secrets
        )
        for form in (*forms, *(("json",) if whole else ()))
    }
    if audience != "client":
        texts |= dict(_evidence(seen, to_json)) | dict(_tables(seen))
    texts["manifest.json"] = _dump(_manifest(seen, lang, audience, redactor.manifest(), masked=masked))
    known = (*secrets, *redactor.known())
    for name, text in texts.items():
        refuse_leaks(text, known, name)
    files = {name: text.encode("utf-8", "backslashreplace") for name, text in texts.items()}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    return {**files, SUMS: sums.encode()}


def _for_others(case: Case) -> Case:
    """The case without folders of this machine and without who reported it."""
    return without_folders(replace(case, facts=case.facts.with_values({"reporter": ""})))


def _evidence(case: Case, to_json: ToJson) -> Iterator[tuple[str, str]]:
    """One file for each question that was asked, numbered in their order."""
    asked: list[tuple[str, Evidence]] = [("exchange", item) for item in exchanges(case)]
    for record in case.done():
        asked += [(record.step, item) for item in record.evidence if not isinstance(item, HttpEvidence)]
    for number, (place, item) in enumerate(asked, start=1):
        yield f"evidence-{number:03d}-{place}-{item.kind}.json", _dump(to_json(item))


def _tables(case: Case) -> Iterator[tuple[str, str]]:
    for name, rows in (("differences.csv", difference_rows(case)), ("backfill.csv", backfill_rows(case))):
        text = _csv(rows)
        if text:
            yield name, text


def _csv(rows: Iterable[Sequence[str]]) -> str:
    """Comma-separated; a cell that a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: str) -> str:
    return (
        f"'{value}" if value[:1] in ("=", "+", "@", "\t", "\r") or (value[:1] == "-" and not _number(value)) else value
    )


def _number(value: str) -> bool:
    return value[1:].replace(".", "", 1).isdecimal()


def _manifest(
    case: Case, lang: str, audience: Audience, hidden: Iterable[Masked], *, masked: bool
) -> dict[str, object]:
    """Versions, and what was masked: label, kind and places, never a value."""
    return {
        "program": {"name": "postback-wizard", "version": __version__},
        "catalogue": {"sha256": catalogue_digest()},
        "case": {"id": case.id, "opened_at": case.opened_at, "schema_version": case.schema_version},
        "audience": audience,
        "language": lang,
        "masked": masked,
        "hidden": [
            {"label": item.label, "kind": item.kind, "where": [at for at in item.where if at]} for item in hidden
        ],
    }


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
