"""Writing files so that a crash, a full disk or a power cut leaves the old content or the new, never a mixture."""

import errno
import os
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: Ours alone: cases hold partners' data. Both hold from the first byte, whatever the umask is.
FILE_MODE = 0o600
FOLDER_MODE = 0o700
#: In a folder that a team shares, files are its group's too.
TEAM_MODE = 0o660

_TEMP_PREFIX = ".tmp-"
#: Seconds after which a temporary file is nobody's, even if its writer's process number is in use again.
_STRAY_AGE = 3600.0


def write_file(path: Path, data: bytes, mode: int = FILE_MODE) -> None:
    """Replace a file's content and return when it is on disk; the file then has ``mode``, whatever the umask is.

    Missing folders are created. A symbolic link at ``path`` is replaced, not followed.

    Raises:
        OSError: the file could not be written; what was there before is intact and nothing else is left behind.
    """
    make_folder(path.parent)
    with _temporary(path.parent) as temp:
        descriptor = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), FILE_MODE)
        try:
            own(descriptor, mode)
            write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temp, path)  # noqa: PTH105 - one system call, named as such
    sync_folder(path.parent)


@contextmanager
def _temporary(folder: Path) -> Iterator[Path]:
    temp = folder / f"{_TEMP_PREFIX}{os.getpid()}-{secrets.token_hex(8)}"
    try:
        yield temp
    except BaseException:
        with suppress(OSError):
            temp.unlink()
        raise


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte; one system call may take fewer.

    Raises:
        OSError: as the system says, after any number of bytes.
    """
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def own(descriptor: int, mode: int = FILE_MODE) -> None:
    """Give an open file its mode. Windows keeps its own: a profile's files are the user's there."""
    if os.name == "posix":
        os.fchmod(descriptor, mode)


def make_folder(folder: Path) -> None:
    """Create a folder and those above it that are missing, each with the mode 0700. Existing ones stay as they are.

    Raises:
        OSError: a folder cannot be created, or a file stands in its place.
    """
    missing = [item for item in (folder, *folder.parents) if not item.exists()]
    for item in reversed(missing):
        try:
            item.mkdir(FOLDER_MODE)
        except FileExistsError:  # another process was faster
            continue
        item.chmod(FOLDER_MODE)
        sync_folder(item.parent)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Windows has no such call and needs none: its renames are journalled."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> int:
    """Remove the temporary files that dead writers left in a folder; returns how many. Never fails."""
    removed = 0
    with suppress(OSError):
        for item in folder.iterdir():
            if item.name.startswith(_TEMP_PREFIX) and _is_stray(item):
                with suppress(OSError):
                    item.unlink()
                    removed += 1
    return removed


def _is_stray(temp: Path) -> bool:
    writer = temp.name.removeprefix(_TEMP_PREFIX).partition("-")[0]
    try:
        found = temp.lstat()
    except OSError:
        return False
    old = time.time() - found.st_mtime > _STRAY_AGE
    return stat.S_ISREG(found.st_mode) and (old or not (writer.isdecimal() and _is_alive(int(writer))))


def _is_alive(process: int) -> bool:
    """Whether a process runs; unknown counts as yes."""
    if os.name != "posix":  # there, sending signal 0 would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
