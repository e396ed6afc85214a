"""Text on its way to a terminal or a pipe: foreign controls made visible, a closed pipe taken quietly."""

import os
import re
import sys

TYPE_CHECKING = False  # importing typing would cost --help two milliseconds
if TYPE_CHECKING:
    from typing import TextIO

#: C0 without tab and line feed, DEL, C1, zero-width and direction marks, line separators, lone surrogates.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\ufffb]"
)
_BREAK = re.compile("[\t\n]")


def visible(text: str, *, lines: bool = False) -> str:
    """The text with every character a terminal would obey shown as an escape such as ``\\x1b``.

    Tabs and line feeds are shown as escapes too, unless ``lines`` is true.
    """
    seen = _UNSEEN.sub(_escape, text)
    return seen if lines else _BREAK.sub(_escape, seen)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return {9: r"\t", 10: r"\n", 13: r"\r"}.get(code) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")


def emit(text: str) -> bool:
    """Write lines for people to standard output; false when nobody reads it any more."""
    return _write(sys.stdout, visible(text, lines=True))


def emit_data(text: str) -> bool:
    """Write data to standard output as UTF-8, whatever the terminal's encoding; false when nobody reads it."""
    data = (text if text.endswith("\n") else f"{text}\n").encode("utf-8", "backslashreplace")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _close(sys.stdout)
        return False
    return True


def talk(text: str) -> None:
    """Write one line for people to standard error."""
    _write(sys.stderr, visible(text))


def _write(stream: "TextIO", text: str) -> bool:
    encoding = stream.encoding or "utf-8"
    safe = text.encode(encoding, "backslashreplace").decode(encoding)
    try:
        stream.write(safe if safe.endswith("\n") else f"{safe}\n")
        stream.flush()
    except BrokenPipeError:
        _close(stream)
        return False
    return True


def _close(stream: "TextIO") -> None:
    """Let later writes, and the interpreter's last flush, go nowhere instead of failing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
