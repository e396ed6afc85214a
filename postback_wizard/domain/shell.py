"""Words of a bash command line, read and written; nothing is expanded, so macros stay whole."""

import re
import shlex
import unicodedata
from dataclasses import dataclass, field

from postback_wizard.domain.exact import UnreadableRequestError
from postback_wizard.domain.text import Text
from postback_wizard.domain.words import Words

UNCLOSED = Text(
    en="A quote {at} is opened and never closed; copy the whole command.",
    ru="Кавычка {at} открыта и не закрыта; скопируйте команду целиком.",
)
SUBSTITUTION = Text(
    en="The command runs another program ({at}); put its result in its place.",
    ru="Команда запускает другую программу ({at}); подставьте на это место её результат.",
)
BARE_AMPERSAND = Text(
    en="An unquoted & ({at}) ends the command in a shell, so what follows is lost; put the URL in quotes.",
    ru="Символ & без кавычек ({at}) завершает команду в оболочке, остальное теряется; возьмите URL в кавычки.",
)
BRACES = Text(
    en="Unquoted braces ({at}) make several words of one in bash; put the word in quotes.",
    ru="Фигурные скобки без кавычек ({at}) превращают одно слово bash в несколько; возьмите слово в кавычки.",
)
ZERO_BYTE = Text(
    en="A command line cannot hold a zero byte ({at}).", ru="В командной строке не может быть нулевого байта ({at})."
)

_CONTINUED = re.compile(r"\\\r?\n")
_ENDS_COMMAND = re.compile(r"[|;&<>\n]|[0-9]>")
_ENDS_WORD = re.compile(r"[ \t\r\n|;<>]")
_LITERAL = re.compile(r"[^\s\\'\"$`&|;<>]+")
_IN_DOUBLE = re.compile(r"[^\"\\`$]+")
_SUBSTITUTES = re.compile(r"`|\$\((?!\w+\)!)")
_ANY = re.compile(r".", re.DOTALL)
_VARIABLE = re.compile(r"\$(?:\{[^{}\"'\s]*\}|[A-Za-z_]\w*|[0-9@*#?$!-])")
_EXPANDS = re.compile(r"(?<!\$)\{[^{}\s\"']*(?:,|\.\.)[^{}\s\"']*\}")
_ANSI_C = re.compile(r"\$'((?:[^'\\]|\\.)*)'", re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|c([@-~])|(.))", re.DOTALL
)
_NAMED = {
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "E": "\x1b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    **{mark: mark for mark in "\\'\"?"},
}


@dataclass(slots=True)
class _Cursor:
    text: str
    at: int = 0
    kept: list[str] = field(default_factory=list)

    @property
    def more(self) -> bool:
        return self.at < len(self.text)

    def sees(self, pattern: re.Pattern[str] | str) -> bool:
        if isinstance(pattern, str):
            return self.text.startswith(pattern, self.at)
        return pattern.match(self.text, self.at) is not None

    def take(self, pattern: re.Pattern[str]) -> str:
        """What the pattern matches here, stepped over; one character where it does not match."""
        match = pattern.match(self.text, self.at)
        found = match.group() if match and match.group() else self.text[self.at]
        self.at += len(found)
        return found

    def skip(self, size: int) -> None:
        self.at += size

    def variable(self) -> str:
        """A variable as written: whether it is a macro is not for a shell to say, so it stays whole."""
        self.kept.append(self.take(_VARIABLE))
        return self.kept[-1]


def split_words(command: str) -> Words:
    """The words of the first command, and what stands after it (a pipe, a redirection, a second command).

    Raises:
        UnreadableRequestError: a quote is not closed, a program would run, braces would multiply a word, or a bare
            ``&`` cuts one.
    """
    cursor = _Cursor(command.strip())
    found: list[str] = []
    while cursor.more:
        if cursor.sees(_CONTINUED):
            cursor.take(_CONTINUED)
        elif cursor.text[cursor.at] in " \t\r":
            cursor.skip(1)
        elif cursor.sees(_ENDS_COMMAND):
            break
        elif cursor.sees("#"):
            cursor.skip(len(cursor.text[cursor.at :].partition("\n")[0]))
        else:
            found.append(_word(cursor))
    return Words(tuple(found), cursor.text[cursor.at :], tuple(dict.fromkeys(cursor.kept)))


