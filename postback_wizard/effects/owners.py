"""The file of host owners a user corrected: read whole, replaced whole, and never written over when it is damaged."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from postback_wizard.catalogue.owners import HOP_ROLES, LONGEST_HOST, LONGEST_NAME, OwnerMark, host_key
from postback_wizard.domain.text import Text
from postback_wizard.effects.durable import FILE_MODE, make_folder, write_file
from postback_wizard.effects.folders import find_folders
from postback_wizard.effects.sentences import fill, shown
from postback_wizard.effects.strict_json import JsonError, parse

_VERSION = 1
#: Bytes; room for some ten thousand hosts.
MAX_BYTES = 1024 * 1024

_UNREADABLE = Text(
    en="The corrected host owners in {path} cannot be read: {why}.",
    ru="Не удалось прочитать исправленных владельцев хостов в {path}: {why}.",
)
_SYNTAX = Text(
    en="The corrected host owners in {path} are not used, because the file is damaged (line {line}). Repair it or move "
    "it away.",
    ru="Исправленные владельцы хостов в {path} не учитываются: файл повреждён (строка {line}). Исправьте или уберите "
    "его.",
)
_WRONG = Text(
    en="The corrected host owners in {path} are not used: {key} is {value}; accepted: {accepted}.",
    ru="Исправленные владельцы хостов в {path} не учитываются: {key} = {value}; допускается: {accepted}.",
)
_BUSY = Text(
    en="Another program is writing {path}; nothing was changed.",
    ru="{path} сейчас пишет другая программа; ничего не изменено.",
)
_FULL = Text(en="{path} holds too many hosts already.", ru="В {path} уже слишком много хостов.")
_A_TABLE = Text(en="a table", ru="таблица")
_A_HOST = Text(en="the name of a host", ru="имя хоста")
_A_NAME = Text(en="a text of at most {n} characters", ru="текст не длиннее {n} символов")


class OwnersError(ValueError):
    """One sentence that names the file and what is wrong with it."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.say("en"))
        self.message = message


@dataclass(frozen=True, slots=True)
class OwnersFile:
    """One JSON file for all cases; ``patience_s`` is how many seconds to wait for another process to finish."""

    path: Path
    patience_s: float = 5.0

    def load(self) -> Mapping[str, OwnerMark]:
        """What the user said, by host; empty where there is no file.

        Raises:
            OwnersError: the file cannot be read or is damaged.
        """
        try:
            with self.path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise self._unreadable(error) from None
        return self._read(data)

    def remember(self, host: str, mark: OwnerMark | None) -> None:
        """Put a mark on a host, or take it away (None); the marks of other hosts stay.

        Raises:
            OwnersError: the file is damaged or busy, or the mark is none; what was there before is intact.
            OSError: the disk refused; what was there before is intact.
        """
        key = host_key(host)
        make_folder(self.path.parent)
        with self._alone():
            marks = {name: item for name, item in self.load().items() if name != key}
            if mark is not None:
                marks[key] = mark
            hosts = {name: {"role": item.role, "name": item.name} for name, item in sorted(marks.items())}
            data = json.dumps({"version": _VERSION, "hosts": hosts}, indent=2).encode() + b"\n"
            self._read(data)
            write_file(self.path, data)

    def _read(self, data: bytes) -> Mapping[str, OwnerMark]:
        if len(data) > MAX_BYTES:
            raise OwnersError(fill(_FULL, path=self._name()))
        try:
            table = parse(data.decode("utf-8-sig"))
        except (JsonError, UnicodeError) as error:
            raise OwnersError(fill(_SYNTAX, path=self._name(), line=getattr(error, "line", 0) or "?")) from None
        top = self._table("JSON", table)
        if top.get("version") != _VERSION:
            raise self._wrong("version", top.get("version"), str(_VERSION))
        hosts = self._table("hosts", top.get("hosts", {}))
        return {host: self._mark(host, entry) for host, entry in hosts.items()}

    def _mark(self, host: str, entry: object) -> OwnerMark:
        if not 0 < len(host) <= LONGEST_HOST or host != host_key(host):
            raise self._wrong("hosts", host, _A_HOST)
        table = self._table(f"hosts.{shown(host)}", entry)
        role, name = table.get("role"), table.get("name", "")
        known = next((item for item in HOP_ROLES if item == role), None)
        if known is None:
            raise self._wrong(f"hosts.{shown(host)}.role", role, ", ".join(HOP_ROLES))
        if not isinstance(name, str) or len(name) > LONGEST_NAME:
            raise self._wrong(f"hosts.{shown(host)}.name", name, fill(_A_NAME, n=LONGEST_NAME))
        return OwnerMark(known, name)

    def _table(self, key: str, value: object) -> Mapping[str, object]:
        if not isinstance(value, dict):
            raise self._wrong(key, value, _A_TABLE)
        return value

    def _wrong(self, key: str, value: object, accepted: str | Text) -> OwnersError:
        return OwnersError(fill(_WRONG, path=self._name(), key=key, value=shown(value), accepted=accepted))

    def _unreadable(self, error: OSError) -> OwnersError:
        return OwnersError(fill(_UNREADABLE, path=self._name(), why=error.strerror or type(error).__name__))

    def _name(self) -> str:
        return shown(str(self.path), 300)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = FileLock(
            self.path.with_name(f"{self.path.name}.lock"), timeout=self.patience_s, mode=FILE_MODE, thread_local=False
        )
        try:
            lock.acquire()
        except Timeout:
            raise OwnersError(fill(_BUSY, path=self._name())) from None
        try:
            yield
        finally:
            lock.release()


def owners_file() -> OwnersFile:
    """The file of this user, beside the settings."""
    return OwnersFile(find_folders().owners)
