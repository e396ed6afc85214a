"""Putting text on the system's clipboard through whatever tool this machine has."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping

#: Seconds a tool may take; a broken display server must not hold the screen.
_TIMEOUT_S = 3.0


def copy(text: str, environment: Mapping[str, str] | None = None) -> str:
    """Copy text; returns the name of the tool that took it, or "" when none did."""
    environment = os.environ if environment is None else environment
    for command, encoding in _tools(environment):
        program = shutil.which(command[0], path=environment.get("PATH"))
        if program and _feed([program, *command[1:]], text.encode(encoding, "replace"), environment):
            return command[0]
    return ""


def _tools(environment: Mapping[str, str]) -> Iterator[tuple[list[str], str]]:
    if environment.get("WAYLAND_DISPLAY"):
        yield ["wl-copy"], "utf-8"
    if environment.get("DISPLAY"):
        yield ["xclip", "-selection", "clipboard"], "utf-8"
        yield ["xsel", "--clipboard", "--input"], "utf-8"
    yield ["pbcopy"], "utf-8"
    yield ["clip.exe"], "utf-16"  # with its byte order mark, or it reads the console's code page


def _feed(command: list[str], data: bytes, environment: Mapping[str, str]) -> bool:
    """Whether the tool took the data. Tools that stay to serve the clipboard must not inherit the terminal."""
    try:
        done = subprocess.run(  # noqa: S603 - one of the tools above, found on PATH
            command,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError, ValueError):
        return False
    return done.returncode == 0
