"""One HTTP request exactly as somebody wrote it, and why a text could not be read as one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from postback_wizard.domain.text import Text

#: Surrogates that stand for no byte (those from U+DC80 to U+DCFF do); no text that can be sent holds them.
_LONE = re.compile("[\ud800-\udc7f\udd00-\udfff]")

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ExactRequest:
    """A request with nothing decoded or re-encoded; macros stay as written.

    ``notes`` say what was taken for granted or left out; their words hold the concrete values already. ``without``
    names headers, lower-cased, that a client adds by itself and that were left away on purpose.
    """

    method: str
    url: str
    headers: Headers = ()
    body: str = ""
    notes: tuple[Text, ...] = ()
    without: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """The first value of a header, None when there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class RequestProblem:
    """Why a text is no request: a sentence with its values, and the place in question in nobody's language."""

    message: Text
    values: Mapping[str, str] = field(default_factory=dict)
    at: str = ""


class UnreadableRequestError(ValueError):
    """Carries a problem out of nested reading; never leaves ``read_request``."""

    def __init__(self, message: Text, at: str = "") -> None:
        super().__init__(message.en)
        self.problem = RequestProblem(message, {"at": at}, at)


def filled(text: Text, **values: str) -> Text:
    """The sentence with its values put in, as a sentence of its own."""

    def literal(words: str) -> str:
        return words.replace("{", "{{").replace("}", "}}")

    return Text(en=literal(text.say("en", values)), ru=literal(text.say("ru", values)))


def sendable(text: str) -> str:
    """The text with characters that no encoding knows replaced; bytes that were kept as they are stay."""
    return _LONE.sub("\ufffd", text)


def wire_bytes(text: str) -> bytes:
    """What of a text goes over the wire: UTF-8, and the bytes that are none."""
    return sendable(text).encode("utf-8", "surrogateescape")
