"""What is wrong with a catalogue file: which file, which line, which key, and why."""

import re
from collections.abc import Iterator

from postback_wizard.domain.text import Text

NOT_TOML = Text(en="this is not TOML ({why})", ru="это не TOML ({why})")
UNKNOWN_KEY = Text(en="there is no such key; known here: {known}", ru="такого ключа нет; здесь известны: {known}")
MISSING = Text(en="this key is missing", ru="этого ключа не хватает")
NOT_A = Text(en="{wanted} is expected here", ru="здесь ожидается {wanted}")
EMPTY = Text(
    en="an unknown value is left out, not left empty", ru="неизвестное не указывают вовсе, а не оставляют пустым"
)
NO_SOURCE = Text(
    en="a fact needs its source: src = [1] names the first entry of sources",
    ru="факту нужен источник: src = [1] указывает на первую запись в sources",
)
WRONG_SOURCE = Text(en="sources has no entry {number}", ru="в sources нет записи {number}")
BAD_PATTERN = Text(en="this is no regular expression ({why})", ru="это не регулярное выражение ({why})")
UNKNOWN_MODE = Text(
    en="there is no failure mode {mode}; the nearest is {near}", ru="вида поломки {mode} нет; ближайший: {near}"
)
NOT_ONE_OF = Text(en="{given} is none of: {known}", ru="{given} не входит в список: {known}")
NOT_A_DATE = Text(en="a date such as 2026-03-01 is expected here", ru="здесь ожидается дата вида 2026-03-01")
WRONG_NAME = Text(
    en="the id is {given}, while the file's name wants {wanted}",
    ru="id здесь {given}, а по имени файла должен быть {wanted}",
)
BAD_NAME = Text(
    en="an id is made of small Latin letters, digits and _", ru="id состоит из строчных латинских букв, цифр и _"
)
NOT_UTF_8 = Text(en="it is not UTF-8", ru="это не UTF-8")
UNREADABLE = Text(en="it cannot be read ({why})", ru="файл не читается ({why})")

_LINE = Text(en="{file}, line {line}, {key}: {reason}", ru="{file}, строка {line}, {key}: {reason}")
_FILE = Text(en="{file}, line {line}: {reason}", ru="{file}, строка {line}: {reason}")
_KEY = Text(en="{file}, {key}: {reason}", ru="{file}, {key}: {reason}")
_BARE = Text(en="{file}: {reason}", ru="{file}: {reason}")

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\"'-]+)\s*\]\]?")
_KEY_LINE = re.compile(r"\s*([\w\"'-]+(?:\s*\.\s*[\w\"'-]+)*)\s*=")
_AT = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


class CatalogueError(ValueError):
    """A catalogue file that breaks the rules. ``line`` counts from 1 and is None where no line can be named."""

    def __init__(self, key: str, reason: Text, /, *, file: str = "", line: int | None = None, **values: object) -> None:
        super().__init__(f"{file} {key} {reason.en}")
        self.key = key
        self.reason = reason
        self.values = values
        self.file = file
        self.line = line

    def say(self, lang: str) -> str:
        """One sentence that names file, line, key and reason as far as they are known."""
        form = (_LINE if self.key else _FILE) if self.line else (_KEY if self.key else _BARE)
        return form.say(lang, file=self.file, line=self.line, key=self.key, reason=self.reason.say(lang, self.values))

    def located(self, file: str, text: str) -> "CatalogueError":
        """The same fault with the file's name and, found in its text, the line."""
        line = self.line or line_of(text, self.key)
        return CatalogueError(self.key, self.reason, file=file, line=line, **self.values)


def broken_toml(error: Exception, file: str, text: str) -> CatalogueError:
    """The fault of a text that is not TOML at all."""
    found = _AT.search(str(error))
    line = (int(found[1]) if found[1] else text.count("\n") + 1) if found else None
    return CatalogueError("", NOT_TOML, file=file, line=line, why=_AT.sub("", str(error)).strip())


def line_of(text: str, key: str) -> int | None:
    """The line where a key such as ``accepts.errors[2].means`` stands, or the nearest table or key that holds it."""
    lines = dict(_keys(text))
    while key:
        if key in lines:
            return lines[key]
        key = key[: max(key.rfind("."), key.rfind("["))] if "." in key or "[" in key else ""
    return None


def _keys(text: str) -> Iterator[tuple[str, int]]:
    table, counts, quote = "", dict[str, int](), ""
    for number, line in enumerate(text.split("\n"), 1):
        inside, quote = quote, _open_quote(line, quote)
        if inside:
            continue
        header, key = _HEADER.match(line), _KEY_LINE.match(line)
        if header and line.strip().startswith("["):
            table = _table(_plain(header[2]), header[1] == "[[", counts)
            yield table, number
        elif key:
            yield f"{table}.{_plain(key[1])}".lstrip("."), number


def _table(name: str, is_item: bool, counts: dict[str, int]) -> str:
    """A header's full path, with the number of the item each list of tables is at."""
    path = ""
    for part in name.split("."):
        path = f"{path}.{part}".lstrip(".")
        if path in counts and path != name:
            path = f"{path}[{counts[path]}]"
    if is_item:
        counts[path] = counts.get(path, 0) + 1
        return f"{path}[{counts[path]}]"
    return path


def _open_quote(line: str, quote: str) -> str:
    """The multi-line quote that is open after a line."""
    for mark in re.findall(r'"""|' + "'''", line):
        quote = "" if quote == mark else (quote or mark)
    return quote


def _plain(key: str) -> str:
    return re.sub(r"[\s\"']", "", key)
