"""``check``: every step without a screen, as text for people or JSON for programs."""

import asyncio
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from postback_wizard.commands.before import before_sending
from postback_wizard.commands.grammar import STEP_NAMES
from postback_wizard.commands.knowing import (
    name_left_out,
    output_path,
    read_case,
    use_own_platforms,
    with_allowed,
    write_output,
)
from postback_wizard.commands.misuse import Misuse
from postback_wizard.commands.outcome import CLEAR, UNPROVEN, exit_code
from postback_wizard.commands.owners import use_remembered_owners
from postback_wizard.commands.plain import emit, emit_data, talk
from postback_wizard.commands.reading import choices
from postback_wizard.commands.reading_news import news_of_reading
from postback_wizard.commands.report import rendered
from postback_wizard.commands.running import Run
from postback_wizard.commands.secrets import secrets_at_hand
from postback_wizard.commands.world import Edge
from postback_wizard.domain.case import Case
from postback_wizard.domain.progress import LISTENER
from postback_wizard.domain.step import Permit, Step
from postback_wizard.domain.text import Text
from postback_wizard.effects.folders import find_folders
from postback_wizard.effects.journal import Journal
from postback_wizard.effects.store import OpenCase, own_store
from postback_wizard.steps import BY_ID, STEPS

NOTHING = Text(
    en="There is nothing to check: none of the facts given belongs to {steps}.",
    ru="Проверять нечего: ни один из указанных фактов не относится к шагам {steps}.",
)
STEP_BEGINS = Text(en="{number}. {title} …", ru="{number}. {title} …")
NO_TRACE = Text(
    en="--variants makes more clicks and therefore needs --trace.", ru="--variants делает ещё клики, нужен и --trace."
)
SAVED = Text(en="Case {id} is stored in {path}.", ru="Случай {id} сохранён в {path}.")
NOT_SAVED = Text(en="The case could not be saved: {why}.", ru="Случай не удалось сохранить: {why}.")
REPORTED = Text(en="The report is in {path}.", ru="Отчёт записан в {path}.")
CRASHED = Text(
    en="A step stopped with an error of the program itself: {error}.",
    ru="Шаг остановился из-за ошибки самой программы: {error}.",
)


class _Keeping:
    """The stored case, if one is kept; a disk that refuses is reported and never stops the diagnosis."""

    def __init__(self, opened: OpenCase | None, lang: str) -> None:
        self._opened = opened
        self._lang = lang
        self.failed = False

    def keep(self, case: Case) -> None:
        """Save the case, when one is kept."""
        if self._opened is None:
            return
        try:
            self._opened.save(case)
        except OSError as error:
            if not self.failed:
                talk(NOT_SAVED.say(self._lang, why=error.strerror or type(error).__name__))
            self.failed = True

    def close(self) -> None:
        """Let the file go, and say where it is."""
        if self._opened is None:
            return
        self._opened.close()
        if not self.failed:
            talk(SAVED.say(self._lang, id=self._opened.case.id, path=self._opened.path))


def run(options: Namespace, lang: str) -> int:
    """Check a facts file; the exit code says what came out."""
    if options.variants and not options.trace:
        raise Misuse(NO_TRACE)
    steps = tuple(step for step in STEPS if step.id in choices(options.steps, "--steps", STEP_NAMES))
    if options.report:
        output_path(options.report)  # before anything is asked of anybody
    use_own_platforms()
    use_remembered_owners(lambda fault: talk(fault.say(lang)))
    edge = Edge(options)
    store = own_store()
    case = with_allowed(read_case(options.facts, store.new_id(datetime.now(UTC)), {}), options)
    if not any(case.facts.known(*step.needs) for step in steps):
        raise Misuse(NOTHING, steps=", ".join(step.id for step in steps))
    name_left_out(lang)
    keeping = _Keeping(store.create(case) if options.save else None, lang)
    permit = Permit.of(trace=options.trace, send=options.send, offline=options.offline)
    try:
        judged, crashed = asyncio.run(_check(case, steps, edge, permit, keeping.keep, lang, variants=options.variants))
    finally:
        keeping.close()
    for error in crashed:
        talk(CRASHED.say(lang, error=error))
    for line in before_sending(judged, edge.settings, Journal(find_folders().journal), lang):
        talk(line)
    print_case(judged, options, lang)
    complete = _report(judged, options.report, lang) and not keeping.failed
    code = exit_code(judged)
    return code if complete or code != CLEAR else UNPROVEN


def _report(case: Case, given: str, lang: str) -> bool:
    """Write the report, when one is wanted; false when that failed: what was found stands all the same."""
    try:
        if given:
            write_output(given, rendered(case, "md", "partner", lang))
            talk(REPORTED.say(lang, path=given))
    except Misuse as wrong:
        talk(wrong.say(lang))
        return False
    return True


async def _check(
    case: Case,
    steps: tuple[Step, ...],
    edge: Edge,
    permit: Permit,
    keep: Callable[[Case], None],
    lang: str,
    *,
    variants: bool,
) -> tuple[Case, list[str]]:
    world = edge.world(case)
    run_ = Run(case, world, replace(edge.settings, variants=variants), permit, keep)

    def began(step: Step) -> None:
        talk(STEP_BEGINS.say(lang, number=STEPS.index(BY_ID[step.id]) + 1, title=step.title))

    LISTENER.set(news_of_reading(talk, lang))
    try:
        await run_.steps(steps, began)
    finally:
        await world.aclose()
    return run_.case, run_.crashed


def print_case(case: Case, options: Namespace, lang: str) -> None:
    """The judged case on standard output, in the form asked for."""
    if options.json:
        emit_data(rendered(case, "json", "partner", lang))
        return
    from postback_wizard.commands.summary import summarize

    emit(summarize(case, lang, tuple(secrets_at_hand().values())))
