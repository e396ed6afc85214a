"""What the commands know at their start: a facts file, the settings, a stored case."""

import os
import sys
from argparse import Namespace
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from postback_wizard.commands.misuse import Misuse
from postback_wizard.commands.plain import talk
from postback_wizard.commands.reading import networks
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import NAMES, Facts
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import stamp

CANNOT_WRITE = Text(en='"{path}" cannot be written: {why}.', ru="«{path}» не удаётся записать: {why}.")
LEFT_OUT = Text(en="Left out: {fault}.", ru="Пропущен файл: {fault}.")
NOT_A_FILE = Text(en="it is no ordinary file", ru="это не обычный файл")
NO_FOLDER = Text(en="its folder cannot be written", ru="в эту папку нельзя записывать")


def read_case(source: str, case_id: str, more: Mapping[str, object]) -> Case:
    """A new case from a facts file (``-`` reads standard input, "" knows nothing) and from flags."""
    from postback_wizard.effects.factsfile import read_facts

    facts = read_facts(source, sys.stdin.buffer) if source else Facts()
    known = {name: getattr(facts, name) for name in NAMES if getattr(facts, name)}
    case = Case(id=case_id, opened_at=stamp(datetime.now(UTC))).learn(known, "file")
    return case.learn({name: value for name, value in more.items() if value}, "typed")


def use_own_platforms() -> None:
    """Let the user's own platform files add to the catalogue; they are read when it first is."""
    from postback_wizard import catalogue
    from postback_wizard.effects.own_platforms import own_platforms

    catalogue.use_own(own_platforms())


def name_left_out(lang: str) -> None:
    """Say on standard error, once for each, which of the user's own files were left out and why."""
    from postback_wizard.catalogue import own_faults

    for fault in own_faults():
        talk(LEFT_OUT.say(lang, fault=fault.say(lang)))


def with_allowed(case: Case, options: Namespace) -> Case:
    """The case with the networks of ``--allow`` added to those it already allows."""
    wanted = networks(options.allow)
    if not wanted:
        return case
    return case.learn({"allow": tuple(dict.fromkeys((*case.facts.allow, *wanted)))}, "typed")


def output_path(given: str) -> Path:
    """Where a file the user named will be: links are followed, folders, devices and pipes refused.

    Raises:
        Misuse: nothing can be written there.
    """
    try:
        path = Path(given).resolve()
        if path.exists() and not path.is_file():
            raise Misuse(CANNOT_WRITE, path=given, why=NOT_A_FILE)
        folder = next(item for item in path.parents if item.exists())
        if not (folder.is_dir() and os.access(folder, os.W_OK)):
            raise Misuse(CANNOT_WRITE, path=given, why=NO_FOLDER)
    except (OSError, ValueError, RuntimeError) as error:
        raise _unwritable(given, error) from None
    return path


def write_output(given: str, text: str) -> None:
    """Put a text durably into the file the user named.

    Raises:
        Misuse: it cannot be written; what was there before is intact.
    """
    from postback_wizard.effects.durable import write_file

    try:
        write_file(output_path(given), text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise _unwritable(given, error) from None


def _unwritable(given: str, error: Exception) -> Misuse:
    why = getattr(error, "strerror", None) or type(error).__name__
    return Misuse(CANNOT_WRITE, path=given, why=why)
