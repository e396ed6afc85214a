"""What stands behind the wizard's desk: the real store, journal, world and practice chain."""

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from postback_wizard.catalogue.owners import OwnerMark, use_owners
from postback_wizard.commands.closed import ClosedBook
from postback_wizard.commands.columns import ColumnBook
from postback_wizard.commands.knowing import use_own_platforms
from postback_wizard.commands.owners import OwnerBook
from postback_wizard.commands.world import Edge
from postback_wizard.domain.case import STEP_ORDER, Case
from postback_wizard.domain.closing import ClosedCase
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import SECRET, TOKEN, HttpProbe, LogEvidence, LogProbe
from postback_wizard.domain.remembered import RememberedColumns
from postback_wizard.domain.step import Settings
from postback_wizard.domain.text import Text
from postback_wizard.effects.closed import ClosedShelf
from postback_wizard.effects.codec import CaseError
from postback_wizard.effects.columns_file import ColumnsError
from postback_wizard.effects.durable import write_file
from postback_wizard.effects.folders import find_folders
from postback_wizard.effects.journal import Journal, dedup_key
from postback_wizard.effects.listing import Summary
from postback_wizard.effects.owners import OwnersError
from postback_wizard.effects.refusals import CaseForked, CaseNotFound, CaseReadOnly
from postback_wizard.effects.settings import SettingsError, load_settings, save_settings
from postback_wizard.effects.store import CaseStore, OpenCase
from postback_wizard.report.knowledge.closed import use_closed
from postback_wizard.tui.desk import (
    Choice,
    DeskError,
    DifferenceList,
    Lesson,
    Marked,
    OpenedCase,
    PracticeChain,
    RecentCase,
    UnknownSend,
    WizardWorld,
)

if TYPE_CHECKING:
    from postback_wizard.practice.chain import Chain
    from postback_wizard.practice.scenarios import Scenario

DISK = Text(en="{path}: {why}", ru="{path}: {why}")
NO_SCENARIO = Text(en="There is no practice case {name}.", ru="Учебного случая {name} нет.")
PROBLEMS = {
    "corrupt": Text(en="damaged file, opening it puts it aside", ru="файл повреждён, при открытии он будет отложен"),
    "newer": Text(en="made by a newer version of this program", ru="создан более новой версией программы"),
    "unreadable": Text(en="cannot be read", ru="не читается"),
}


@contextmanager
def complaints() -> Iterator[None]:
    """Whatever the disk or a file does becomes a sentence for the screen."""
    try:
        yield
    except (CaseError, CaseForked, CaseNotFound, CaseReadOnly, ColumnsError, OwnersError, SettingsError) as error:
        raise DeskError(error.message) from error
    except OSError as error:
        raise DeskError(DISK, path=error.filename or "", why=error.strerror or type(error).__name__) from error


@dataclass(slots=True)
class StoredCase:
    """A case of the store, its errors turned into sentences."""

    opened: OpenCase

    @property
    def case(self) -> Case:
        """As it is on disk."""
        return self.opened.case

    @property
    def path(self) -> Path:
        """Its file."""
        return self.opened.path

    @property
    def read_only(self) -> bool:
        """Whether somebody else holds it."""
        return self.opened.read_only

    def save(self, case: Case) -> None:
        """Write it durably. Raises DeskError."""
        with complaints():
            self.opened.save(case)

    def close(self) -> None:
        """Let others write."""
        self.opened.close()


@dataclass(slots=True)
class PassingCase:
    """A case nobody wants to keep: practice. Nothing of it reaches the disk."""

    case: Case
    path: Path = Path()
    read_only: bool = False

    def save(self, case: Case) -> None:
        """Remember it in memory only."""
        self.case = case

    def close(self) -> None:
        """Nothing to let go of."""


