"""``cases``: what is stored, newest first."""

import json
from argparse import Namespace

from postback_wizard.commands.plain import emit, emit_data, talk
from postback_wizard.domain.finding import Verdict
from postback_wizard.domain.text import Text
from postback_wizard.domain.visible import visible
from postback_wizard.effects.closed import own_shelf
from postback_wizard.effects.folders import find_folders
from postback_wizard.effects.listing import Listing, Problem, Summary
from postback_wizard.effects.store import CaseStore
from postback_wizard.report.closed import closed_markdown
from postback_wizard.steps.words import SYMBOLS, VERDICTS

NONE = Text(en="There are no stored cases in {folder}.", ru="Сохранённых случаев в {folder} нет.")
CLOSED = Text(en="closed {at}", ru="закрыт {at}")
PROBLEMS = {
    "corrupt": Text(
        en="{path} is damaged or is no case ({detail}).", ru="{path} повреждён или не является случаем ({detail})."
    ),
    "newer": Text(
        en="{path} was written by a newer version of the program ({detail}).",
        ru="{path} записан более новой версией программы ({detail}).",
    ),
    "unreadable": Text(en="{path} cannot be read ({detail}).", ru="{path} не удаётся прочитать ({detail})."),
}


def run(options: Namespace, lang: str) -> int:
    """List the cases on standard output, and the files that are none on standard error."""
    folders = find_folders()
    if options.closed:
        emit_data(closed_markdown(own_shelf().read(), lang))
        return 0
    listing = CaseStore(folders.cases, folders.shared).list()
    if options.json:
        emit_data(json.dumps(_data(listing), ensure_ascii=False, indent=2))
        return 0
    for problem in listing.problems:
        talk(_problem(problem, lang))
    if listing.cases:
        emit("\n".join(_line(case, lang) for case in listing.cases))
    else:
        talk(NONE.say(lang, folder=folders.cases))
    return 0


def _line(case: Summary, lang: str) -> str:
    verdicts = " ".join(
        f"{step} {SYMBOLS[Verdict(code)]} {VERDICTS[Verdict(code)].say(lang)}" if code in list(Verdict) else step
        for step, code in case.verdicts.items()
        if code != Verdict.NOT_CHECKED
    )
    closed = CLOSED.say(lang, at=case.closed_at) if case.closed_at else ""
    return visible("  ".join(part for part in (case.id, case.opened_at, case.title, verdicts, closed) if part))


def _problem(problem: Problem, lang: str) -> str:
    return PROBLEMS[problem.kind].say(lang, path=problem.path, detail=problem.detail)


def _data(listing: Listing) -> object:
    cases = [
        {
            "id": case.id,
            "path": str(case.path),
            "opened_at": case.opened_at,
            "updated_at": case.updated_at,
            "title": case.title,
            "verdicts": dict(case.verdicts),
            "closed_at": case.closed_at,
        }
        for case in listing.cases
    ]
    problems = [{"path": str(item.path), "kind": item.kind, "detail": item.detail} for item in listing.problems]
    return {"cases": cases, "problems": problems}
