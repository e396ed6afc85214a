"""The root cause of a case: the most upstream proven fault, who mends it, and what was not looked at."""

from collections.abc import Iterator
from dataclasses import dataclass

from postback_wizard.domain.case import STEP_ORDER, Case, StepId
from postback_wizard.domain.facts import MEMORY_ONLY
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Verdict
from postback_wizard.domain.text import Text
from postback_wizard.report.words import Sentence, fix_of, title_of
from postback_wizard.steps import BY_ID

#: Upstream first: what goes wrong early explains what is seen later. A wrong template makes a request that the
#: receiver refuses, so the template stands before the replay.
CAUSES: tuple[StepId, ...] = ("click", "event", "template", "replay", "upload")
#: Cheapest first: what is at hand, then files, then a click, then a conversion.
CHEAPEST: tuple[StepId, ...] = ("template", "event", "click", "replay", "upload")

ALL_CLEAR = Text(
    en="Nothing wrong was found in the steps that had facts.",
    ru="На шагах, для которых были данные, поломок не найдено.",
)
UNPROVEN = Text(
    en="Nothing is proven wrong, but not everything could be checked.",
    ru="Поломка не доказана, но проверить удалось не всё.",
)
UNTOUCHED = Text(en="Nothing has been checked yet.", ru="Пока ничего не проверено.")

MORE_FACTS = Text(
    en="If conversions are still missing, give the step {step} something to look at.",
    ru="Если конверсий по-прежнему нет, дайте данные для шага «{step}».",
)
DONE = Text(
    en="Nothing to mend on this side. If conversions are still missing, compare both sides' logs for one click.",
    ru="На этой стороне чинить нечего. Если конверсий по-прежнему нет, сверьте логи обеих сторон по одному клику.",
)
NEXT = {
    "": Text(en="Run the step {step}.", ru="Выполните шаг «{step}»."),
    "no-facts": Text(en="Give the step {step} something to look at.", ru="Дайте данные для шага «{step}»."),
    "hearsay": Text(
        en="Give the step {step} the request as it was sent, or the answer to it.",
        ru="Дайте шагу «{step}» запрос, как он был отправлен, или ответ на него.",
    ),
    "proposal": Text(
        en="In the step {step}, send what was built once, or paste what your own system sends in its place.",
        ru="На шаге «{step}» отправьте собранное один раз или вставьте вместо него то, что шлёт ваша система.",
    ),
    "offline": Text(
        en="Run the step {step} again with the network allowed.", ru="Повторите шаг «{step}», разрешив доступ к сети."
    ),
    "not-traced": Text(
        en="In the step {step}, let the click URL be followed once. It counts as a click.",
        ru="На шаге «{step}» разрешите один раз пройти по URL клика. Это считается кликом.",
    ),
    "not-sent": Text(
        en="In the step {step}, read the request that was built and allow it to be sent once.",
        ru="На шаге «{step}» проверьте собранный запрос и разрешите отправить его один раз.",
    ),
    "stopped": Text(en="Run the step {step} to its end.", ru="Выполните шаг «{step}» до конца."),
    "unreadable": Text(
        en="Give the step {step} a file that can be read.", ru="Дайте шагу «{step}» файл, который можно прочитать."
    ),
    "failed": Text(
        en="Run the step {step} again; if it fails again, its evidence has to be read by hand.",
        ru="Повторите шаг «{step}»; если сбой повторится, его данные придётся смотреть вручную.",
    ),
    "not-public": Text(
        en="If the address belongs to you, allow it by name and run the step {step} again.",
        ru="Если это ваш адрес, разрешите его явно и повторите шаг «{step}».",
    ),
}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a case amounts to. ``step``, ``code``, ``owner`` and ``confidence`` are None when nothing is wrong.

    ``headline`` and ``next_action`` are said in a language when shown; ``not_checked`` are the steps no health may
    be claimed for, in the order of the checklist.
    """

    verdict: Verdict
    headline: Sentence
    next_action: Sentence
    not_checked: tuple[StepId, ...]
    step: StepId | None = None
    finding: Finding | None = None

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
    """The root cause: proven faults before suspected ones before warnings, and upstream before downstream."""
    unchecked = tuple(step for step in STEP_ORDER if not is_checked(case, step))
    suspects = sorted(_suspects(case), key=lambda item: item[0])
    if suspects:
        (rank, *_), step, finding = suspects[0]
        verdict = Verdict.BROKEN if rank == 0 else Verdict.SUSPECT
        return Diagnosis(verdict, title_of(finding), fix_of(finding), unchecked, step, finding)
    owing = [step for step in CHEAPEST if step in unchecked and has_facts(case, step)]
    if owing or len(unchecked) == len(STEP_ORDER):
        headline = UNPROVEN if case.records else UNTOUCHED
        step = owing[0] if owing else "click"
        return Diagnosis(Verdict.NOT_CHECKED, Sentence(headline), next_test(case, step), unchecked)
    rest = [step for step in CHEAPEST if step in unchecked]
    action = Sentence(MORE_FACTS, {"step": rest[0]}) if rest else Sentence(DONE)
    return Diagnosis(Verdict.CLEAR, Sentence(ALL_CLEAR), _titled(action), unchecked)


def is_checked(case: Case, step: StepId) -> bool:
    """Whether a step was judged on the facts as they are now."""
    record = case.record(step)
    if record is None or record.verdict in (Verdict.NOT_CHECKED, Verdict.FAILED):
        return False
    return record.verdict is not Verdict.CLEAR or not _retold(case, step)


def _retold(case: Case, step: StepId) -> bool:
    """Whether a person has changed what a step rests on; what steps learned since is no contradiction."""
    record = case.record(step)
    return record is not None and any(
        getattr(record.saw, name) != getattr(case.facts, name)
        for name in BY_ID[step].reads
        if name not in MEMORY_ONLY and case.origins.get(name, "").partition(":")[0] not in STEP_ORDER
    )


def has_facts(case: Case, step: StepId) -> bool:
    """Whether there is anything a step could look at."""
    record = case.record(step)
    return case.facts.known(*BY_ID[step].needs) or (record is not None and record.reason != "no-facts")


def next_test(case: Case, step: StepId) -> Sentence:
    """What gets an unchecked step checked."""
    record = case.record(step)
    reason = record.reason if record else "" if has_facts(case, step) else "no-facts"
    return _titled(Sentence(NEXT[reason], {"step": step}))


def _titled(sentence: Sentence) -> Sentence:
    """The sentence with the step's title, which knows both languages, in place of its id."""
    if "step" not in sentence.values:
        return sentence
    title = BY_ID[_step(sentence.values["step"])].title
    return Sentence(
        Text(en=sentence.text.say("en", step=_literal(title.en)), ru=sentence.text.say("ru", step=_literal(title.ru)))
    )


def _literal(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def _step(name: str) -> StepId:
    return next(step for step in STEP_ORDER if step == name)


def _suspects(case: Case) -> Iterator[tuple[tuple[int, int, int, int], StepId, Finding]]:
    for cause, step in enumerate(CAUSES):
        record = case.record(step)
        for place, finding in enumerate(record.findings if record else ()):
            rank = _rank(finding)
            if rank is not None:
                yield (rank, cause, list(Confidence).index(finding.confidence), place), step, finding


def _rank(finding: Finding) -> int | None:
    if finding.level is Level.BAD:
        return 1 if finding.confidence is Confidence.HINT else 0
    return 2 if finding.level is Level.WARN else None
