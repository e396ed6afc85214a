"""First frame, key to painted character, and step to step, measured through a pseudo-terminal.

Run: python tests/bench/terminal.py
"""

import contextlib
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from pathlib import Path

BARE = """
from textual.app import App
from textual.widgets import Label
class Bare(App):
    def compose(self):
        yield Label("HELLO")
Bare().run()
"""
RUNS = 11


class Terminal:
    """A program on a pseudo-terminal of 80 by 24, and the clock since it was started."""

    def __init__(self, command: list[str], home: str) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "POSTBACK_WIZARD_HOME": home, "COLORTERM": "truecolor"}
        environment |= {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)
        self.seen = b""

    def wait_for(self, text: str, within: float = 20.0) -> float:
        """Seconds since the start at which ``text`` had been painted; what was painted before is forgotten."""
        limit = time.perf_counter() + within
        while time.perf_counter() < limit:
            if text.encode() in self.seen:
                self.seen = b""
                return time.perf_counter() - self.started
            ready, _, _ = select.select([self.master], [], [], 0.5)
            if ready:
                with contextlib.suppress(OSError):
                    self.seen += os.read(self.master, 65536)
        raise TimeoutError(f"{text!r} was never painted; last: {self.seen[-300:]!r}")

    def press(self, keys: str) -> float:
        """Send keys; the moment they were sent."""
        sent = time.perf_counter()
        os.write(self.master, keys.encode())
        return sent

    def close(self) -> None:
        """Stop the program."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)


def timed(command: list[str], text: str, home: str) -> float:
    """Seconds from start to the painted text, once."""
    terminal = Terminal(command, home)
    try:
        return terminal.wait_for(text)
    finally:
        terminal.close()


def first_frames(home: str) -> None:
    """Print the first painted frame of the wizard beside that of a bare Textual app, interleaved."""
    wizard = [sys.executable, "-m", "postback_wizard"]
    bare = [sys.executable, "-c", BARE]
    ours, theirs = [], []
    for _ in range(RUNS):
        theirs.append(timed(bare, "HELLO", home))
        ours.append(timed(wizard, "New case", home))
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"first frame     wizard {_ms(ours)}   bare Textual {_ms(theirs)}   ratio {ratio:.2f} (goal: at most 1.6)")


def keys_and_steps(home: str) -> None:
    """Print how long a typed character and a change of step take until they are painted."""
    terminal = Terminal([sys.executable, "-m", "postback_wizard"], home)
    typed: list[float] = []
    moved: list[float] = []
    try:
        terminal.wait_for("New case")
        terminal.press("\r")
        terminal.wait_for("Before the steps")
        terminal.press("\x1b[19~")
        terminal.wait_for("Does the click ID")
        for character in "QXZJKVWQXZJK":
            _measure(terminal, lambda character=character: terminal.press(character), character, typed)  # type: ignore[misc]
        for _ in range(6):
            _measure(terminal, lambda: terminal.press("\x1b[19~"), "Did the conversion", moved)
            _measure(terminal, lambda: terminal.press("\x1b[18~"), "Does the click ID", moved)
    finally:
        terminal.close()
    print(f"key to paint    {_ms(typed)} (worst {max(typed) * 1000:.1f} ms)")
    print(f"step to step    {_ms(moved)} (worst {max(moved) * 1000:.1f} ms)")


def _measure(terminal: Terminal, act: Callable[[], float], text: str, into: list[float]) -> None:
    terminal.seen = b""
    sent = act()
    terminal.wait_for(text)
    into.append(time.perf_counter() - sent)


def _ms(values: list[float]) -> str:
    return f"{statistics.median(values) * 1000:.1f} ms"


def main() -> None:
    """All three, in a home of their own."""
    with tempfile.TemporaryDirectory() as home:
        first_frames(home)
        keys_and_steps(str(Path(home)))


if __name__ == "__main__":
    main()
