"""What is printed when the program itself fails: where, never with whose data."""

import traceback

from postback_wizard.tui import words


def crash_text(error: BaseException, lang: str) -> str:
    """The fault and the way to it: files, lines and function names, no values, no message, no local variables."""
    frames = traceback.extract_tb(error.__traceback__)
    way = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
    return "\n".join([words.CRASHED.say(lang, error=type(error).__name__), *way])
