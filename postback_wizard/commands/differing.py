"""The list of differences behind the wizard's desk: files go into the folder of exports, errors become words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from postback_wizard.catalogue import platform
from postback_wizard.catalogue.backfill import backfill_of
from postback_wizard.checks.log_words import problem_words
from postback_wizard.domain.differences import Difference, Listed, Narrowing, SourceRow, Written
from postback_wizard.domain.probe import LogEvidence, LogProbe
from postback_wizard.domain.text import Text
from postback_wizard.effects.differences import Differences, DifferencesError
from postback_wizard.tui.desk import DeskError

DISK = Text(en="{path}: {why}", ru="{path}: {why}")
UNREADABLE = Text(en="The list cannot be made: {why} {detail}", ru="Список составить не удалось: {why} {detail}")


@contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except DifferencesError as error:
        raise DeskError(UNREADABLE, why=problem_words(error.code), detail=error.detail) from error
    except OSError as error:
        raise DeskError(DISK, path=error.filename or "", why=error.strerror or type(error).__name__) from error


class ListedDifferences:
    """Differences of two logs; each call may be cancelled."""

    def __init__(self, probe: LogProbe, logs: LogEvidence, exports: Path) -> None:
        self._list = Differences(probe, logs)
        self._exports = exports

    async def prepare(self) -> Listed:
        """Find every difference. Raises DeskError."""
        with _named():
            return await self._list.prepare()

    async def narrow(self, wanted: Narrowing) -> Listed:
        """Take a part of the list. Raises DeskError."""
        with _named():
            return await self._list.narrow(wanted)

    async def page(self, first: int, count: int) -> tuple[Difference, ...]:
        """So many from this place. Raises DeskError."""
        with _named():
            return await self._list.page(first, count)

    async def sources(self, item: Difference) -> tuple[SourceRow, ...]:
        """The rows of both files. Raises DeskError."""
        with _named():
            return await self._list.sources(item)

    async def write_list(self, stem: str) -> Written:
        """The part taken as CSV. Raises DeskError."""
        with _named():
            return await self._list.write_list(self._exports, stem)

    async def write_backfill(self, stem: str, tracker: str, partner: str) -> Written:
        """What only the partner has, for a tracker's import. Raises DeskError; KeyError: it has no known import."""
        found = platform(tracker).backfill
        if found is None:
            raise KeyError(tracker)
        with _named():
            return await self._list.write_backfill(self._exports, stem, backfill_of(found, partner))

    def close(self) -> None:
        """Remove what was kept on disk."""
        self._list.close()
