"""Why two logs could not be compared, and in which of their files it lies."""

from dataclasses import replace

from postback_wizard.domain.probe import LogProbe, LogSource
from postback_wizard.effects.log_problem import LogProblem
from postback_wizard.effects.stoppable import Run


def blamed(probe: LogProbe, run: Run, problem: LogProblem) -> tuple[LogSource, ...]:
    """What is wrong with which file: the one the problem names, else each that cannot be read by itself, else both."""
    from postback_wizard.effects.logs import sources_of

    files = probe.files[:2]
    bad = tuple(source for source in sources_of(replace(probe, files=files), run) if source.problem)
    if bad:
        return bad
    return tuple(LogSource(file.role, file.path, problem=problem.code, detail=problem.detail) for file in files)