class Office:
    """The pieces behind the wizard's desk, for one command line."""

    def __init__(self, options: Namespace, lang: str) -> None:
        folders = find_folders()
        folders.tighten()
        self._folders = folders
        self._edge = Edge(options)
        self._store = CaseStore(folders.cases, folders.shared)
        self._journal = Journal(folders.journal)
        self._classroom = Classroom()
        self._lang = lang
        self._typed: dict[str, str] = {}
        self._shelf = ClosedShelf(folders.closed, folders.shared)
        self._closed = ClosedBook(self._shelf)
        use_closed(self._closed.read)
        use_own_platforms()
        self._owners = OwnerBook()
        use_owners(self._owners.read)
        self._columns = ColumnBook()

    def recent(self) -> Sequence[RecentCase]:
        """Stored cases, newest first, after files that are none."""
        listing = self._store.list()
        problems = [
            RecentCase(item.path.stem, "", "", problem=PROBLEMS[item.kind].say(self._lang)) for item in listing.problems
        ]
        return [*problems, *(_recent(item) for item in listing.cases)]

    def open(self, ref: str) -> OpenedCase:
        """A stored case. Raises DeskError."""
        with complaints():
            return StoredCase(self._store.open(ref))

    def adopt(self, path: str) -> OpenedCase:
        """A case somebody sent, copied in. Raises DeskError."""
        with complaints():
            return StoredCase(self._store.adopt(_given(path), datetime.now(UTC)))

    def closed(self) -> Sequence[ClosedCase]:
        """What is kept of closed cases."""
        return self._closed.read()

    def shelve(self, card: ClosedCase) -> None:
        """Keep a closed case, while practising nowhere. Raises DeskError."""
        if not self._classroom.running:
            with complaints():
                self._shelf.put(card)

    def unshelve(self, ref: str) -> None:
        """Forget a closed case that is open again. Raises DeskError."""
        with complaints():
            self._shelf.take_away(ref)

    def create(self, case: Case) -> OpenedCase:
        """A new case: on disk, or in memory only while practising. Raises DeskError."""
        if self._classroom.running:
            return PassingCase(case)
        with complaints():
            return StoredCase(self._store.create(case))

    def new_id(self) -> str:
        """An id nobody has."""
        return self._store.new_id(datetime.now(UTC))

    def world(self, case: Case) -> WizardWorld:
        """The live world of a case, with the practice chain's token while that runs."""
        return self._edge.world(case, self.secrets())

    def settings(self) -> Settings:
        """Limits and endpoints, with the practice chain's in place of the real ones."""
        return self._classroom.adapt(
            replace(self._edge.settings, has_token=TOKEN in self.secrets(), has_secret=SECRET in self.secrets())
        )

    def secrets(self) -> dict[str, str]:
        """What must never be written or shown, by its stand-in."""
        return {**self._edge.secrets, **self._typed, **self._classroom.secrets()}

    def give_token(self, token: str) -> None:
        """Use an access token until the program ends."""
        self._typed = {**self._typed, TOKEN: token}

    def give_secret(self, secret: str) -> None:
        """Recompute signatures with a secret until the program ends."""
        self._typed = {**self._typed, SECRET: secret}

    def unknown_sends(self) -> Sequence[UnknownSend]:
        """Requests nobody knows the end of."""
        try:
            found = self._journal.unsettled()
        except OSError:
            return []
        return [UnknownSend(item.id, item.case_id, item.at, item.method, item.url) for item in found]

    def acknowledge(self, intent: str) -> None:
        """Somebody has taken note of such a request. Raises DeskError."""
        with complaints():
            self._journal.acknowledge(intent)

    def sent_before(self, probe: HttpProbe) -> Sequence[str]:
        """When the same conversion was sent from this machine, in any case."""
        try:
            return [item.at for item in self._journal.sent_before(dedup_key(probe))]
        except OSError:
            return []

    def sent_with(self, ids: Sequence[str]) -> Sequence[str]:
        """When a request with one of these IDs was sent from this machine, in any case."""
        try:
            return [item.at for item in self._journal.sent_with(ids)]
        except OSError:
            return []

    def remember_owner(self, host: str, mark: OwnerMark | None) -> None:
        """Keep what a user said about a host, while practising only in memory. Raises DeskError."""
        with complaints():
            self._owners.remember(host, mark, passing=self._classroom.running)

    def remembered_columns(self) -> Sequence[RememberedColumns]:
        """The columns users corrected in exports. Raises DeskError."""
        with complaints():
            return self._columns.read(passing=self._classroom.running)

    def remember_columns(self, item: RememberedColumns) -> None:
        """Keep the columns of an export, while practising only in memory. Raises DeskError."""
        with complaints():
            self._columns.remember(item, passing=self._classroom.running)

    def owners_fault(self) -> Text | None:
        """What is wrong with the file of remembered owners."""
        return self._owners.fault()

    def differences(self, probe: LogProbe, logs: LogEvidence) -> DifferenceList:
        """What two compared logs differ in; its files go into the folder of exports."""
        from postback_wizard.commands.differing import ListedDifferences

        return ListedDifferences(probe, logs, self._folders.exports)

    def write_report(self, name: str, text: str) -> Path:
        """Write a report into the folder of exports. Raises DeskError."""
        path = self._folders.exports / name
        with complaints():
            write_file(path, text.encode("utf-8", "backslashreplace"))
        return path

    def write_bundle(self, name: str, files: Mapping[str, bytes]) -> Path:
        """Write a bundle as a zip into the folder of exports. Raises DeskError."""
        from postback_wizard.effects.bundle import write_bundle

        path = self._folders.exports / name
        with complaints():
            write_bundle(path, files)
        return path

    def practise(self, name: str, lang: str) -> PracticeChain:
        """Start a practice chain. Raises DeskError."""
        return self._classroom.begin(name, lang)

    def own_faults(self) -> int:
        """How many platform files of one's own were left out."""
        from postback_wizard.catalogue import own_faults

        return len(own_faults())

    def remember(self, lang: str, theme: str) -> None:
        """Keep language and theme for next time. Raises DeskError."""
        with complaints():
            current = load_settings(self._folders.settings)
            save_settings(replace(current, language=lang, theme=theme), self._folders.settings)


