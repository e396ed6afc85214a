"""What the wizard needs from the outside, as plain capabilities handed to it at the start.

Types only are imported from below: the first screen is painted before the vocabulary of cases is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from postback_wizard.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime
    from pathlib import Path

    from postback_wizard.catalogue.owners import OwnerMark
    from postback_wizard.domain.arrival import Arrived
    from postback_wizard.domain.case import Case, StepId
    from postback_wizard.domain.closing import ClosedCase
    from postback_wizard.domain.differences import Difference, Listed, Narrowing, SourceRow, Written
    from postback_wizard.domain.facts import Facts
    from postback_wizard.domain.probe import Evidence, HttpProbe, LogEvidence, LogProbe, Probe
    from postback_wizard.domain.remembered import RememberedColumns
    from postback_wizard.domain.step import Settings


class DeskError(Exception):
    """Something outside went wrong in a way a person should read: a file in the way, a disk that is full."""

    def __init__(self, message: Text, **values: object) -> None:
        super().__init__(message.say("en", values))
        self.message = message
        self.values = values

    def say(self, lang: str) -> str:
        """The sentence in ``lang``."""
        return self.message.say(lang, self.values)


class OpenedCase(Protocol):
    """A case held open; another process may hold it first, then it is read-only here."""

    @property
    def case(self) -> Case: ...
    @property
    def path(self) -> Path: ...
    @property
    def read_only(self) -> bool: ...
    def save(self, case: Case) -> None:
        """Write it durably; raises DeskError."""

    def close(self) -> None: ...


class WizardWorld(Protocol):
    """A world (see the engine) that can be put away."""

    def now(self) -> datetime: ...
    async def perform(self, probe: Probe) -> Evidence: ...
    async def aclose(self) -> None: ...


class Listening(Protocol):
    """Opens the receiver while inside; gives its URL. ``port`` 0 takes a free one. Raises OSError."""

    def __call__(
        self, catch: Callable[[Arrived], object], status: int, body: str, delay_s: float, port: int
    ) -> AbstractAsyncContextManager[str]: ...


class DifferenceList(Protocol):
    """The differences of two compared logs; each call may be cancelled, and raises DeskError."""

    async def prepare(self) -> Listed: ...
    async def narrow(self, wanted: Narrowing) -> Listed: ...
    async def page(self, first: int, count: int) -> tuple[Difference, ...]: ...
    async def sources(self, item: Difference) -> tuple[SourceRow, ...]: ...
    async def write_list(self, stem: str) -> Written:
        """Write what is wanted into the folder of exports."""

    async def write_backfill(self, stem: str, tracker: str, partner: str) -> Written:
        """Write what only the partner has for the import of a tracker of the catalogue."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class RecentCase:
    """One line of the list of stored cases."""

    id: str
    title: str
    opened_at: str
    verdicts: tuple[tuple[StepId, str], ...] = ()
    problem: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class UnknownSend:
    """A callback that was about to be sent when the program stopped; nobody knows whether it arrived."""

    id: str
    case_id: str
    at: str
    method: str
    url: str


class PracticeChain(Protocol):
    """A running practice chain."""

    @property
    def facts(self) -> Facts: ...
    @property
    def facts_path(self) -> Path: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Lesson:
    """A practice scenario as the trainee sees it, without its answer."""

    name: str
    title: Text
    story: Text


@dataclass(frozen=True, slots=True)
class Marked:
    """How the trainee's diagnosis was judged; the explanation is for those who were right."""

    right: bool
    remark: Text
    explanation: Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One diagnosis a trainee can give; an empty step and code mean that nothing is wrong."""

    step: str
    code: str
    words: Text


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything outside, as functions. ``recent`` and ``save`` run off the interface thread.

    ``own_faults`` counts the user's own platform files that were left out; it too is called in a thread.
    ``closed`` reads the team's closed cases, ``shelve`` and ``unshelve`` keep and forget one, ``adopt`` copies in a
    case file; each is called in a thread. ``prepare`` imports what the first run of a step will need; it is called in
    a thread once the screen stands.
    """

    now: Callable[[], datetime]
    recent: Callable[[], Sequence[RecentCase]]
    open: Callable[[str], OpenedCase]
    create: Callable[[Case], OpenedCase]
    new_id: Callable[[], str]
    world: Callable[[Case], WizardWorld]
    settings: Callable[[], Settings]
    unknown_sends: Callable[[], Sequence[UnknownSend]]
    acknowledge: Callable[[str], None]
    sent_before: Callable[[HttpProbe], Sequence[str]]
    write_report: Callable[[str, str], Path]
    copy: Callable[[str], str]
    lessons: Callable[[], Sequence[Lesson]]
    practise: Callable[[str, str], PracticeChain]
    choices: Callable[[], Sequence[Choice]]
    mark: Callable[[str, str, str], Marked]
    remember: Callable[[str, str], None]
    secrets: Callable[[], Sequence[str]]
    give_token: Callable[[str], None]
    prepare: Callable[[], None]
    remember_owner: Callable[[str, OwnerMark | None], None]
    owners_fault: Callable[[], Text | None]
    adopt: Callable[[str], OpenedCase]
    closed: Callable[[], Sequence[ClosedCase]]
    shelve: Callable[[ClosedCase], None]
    unshelve: Callable[[str], None]
    own_faults: Callable[[], int] = lambda: 0
    sent_with: Callable[[Sequence[str]], Sequence[str]] = lambda ids: ()  # noqa: ARG005 - a desk without a journal
    listening: Listening | None = None
    to_json: Callable[[object], object] = str
    write_bundle: Callable[[str, Mapping[str, bytes]], Path] | None = None
    read_in: Callable[[Path], str] = lambda path: ""  # noqa: ARG005 - a desk without programs
    remembered_columns: Callable[[], Sequence[RememberedColumns]] = tuple
    remember_columns: Callable[[RememberedColumns], None] = lambda item: None  # noqa: ARG005 - a desk without a memory
    differences: Callable[[LogProbe, LogEvidence], DifferenceList] | None = None
    give_secret: Callable[[str], None] = lambda secret: None  # noqa: ARG005 - a desk without a drawer for it


@dataclass(frozen=True, slots=True)
class Start:
    """How the wizard opens: language, theme, and a case, practice (a scenario or the list), or home.

    ``fresh`` marks a case that was made just now: it is asked what the platform says, unless it knows.
    """

    desk: Desk
    lang: str = "en"
    theme: str = "textual-dark"
    opened: OpenedCase | None = None
    practice: bool = False
    lesson: str = ""
    fresh: bool = False
