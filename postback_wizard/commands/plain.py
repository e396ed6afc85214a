"""Text on its way to a terminal or a pipe: foreign controls made visible, a closed pipe taken quietly."""

import os
import sys

from postback_wizard.domain.visible import visible, visible_block

TYPE_CHECKING = False  # importing typing would cost --help two milliseconds
if TYPE_CHECKING:
    from typing import TextIO


def emit(text: str) -> bool:
    """Write lines for people to standard output; false when nobody reads it any more."""
    return _write(sys.stdout, visible_block(text))


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
