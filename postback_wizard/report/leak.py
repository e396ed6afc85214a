"""The refusal to write anything that holds a secret, and the scan that comes before every export."""

from collections.abc import Iterable

from postback_wizard.domain.leaks import find_leaks
from postback_wizard.domain.text import Text

AT_LINE = Text(en="{what} in line {line}", ru="{what}, строка {line}")
IN_FILE = Text(en="{what} of {file}", ru="{what} файла {file}")
SECRET = Text(en="secret {number} ({form})", ru="секрет {number} ({form})")
FORMS = {
    "raw": Text(en="as it is", ru="как есть"),
    "percent-encoded": Text(en="percent-encoded", ru="в URL-кодировке"),
    "double-encoded": Text(en="percent-encoded twice", ru="в двойной URL-кодировке"),
    "JSON-escaped": Text(en="JSON-escaped", ru="с экранированием JSON"),
    "hex": Text(en="in hex", ru="в hex"),
    "base64": Text(en="in base64", ru="в base64"),
    "hashed": Text(en="hashed", ru="в виде хеша"),
}


class ReportLeak(Exception):  # noqa: N818 - a name for what would have happened
    """A known secret stands in the finished text. ``names`` say which and in what disguise, never the secret.

    ``lines`` are the lines they stand in, counted from 1, 0 where one spans several; ``file`` names a part of a bundle.
    """

    def __init__(self, names: tuple[str, ...], lines: tuple[int, ...] = (), file: str = "") -> None:
        super().__init__(", ".join(names))
        self.names = names
        self.lines = lines or (0,) * len(names)
        self.file = file

    def say(self, lang: str) -> str:
        """What was found and where, in ``lang``."""
        found = ", ".join(_said(name, line, lang) for name, line in zip(self.names, self.lines, strict=True))
        return IN_FILE.say(lang, what=found, file=self.file) if self.file else found


def refuse_leaks(text: str, secrets: Iterable[str], file: str = "") -> None:
    """Look through a finished text for every secret, in every disguise.

    Raises:
        ReportLeak: one stands in it; nothing may be written then.
    """
    wanted = tuple(dict.fromkeys(secrets))
    names = find_leaks(text, wanted)
    if names:
        raise ReportLeak(names, tuple(_line(text, wanted[_number(name) - 1]) for name in names), file)


def _line(text: str, secret: str) -> int:
    found = (number for number, line in enumerate(text.split("\n"), start=1) if find_leaks(line, (secret,)))
    return next(found, 0)


def _number(name: str) -> int:
    return int(name.split(" ")[1])


def _said(name: str, line: int, lang: str) -> str:
    form = name.partition("(")[2].rstrip(")")
    what = SECRET.say(lang, number=_number(name), form=FORMS[form])
    return AT_LINE.say(lang, what=what, line=line) if line else what
