"""A refresh value, of a header or of a meta element, read by the steps that the HTML standard gives to browsers."""

import re
from dataclasses import dataclass

#: What HTML calls whitespace; other blanks of Unicode are text.
SPACE = "\t\n\f\r "

_TIME = re.compile(r"[\t\n\f\r ]*+(?P<whole>[0-9]*+)(?P<rest>[0-9.]*+)")
_SEPARATOR = re.compile(r"[\t\n\f\r ]*+[;,]?+[\t\n\f\r ]*+")
_URL = re.compile(r"[uU][rR][lL][\t\n\f\r ]*+=[\t\n\f\r ]*+")
_EDGES = re.compile(r"\A[\x00-\x20]+|[\x00-\x20]+\Z|[\t\n\r]")
_LONGEST_TIME = 9


@dataclass(frozen=True, slots=True)
class Refresh:
    """When a page goes on, and where to. An empty ``reference`` is the page itself; seconds are whole, as in browsers.

    ``line`` is where a meta element stands on its page, from 1; 0 for a header. ``base`` is what a meta element's
    reference is relative to.
    """

    seconds: int
    reference: str = ""
    line: int = 0
    base: str = ""


def read_refresh(value: str) -> Refresh | None:
    """What a refresh value asks for; None when a browser would take no notice of it.

    More than nine digits count as about thirty years.
    """
    time = _TIME.match(value)
    if time is None or not (time["whole"] or time["rest"].startswith(".")):
        return None
    digits = time["whole"].lstrip("0")
    seconds = int(digits or "0") if len(digits) <= _LONGEST_TIME else 10**_LONGEST_TIME
    rest = value[time.end() :]
    if not rest:
        return Refresh(seconds)
    if rest[0] not in f";,{SPACE}":
        return None
    separator = _SEPARATOR.match(rest)
    return Refresh(seconds, _reference(rest[separator.end() :] if separator else rest))


def clean_reference(reference: str) -> str:
    """A reference as browsers parse it: without blanks around it, and without tabs and line ends anywhere."""
    return _EDGES.sub("", reference)


def _reference(text: str) -> str:
    named = _URL.match(text)
    if named is None and text[:1] in ("u", "U"):
        return clean_reference(text)  # the word was begun and not finished, so that nothing is unquoted
    text = text[named.end() :] if named else text
    quote = text[:1] if text[:1] in ("'", '"') else ""
    return clean_reference(text[1:].partition(quote)[0] if quote else text)
