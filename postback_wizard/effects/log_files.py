"""Which files a fact names: one, several, a folder of them, or the contents of an archive."""

import gzip
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from postback_wizard.domain.paths import split_paths
from postback_wizard.domain.probe import LogFile
from postback_wizard.effects.log_problem import LogProblem

#: A folder or an archive with more files than this is refused: somebody named the wrong one.
MAX_FILES = 1000
#: Bytes unpacked from one archive member at most.
MAX_UNPACKED = 4 * 1024**3
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_WORKBOOK_PARTS = ("xl/", "mimetype", "[Content_Types].xml")
_BINARY = (b"PAR1", _ZIP, b"\xd0\xcf\x11\xe0")
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read: ``path`` is where its bytes are, ``shown`` how the agent knows it; or why it cannot be read."""

    role: str
    shown: str
    path: Path
    problem: LogProblem | None = None


def paths_in(text: str) -> tuple[str, ...]:
    """The paths of a fact: the whole text where such a file exists, else its parts between line ends and ``;``."""
    return (text,) if _exists(text) else split_paths(text) or (text,)


def _exists(text: str) -> bool:
    try:
        return Path(text).expanduser().exists()
    except (OSError, ValueError, RuntimeError):
        return False


def named(files: Iterable[LogFile]) -> Iterator[Input]:
    """Every file that is named, folders opened one level deep, in the order of their names; archives stay closed."""
    for file in files:
        for text in paths_in(file.path):
            try:
                path = absolute(text)
                if path.is_dir():
                    yield from (Input(file.role, str(item), item) for item in _inside(path))
                else:
                    yield Input(file.role, text, usable(path))
            except LogProblem as problem:
                yield Input(file.role, text, Path(), problem)


def absolute(text: str) -> Path:
    """The path a text means.

    Raises:
        LogProblem: no file can have this name.
    """
    try:
        path = Path(os.path.abspath(Path(text).expanduser()))  # noqa: PTH100 - resolve() would follow links
        path.stat()
    except FileNotFoundError as error:
        raise LogProblem("missing") from error
    except PermissionError as error:
        raise LogProblem("no-permission") from error
    except (ValueError, RuntimeError) as error:
        raise LogProblem("missing", "no file can have this name") from error
    except OSError as error:
        raise LogProblem("missing", error.strerror or "") from error
    return path


def _inside(folder: Path) -> list[Path]:
    try:
        items = sorted(item for item in folder.iterdir() if item.is_file() and not item.name.startswith((".", "~$")))
    except PermissionError as error:
        raise LogProblem("no-permission") from error
    if not items:
        raise LogProblem("folder")
    if len(items) > MAX_FILES:
        raise LogProblem("too-many-files", str(len(items)))
    return items


def usable(path: Path) -> Path:
    """The same path, where it is a file with something in it that may be read.

    Raises:
        LogProblem: it is not.
    """
    if not path.is_file():
        raise LogProblem("unreadable", "not a regular file")
    if not os.access(path, os.R_OK):
        raise LogProblem("no-permission")
    if path.stat().st_size == 0:
        raise LogProblem("empty")
    return path


@contextmanager
def opened(item: Input, check: Callable[[], None]) -> Iterator[Iterator[Input]]:
    """The files a named one holds: itself, or the members of a ZIP archive, one after another, each gone after use."""
    with tempfile.TemporaryDirectory(prefix="postback-wizard-") if _is_packed(item) else _nowhere() as folder:
        yield _members(item, Path(folder), check) if folder else iter((item,))


@contextmanager
def _nowhere() -> Iterator[str]:
    yield ""


def _is_packed(item: Input) -> bool:
    if item.problem:
        return False
    try:
        head = _head(item.path)
        return (head == _ZIP and not _is_workbook(item.path)) or (head.startswith(_GZIP) and _holds_binary(item.path))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile):
        return False


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def _is_workbook(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    return any(name.startswith(_WORKBOOK_PARTS) for name in names)


def _holds_binary(path: Path) -> bool:
    with gzip.open(path, "rb") as file:
        return file.read(4) in _BINARY


def _members(item: Input, folder: Path, check: Callable[[], None]) -> Iterator[Input]:
    if _head(item.path).startswith(_GZIP):
        with gzip.open(item.path, "rb") as source:
            yield _unpacked(item, item.shown, source, folder, check)  # type: ignore[arg-type]  # a GzipFile reads bytes
        return
    try:
        with zipfile.ZipFile(item.path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir() and _is_log(member.filename)]
            if not members:
                yield Input(item.role, item.shown, item.path, LogProblem("empty"))
            for member in members[:MAX_FILES]:
                shown = f"{item.shown}/{member.filename}"
                try:
                    with archive.open(member) as source:
                        yield _unpacked(item, shown, source, folder, check)
                except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
                    yield Input(item.role, shown, item.path, LogProblem("archive", str(error)[:150]))
    except (zipfile.BadZipFile, OSError) as error:
        yield Input(item.role, item.shown, item.path, LogProblem("archive", str(error)[:150]))


def _is_log(name: str) -> bool:
    return not name.startswith("__MACOSX/") and not name.rpartition("/")[2].startswith(".")


def _unpacked(item: Input, shown: str, source: IO[bytes], folder: Path, check: Callable[[], None]) -> Input:
    target = folder / "member"
    size = 0
    with target.open("wb") as out:
        while chunk := source.read(_CHUNK):
            check()
            size += len(chunk)
            if size > MAX_UNPACKED:
                return Input(item.role, shown, target, LogProblem("too-large", "4 GiB"))
            out.write(chunk)
    return Input(item.role, shown, target, None if size else LogProblem("empty"))
