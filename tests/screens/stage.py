"""The wizard on a stage: a fixed clock, recorded answers, cases in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from postback_wizard.catalogue.owners import OwnerMark, use_owners
from postback_wizard.commands.office import lesson_list
from postback_wizard.domain.case import Case
from postback_wizard.domain.closing import ClosedCase
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import Evidence, HttpProbe, LogEvidence, LogProbe
from postback_wizard.domain.remembered import RememberedColumns
from postback_wizard.domain.step import Settings
from postback_wizard.domain.text import Text
from postback_wizard.replay import RecordedWorld
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.desk import (
    Choice,
    Desk,
    DeskError,
    DifferenceList,
    Listening,
    Marked,
    OpenedCase,
    PracticeChain,
    RecentCase,
    Start,
    UnknownSend,
)

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)


@dataclass(slots=True)
class CaseInMemory:
    """A case without a disk; ``refuse`` makes every save fail."""

    case: Case
    read_only: bool = False
    refuse: bool = False
    path: Path = Path("case.json")
    saves: int = 0
    closed: bool = False

    def save(self, case: Case) -> None:
        if self.refuse:
            raise DeskError(Text(en="the disk is full", ru="диск заполнен"))
        self.case = case
        self.saves += 1

    def close(self) -> None:
        self.closed = True


class StageWorld(RecordedWorld):
    """Recorded answers and a clock that stands still."""

    def __init__(self, evidence: Sequence[Evidence]) -> None:
        super().__init__(evidence, NOW)

    async def aclose(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True, slots=True)
class Class:
    """A practice chain whose facts are given."""

    facts: Facts
    facts_path: Path = Path("practice/facts.json")

    def close(self) -> None:
        """Nothing runs."""


@dataclass(slots=True)
class Stage:
    """Everything a wizard needs, observable afterwards."""

    evidence: Sequence[Evidence] = ()
    facts: Facts = field(default_factory=Facts)
    recent: Sequence[RecentCase] = ()
    unknown: list[UnknownSend] = field(default_factory=list)
    before: Sequence[str] = ()
    read_only: bool = False
    refuse: bool = False
    lang: str = "en"
    theme: str = "textual-dark"
    has_token: bool = False
    opened: list[CaseInMemory] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    copied: list[str] = field(default_factory=list)
    remembered: list[tuple[str, str]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    second: list[str] = field(default_factory=list)
    owners: dict[str, OwnerMark | None] = field(default_factory=dict)
    owners_fault: Text | None = None
    closed: list[ClosedCase] = field(default_factory=list)
    unshelved: list[str] = field(default_factory=list)
    columns: list[RememberedColumns] = field(default_factory=list)
    listening: Listening | None = None
    differences: Callable[[LogProbe, LogEvidence], DifferenceList] | None = None

    def app(self, *, lesson: str = "", home: bool = False) -> WizardApp:
        """The wizard on the stage's case, on a practice case, or at home."""
        opened = None if home or lesson else self._open(self._case())
        return WizardApp(Start(self.desk(), self.lang, self.theme, opened, lesson=lesson))

    def desk(self) -> Desk:
        """The stage's desk."""
        return Desk(
            now=lambda: NOW,
            recent=lambda: self.recent,
            open=lambda ref: self._open(replace(self._case(), id=ref)),
            create=self._open,
            new_id=lambda: "20260301-100000-demo",
            world=lambda case: StageWorld(self.evidence),
            settings=lambda: Settings(has_token=self.has_token or bool(self.tokens), has_secret=bool(self.second)),
            unknown_sends=lambda: tuple(self.unknown),
            acknowledge=self._acknowledge,
            sent_before=self._sent_before,
            write_report=self._write,
            copy=self._copy,
            lessons=lesson_list,
            practise=self._practise,
            choices=lambda: (
                Choice("", "", Text(en="Nothing is wrong.", ru="Всё в порядке.")),
                Choice("click", "redirect-drops-query", Text(en="A redirect forgets.", ru="Редирект теряет.")),
            ),
            mark=lambda name, step, code: Marked(
                (step, code) == ("click", "redirect-drops-query"),
                Text(en="Judged.", ru="Оценено."),
                Text(en="The network forgot it.", ru="Сеть потеряла."),
            ),
            remember=lambda lang, theme: self.remembered.append((lang, theme)),
            secrets=tuple,
            give_token=self.tokens.append,
            give_secret=self.second.append,
            prepare=lambda: None,
            remembered_columns=lambda: tuple(self.columns),
            remember_columns=self.columns.append,
            differences=self.differences,
            listening=self.listening,
            remember_owner=self._remember_owner,
            owners_fault=lambda: self.owners_fault,
            adopt=lambda path: self._open(replace(self._case(), id=Path(path).stem)),
            closed=lambda: tuple(self.closed),
            shelve=self.closed.append,
            unshelve=self.unshelved.append,
        )

    def _case(self) -> Case:
        known = {name: value for name in Facts.__slots__ if (value := getattr(self.facts, name))}
        return Case(id="20260301-100000-demo", opened_at="2026-03-01T10:00:00.000Z").learn(known, "file")

    def _open(self, case: Case) -> OpenedCase:
        self.opened.append(CaseInMemory(case, self.read_only, self.refuse))
        return self.opened[-1]

    def _practise(self, name: str, lang: str) -> PracticeChain:
        return Class(self.facts)

    def _sent_before(self, probe: HttpProbe) -> Sequence[str]:
        return self.before

    def _write(self, name: str, text: str) -> Path:
        self.written[name] = text
        return Path("exports") / name

    def _copy(self, text: str) -> str:
        self.copied.append(text)
        return "xclip"

    def _remember_owner(self, host: str, mark: OwnerMark | None) -> None:
        if self.refuse:
            raise DeskError(Text(en="the disk is full", ru="диск заполнен"))
        self.owners[host] = mark
        use_owners(lambda: {name: item for name, item in self.owners.items() if item})

    def _acknowledge(self, intent: str) -> None:
        self.unknown = [item for item in self.unknown if item.id != intent]
