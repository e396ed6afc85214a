"""A file written under a name nobody has: whole or not at all, and never over another."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from postback_wizard.effects.durable import FILE_MODE, make_folder, sync_folder

_MOST = 10_000


@dataclass(slots=True)
class NewFile:
    """``out`` takes the bytes; ``path`` is the file's name once it is there."""

    out: BinaryIO
    path: Path = Path()


@contextmanager
def new_file(folder: Path, stem: str, suffix: str) -> Iterator[NewFile]:
    """Write to ``stem.suffix`` in the folder, or ``stem-2.suffix`` and so on; leaving with an error leaves nothing.

    Raises:
        OSError: the disk refused.
    """
    make_folder(folder)
    temp = folder / f".tmp-{os.getpid()}-{secrets.token_hex(8)}"
    try:
        descriptor = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), FILE_MODE)
        with os.fdopen(descriptor, "wb") as out:
            made = NewFile(out)
            yield made
            out.flush()
            os.fsync(out.fileno())
        made.path = _reserved(folder, stem, suffix)
        os.replace(temp, made.path)  # noqa: PTH105 - one system call, named as such
        sync_folder(folder)
    finally:
        with suppress(OSError):
            temp.unlink()


def _reserved(folder: Path, stem: str, suffix: str) -> Path:
    """A name that was free, and is ours now: an empty file stands there."""
    for number in range(1, _MOST):
        path = folder / (f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}")
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE))
            return path
    raise FileExistsError(17, os.strerror(17), str(folder / f"{stem}{suffix}"))