class Classroom:
    """The practice chain that is running, if one is."""

    def __init__(self) -> None:
        self._chain: Chain | None = None

    def begin(self, name: str, lang: str) -> PracticeChain:
        """Start the chain of a scenario."""
        from postback_wizard.practice.chain import start

        with complaints():
            self._chain = start(_scenario(name), lang)
        return Borrowed(self._chain, self)

    def end(self, chain: "Chain") -> None:
        """The chain was put away."""
        if self._chain is chain:
            self._chain = None
        chain.close()

    @property
    def running(self) -> bool:
        """Whether a chain runs."""
        return self._chain is not None

    def secrets(self) -> dict[str, str]:
        """The token the practice chain's ad platform accepts, and what its postbacks are signed with."""
        if self._chain is None:
            return {}
        signing = {SECRET: self._chain.secret} if self._chain.secret else {}
        return {TOKEN: self._chain.token, **signing}

    def adapt(self, settings: Settings) -> Settings:
        """The settings with the practice chain's endpoints in place of the real ones."""
        if self._chain is None:
            return settings
        return replace(settings, endpoints={**settings.endpoints, **self._chain.endpoints}, has_token=True)


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A practice chain on loan: closing it tells the classroom."""

    chain: "Chain"
    classroom: Classroom

    @property
    def facts(self) -> Facts:
        """What a newcomer would be handed."""
        return self.chain.facts

    @property
    def facts_path(self) -> Path:
        """The same as a file."""
        return self.chain.facts_path

    def close(self) -> None:
        """End the chain."""
        self.classroom.end(self.chain)


def _recent(item: Summary) -> RecentCase:
    verdicts = tuple((step, item.verdicts[step]) for step in STEP_ORDER if step in item.verdicts)
    return RecentCase(item.id, item.title, item.opened_at, verdicts, closed=bool(item.closed_at))


def _given(path: str) -> Path:
    """A path as people paste it: quoted, or from their home."""
    return Path(path.strip().strip("\"'")).expanduser()


def lesson_list() -> Sequence[Lesson]:
    """The practice cases, without their answers."""
    from postback_wizard.practice.scenarios import SCENARIOS

    return [Lesson(item.name, item.title, item.story) for item in SCENARIOS]


def choice_list() -> Sequence[Choice]:
    """What a trainee may answer."""
    from postback_wizard.practice.scenarios import answer_choices

    return [Choice(item.step, item.code, item.label) for item in answer_choices()]


def mark(name: str, step: str, code: str) -> Marked:
    """Judge a trainee's answer."""
    from postback_wizard.practice.scenarios import judge, remark

    scenario = _scenario(name)
    return Marked(judge(scenario, step, code), remark(scenario, step, code), scenario.explanation)


def _scenario(name: str) -> "Scenario":
    from postback_wizard.practice.scenarios import find

    scenario = find(name)
    if scenario is None:
        raise DeskError(NO_SCENARIO, name=name)
    return scenario
