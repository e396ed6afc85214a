"""Sentences about what was found outside, with its values already in their places."""

import json

from postback_wizard.domain.text import Text

#: Characters of a foreign value that a sentence quotes.
_LIMIT = 80


def fill(text: Text, /, **values: object) -> Text:
    """The same sentence with its values filled in: what ``say`` returns needs nothing more."""
    return Text(en=_literal(text.say("en", values)), ru=_literal(text.say("ru", values)))


def _literal(sentence: str) -> str:
    return sentence.replace("{", "{{").replace("}", "}}")


def shown(value: object, limit: int = _LIMIT) -> str:
    """A foreign value fit for a sentence: at most ``limit`` characters, and nothing a terminal would obey."""
    text = value if isinstance(value, str) else _repr(value)
    visible = "".join(map(_visible, text[:limit]))
    return visible if len(text) <= limit else f"{visible}…"


def _repr(value: object) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    try:
        return repr(value)
    except (ValueError, RecursionError):  # an integer of too many digits, a table too deep
        return type(value).__name__


def _visible(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
