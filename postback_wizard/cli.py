"""The command line: which command in which language, and one exit code for whatever happens.

Everything a command needs is imported once it is known which one; ``--help`` stays as quick as argparse itself.
"""

import os
import sys
from collections.abc import Sequence

from postback_wizard.commands.grammar import COMMANDS, LANGUAGES, PROGRAM, WIZARD, Command
from postback_wizard.commands.misuse import Misuse
from postback_wizard.commands.parsing import (
    NOT_A_LANGUAGE,
    Line,
    overview,
    parser_for,
    read_words,
    unexpected,
    unknown_command,
)
from postback_wizard.commands.plain import emit, talk
from postback_wizard.commands.tongue import preferred_language
from postback_wizard.domain.text import Text

CLEAR, PROBLEM, MISUSE, UNPROVEN, INTERRUPTED = 0, 1, 2, 3, 130

REFUSED = Text(en="{path}: the system does not allow it ({why}).", ru="{path}: система этого не позволяет ({why}).")
STOPPED = Text(
    en="The program stopped with an error of its own: {error} in {place}.",
    ru="Программа остановилась из-за собственной ошибки: {error} в {place}.",
)


def main(words: Sequence[str] | None = None) -> int:
    """Carry out one command line and return its exit code: 0, 1, 2, 3 or 130.

    An error of the program itself becomes one sentence and a 3: a traceback could show secrets, and Python's own
    exit code for it would read as "a problem was found". ``python -X dev`` shows the traceback.
    """
    line = Line(sys.argv[1:] if words is None else words)
    lang = line.hinted_lang or preferred_language(os.environ)
    try:
        return _dispatch(line, lang)
    except Misuse as wrong:
        talk(wrong.say(lang))
        return MISUSE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        talk(REFUSED.say(lang, path=error.filename or PROGRAM, why=error.strerror or type(error).__name__))
        return MISUSE
    except Exception as error:
        message = getattr(error, "message", None)
        if isinstance(message, Text):  # errors of the edge carry their own sentence
            talk(message.say(lang))
            return MISUSE
        if sys.flags.dev_mode:
            raise
        talk(STOPPED.say(lang, error=type(error).__name__, place=_place(error)))
        return UNPROVEN


def _dispatch(line: Line, lang: str) -> int:
    if line.lang and line.lang not in LANGUAGES:
        raise Misuse(NOT_A_LANGUAGE, given=line.lang)
    if line.wants == "v":
        from postback_wizard import __version__

        emit(f"{PROGRAM} {__version__}")
        return CLEAR
    if not line.name and line.wants:
        emit(overview(lang))
        return CLEAR
    command = COMMANDS.get(line.name) if line.name else WIZARD
    if command is None:
        raise unknown_command(line.name)
    return _run(command, ["--help", *line.rest] if line.wants else line.rest, lang)


def _run(command: Command, words: Sequence[str], lang: str) -> int:
    if command is WIZARD and words:
        raise unexpected(command, words[0])
    options = read_words(command, words, lang)
    if options.help:
        emit(parser_for(command, lang).format_help())
        return CLEAR
    from importlib import import_module

    module = import_module(f"postback_wizard.commands.{command.module}")
    code: int = module.run(options, lang)
    return code


def _place(error: BaseException) -> str:
    """Where in the program an error was raised: file and line, and nothing of the data that was there."""
    import traceback
    from pathlib import Path

    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "postback_wizard" in frame.filename]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else PROGRAM
