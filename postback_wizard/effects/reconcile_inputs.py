"""The two files of a comparison: one a side, also in an archive or alone in a folder; and why one cannot be used."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from postback_wizard.domain.probe import LogEvidence, LogFile, LogProbe, LogSource
from postback_wizard.effects.log_files import Input, named, opened
from postback_wizard.effects.log_problem import LogProblem
from postback_wizard.effects.stoppable import Run


class SideProblem(LogProblem):
    """Why one of the two files cannot be used; ``file`` is as the agent named it."""

    def __init__(self, file: LogFile, problem: LogProblem) -> None:
        super().__init__(problem.code, problem.detail, problem.headers)
        self.file = file

    @property
    def source(self) -> LogSource:
        """The same as evidence."""
        return LogSource(self.file.role, self.file.path, problem=self.code, detail=self.detail, headers=self.headers)


def alone(probe: LogProbe, stack: ExitStack, run: Run) -> LogProbe:
    """The probe with a path to the very file on each side; what is unpacked for it is gone when the stack closes.

    Raises:
        SideProblem: a side has no file, more than one, or one that cannot be used.
    """
    return replace(probe, files=tuple(_one(file, stack, run) for file in probe.files[:2]))


def _one(file: LogFile, stack: ExitStack, run: Run) -> LogFile:
    try:
        return LogFile(file.role, str(_member(list(named((file,))), stack, run)))
    except LogProblem as problem:
        raise SideProblem(file, problem) from problem


def _member(inputs: Sequence[Input], stack: ExitStack, run: Run) -> Path:
    if len(inputs) > 1:
        raise LogProblem("several-files", str(len(inputs)))
    item = inputs[0]
    if item.problem:
        raise item.problem
    members = stack.enter_context(opened(item, run.check))
    first = next(members)
    if first.problem:
        raise first.problem
    if first.path == item.path:
        return item.path
    # Renamed, because the next member of an archive takes the place of this one, and rows are told by their file.
    kept = first.path.rename(first.path.with_name(Path(first.shown).name or "log"))
    if any(not other.problem for other in members):
        raise LogProblem("several-files")
    return kept


def as_named(found: LogEvidence, probe: LogProbe) -> LogEvidence:
    """The evidence with its files as the agent named them."""
    paths = {file.role: file.path for file in probe.files}
    return replace(found, files=tuple(replace(file, path=paths.get(file.role, file.path)) for file in found.files))


def blamed(probe: LogProbe, run: Run, problem: LogProblem) -> tuple[LogSource, ...]:
    """What is wrong with which file: the one the problem names, else each that cannot be read by itself, else both."""
    from postback_wizard.effects.logs import sources_of

    if isinstance(problem, SideProblem):
        return (problem.source,)
    files = probe.files[:2]
    if problem.code != "no-common-key":
        bad = [source for source in sources_of(replace(probe, files=files), run) if source.problem]
        if bad:
            return tuple(bad)
    return tuple(LogSource(file.role, file.path, problem=problem.code, detail=problem.detail) for file in files)
