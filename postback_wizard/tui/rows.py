"""One line of evidence on the screen."""

from dataclasses import dataclass

from postback_wizard.domain.finding import Level
from postback_wizard.domain.probe import SentRequest

#: Texts, each with the level that gives it its colour.
Pieces = tuple[tuple[str, Level | None], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of evidence: ``head`` is short, ``text`` the rest; ``detail`` is everything, shown on Enter.

    ``where`` is the place findings name, such as ``hop 2``. A hop has a second line, ``below``, in pieces with their
    tones; a ``summary`` before its detail; and a ``host`` whose owner can be corrected. ``request`` is what it shows of
    a request, to be copied. ``whole`` is a text of its own, in pieces that join without a gap; ``tip`` says what the
    row is while it is marked.
    """

    tone: Level
    head: str
    text: str
    detail: str
    where: str = ""
    below: Pieces = ()
    summary: Pieces = ()
    host: str = ""
    whole: Pieces = ()
    tip: str = ""
    request: SentRequest | None = None
