"""What a folder of cases holds, read quickly: no validation beyond what is shown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from postback_wizard.domain.case import STEP_ORDER
from postback_wizard.effects.codec import CaseError, check_version


@dataclass(frozen=True, slots=True)
class Summary:
    """A stored case in one line. ``id`` opens it; times are ISO 8601 UTC; ``verdicts`` holds codes by step.

    ``closed_at`` is empty while the case is open.
    """

    id: str
    path: Path
    opened_at: str
    updated_at: str
    title: str = ""
    verdicts: Mapping[str, str] = field(default_factory=dict)
    closed_at: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that cannot be listed; ``detail`` is technical."""

    path: Path
    kind: Literal["corrupt", "newer", "unreadable"]
    detail: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The cases, newest first, and the files that are none."""

    cases: tuple[Summary, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_listing(files: Mapping[str, Path]) -> Listing:
    """The listing of case files, given by id. Never fails."""
    cases: list[Summary] = []
    problems: list[Problem] = []
    for name, path in files.items():
        try:
            cases.append(_summary(name, path))
        except CaseError as error:
            problems.append(Problem(path, error.kind, error.detail))
        except OSError as error:
            problems.append(Problem(path, "unreadable", error.strerror or type(error).__name__))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            problems.append(Problem(path, "corrupt", type(error).__name__))
    cases.sort(key=lambda case: (case.updated_at, case.id), reverse=True)
    return Listing(tuple(cases), tuple(sorted(problems, key=lambda problem: problem.path.name)))


def _summary(name: str, path: Path) -> Summary:
    content = json.loads(path.read_bytes())
    check_version(content["schema_version"])
    records = content.get("records", {})
    done = {step: record for step in STEP_ORDER if (record := records.get(step)) is not None}
    opened = _text(content["opened_at"])
    return Summary(
        id=name,
        path=path,
        opened_at=opened,
        updated_at=max([opened, *(_text(record["finished_at"]) for record in done.values())]),
        title=_text(content.get("facts", {}).get("title", "")),
        verdicts={step: _text(record["verdict"]) for step, record in done.items()},
        closed_at=_text((content.get("conclusion") or {}).get("closed_at", "")),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value
