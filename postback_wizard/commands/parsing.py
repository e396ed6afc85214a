"""The command line taken apart and its help written, with argparse underneath and both languages on top."""

import argparse
import os
from collections.abc import Iterable, Sequence
from functools import partial

from postback_wizard.commands.grammar import COMMANDS, HELP, LANG, LANGUAGES, PROGRAM, VERSION, Command, Word
from postback_wizard.commands.misuse import Misuse
from postback_wizard.domain.text import Text

TYPE_CHECKING = False  # importing typing would cost --help two milliseconds
if TYPE_CHECKING:
    from typing import NoReturn

USAGE = Text(en="usage: ", ru="вызов: ")
WORDS = Text(en="arguments", ru="аргументы")
OPTIONS = Text(en="options", ru="ключи")
COMMAND_LIST = Text(en="commands (none: the wizard)", ru="команды (без команды: мастер)")
ABOUT = Text(
    en="Finds out, step by step, why a postback does not arrive, is refused, or is not counted.",
    ru="Шаг за шагом выясняет, почему постбек не приходит, отклоняется или не засчитывается.",
)
MORE = Text(
    en="More on one command: {program} COMMAND --help. Exit codes: 0 clear, 1 a problem was found, "
    "2 the command or the facts file is wrong, 3 something could not be checked, 130 interrupted.",
    ru="Подробнее о команде: {program} COMMAND --help. Коды выхода: 0 всё в порядке, 1 найдена проблема, "
    "2 ошибка в команде или в файле с данными, 3 что-то не удалось проверить, 130 прервано.",
)
NEEDS_VALUE = Text(en="{name} needs a value.", ru="Ключу {name} нужно значение.")
TAKES_NONE = Text(en="{name} takes no value.", ru="Ключ {name} пишется без значения.")
UNKNOWN_COMMAND = Text(
    en='There is no command "{word}"; there are: {known}.', ru="Нет команды «{word}»; есть: {known}."
)
UNKNOWN_COMMAND_NEAR = Text(
    en='There is no command "{word}"; did you mean "{near}"?',
    ru="Нет команды «{word}»; возможно, имелась в виду «{near}»?",
)
UNEXPECTED = Text(
    en='"{word}" is not expected here; see {program} --help.',
    ru="«{word}» здесь лишнее; см. {program} --help.",
)
UNEXPECTED_NEAR = Text(
    en='"{word}" is not expected here; did you mean {near}?',
    ru="«{word}» здесь лишнее; возможно, имелось в виду {near}?",
)
AS_IT_IS = Text(en="{message}.", ru="{message}.")
MISSING = Text(
    en="{command} needs {word}: {about}.",
    ru="Команде {command} нужен аргумент {word}: {about}.",
)
NOT_A_LANGUAGE = Text(
    en='--lang "{given}" is not known; accepted: en, ru.', ru="--lang «{given}» не поддерживается; допустимо: en, ru."
)


class Line:
    """A command line in its three parts: the global flags, the command's name, and the words that belong to it."""

    __slots__ = ("lang", "name", "rest", "wants")

    def __init__(self, words: Sequence[str]) -> None:
        self.name = ""
        self.lang = ""
        self.wants = ""
        self.rest: list[str] = []
        given = list(words)
        while given:
            word = given.pop(0)
            if word == "--lang" and given:
                self.lang = given.pop(0)
            elif word.startswith("--lang="):
                self.lang = word.partition("=")[2]
            elif word in HELP.names or word in VERSION.names:
                self.wants = self.wants or word.lstrip("-")[0]
            elif word == "-" or not word.startswith("-"):
                self.name, self.rest = word, given
                break
            else:
                self.rest.append(word)

    @property
    def hinted_lang(self) -> str:
        """The language asked for anywhere on the line, empty when none or none that is known."""
        given = [self.lang]
        words = self.rest[: self.rest.index("--")] if "--" in self.rest else self.rest
        for index, word in enumerate(words):
            if word == "--lang" and index + 1 < len(words):
                given.append(words[index + 1])
            elif word.startswith("--lang="):
                given.append(word.partition("=")[2])
        return next((lang for lang in reversed(given) if lang in LANGUAGES), "")


