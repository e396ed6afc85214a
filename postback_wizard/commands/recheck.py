"""``recheck``: stored evidence judged with today's rules, and what that changes."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator

from postback_wizard.commands.check import print_case
from postback_wizard.commands.knowing import name_left_out, use_own_platforms
from postback_wizard.commands.misuse import Misuse
from postback_wizard.commands.outcome import SYMBOLS, exit_code
from postback_wizard.commands.owners import use_remembered_owners
from postback_wizard.commands.plain import emit, talk
from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.text import Text
from postback_wizard.domain.visible import visible
from postback_wizard.effects.folders import find_folders
from postback_wizard.effects.store import CaseStore
from postback_wizard.engine import rejudge
from postback_wizard.steps import BY_ID, STEPS
from postback_wizard.steps.words import VERDICTS, place

EMPTY = Text(
    en="Case {id} holds no checked step, so there is nothing to judge again.",
    ru="В случае {id} нет ни одного проверенного шага, оценивать заново нечего.",
)
UNCHANGED = Text(en="Today's rules say the same as before.", ru="По нынешним правилам оценка та же, что и раньше.")
CHANGED = Text(en="Today's rules judge this case differently:", ru="По нынешним правилам оценка этого случая другая:")
SAVED = Text(en="The new judgement is stored.", ru="Новая оценка сохранена.")


def run(options: Namespace, lang: str) -> int:
    """Judge a stored case again; nothing is written unless ``--save`` is given."""
    use_own_platforms()
    name_left_out(lang)
    use_remembered_owners(lambda fault: talk(fault.say(lang)))
    with CaseStore(find_folders().cases).open(options.case) as opened:
        before = opened.case
        if not before.records:
            raise Misuse(EMPTY, id=before.id)
        after = judge_again(before)
        if options.save:
            opened.save(after)
    changes = tuple(changed(before, after, lang))
    if options.json:
        talk((CHANGED if changes else UNCHANGED).say(lang))
    else:
        emit("\n".join((CHANGED.say(lang), *changes, "") if changes else (UNCHANGED.say(lang), "")))
    print_case(after, options, lang)
    if options.save:
        talk(SAVED.say(lang))
    return exit_code(after)


def judge_again(case: Case) -> Case:
    """The case with every record judged anew, in the order of the checklist."""
    for step in STEPS:
        record = rejudge(step, case)
        if record is not None:
            case = case.merge(record)
    return case


def changed(before: Case, after: Case, lang: str) -> Iterator[str]:
    """A line for each verdict that changed, and for each finding that came or went."""
    for old in before.done():
        new = after.records[old.step]
        title = BY_ID[old.step].title.say(lang)
        if old.verdict is not new.verdict:
            yield f"  {title}: {_verdict(old, lang)} → {_verdict(new, lang)}"
        was, now = _findings(old), _findings(new)
        for sign, rest in (("-", was - now), ("+", now - was)):
            for code, where in rest.elements():
                yield visible(f"  {title}: {sign} {code} {place(where, lang)}".rstrip())


def _verdict(record: StepRecord, lang: str) -> str:
    return f"{SYMBOLS[record.verdict]} {VERDICTS[record.verdict].say(lang)}"


def _findings(record: StepRecord) -> Counter[tuple[str, str]]:
    return Counter((finding.code, finding.where) for finding in record.findings)
