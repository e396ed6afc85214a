"""The file of columns a user corrected: read whole, replaced whole, and never written over when it is damaged."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from postback_wizard.domain.remembered import RememberedColumns
from postback_wizard.domain.text import Text
from postback_wizard.effects.durable import FILE_MODE, make_folder, write_file
from postback_wizard.effects.folders import find_folders
from postback_wizard.effects.sentences import fill, shown
from postback_wizard.effects.strict_json import JsonError, parse

_VERSION = 1
MAX_BYTES = 1024 * 1024
_UNREADABLE = Text(
    en="The remembered columns in {path} cannot be read: {why}.",
    ru="Не удалось прочитать запомненные столбцы в {path}: {why}.",
)
_DAMAGED = Text(
    en="The remembered columns in {path} are not used, because the file is damaged ({where}). Repair it or move it "
    "away.",
    ru="Запомненные столбцы в {path} не учитываются: файл повреждён ({where}). Исправьте или уберите его.",
)
_BUSY = Text(
    en="Another program is writing {path}; nothing was changed.",
    ru="{path} сейчас пишет другая программа; ничего не изменено.",
)


class ColumnsError(ValueError):
    """One sentence that names the file and what is wrong with it."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.say("en"))
        self.message = message


@dataclass(frozen=True, slots=True)
class ColumnsFile:
    """One JSON file for all cases; ``patience_s`` is how many seconds to wait for another process to finish."""

    path: Path
    patience_s: float = 5.0

    def load(self) -> tuple[RememberedColumns, ...]:
        """What is remembered; nothing where there is no file.

        Raises:
            ColumnsError: the file cannot be read or is damaged.
        """
        try:
            with self.path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise ColumnsError(
                fill(_UNREADABLE, path=self._name(), why=error.strerror or type(error).__name__)
            ) from None
        return self._read(data)

    def remember(self, item: RememberedColumns) -> None:
        """Keep the columns of an export in place of what was kept of it; without columns it is forgotten.

        Raises:
            ColumnsError: the file is damaged or busy; what was there before is intact.
            OSError: the disk refused; what was there before is intact.
        """
        make_folder(self.path.parent)
        lock = FileLock(
            self.path.with_name(f"{self.path.name}.lock"), timeout=self.patience_s, mode=FILE_MODE, thread_local=False
        )
        try:
            lock.acquire()
        except Timeout:
            raise ColumnsError(fill(_BUSY, path=self._name())) from None
        try:
            kept = [other for other in self.load() if _key(other) != _key(item)]
            exports = [_table(each) for each in (*kept, *([item] if item.columns else []))]
            data = json.dumps({"version": _VERSION, "exports": exports}, indent=1, ensure_ascii=False).encode()
            self._read(data)
            write_file(self.path, data + b"\n")
        finally:
            lock.release()

    def _read(self, data: bytes) -> tuple[RememberedColumns, ...]:
        if len(data) > MAX_BYTES:
            raise self._damaged(f"> {MAX_BYTES}")
        try:
            table = parse(data.decode("utf-8-sig"))
        except (JsonError, UnicodeError) as error:
            raise self._damaged(f"{getattr(error, 'line', 0) or '?'}") from None
        exports = table.get("exports") if isinstance(table, dict) and table.get("version") == _VERSION else None
        if not isinstance(exports, list):
            raise self._damaged("version, exports")
        return tuple(self._export(number, item) for number, item in enumerate(exports, 1))

    def _export(self, number: int, item: object) -> RememberedColumns:
        if isinstance(item, dict):
            platform, role, headers, columns = (item.get(key) for key in ("platform", "role", "headers", "columns"))
            pairs = [*columns.keys(), *columns.values()] if isinstance(columns, dict) else None
            if isinstance(platform, str) and isinstance(role, str) and _texts(headers) and _texts(pairs):
                return RememberedColumns(platform, role, tuple(headers), columns)  # type: ignore[arg-type]  # tested
        raise self._damaged(f"exports[{number}]")

    def _damaged(self, where: str) -> ColumnsError:
        return ColumnsError(fill(_DAMAGED, path=self._name(), where=where))

    def _name(self) -> str:
        return shown(str(self.path), 300)


def _texts(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(item, str) for item in found)


def _key(item: RememberedColumns) -> tuple[str, str, Sequence[str]]:
    return item.platform, item.role, sorted(item.headers)


def _table(item: RememberedColumns) -> dict[str, object]:
    return {
        "platform": item.platform,
        "role": item.role,
        "headers": list(item.headers),
        "columns": dict(item.columns),
    }


def columns_file() -> ColumnsFile:
    """The file of this user, beside the settings."""
    return ColumnsFile(find_folders().columns)
