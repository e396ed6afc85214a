"""``recheck``: stored evidence judged with today's rules, and what that changes."""

from argparse import Namespace

from postback_wizard.commands.check import print_case
from postback_wizard.commands.knowing import name_left_out, use_own_platforms
from postback_wizard.commands.misuse import Misuse
from postback_wizard.commands.outcome import exit_code
from postback_wizard.commands.owners import use_remembered_owners
from postback_wizard.commands.plain import emit, talk
from postback_wizard.domain.case import Case
from postback_wizard.domain.text import Text
from postback_wizard.domain.visible import visible
from postback_wizard.effects.store import own_store
from postback_wizard.engine import rejudge
from postback_wizard.report.closed import compare
from postback_wizard.steps import STEPS

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
    with own_store().open(options.case) as opened:
        before = opened.case
        if not before.records:
            raise Misuse(EMPTY, id=before.id)
        after = judge_again(before)
        if options.save:
            opened.save(after)
    changes = tuple(visible(f"  {line}") for line in compare(before, after, lang))
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
