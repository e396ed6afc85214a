"""Showing a file in the program its user reads or edits texts with."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

#: Tried in this order; the editor first, because a report is often touched up before it is sent.
VARIABLES = ("VISUAL", "EDITOR", "PAGER")
_OTHERWISE = ("less", "more", "notepad")


def read_in(path: Path, environment: Mapping[str, str] | None = None) -> str:
    """Open a file and wait until it is closed; the name of the program, or "" when none could be started.

    The caller hands the terminal over before and takes it back after.
    """
    environment = os.environ if environment is None else environment
    for command in _commands(environment):
        program = shutil.which(command[0], path=environment.get("PATH"))
        if program and _run([program, *command[1:], str(path)], environment):
            return Path(command[0]).name
    return ""


def _commands(environment: Mapping[str, str]) -> Iterator[list[str]]:
    for variable in VARIABLES:
        try:
            command = shlex.split(environment.get(variable, ""), posix=os.name == "posix")
        except ValueError:  # an unfinished quote
            continue
        if command:
            yield command
    yield from ([name] for name in _OTHERWISE)


def _run(command: list[str], environment: Mapping[str, str]) -> bool:
    """Whether the program started; how it ended is its user's business."""
    try:
        subprocess.run(command, env=dict(environment), check=False)  # noqa: S603 - the user's own choice
    except (OSError, ValueError):
        return False
    return True
