"""The words of a command line, whichever shell it was written for."""

from dataclasses import dataclass

from postback_wizard.domain.text import Text


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the first command as a program would get them, and the text that stands after it.

    ``kept`` are variables that stayed as written; ``notes`` say what was taken for granted.
    """

    words: tuple[str, ...]
    rest: str = ""
    kept: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
