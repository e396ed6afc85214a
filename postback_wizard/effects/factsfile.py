"""Reading a facts file: JSON or TOML in, facts or one clear sentence out."""

import os
import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from postback_wizard.domain.facts import Facts
from postback_wizard.domain.text import Text
from postback_wizard.effects import strict_json
from postback_wizard.effects.facts_values import FactsError, check_facts
from postback_wizard.effects.sentences import fill, shown

MAX_BYTES = 10 * 1024 * 1024
STDIN = "-"

_MISSING = Text(en="There is no facts file {path}.", ru="Файла с фактами {path} нет.")
_FOLDER = Text(
    en="{path} is a folder; a facts file (JSON or TOML) is wanted.",
    ru="{path} — папка, а нужен файл с фактами (JSON или TOML).",
)
_DENIED = Text(en="The facts file {path} may not be read: permission denied.", ru="Нет прав на чтение файла {path}.")
_UNREADABLE = Text(
    en="The facts file {path} cannot be read: {why}.", ru="Не удалось прочитать файл с фактами {path}: {why}."
)
_LARGE = Text(
    en="{path} is larger than 10 MiB; a facts file has at most that.",
    ru="{path} больше 10 МиБ; файл с фактами не может быть больше.",
)
_NOT_UTF8 = Text(
    en="{path} is not UTF-8: byte {value} at offset {offset}. Save it as UTF-8.",
    ru="{path} не в UTF-8: байт {value} по смещению {offset}. Сохраните файл в UTF-8.",
)
_BAD_JSON = Text(
    en="{path} is not valid JSON at line {line}, column {column}.",
    ru="{path} — неверный JSON: строка {line}, столбец {column}.",
)
_BAD_TOML = Text(
    en="{path} is not valid TOML at {where}: {why}. (A file that starts with “{brace}” is read as JSON.)",
    ru="{path} — неверный TOML, {where}: {why}. (Файл, который начинается с «{brace}», читается как JSON.)",
)
_PLACE = Text(en="line {line}, column {column}", ru="строка {line}, столбец {column}")
_END = Text(en="the end of the file", ru="конец файла")
_SOMEWHERE = Text(en="an unknown place", ru="место неизвестно")
_TWICE = Text(
    en="{path}: the key {key} is given twice; give it once.", ru="{path}: ключ {key} указан дважды; оставьте один."
)
_NESTED = Text(
    en="{path} is nested too deeply; facts are flat: key = value.",
    ru="{path}: слишком глубокая вложенность; факты — это плоский список «ключ = значение».",
)
_NUMBER = Text(
    en="{path}: {value} is not a number that can be read; numbers are finite and have at most {limit} characters. "
    "Put longer ones in quotes.",
    ru="{path}: {value} — число, которое нельзя прочитать; числа конечны и не длиннее {limit} знаков. "
    "Более длинные возьмите в кавычки.",
)
_NO_TABLE = Text(
    en="{path} holds {kind} at the top; a facts file is a table of keys and values.",
    ru="{path}: на верхнем уровне {kind}, а файл с фактами — это таблица ключей и значений.",
)
_MAX_DOTS = 2000
_TOML_STRINGS = re.compile(
    r""""{3}(?:[^\\]|\\.)*?"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'|\#[^\n]*+""", re.DOTALL
)
_TOML_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_facts(source: str, stdin: BinaryIO | None = None) -> Facts:
    """The facts in a file, or on standard input for ``-``; relative paths count from the file's folder.

    Raises:
        FactsError: whatever is wrong with the file, as one sentence.
    """
    shown_path = "stdin" if source == STDIN else shown(source, 200)
    folder = Path.cwd() if source == STDIN else Path(source).parent
    try:
        data = _read_stdin(stdin) if source == STDIN else _read_file(source)
    except FileNotFoundError:
        raise FactsError(fill(_MISSING, path=shown_path)) from None
    except IsADirectoryError:
        raise FactsError(fill(_FOLDER, path=shown_path)) from None
    except PermissionError:
        raise FactsError(fill(_DENIED, path=shown_path)) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise FactsError(fill(_UNREADABLE, path=shown_path, why=shown(why))) from None
    if len(data) > MAX_BYTES:
        raise FactsError(fill(_LARGE, path=shown_path))
    table = _table(_decode(data, shown_path), shown_path)
    try:
        return check_facts(table, folder.absolute())
    except RecursionError:
        raise FactsError(fill(_NESTED, path=shown_path)) from None


