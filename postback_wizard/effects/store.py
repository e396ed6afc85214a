"""The folder of cases: one JSON file each, one writer at a time."""

import difflib
import errno
import os
import re
import secrets
import stat
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from postback_wizard.domain.case import Case
from postback_wizard.effects.codec import CaseError, dump_case, load_case
from postback_wizard.effects.durable import FILE_MODE, make_folder, sync_folder, write_file
from postback_wizard.effects.listing import Listing, read_listing
from postback_wizard.effects.refusals import CaseNotFound, CaseReadOnly, Why

_SUFFIX = ".json"
_ASIDE = ".corrupt-"
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
#: Letters and digits that are not mistaken for one another when an id is read aloud.
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
#: Larger files are no cases of ours: evidence is capped long before.
MAX_BYTES = 256 * 1024 * 1024
_CANDIDATES = 5


@dataclass(slots=True)
class OpenCase:
    """A case and its file, held until ``close``. ``why`` says why it is read-only, empty when it can be saved."""

    case: Case
    path: Path
    why: Why = ""
    _lock: FileLock | None = field(default=None, repr=False)

    @property
    def read_only(self) -> bool:
        """Whether ``save`` is refused."""
        return bool(self.why)

    def save(self, case: Case) -> None:
        """Put a case in place of the one on disk; when this returns, it is durable.

        Tokens and raw customer data stay in memory: on disk marks stand in their places.

        Raises:
            CaseReadOnly: the file is not ours to write.
            OSError: the disk refused; the old file is intact.
        """
        if self.why:
            raise CaseReadOnly(self.why)
        if self._lock is None:
            raise ValueError("the case is closed")
        from postback_wizard.steps.withholding import withhold  # late: listing cases judges nothing

        data = dump_case(withhold(case))
        if len(data) > MAX_BYTES:  # it could not be opened again
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(self.path))
        write_file(self.path, data)
        self.case = case

    def close(self) -> None:
        """Let others write. Closing twice is allowed."""
        if self._lock is not None:
            self._lock.release(force=True)
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class CaseStore:
    """The cases in a folder. Names of files come from our own ids, never from data."""

    folder: Path

    def new_id(self, now: datetime) -> str:
        """An id nobody has yet, such as ``20260301-100000-k3f9``: the UTC time and some chance."""
        while True:
            chance = "".join(secrets.choice(_ALPHABET) for _ in range(4))
            found = f"{now.astimezone(UTC):%Y%m%d-%H%M%S}-{chance}"
            if not (self.folder / f"{found}{_SUFFIX}").exists():
                return found

    def list(self) -> Listing:
        """What is stored, newest first, and the files that are no cases. Changes nothing."""
        return read_listing(self._files())

    def create(self, case: Case) -> OpenCase:
        """Store a new case under its id and hold it.

        Raises:
            ValueError: the id could not have come from ``new_id``.
            FileExistsError: there is a case of this id.
            OSError: the disk refused.
        """
        if not _ID.fullmatch(case.id):
            raise ValueError(f"no case id: {case.id!r}")
        path = self.folder / f"{case.id}{_SUFFIX}"
        make_folder(self.folder)
        opened = OpenCase(case, path, *_hold(path))
        try:
            _refuse_taken(path)
            opened.save(case)
        except BaseException:
            opened.close()
            raise
        return opened

    def open(self, ref: str) -> OpenCase:
        """Open a case by id, unique beginning of an id, or path; read-only while another process writes it.

        A damaged file of this folder is put aside as ``<id>.corrupt-<n>.json``; files elsewhere stay where they are.

        Raises:
            CaseNotFound: nothing, or more than one case, goes by this name.
            CaseError: the file is no case, or a newer program's.
            OSError: the file cannot be read.
        """
        path = self._find(ref)
        if path.parent != self.folder:
            self._load(path, may_move=False)  # no lock file beside what is no case
        why, lock = _hold(path)
        opened = OpenCase(Case(id="", opened_at=""), path, why, lock)
        try:
            opened.case = self._load(path, may_move=lock is not None)
        except BaseException:
            opened.close()
            raise
        return opened

    def read(self, ref: str) -> Case:
        """A case to look at only: no lock is taken and nothing is put aside. Errors as for ``open``."""
        return self._load(self._find(ref), may_move=False)

    def _load(self, path: Path, *, may_move: bool) -> Case:
        try:
            return load_case(read_regular(path))
        except CaseError as error:
            moved = _set_aside(path) if error.kind == "corrupt" and may_move and path.parent == self.folder else None
            place = str(moved or path)
            raise CaseError(error.kind, error.detail, place, moved=moved is not None) from None

    def _files(self) -> dict[str, Path]:
        """The case files by id. Links are left out: a name in this folder means a file in this folder."""
        try:
            with os.scandir(self.folder) as entries:
                names = [item.name for item in entries if item.is_file(follow_symlinks=False)]
        except OSError:
            return {}
        own = (name for name in names if name.endswith(_SUFFIX) and not name.startswith("."))
        return {name.removesuffix(_SUFFIX): self.folder / name for name in own if _ASIDE not in name}

    def _find(self, ref: str) -> Path:
        files = self._files()
        if ref in files:
            return files[ref]
        fitting = sorted(name for name in files if ref and name.startswith(ref))
        if len(fitting) == 1:
            return files[fitting[0]]
        if not fitting and (path := _existing(ref)):
            return self.folder / path.name if path.parent == self.folder.resolve() else path
        near = difflib.get_close_matches(ref[:100], files, n=_CANDIDATES, cutoff=0.5)
        raise CaseNotFound(ref, tuple(fitting[:_CANDIDATES] or near), ambiguous=bool(fitting))


def _refuse_taken(path: Path) -> None:
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def _existing(ref: str) -> Path | None:
    """The real file a path leads to, links followed: the user named it."""
    try:
        path = Path(ref).resolve(strict=True)
        return path if ref and path.is_file() else None
    except (OSError, ValueError, RuntimeError):  # too long, NUL, a loop of links
        return None


def _hold(path: Path) -> tuple[Why, FileLock | None]:
    """The lock beside a case file, or why it cannot be had."""
    lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=0, mode=FILE_MODE, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        return "busy", None
    except (OSError, NotImplementedError):
        return "folder", None
    return "", lock


def read_regular(path: Path) -> bytes:
    """The bytes of a regular file.

    Raises:
        OSError: it cannot be read.
        CaseError: it is larger than any case, or no regular file.
    """
    with open(path, "rb", opener=_without_waiting) as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise CaseError("corrupt", "no regular file")
        if found.st_size > MAX_BYTES:
            raise CaseError("corrupt", f"{found.st_size} bytes, a case has at most {MAX_BYTES}")
        return file.read()


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _set_aside(path: Path) -> Path | None:
    """Rename a damaged file to a name that is free; None when it has to stay. A link is never overwritten by this."""
    for number in range(1, 1000):
        aside = path.with_name(f"{path.stem}{_ASIDE}{number}{_SUFFIX}")
        try:
            os.link(path, aside, follow_symlinks=False)
        except FileExistsError:
            continue
        except (OSError, NotImplementedError):
            return _rename_aside(path, aside)
        path.unlink()
        sync_folder(path.parent)
        return aside
    return None


def _rename_aside(path: Path, aside: Path) -> Path | None:
    """For file systems without hard links: the name was free a moment ago, and the case's lock is ours."""
    try:
        if not os.path.lexists(aside):
            path.rename(aside)
            return aside
    except OSError:
        pass
    return None
