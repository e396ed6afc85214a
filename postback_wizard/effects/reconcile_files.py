"""The files of the two sides of a reconciliation, opened: folders, archives and workbooks, each as text in UTF-8."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import error as ZlibError  # noqa: N812 - the module has no other name for it

from postback_wizard.domain.probe import LogFile, LogProbe, LogReject, LogSource
from postback_wizard.effects.column_content import guess
from postback_wizard.effects.columns import TIMES_OF_ROLE, day_column, fold, recognise
from postback_wizard.effects.dialect import Dialect, detect
from postback_wizard.effects.log_copy import as_utf8
from postback_wizard.effects.log_files import Input, named, opened
from postback_wizard.effects.log_problem import LogProblem
from postback_wizard.effects.log_query import Table
from postback_wizard.effects.stoppable import Run

#: Headers of other times a row may carry: when it was clicked, approved, or its postback came.
_OTHER_TIMES = (
    *(name for role in ("click_log", "attempt_log", "conversion_log") for name in TIMES_OF_ROLE[role]),
    *("visittime", "visitdate", "approvedat", "approvaltime", "approvaldate", "postbackdate", "датаподтверждения"),
)


@dataclass(frozen=True, slots=True)
class Staged:
    """One file, read: ``original`` is its dialect on disk, ``key`` the places of the key's columns.

    ``other_time`` is the place of a second time column, -1 where there is none, -2 where no file of its side has one;
    ``first`` the number of its first row among those of its side; ``cut`` tells of an archive that ends in the middle.
    """

    file: LogFile
    original: Dialect
    table: Table
    rows: int = 0
    rejected: int = 0
    key: tuple[int, ...] = ()
    other_time: int = -1
    first: int = 0
    rejects: tuple[LogReject, ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Half:
    """One side: its files in their order, and those that cannot be read."""

    role: str
    files: tuple[Staged, ...] = ()
    unread: tuple[LogSource, ...] = ()

    @property
    def rows(self) -> int:
        """The rows of all files."""
        return sum(file.rows for file in self.files)

    @property
    def other_time(self) -> str:
        """The header of the second time column, empty where no file has one."""
        return next((file.table.dialect.headers[file.other_time] for file in self.files if file.other_time >= 0), "")


def open_sides(probe: LogProbe, run: Run, stack: ExitStack, damaged: Mapping[str, bool] | None = None) -> list[Half]:
    """Both sides with the columns of their files recognised; copies live as long as the stack.

    ``damaged`` names files that are read through a copy without what is broken in them: true for an archive that ends
    in the middle, false for bytes that are no UTF-8.

    Raises:
        LogProblem: no file of a side can be used, with its ``detail``.
        OSError: there is no room for a copy.
    """
    halves = [_open_half(file, probe, run, stack, damaged or {}) for file in probe.files[:2]]
    for half in halves:
        if not half.files:
            worst = half.unread[0]
            raise LogProblem(worst.problem, worst.detail, worst.headers)
    return halves


def _open_half(file: LogFile, probe: LogProbe, run: Run, stack: ExitStack, damaged: Mapping[str, bool]) -> Half:
    found: list[Staged] = []
    unread: list[LogSource] = []
    for item in _inputs(file, run, stack):
        run.check()
        known = LogFile(file.role, item.shown)
        try:
            if item.problem:
                raise item.problem
            found.append(_open_one(item.path, known, probe, run, stack, damaged))
        except LogProblem as problem:
            unread.append(LogSource(file.role, item.shown, problem=problem.code, detail=problem.detail))
        except (OSError, EOFError, ValueError, MemoryError, ZlibError) as error:
            code = "no-permission" if isinstance(error, PermissionError) else "unreadable"
            unread.append(LogSource(file.role, item.shown, problem=code, detail=str(error)[:200]))
    if all(one.other_time < 0 for one in found):
        found = [replace(one, other_time=-2) for one in found]
    return Half(file.role, tuple(found), tuple(unread))


def _inputs(file: LogFile, run: Run, stack: ExitStack) -> Iterator[Input]:
    """Every file a role names; what is unpacked from archives stays as long as the stack, under numbers."""
    for item in named([file]):
        with opened(item, run.check) as members:
            for member in members:
                if member.problem or member.path == item.path:
                    yield member
                    continue
                folder = stack.enter_context(TemporaryDirectory(prefix="postback-wizard-"))
                kept = Path(folder) / "member"
                member.path.replace(kept)
                yield replace(member, path=kept)


def _open_one(
    path: Path, file: LogFile, probe: LogProbe, run: Run, stack: ExitStack, damaged: Mapping[str, bool]
) -> Staged:
    original = detect(path, file.role, probe.columns)
    repair = file.path in damaged
    given = probe.columns
    copying = as_utf8(path, original, run.check, repair=repair, role=file.role, given=given)
    copy, dialect = stack.enter_context(copying)
    places = recognise(dialect.headers, file.role, given)
    guessed = guess(dialect.headers, dialect.sample, places, frozenset())
    table = Table(
        *(copy, dialect, {**places, **guessed}, file.role, "backslash" if dialect.backslash else "strict"),
        guessed=tuple(guessed),
    )
    other = _other_time(table)
    return Staged(file, original, table, other_time=other, cut=damaged.get(file.path, False))


def _other_time(table: Table) -> int:
    taken = table.places.get("time", [])
    first, day = taken[:1], day_column(table.dialect.headers, taken) if taken else None
    folded = [fold(header) for header in table.dialect.headers]
    named_ones = (at for name in _OTHER_TIMES for at, header in enumerate(folded) if header == name)
    return next((at for at in named_ones if at not in first and at != day), -1) if first else -1
