"""One line of what a step heard."""

from dataclasses import dataclass

from postback_wizard.domain.finding import Level


@dataclass(frozen=True, slots=True)
class Row:
    """One line of evidence: ``head`` is short, ``text`` the rest; ``detail`` is everything, shown on Enter.

    ``where`` is the place findings name, such as ``hop 2``.
    """

    tone: Level
    head: str
    text: str
    detail: str
    where: str = ""
