"""News of the knowledge base: what somebody wants to look up, and what was found."""

from dataclasses import dataclass

from textual.message import Message
from textual.screen import Screen

from postback_wizard.domain.finding import Finding
from postback_wizard.report.knowledge.entries import Ref
from postback_wizard.report.knowledge.lines import Page
from postback_wizard.tui.listing import Listing


@dataclass(frozen=True, slots=True)
class Typed:
    """Words to look for were typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What was found for a text."""

    text: str
    listing: Listing


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry is to be shown in full."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Known:
    """What is known around a finding is to be shown."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class SearchWished:
    """Somebody wants to look for something else."""


@dataclass(frozen=True, slots=True)
class KeepClosed:
    """The team's closed cases are to be written as one document."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A page that the screen ``by`` asked for."""

    page: Page
    by: Screen[object]


class LibraryNews(Message):
    """One of these."""

    def __init__(self, item: Typed | Listed | Opened | Known | SearchWished | KeepClosed | Ready) -> None:
        super().__init__()
        self.item = item
