"""One question a file: its rules, its ``check``, its examples. Finding the files is automatic, in name order."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from postback_wizard.domain.case import STEP_ORDER, Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule, Verdict
from postback_wizard.domain.probe import Evidence
from postback_wizard.domain.text import Text

#: Folders of checks, in the order their rules are listed.
FOLDERS = ("click", "event", "callback", "template", "upload", "organisation")

#: Errors of a check become findings; tests turn this off to see them raised.
guard_checks = True

CHECK_CRASHED = Rule(
    code="check-crashed",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(en="The check {check} stopped with an error.", ru="Проверка {check} остановилась с ошибкой."),
    why=Text(
        en="This is a fault of the program ({error}); every other finding stands.",
        ru="Это ошибка самой программы ({error}); остальные выводы в силе.",
    ),
    fix=Text(
        en="Report it together with the case, and read the evidence of this step by hand.",
        ru="Сообщите о ней вместе с файлом случая и просмотрите данные этого шага сами.",
    ),
)


@dataclass(frozen=True, slots=True)
class Example:
    """Facts, and what was heard, on which a rule is raised."""

    case: Case


def example(*evidence: Evidence, at: str = "2026-03-01T10:00:00.000Z", **facts: object) -> Example:
    """The smallest case that shows a rule: facts, and the evidence of the step it belongs to."""
    known = Facts().with_values(facts)
    case = Case(id="example", opened_at=at, facts=known)
    for step in STEP_ORDER:
        own = tuple(item for item in evidence if _step_of(item) == step)
        case = case.merge(StepRecord(step, known, at, Verdict.NOT_CHECKED, evidence=own))
    return Example(case)


def _step_of(evidence: Evidence) -> str:
    """Evidence is named after its question; a name of its own belongs to the step it starts with."""
    names = {
        "trace": "click",
        "variant": "click",
        "by-hand": "click",
        "har": "click",
        "lookup": "event",
        "reconcile": "event",
        "endpoint": "replay",
        "signature": "replay",
    }
    return names.get(evidence.name.partition(":")[0], evidence.name.partition(":")[0])


@cache
def modules(folder: str) -> tuple[ModuleType, ...]:
    """The checks of a folder, imported in name order."""
    package = importlib.import_module(f"{__name__}.{folder}")
    names = sorted(item.name for item in pkgutil.iter_modules(package.__path__))
    return tuple(importlib.import_module(f"{package.__name__}.{name}") for name in names)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its code, in the order of the checklist."""
    found = [rule for folder in FOLDERS for module in modules(folder) for rule in _rules_in(module)]
    return {rule.code: rule for rule in [*found, CHECK_CRASHED]}


def _rules_in(module: ModuleType) -> Iterator[Rule]:
    return (value for value in vars(module).values() if isinstance(value, Rule))


@cache
def examples() -> Mapping[str, Example]:
    """The example of every rule by its code."""
    return {
        rule.code: shown
        for folder in FOLDERS
        for module in modules(folder)
        for rule, shown in getattr(module, "EXAMPLES", {}).items()
    }


@cache
def shown(code: str) -> Finding | None:
    """The finding a rule makes on its example; None for a rule without one."""
    for folder in FOLDERS:
        for module in modules(folder):
            for rule, given in getattr(module, "EXAMPLES", {}).items():
                if rule.code == code:
                    return next((item for item in module.check(given.case) if item.code == code), None)
    return None


def folder_of(code: str) -> str:
    """The folder whose checks raise a code, empty for one that no check raises."""
    return next(
        (folder for folder in FOLDERS for module in modules(folder) for rule in _rules_in(module) if rule.code == code),
        "",
    )


def findings_of(folder: str, case: Case) -> Iterator[Finding]:
    """Everything the checks of a folder have to say about a case."""
    return judged(modules(folder), case, guard=guard_checks)


def findings_beside(folder: str, case: Case) -> Iterator[Finding]:
    """What is to be said of how the partners work together, as far as a folder's evidence shows it."""
    beside = [module for module in modules("organisation") if folder == module.BESIDE]
    return judged(beside, case, guard=guard_checks)


def judged(asked: Iterable[ModuleType], case: Case, *, guard: bool = True) -> Iterator[Finding]:
    """Everything these checks have to say. With ``guard``, one that raises becomes a finding and hides no other."""
    for module in asked:
        check: Callable[[Case], Iterator[Finding]] = module.check
        found: list[Finding] = []
        try:
            found.extend(check(case))
        except Exception as error:
            if not guard:
                raise
            found.append(CHECK_CRASHED(check=module.__name__.rpartition(".")[2], error=type(error).__name__))
        yield from found
