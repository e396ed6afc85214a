"""Words of a PowerShell command line for a program, read and written by the published rules.

In single quotes everything stands for itself and ``''`` is one quote. In double quotes and bare words the backtick
takes the meaning from the next character, names one (`` `n ``, `` `t `` …) or, before a line end, joins two lines;
``$name`` and ``$(…)`` are replaced. A bare word ends at a blank, ``;``, ``|``, ``&``, ``,``, a brace or a bracket.
Curly quotes count as straight ones. How a program gets a word with a ``"`` in it depends on
``$PSNativeCommandArgumentPassing``: ``Legacy`` (all there was before 7.3) puts a word with blanks in quotes and
escapes nothing, so the C runtime takes single quote marks away; later versions pass the word as it is.

Sources: https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_quoting_rules
https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_special_characters
https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_parsing
"""

import re
from dataclasses import dataclass, field

from postback_wizard.domain.exact import UnreadableRequestError
from postback_wizard.domain.shell import BARE_AMPERSAND, SUBSTITUTION, UNCLOSED, ZERO_BYTE
from postback_wizard.domain.shell_cmd import split_arguments
from postback_wizard.domain.text import Text
from postback_wizard.domain.words import Words

BARE_MARK = Text(
    en="PowerShell does not take {at} for text outside quotes; put the word in quotes.",
    ru="Вне кавычек PowerShell не считает {at} текстом; возьмите слово в кавычки.",
)
AS_LEGACY = Text(
    en='The \\" in it is read as Windows PowerShell 5.1 passes it: one quote mark.',
    ru='Запись \\" прочитана так, как её передаёт Windows PowerShell 5.1: одна кавычка.',
)
AS_MODERN = Text(
    en="Quote marks are read as PowerShell 7.3 and later passes them; Windows PowerShell 5.1 would drop them.",
    ru="Кавычки прочитаны так, как их передаёт PowerShell 7.3 и новее; Windows PowerShell 5.1 их бы убрал.",
)

_SINGLE = "'\u2018\u2019\u201a\u201b"
_DOUBLE = '"\u201c\u201d\u201e'
_NAMED = {"n": "\n", "r": "\r", "t": "\t", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v"}
_VARIABLE = re.compile(r"\$(?:\{[^{}]*\}|[A-Za-z_?^$][\w:]*|\d+)")
_UNICODE = re.compile(r"u\{([0-9A-Fa-f]{1,6})\}")
_SAFE = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./:=\-]*|--?[a-z][a-z0-9.\-]*")


@dataclass(slots=True)
class _Reader:
    text: str
    at: int = 0
    kept: list[str] = field(default_factory=list)

    @property
    def mark(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        self.at += 1
        return self.text[self.at - 1 : self.at]

    def escaped(self) -> str:
        """The character a backtick names; the backtick is already taken."""
        if wide := _UNICODE.match(self.text, self.at):
            self.at = wide.end()
            number = int(wide[1], 16)
            return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
        if self.text.startswith("\r\n", self.at):
            self.at += 1
        if self.mark == "0":
            raise UnreadableRequestError(ZERO_BYTE, "`0")
        mark = self.take()
        return _NAMED.get(mark, mark)

    def variable(self) -> str:
        """A variable as written; a bare dollar sign is only that."""
        if self.text.startswith("$(", self.at):
            raise UnreadableRequestError(SUBSTITUTION, self.text[self.at : self.at + 20])
        found = _VARIABLE.match(self.text, self.at)
        if found is None:
            return self.take()
        self.at = found.end()
        self.kept.append(found.group())
        return found.group()


def split_words(command: str) -> Words:
    """The words of the first command as a program gets them, and what stands after it.

    Raises:
        UnreadableRequestError: a quote is not closed, a program would run, or a bare mark is no text.
    """
    reader = _Reader(command.strip())
    found: list[str] = []
    while reader.mark and reader.mark not in "\n;|":
        if reader.text.startswith(("`\n", "`\r\n"), reader.at):
            reader.at = reader.text.index("\n", reader.at) + 1
        elif reader.mark in " \t\r":
            reader.take()
        elif reader.mark == "#":
            reader.at += len(reader.text[reader.at :].partition("\n")[0])
        elif re.compile(r"\d?>|<|&").match(reader.text, reader.at):
            break
        else:
            found.append(_word(reader))
    passed, notes = _passed(tuple(found))
    return Words(passed, reader.text[reader.at :], tuple(dict.fromkeys(reader.kept)), notes)


def _word(reader: _Reader) -> str:
    parts: list[str] = []
    while reader.mark and reader.mark not in " \t\r\n;|":
        if reader.mark == "&":
            raise UnreadableRequestError(BARE_AMPERSAND, "".join(parts)[-30:] + "&")
        if reader.mark in "(){},<>" or (reader.mark == "@" and not parts) or (reader.mark == "#" and not parts):
            raise UnreadableRequestError(BARE_MARK, reader.text[reader.at : reader.at + 20])
        parts.append(_part(reader))
    word = "".join(parts)
    if word == "--%":
        raise UnreadableRequestError(BARE_MARK, word)
    return word


def _part(reader: _Reader) -> str:
    if reader.mark in _SINGLE:
        return _single(reader)
    if reader.mark in _DOUBLE:
        return _double(reader)
    if reader.mark == "$":
        return reader.variable()
    mark = reader.take()
    return reader.escaped() if mark == "`" else mark


def _single(reader: _Reader) -> str:
    opened = reader.at
    reader.take()
    parts: list[str] = []
    while mark := reader.take():
        if mark in _SINGLE:
            if not reader.mark or reader.mark not in _SINGLE:
                return "".join(parts)
            mark = reader.take()
        parts.append(mark)
    raise UnreadableRequestError(UNCLOSED, reader.text[opened : opened + 20])


def _double(reader: _Reader) -> str:
    opened = reader.at
    reader.take()
    parts: list[str] = []
    while reader.mark:
        if reader.mark == "$":
            parts.append(reader.variable())
            continue
        mark = reader.take()
        if mark == "`":
            mark = reader.escaped()
        elif mark in _DOUBLE:
            if not reader.mark or reader.mark not in _DOUBLE:
                return "".join(parts)
            mark = reader.take()
        parts.append(mark)
    raise UnreadableRequestError(UNCLOSED, reader.text[opened : opened + 20])


# -- from PowerShell's word to the program's ---------------------------------------------------------------------


def _passed(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Text, ...]]:
    """The words as a program gets them. Where the versions differ, the way they were escaped tells which was meant."""
    if all('"' not in word or _legacy(word) == word for word in words):
        return words, ()
    if all(re.search(r'(?<!\\)(?:\\\\)*"', word) is None for word in words):
        return tuple(_legacy(word) for word in words), (AS_LEGACY,)
    return words, (AS_MODERN,)


def _legacy(word: str) -> str:
    """What the C runtime makes of a word that was quoted for its blanks and not escaped."""
    if '"' not in word:
        return word
    blank = any(character.isspace() for character in word)
    try:
        found = split_arguments(f'"{word}"' if blank else word)
    except UnreadableRequestError:
        return ""
    return found[0] if len(found) == 1 else ""


def quote_word(word: str) -> str:
    """One word for a program under ``Legacy`` passing; the word holds no control characters.

    A word that has blanks and ends in a backslash is one that old versions cannot pass.
    """
    if _SAFE.fullmatch(word):
        return word
    escaped = re.sub(r'(\\*)"', lambda found: found[1] * 2 + '\\"', word)
    return "'" + re.sub(f"[{_SINGLE}]", lambda found: found[0] * 2, escaped) + "'"
