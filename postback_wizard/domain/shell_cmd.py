"""Words of a Windows cmd command line, read and written by two published sets of rules.

First cmd itself: outside quotes ``^`` takes the meaning from the next character and, before a line end, joins two
lines; a ``"`` opens or closes a quoted stretch in which only ``"`` and the line end mean anything; ``& | < >`` end a
command. Then the program's C runtime: blanks and tabs part words outside quotes; ``2n`` backslashes before a ``"`` are
``n`` backslashes and the quote quotes; ``2n + 1`` are ``n`` backslashes and a quote that is text; backslashes before
anything else are text; ``""`` within quotes is one quote. What is written protects itself from both: quoted for the
runtime, then every mark of cmd behind a ``^``. That holds at the prompt; in a batch file ``%`` is doubled instead.

Sources: https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/cmd
https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments
"""

import re

from postback_wizard.domain.exact import UnreadableRequestError
from postback_wizard.domain.shell import BARE_AMPERSAND, UNCLOSED
from postback_wizard.domain.words import Words

_PERCENT = re.compile(r"%[A-Za-z_][\w.\-]*%")
_META = re.compile(r"[()%!^\"<>&|]")
_BEFORE_QUOTE = re.compile(r"(\\*)\"")
_SAFE = re.compile(r"[A-Za-z0-9_./:=@,+\-]+")
_PIECES = re.compile(r"\\+|\"|[ \t]+|[^\\\" \t]+")


def split_words(command: str) -> Words:
    """The words of the first command, and what stands after it.

    Raises:
        UnreadableRequestError: a quote is not closed, or a bare ``&`` cuts a word.
    """
    line, rest = _first_command(command.replace("\r", ""))
    kept = tuple(dict.fromkeys(_PERCENT.findall(line)))
    return Words(split_arguments(line), rest, kept)


def _first_command(text: str) -> tuple[str, str]:
    """The line as cmd hands it to the program, and the text after the command."""
    parts: list[str] = []
    quoted = False
    at = 0
    while at < len(text):
        mark = text[at]
        if quoted and mark != "\n":
            quoted = mark != '"'
        elif mark == "^" and at + 1 < len(text):
            at += 2 if text[at + 1] == "\n" else 1
            mark = text[at] if at < len(text) else ""
        elif mark in "\n|<>&":
            if mark == "&" and parts and not parts[-1].isspace():
                raise UnreadableRequestError(BARE_AMPERSAND, "".join(parts)[-30:] + "&")
            return "".join(parts), text[at:].strip()
        elif mark == '"':
            quoted = True
        parts.append(mark)
        at += 1
    return "".join(parts), ""


def split_arguments(line: str) -> tuple[str, ...]:
    """The words the C runtime makes of a line.

    Raises:
        UnreadableRequestError: a quote is not closed.
    """
    pieces = _PIECES.findall(line)
    found: list[str] = []
    word: list[str] | None = None
    quoted = False
    skip = False
    for number, piece in enumerate(pieces):
        following = pieces[number + 1] if number + 1 < len(pieces) else ""
        if skip:
            skip = False
        elif piece[0] in " \t" and not quoted:
            found += ["".join(word)] if word is not None else []
            word = None
        else:
            text, toggles, skip = _meant(piece, following, quoted=quoted)
            word = [*(word or ()), text]
            quoted = quoted is not toggles
    if quoted:
        raise UnreadableRequestError(UNCLOSED, f'"{"".join(word or ())[-20:]}')
    return tuple([*found, "".join(word)] if word is not None else found)


def _meant(piece: str, following: str, *, quoted: bool) -> tuple[str, bool, bool]:
    """What a piece means: its text, whether it opens or closes a quoted stretch, whether it takes the next along."""
    if piece[0] == "\\" and following == '"':
        half = "\\" * (len(piece) // 2)
        return (half + '"', False, True) if len(piece) % 2 else (half, False, False)
    if piece == '"':
        return ('"', False, True) if quoted and following == '"' else ("", True, False)
    return piece, False, False


def quote_argument(word: str) -> str:
    """One word for the C runtime: in quotes, with backslashes doubled where a quote follows."""
    escaped = _BEFORE_QUOTE.sub(lambda found: found[1] * 2 + '\\"', word)
    tail = len(escaped) - len(escaped.rstrip("\\"))
    return f'"{escaped}{chr(92) * tail}"'


def quote_word(word: str) -> str:
    """One word for the prompt of cmd; the word must hold no control characters."""
    if _SAFE.fullmatch(word):
        return word
    return _META.sub(r"^\g<0>", quote_argument(word))
