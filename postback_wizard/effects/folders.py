"""Where things live on this machine."""

import os
import stat
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from postback_wizard.effects.durable import FILE_MODE, FOLDER_MODE, make_folder, sweep

APP = "postback-wizard"
#: One folder for everything: tests, portable installations.
HOME_VARIABLE = "POSTBACK_WIZARD_HOME"


@dataclass(frozen=True, slots=True)
class Folders:
    """``cases`` and ``exports`` are folders; ``journal``, ``settings`` and ``log`` are files; all may be missing.

    ``platforms`` is where users put platform files of their own; it is never created and never changed. ``shared``
    says that ``cases`` is a team's folder, named in the settings: it is not created, and its rights are not ours.
    """

    cases: Path
    journal: Path
    settings: Path
    log: Path
    exports: Path
    platforms: Path
    shared: bool = False

    @property
    def closed(self) -> Path:
        """What is kept of closed cases, one file each; it lies within the folder of the cases and is shared with it."""
        return self.cases / "closed"

    @property
    def owners(self) -> Path:
        """The file of host owners the user corrected, beside the settings."""
        return self.settings.with_name("owners.json")

    @property
    def columns(self) -> Path:
        """The file of columns the user corrected, beside the settings."""
        return self.settings.with_name("columns.json")

    def tighten(self) -> tuple[Path, ...]:
        """Make ready at start: create our folders with the mode 0700, take others' rights, sweep dead writers' files.

        Returns the paths for which that failed: a start can say so, and go on in memory. Links are left alone.
        """
        failed = tuple(path for path in self._ours() if not _tighten(path))
        for folder in {*self._filled(), *(file.parent for file in self._files())}:
            sweep(folder)
        return failed

    def _filled(self) -> Iterator[Path]:
        """The folders whose files are all ours; not a team's, where process numbers may be another machine's."""
        if not self.shared:
            yield self.cases
            yield from (self.closed,) if self.closed.is_dir() else ()
        yield self.exports

    def _ours(self) -> Iterator[Path]:
        yield from dict.fromkeys((*self._filled(), *(file.parent for file in self._files())))
        for folder in self._filled():
            with suppress(OSError):
                yield from (item for item in sorted(folder.iterdir()) if item.is_file())
        for file in self._files():
            yield from (item for item in (file, file.with_name(f"{file.name}.lock")) if item.is_file())

    def _files(self) -> tuple[Path, ...]:
        return self.journal, self.settings, self.owners, self.columns, self.log


def find_folders(environment: Mapping[str, str] | None = None) -> Folders:
    """The folders of this user, or those below ``POSTBACK_WIZARD_HOME``; for cases the team's, if settings name one."""
    own = _own_folders(environment)
    team = _team_folder(own.settings)
    return replace(own, cases=team, shared=True) if team else own


def _team_folder(settings: Path) -> Path | None:
    """As the settings name it. What is wrong with a settings file is said where it is loaded."""
    try:
        named = tomllib.loads(settings.read_text(encoding="utf-8-sig")).get("team_folder")
        return Path(named).expanduser() if isinstance(named, str) and named else None
    except (OSError, ValueError, RecursionError, RuntimeError):
        return None


def _own_folders(environment: Mapping[str, str] | None) -> Folders:
    home = (os.environ if environment is None else environment).get(HOME_VARIABLE, "")
    if home:
        return _below(Path(home).expanduser().absolute())
    from platformdirs import PlatformDirs  # late: only commands that store something pay for it

    places = PlatformDirs(APP, appauthor=False)
    data = places.user_data_path
    return Folders(
        cases=data / "cases",
        journal=data / "journal.jsonl",
        settings=places.user_config_path / "settings.toml",
        log=places.user_log_path / f"{APP}.log",
        exports=data / "exports",
        platforms=places.user_config_path / "platforms",
    )


def _below(home: Path) -> Folders:
    return Folders(
        cases=home / "cases",
        journal=home / "journal.jsonl",
        settings=home / "settings.toml",
        log=home / "log" / f"{APP}.log",
        exports=home / "exports",
        platforms=home / "platforms",
    )


def _tighten(path: Path) -> bool:
    try:
        if not path.exists():
            make_folder(path)
        found = path.lstat()
        if os.name == "posix" and found.st_mode & 0o077 and not _is_foreign(path, found):
            path.chmod(FOLDER_MODE if stat.S_ISDIR(found.st_mode) else FILE_MODE)
    except OSError:
        return False
    return True


def _is_foreign(path: Path, found: os.stat_result) -> bool:
    """Whether a path is not ours to close: a link, a sticky folder, or one that holds the user's home."""
    with suppress(RuntimeError):  # no home directory
        if Path.home().is_relative_to(path):
            return True
    return stat.S_ISLNK(found.st_mode) or bool(found.st_mode & stat.S_ISVTX)