def _word(cursor: _Cursor) -> str:
    parts: list[str] = []
    while cursor.more and not cursor.sees(_ENDS_WORD):
        if cursor.sees("&"):
            raise UnreadableRequestError(BARE_AMPERSAND, "".join(parts)[-30:] + "&")
        parts.append(_part(cursor))
    return "".join(parts)


def _part(cursor: _Cursor) -> str:
    if cursor.sees(_SUBSTITUTES):
        raise UnreadableRequestError(SUBSTITUTION, cursor.text[cursor.at : cursor.at + 20])
    if cursor.sees("'"):
        return _until_quote(cursor, 1)
    if cursor.sees('"') or cursor.sees('$"'):
        cursor.skip(1 if cursor.sees('"') else 2)
        return _double_quoted(cursor)
    if cursor.sees("$'"):
        return _ansi_c(cursor)
    if cursor.sees(_VARIABLE):
        return cursor.variable()
    if cursor.sees(_CONTINUED):
        cursor.take(_CONTINUED)
        return ""
    if cursor.sees("\\"):
        cursor.skip(1)
        return cursor.take(_ANY) if cursor.more else ""
    literal = cursor.take(_LITERAL)
    if several := _EXPANDS.search(literal):
        raise UnreadableRequestError(BRACES, several.group()[:40])
    return literal


def _until_quote(cursor: _Cursor, opened: int) -> str:
    start = cursor.at + opened
    end = cursor.text.find("'", start)
    if end < 0:
        raise UnreadableRequestError(UNCLOSED, cursor.text[cursor.at : cursor.at + 20])
    cursor.at = end + 1
    return cursor.text[start:end]


def _double_quoted(cursor: _Cursor) -> str:
    opened = cursor.at - 1
    parts: list[str] = []
    while cursor.more and not cursor.sees('"'):
        if cursor.sees(_SUBSTITUTES):
            raise UnreadableRequestError(SUBSTITUTION, cursor.text[cursor.at : cursor.at + 20])
        if cursor.sees(_CONTINUED):
            cursor.take(_CONTINUED)
        elif cursor.sees("\\"):
            cursor.skip(1)
            escaped = cursor.take(_ANY) if cursor.more else ""
            parts.append(escaped if escaped in ("$", "`", '"', "\\") else "\\" + escaped)
        elif cursor.sees(_VARIABLE):
            parts.append(cursor.variable())
        else:
            parts.append(cursor.take(_IN_DOUBLE))
    if not cursor.more:
        raise UnreadableRequestError(UNCLOSED, cursor.text[opened : opened + 20])
    cursor.skip(1)
    return "".join(parts)


def _ansi_c(cursor: _Cursor) -> str:
    match = _ANSI_C.match(cursor.text, cursor.at)
    if match is None:
        raise UnreadableRequestError(UNCLOSED, cursor.text[cursor.at : cursor.at + 20])
    cursor.at = match.end()
    return joined_bytes(_ESCAPE.sub(_escaped, match.group(1)))


def _escaped(match: re.Match[str]) -> str:
    hexa, short, long, octal, control, other = match.groups()
    if hexa or octal:
        return _byte(int(hexa, 16) if hexa else int(octal, 8) & 0xFF, match.group())
    if short or long:
        number = int(short or long, 16)
        return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else match.group()
    if control:
        return _byte(ord(control) & 0x1F, match.group())
    return _NAMED.get(other, "\\" + other)


def _byte(number: int, written: str) -> str:
    if number == 0:
        raise UnreadableRequestError(ZERO_BYTE, written)
    return chr(number) if number < 0x80 else chr(0xDC00 + number)


def joined_bytes(text: str) -> str:
    """Text whose bytes were written one by one, put together as UTF-8 where they are UTF-8."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    except UnicodeError:
        return text


def quote_word(text: str) -> str:
    """One word for bash: plain where it can be, quoted where it must be, control bytes by number.

    A zero byte, which no command line can carry, is left out.
    """
    if not any(_unprintable(character) for character in text):
        return shlex.quote(text)
    return "$'" + "".join(_numbered(character) for character in text if character != "\0") + "'"


def _unprintable(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _numbered(character: str) -> str:
    if character in "\\'":
        return "\\" + character
    if not _unprintable(character):
        return character
    raw = character.encode("utf-8", "surrogateescape" if "\udc80" <= character <= "\udcff" else "replace")
    return "".join(f"\\x{byte:02x}" for byte in raw)
