"""What a team keeps of its closed cases: one small JSON file each, so that many writers never meet in one file."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from postback_wizard.domain.closing import ClosedCase, Conclusion
from postback_wizard.effects.durable import FILE_MODE, TEAM_MODE, write_file
from postback_wizard.effects.folders import find_folders
from postback_wizard.effects.strict_json import JsonError, parse

_VERSION = 1
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
#: Bytes; a card holds a few sentences.
MAX_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class ClosedShelf:
    """The cards of closed cases in a folder, a team's if it is ``shared``."""

    folder: Path
    shared: bool = False

    def put(self, card: ClosedCase) -> Path:
        """Keep a card, in place of an earlier one of the same case.

        Raises:
            ValueError: the id could be no case's.
            OSError: the disk refused; an earlier card is intact.
        """
        path = self._path(card.id)
        data = json.dumps({"version": _VERSION, **asdict(card)}, ensure_ascii=False, indent=1)
        write_file(path, data.encode("utf-8", "backslashreplace") + b"\n", TEAM_MODE if self.shared else FILE_MODE)
        return path

    def take_away(self, case_id: str) -> None:
        """Forget the card of a case that is open again. There need be none.

        Raises:
            OSError: the disk refused.
        """
        self._path(case_id).unlink(missing_ok=True)

    def read(self) -> tuple[ClosedCase, ...]:
        """Every card that can be read, closed last first. A file that is none is left out; its case is intact."""
        found = [card for path in self._files() if (card := _read(path)) is not None]
        return tuple(sorted(found, key=lambda card: (card.conclusion.closed_at, card.id), reverse=True))

    def _path(self, case_id: str) -> Path:
        if not _ID.fullmatch(case_id):
            raise ValueError(f"no case id: {case_id!r}")
        return self.folder / f"{case_id}.json"

    def _files(self) -> list[Path]:
        try:
            with os.scandir(self.folder) as entries:
                names = [item.name for item in entries if item.is_file(follow_symlinks=False)]
        except OSError:
            return []
        return [self.folder / name for name in names if name.endswith(".json") and not name.startswith(".")]


def own_shelf() -> ClosedShelf:
    """The cards of this user, or of the team whose folder the settings name."""
    folders = find_folders()
    return ClosedShelf(folders.closed, folders.shared)


def _read(path: Path) -> ClosedCase | None:
    try:
        with path.open("rb") as file:
            table = parse(file.read(MAX_BYTES).decode())
        return _card(table)
    except (OSError, JsonError, UnicodeError, KeyError, TypeError, RecursionError):
        return None


def _card(table: object) -> ClosedCase:
    """A card from a table that anybody may have written.

    Raises:
        KeyError: something is missing.
        TypeError: something is of another type, or of another version.
    """
    top = _table(table)
    if top.get("version") != _VERSION:
        raise TypeError("version")
    ended = _table(top["conclusion"])
    return ClosedCase(
        id=_text(top["id"]),
        title=_text(top["title"]),
        opened_at=_text(top["opened_at"]),
        conclusion=Conclusion(**{name: _text(ended[name]) for name in Conclusion.__slots__}),
        platforms=_texts(top["platforms"]),
        codes=_texts(top["codes"]),
        message=_text(top["message"]),
    )


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError(type(value).__name__)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(type(value).__name__)
    return tuple(_text(item) for item in value)
