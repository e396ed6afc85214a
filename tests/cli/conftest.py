"""The program as its users start it: a child process with a home of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Seconds after which a child that hangs fails its test.
PATIENCE_S = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished child left behind."""

    code: int
    out: str
    err: str

    @property
    def sentences(self) -> list[str]:
        """The lines of standard error."""
        return self.err.splitlines()


@dataclass(frozen=True, slots=True)
class Program:
    """Starts ``python -m postback_wizard`` with a home below a test's own folder and an English environment."""

    home: Path

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """The environment of a child: ours without languages and secrets of this machine."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "POSTBACK_"))}
        return {
            **kept,
            "POSTBACK_WIZARD_HOME": str(self.home),
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "COLUMNS": "80",
            **more,
        }

    def run(self, *words: str, stdin: bytes = b"", **more: str) -> Outcome:
        """Run to the end."""
        done = subprocess.run(
            [sys.executable, "-m", "postback_wizard", *words],
            input=stdin,
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
            cwd=self.home,
            env=self.environment(more),
        )
        return Outcome(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    def start(self, *words: str, **more: str) -> subprocess.Popen[bytes]:
        """Start and go on; the caller ends it."""
        return subprocess.Popen(
            [sys.executable, "-m", "postback_wizard", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.home,
            env=self.environment(more),
        )


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with an empty home."""
    home = tmp_path / "home"
    home.mkdir()
    return Program(home)


@pytest.fixture
def started(program: Program) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts children that are ended with the test."""
    children: list[subprocess.Popen[bytes]] = []

    def start(*words: str, **more: str) -> subprocess.Popen[bytes]:
        children.append(program.start(*words, **more))
        return children[-1]

    yield start
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGKILL)
        child.communicate(timeout=PATIENCE_S)