def _read_stdin(stdin: BinaryIO | None) -> bytes:
    return (stdin or sys.stdin.buffer).read(MAX_BYTES + 1)


def _read_file(source: str) -> bytes:
    """At most one byte more than allowed; a file that says it is larger is not read at all."""
    with Path(source).open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        return b"\0" * (MAX_BYTES + 1) if size > MAX_BYTES else file.read(MAX_BYTES + 1)


def _decode(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        value = f"0x{data[error.start]:02x}"
        raise FactsError(fill(_NOT_UTF8, path=path, value=value, offset=error.start)) from None


def _table(text: str, path: str) -> Mapping[str, object]:
    found = _json(text, path) if text.lstrip()[:1] == "{" else _toml(text, path)
    if not isinstance(found, dict):
        raise FactsError(fill(_NO_TABLE, path=path, kind=shown(found, 40)))
    return found


def _json(text: str, path: str) -> object:
    try:
        return strict_json.parse(text)
    except strict_json.JsonError as error:
        raise FactsError(_json_problem(error, path)) from None


def _json_problem(error: strict_json.JsonError, path: str) -> Text:
    match error.reason:
        case "duplicate":
            return fill(_TWICE, path=path, key=shown(error.culprit))
        case "number":
            return _number(path, error.culprit)
        case "nested":
            return fill(_NESTED, path=path)
        case "syntax":
            return fill(_BAD_JSON, path=path, line=error.line, column=error.column)


def _number(path: str, value: str) -> Text:
    return fill(_NUMBER, path=path, value=shown(value, 20), limit=strict_json.MAX_DIGITS)


def _toml(text: str, path: str) -> object:
    if _has_endless_key(text):
        raise FactsError(fill(_NESTED, path=path))
    try:
        # With a line end, errors on the last line are told by its number.
        return tomllib.loads(f"{text}\n", parse_float=strict_json.real)
    except strict_json.JsonError as error:
        raise FactsError(_json_problem(error, path)) from None
    except tomllib.TOMLDecodeError as error:
        other = _json_value(text)
        if other is not None:
            return other
        raise FactsError(_toml_problem(str(error), path)) from None
    except RecursionError:
        raise FactsError(fill(_NESTED, path=path)) from None
    except ValueError:  # an integer of thousands of digits, a date that does not exist
        raise FactsError(_number(path, "?")) from None


def _has_endless_key(text: str) -> bool:
    """Whether a key has thousands of dotted parts, on which the parser's time grows with the square."""
    if not _has_dotted_line(text):
        return False
    return _has_dotted_line(_TOML_STRINGS.sub('""', text))


def _has_dotted_line(text: str) -> bool:
    return any(line.count(".") > _MAX_DOTS for line in text.split("\n"))


def _json_value(text: str) -> object:
    """What a JSON text that is no table holds: a list says more than a syntax error in a language nobody meant."""
    try:
        return strict_json.parse(text)
    except strict_json.JsonError:
        return None


def _toml_problem(message: str, path: str) -> Text:
    place = _TOML_PLACE.search(message)
    where: Text = _SOMEWHERE
    if place:
        where = fill(_PLACE, line=place[1], column=place[2]) if place[1] else _END
    return fill(_BAD_TOML, path=path, where=where, why=shown(_TOML_PLACE.sub("", message)), brace="{")
