"""What a case amounts to: the root cause and its effects, who mends it, how sure it is, and what was not looked at."""

from dataclasses import dataclass

from postback_wizard.domain.case import STEP_ORDER, Case, StepId
from postback_wizard.domain.finding import Confidence, Finding, Owner, Verdict
from postback_wizard.domain.text import Text
from postback_wizard.report.blame import PROVEN, Cause, causes
from postback_wizard.report.next_test import cheapest_test, has_facts, is_checked, is_whole, titled
from postback_wizard.report.sureness import why_sure
from postback_wizard.report.toll import cost_of, since_of
from postback_wizard.report.words import Sentence, fix_of, title_of

__all__ = ["Diagnosis", "diagnose", "is_checked"]

ALL_CLEAR = Text(
    en="Nothing wrong was found in the steps that had facts.",
    ru="На шагах, для которых были данные, поломок не найдено.",
)
PARTLY = Text(
    en="Nothing wrong was found in what was checked ({steps}). The conversion was not followed to its end, so that "
    "proves no health.",
    ru="В том, что проверено ({steps}), поломок не найдено. Путь конверсии не пройден до конца, поэтому это ещё не "
    "значит, что всё исправно.",
)
UNPROVEN = Text(
    en="Nothing is proven wrong, but not everything could be checked.",
    ru="Поломка не доказана, но проверить удалось не всё.",
)
UNTOUCHED = Text(en="Nothing has been checked yet.", ru="Пока ничего не проверено.")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a case amounts to. ``step``, ``code``, ``owner`` and ``confidence`` are None when nothing is wrong.

    ``headline`` and ``next_action`` are said in a language when shown; ``not_checked`` are the steps no health may
    be claimed for, in the order of the checklist, ``excluded`` those that were checked and are clear. ``effects`` are
    the findings the root cause explains; ``others`` the faults it does not, heaviest first. ``since`` is None where
    nothing tells; ``why`` says how sure the cause is and what speaks for it; ``cost`` what it costs, as far as known.
    """

    verdict: Verdict
    headline: Sentence
    next_action: Sentence
    not_checked: tuple[StepId, ...]
    step: StepId | None = None
    finding: Finding | None = None
    effects: tuple[tuple[StepId, Finding], ...] = ()
    others: tuple[Cause, ...] = ()
    since: Sentence | None = None
    why: tuple[Sentence, ...] = ()
    cost: tuple[Sentence, ...] = ()
    excluded: tuple[StepId, ...] = ()

    @property
    def code(self) -> str | None:
        """The code of the root cause."""
        return self.finding.code if self.finding else None

    @property
    def owner(self) -> Owner | None:
        """Who mends the root cause."""
        return self.finding.owner if self.finding else None

    @property
    def confidence(self) -> Confidence | None:
        """How sure the root cause is."""
        return self.finding.confidence if self.finding else None


def diagnose(case: Case) -> Diagnosis:
    """The root cause: proven faults before suspected ones before warnings, and causes before their effects."""
    unchecked = tuple(step for step in STEP_ORDER if not is_checked(case, step))
    excluded = tuple(step for step in STEP_ORDER if step not in unchecked and _is_clear(case, step))
    found = causes(case)
    return _broken(case, found, unchecked, excluded) if found else _unbroken(case, unchecked, excluded)


def _broken(
    case: Case, found: tuple[Cause, ...], unchecked: tuple[StepId, ...], excluded: tuple[StepId, ...]
) -> Diagnosis:
    root, *others = found
    return Diagnosis(
        Verdict.BROKEN if root.rank == PROVEN else Verdict.SUSPECT,
        title_of(root.finding),
        fix_of(root.finding),
        unchecked,
        root.step,
        root.finding,
        root.effects,
        tuple(others),
        since_of(case, root),
        why_sure(case, root),
        cost_of(case, root),
        excluded,
    )


def _unbroken(case: Case, unchecked: tuple[StepId, ...], excluded: tuple[StepId, ...]) -> Diagnosis:
    """Health is claimed only where the conversion was followed to its end and nothing that had facts is open."""
    action = cheapest_test(case, unchecked)
    if any(has_facts(case, step) for step in unchecked) or not excluded:
        headline = Sentence(UNPROVEN if case.records else UNTOUCHED)
        return Diagnosis(Verdict.NOT_CHECKED, headline, action, unchecked, excluded=excluded)
    if is_whole(case):
        return Diagnosis(Verdict.CLEAR, Sentence(ALL_CLEAR), action, unchecked, excluded=excluded)
    headline = titled(Sentence(PARTLY, {"steps": " ".join(excluded)}))
    return Diagnosis(Verdict.NOT_CHECKED, headline, action, unchecked, excluded=excluded)


def _is_clear(case: Case, step: StepId) -> bool:
    record = case.record(step)
    return record is not None and record.verdict is Verdict.CLEAR
