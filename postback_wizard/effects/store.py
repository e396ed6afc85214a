"""The folder of cases: one JSON file each, one writer at a time."""

import difflib
import errno
import os
import re
import secrets
import stat
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from postback_wizard.domain.case import Case
from postback_wizard.effects.codec import CaseError, dump_case, load_case
from postback_wizard.effects.durable import FILE_MODE, TEAM_MODE, make_folder, sync_folder, write_file
from postback_wizard.effects.folders import find_folders
from postback_wizard.effects.listing import Listing, read_listing
from postback_wizard.effects.refusals import CaseForked, CaseNotFound, CaseReadOnly, Why

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
    _mode: int = field(default=FILE_MODE, repr=False)
    _stamp: "_Stamp | None" = field(default=None, repr=False)
    _is_fork: bool = field(default=False, repr=False)

    @property
    def read_only(self) -> bool:
        """Whether ``save`` is refused."""
        return bool(self.why)

    def save(self, case: Case) -> None:
        """Put a case in place of the one on disk; when this returns, it is durable.

        Tokens and raw customer data stay in memory: on disk marks stand in their places.

        Raises:
            CaseReadOnly: the file is not ours to write.
            CaseForked: another machine changed the file although we hold its lock. The case is durable under a new id.
            OSError: the disk refused; the old file is intact.
        """
        if self.why:
            raise CaseReadOnly(self.why)
        if self._lock is None:
            raise ValueError("the case is closed")
        forked = self._stamp is not None and self._stamp != _stamp(self.path)
        if forked:
            self._fork()
        from postback_wizard.steps.withholding import withhold  # late: listing cases judges nothing

        data = dump_case(withhold(replace(case, id=self.path.stem) if self._is_fork else case))
        if len(data) > MAX_BYTES:  # it could not be opened again
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(self.path))
        write_file(self.path, data, self._mode)
        self._stamp = _stamp(self.path)
        self.case = case
        if forked:
            raise CaseForked(case.id, self.path.stem)

    def _fork(self) -> None:
        """Go on under a name of our own: locks do not hold on every network folder, and no work is written over."""
        self.close()
        while True:
            path = self.path.with_name(f"{self.path.stem[:50]}-{_chance()}{_SUFFIX}")
            if os.path.lexists(path):
                continue
            why, lock = _hold(path, self._mode)
            if why:
                raise CaseReadOnly(why)
            self.path, self._lock, self._is_fork = path, lock, True
            return

    def seen(self) -> None:
        """What is on disk now is what this case was read from."""
        self._stamp = _stamp(self.path)

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
    """The cases in a folder, a team's if it is ``shared``. Names of files come from our own ids, never from data."""

    folder: Path
    shared: bool = False

    @property
    def _mode(self) -> int:
        return TEAM_MODE if self.shared else FILE_MODE

    def new_id(self, now: datetime) -> str:
        """An id nobody has yet, such as ``20260301-100000-k3f9``: the UTC time and some chance."""
        while True:
            found = f"{now.astimezone(UTC):%Y%m%d-%H%M%S}-{_chance()}"
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
        if not self.shared:  # a share that is not mounted must not become a folder of ours
            make_folder(self.folder)
        elif not self.folder.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.folder))
        opened = OpenCase(case, path, *_hold(path, self._mode), self._mode)
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
        mode = self._mode if path.parent == self.folder else FILE_MODE
        why, lock = _hold(path, mode)
        opened = OpenCase(Case(id="", opened_at=""), path, why, lock, mode)
        try:
            opened.seen()
            opened.case = self._load(path, may_move=lock is not None)
        except BaseException:
            opened.close()
            raise
        return opened

    def adopt(self, path: Path, now: datetime) -> OpenCase:
        """Take in a case somebody sent and hold it: a copy under its own id, or a new one where that is taken.

        The file it came from stays as it is. A case that is here already, byte for byte, is opened.

        Raises:
            CaseError: the file is no case, or a newer program's.
            OSError: the file cannot be read, or the disk refused.
        """
        try:
            case = load_case(read_regular(path))
        except CaseError as error:
            raise CaseError(error.kind, error.detail, str(path)) from None
        if not _ID.fullmatch(case.id):
            case = replace(case, id=self.new_id(now))
        own = self._files().get(case.id)
        if own is not None and _is_same(own, case):
            return self.open(case.id)
        return self.create(case if own is None else replace(case, id=self.new_id(now)))

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


#: What changes when a file is replaced: inode, size in bytes, time of change in nanoseconds.
_Stamp = tuple[int, int, int]


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _chance() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(4))


def _is_same(path: Path, case: Case) -> bool:
    try:
        return load_case(read_regular(path)) == case
    except (CaseError, OSError):
        return False


def _hold(path: Path, mode: int = FILE_MODE) -> tuple[Why, FileLock | None]:
    """The lock beside a case file, or why it cannot be had."""
    lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=0, mode=mode, thread_local=False)
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


def own_store() -> CaseStore:
    """The cases of this user, or of the team whose folder the settings name."""
    folders = find_folders()
    return CaseStore(folders.cases, folders.shared)