class _Formatter(argparse.HelpFormatter):
    """Argparse's layout with our word for "usage", and without asking ``shutil`` (a slow import) for the width."""

    def __init__(self, prog: str, lang: str) -> None:
        super().__init__(prog, max_help_position=28, width=_width())
        self._lang = lang

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, USAGE.say(self._lang) if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Raises instead of printing the usage and ending the process; everything it could say is said elsewhere."""

    def error(self, message: str) -> "NoReturn":
        raise Misuse(AS_IT_IS, message=message)


def _width() -> int:
    try:
        columns = int(os.environ.get("COLUMNS", "")) or os.get_terminal_size().columns
    except (ValueError, OSError):
        columns = 80
    return max(40, min(columns, 110) - 2)


def _parser(prog: str, about: str, lang: str, usage: str | None = None, epilog: str = "") -> argparse.ArgumentParser:
    parser = _Parser(
        prog=prog,
        usage=usage,
        description=about,
        epilog=epilog,
        add_help=False,
        allow_abbrev=False,
        exit_on_error=False,
        formatter_class=partial(_Formatter, lang=lang),
    )
    vars(parser)["color"] = False  # Python 3.14 paints help by itself; this program prints no colour
    return parser


def parser_for(command: Command, lang: str) -> argparse.ArgumentParser:
    """The parser of one command, speaking ``lang``."""
    about = command.about.say(lang)
    parser = _parser(f"{PROGRAM} {command.name}".strip(), f"{about[:1].upper()}{about[1:]}.", lang)
    words = parser.add_argument_group(WORDS.say(lang))
    options = parser.add_argument_group(OPTIONS.say(lang))
    for word in (*command.words, LANG, HELP):
        text = word.help.say(lang)
        if not word.is_option:
            words.add_argument(word.names[0], metavar=word.meta, nargs="?", default="", help=text)
        elif not word.meta:
            options.add_argument(*word.names, action="store_true", help=text)
        elif word.many:
            options.add_argument(*word.names, metavar=word.meta, action="append", default=[], help=text)
        else:
            options.add_argument(*word.names, metavar=word.meta, default="", help=text)
    return parser


def read_words(command: Command, words: Sequence[str], lang: str) -> argparse.Namespace:
    """What was written after a command: every value as text, "" when not given; flags as booleans.

    Raises:
        Misuse: a word too many, a value missing, or the command's own word missing.
    """
    try:
        options, extra = parser_for(command, lang).parse_known_args(list(words))
    except argparse.ArgumentError as error:
        raise _bad_value(command, error.argument_name or "") from None
    if options.help:
        return options
    if extra:
        raise unexpected(command, extra[0])
    if options.lang not in ("", *LANGUAGES):
        raise Misuse(NOT_A_LANGUAGE, given=options.lang)
    if command.needs and not getattr(options, command.words[0].names[0]):
        needed = command.words[0]
        raise Misuse(MISSING, command=command.name, word=needed.meta, about=needed.help)
    return options


def _bad_value(command: Command, names: str) -> Misuse:
    word = next((item for item in (*command.words, LANG, HELP) if "/".join(item.names) == names), None)
    return Misuse(NEEDS_VALUE if word is None or word.meta else TAKES_NONE, name=names)


def unexpected(command: Command, word: str) -> Misuse:
    """The error for a word that does not belong here, naming the nearest flag that does."""
    known = [name for item in (*command.words, LANG, HELP) for name in item.names if name.startswith("--")]
    near = nearest(word.partition("=")[0], known) if word.startswith("-") else ""
    if near:
        return Misuse(UNEXPECTED_NEAR, word=word, near=near)
    return Misuse(UNEXPECTED, word=word, program=f"{PROGRAM} {command.name}".strip())


def unknown_command(word: str) -> Misuse:
    """The error for a command that does not exist, naming the nearest that does."""
    near = nearest(word, list(COMMANDS))
    if near:
        return Misuse(UNKNOWN_COMMAND_NEAR, word=word, near=near)
    return Misuse(UNKNOWN_COMMAND, word=word, known=", ".join(COMMANDS))


def nearest(word: str, known: Sequence[str]) -> str:
    """The known word closest to this one, or nothing when none is close."""
    import difflib  # late: only a wrong word needs it

    return next(iter(difflib.get_close_matches(word[:100], known, n=1, cutoff=0.6)), "")


def overview(lang: str) -> str:
    """The help of the program as a whole."""
    usage = f"{PROGRAM} [--lang en|ru] [--version] [--help] [COMMAND …]"
    parser = _parser(PROGRAM, ABOUT.say(lang), lang, usage, MORE.say(lang, program=PROGRAM))
    commands = parser.add_argument_group(COMMAND_LIST.say(lang))
    for command in COMMANDS.values():
        commands.add_argument(command.name, help=command.about.say(lang))
    options = parser.add_argument_group(OPTIONS.say(lang))
    for word in (LANG, VERSION, HELP):
        _add_option(options, word, lang)
    return parser.format_help()


def _add_option(group: argparse._ArgumentGroup, word: Word, lang: str) -> None:
    text = word.help.say(lang)
    if word.meta:
        group.add_argument(*word.names, metavar=word.meta, help=text)
    else:
        group.add_argument(*word.names, action="store_true", help=text)
