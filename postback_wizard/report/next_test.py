"""What was looked at, what was not, and the single cheapest test that would settle most."""

from collections.abc import Iterable

from postback_wizard.domain.case import STEP_ORDER, Case, StepId
from postback_wizard.domain.facts import MEMORY_ONLY
from postback_wizard.domain.finding import Verdict
from postback_wizard.domain.text import LANGS, Text
from postback_wizard.report.words import Sentence
from postback_wizard.steps import BY_ID

#: Cheapest first: what is at hand, then files, then a click, then a conversion.
CHEAPEST: tuple[StepId, ...] = ("template", "event", "click", "replay", "upload")
#: One line of the sender's log of postbacks answers all three.
_ONE_ATTEMPT: tuple[StepId, ...] = ("event", "template", "replay")
#: What says that a step saw only half of what it compares, or an answer that proves nothing.
_HALF = ("template-only", "request-only", "ok-status-not-recorded", "offer-link-only", "check-crashed")

ONE_ATTEMPT = Text(
    en="Take one attempt of this conversion from the sender's postback log, with the URL and the answer: it settles "
    "the event, the template and the partner's answer at once.",
    ru="Возьмите из лога постбеков отправителя одну попытку по этой конверсии, с URL и ответом: она сразу покажет "
    "событие, шаблон и ответ партнёра.",
)
CONFIRM = Text(
    en="Ask the receiver for its log line of this conversion: an answer that only says it was heard proves nothing.",
    ru="Попросите у получателя строку его лога по этой конверсии: ответ «принято» ещё ничего не доказывает.",
)
OTHER_HALF = Text(
    en="Give the step {step} the other half too: the saved template and the request that left.",
    ru="Дайте шагу «{step}» и вторую половину: сохранённый шаблон и запрос, который ушёл.",
)
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
    return titled(Sentence(NEXT[reason], {"step": step}))


def titled(sentence: Sentence) -> Sentence:
    """The sentence with the titles of steps, which know both languages, in place of their ids."""
    names = [name for name in ("step", "steps") if name in sentence.values]
    if not names:
        return sentence
    said = {
        lang: {name: _literal(step_titles(sentence.values[name].split(), lang)) for name in names} for lang in LANGS
    }
    return Sentence(Text(en=sentence.text.say("en", said["en"]), ru=sentence.text.say("ru", said["ru"])))


def step_titles(steps: Iterable[str], lang: str) -> str:
    """The titles of steps, apart by commas."""
    return ", ".join(BY_ID[step].title.say(lang) for step in STEP_ORDER if step in steps)


def _literal(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def is_whole(case: Case) -> bool:
    """Whether the way of a conversion was seen to its end: the event, the request, and the receiver's clear answer."""
    seen = {step for step in STEP_ORDER if is_checked(case, step) and not _half(case, step)}
    return {"event", "replay"} <= seen and bool(seen & {"click", "template"}) and _was_seen(case)


def _was_seen(case: Case) -> bool:
    """Whether anybody saw the conversion or an attempt to report it; a click alone is none."""
    logs = case.logs()
    rows = [row for role in ("conversion_log", "attempt_log", "partner_log") for row in logs.rows(role)] if logs else []
    told = "yes" in (case.facts.conversion_seen, case.facts.attempt_seen)
    return told or any(row.values.get("match") == "exact" for row in rows)


def _half(case: Case, step: StepId) -> str:
    record = case.record(step)
    return next((item.code for item in record.findings if item.code in _HALF), "") if record else ""


def cheapest_test(case: Case, unchecked: tuple[StepId, ...]) -> Sentence:
    """The one test that would settle most: what is at hand first, then what answers several questions at once."""
    owing = [step for step in CHEAPEST if step in unchecked and has_facts(case, step)]
    if owing:
        return next_test(case, owing[0])
    if sum(step in unchecked for step in _ONE_ATTEMPT) > 1:
        return Sentence(ONE_ATTEMPT)
    if _half(case, "replay") and "replay" not in unchecked:
        return Sentence(CONFIRM)
    if _half(case, "template") and "template" not in unchecked:
        return titled(Sentence(OTHER_HALF, {"step": "template"}))
    rest = [step for step in CHEAPEST if step in unchecked]
    return titled(Sentence(MORE_FACTS, {"step": rest[0]})) if rest else Sentence(DONE)
