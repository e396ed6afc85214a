"""The wizard's way in: no command, ``new``, ``open`` and ``practice``."""

import os
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from postback_wizard.commands.misuse import Misuse
from postback_wizard.commands.parsing import nearest
from postback_wizard.commands.plain import emit
from postback_wizard.domain.text import Text

if TYPE_CHECKING:
    from postback_wizard.tui.desk import OpenedCase

NO_TERMINAL = Text(
    en="The wizard needs a terminal; without one, use postback-wizard check FACTS.",
    ru="Мастеру нужен терминал; без терминала используйте postback-wizard check FACTS.",
)
NO_SCENARIO = Text(
    en='There is no practice scenario "{name}"; practice --list shows all.',
    ru="Учебного сценария «{name}» нет; practice --list покажет все.",
)
NO_SCENARIO_NEAR = Text(
    en='There is no practice scenario "{name}"; did you mean {near}?',
    ru="Учебного сценария «{name}» нет; возможно, имелся в виду {near}?",
)


def run(options: Namespace, lang: str) -> int:
    """Open the wizard as the command line asks, and return its exit code."""
    if getattr(options, "list", False):
        emit("\n".join(_scenarios(lang)))
        return 0
    lesson = _lesson(getattr(options, "scenario", ""))
    piped = getattr(options, "facts", "") == "-"
    if not (sys.stdout.isatty() and sys.stderr.isatty() and (piped or sys.stdin.isatty())):
        raise Misuse(NO_TERMINAL)
    opened = _opened(options)
    if piped:
        _take_keys_from_terminal()
    return _open_wizard(options, lang, opened, lesson)


def _take_keys_from_terminal() -> None:
    """Standard input was the facts file; what comes next are keys."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        raise Misuse(NO_TERMINAL) from None
    os.dup2(terminal, sys.stdin.fileno())
    os.close(terminal)


def _opened(options: Namespace) -> "OpenedCase | None":
    """The case to begin with, held open: a stored one, a new one, or none (the wizard then begins at home)."""
    if "case" not in options and "facts" not in options:
        return None
    from datetime import UTC, datetime

    from postback_wizard.commands.knowing import read_case, with_allowed
    from postback_wizard.commands.office import StoredCase
    from postback_wizard.commands.reading import readable
    from postback_wizard.effects.store import own_store

    store = own_store()
    if "case" in options:
        return StoredCase(store.open(options.case))
    har = readable(options.har, "--har")
    case = read_case(options.facts, store.new_id(datetime.now(UTC)), {"har": har})
    return StoredCase(store.create(with_allowed(case, options)))


def _lesson(name: str) -> str:
    """The name of a practice scenario, checked; empty when none was asked for."""
    if not name:
        return ""
    from postback_wizard.practice.scenarios import SCENARIOS, find

    if find(name) is None:
        near = nearest(name, [scenario.name for scenario in SCENARIOS])
        raise Misuse(NO_SCENARIO_NEAR, name=name, near=near) if near else Misuse(NO_SCENARIO, name=name)
    return name


def _scenarios(lang: str) -> list[str]:
    from postback_wizard.practice.scenarios import SCENARIOS

    width = max(len(scenario.name) for scenario in SCENARIOS)
    return [f"{scenario.name:{width}}  {scenario.title.say(lang)}" for scenario in SCENARIOS]


def _open_wizard(options: Namespace, lang: str, opened: "OpenedCase | None", lesson: str) -> int:
    from postback_wizard.commands.desk import desk_for
    from postback_wizard.effects.settings import load_settings
    from postback_wizard.tui.app import run_wizard
    from postback_wizard.tui.desk import Start

    return run_wizard(
        Start(
            desk=desk_for(options, lang),
            lang=lang,
            theme=load_settings().theme or "textual-dark",
            opened=opened,
            fresh="facts" in options,
            practice="scenario" in options,
            lesson=lesson,
        )
    )
