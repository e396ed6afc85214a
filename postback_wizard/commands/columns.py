"""The columns a user corrected, for the wizard: on disk, or, while practising, until the program ends."""

from postback_wizard.domain.remembered import RememberedColumns
from postback_wizard.effects.columns_file import ColumnsFile, columns_file


class ColumnBook:
    """What is remembered on disk, and over it what is to be forgotten at the end of this program run."""

    def __init__(self, file: ColumnsFile | None = None) -> None:
        self._file = file or columns_file()
        self._passing: tuple[RememberedColumns, ...] = ()

    def read(self, *, passing: bool = False) -> tuple[RememberedColumns, ...]:
        """Everything remembered; while practising, what was said meanwhile only.

        Raises:
            ColumnsError: the file cannot be read or is damaged.
        """
        return self._passing if passing else self._file.load()

    def remember(self, item: RememberedColumns, *, passing: bool = False) -> None:
        """Take over what a user said.

        Raises:
            ColumnsError: the file is damaged or busy, and was left alone.
            OSError: the disk refused.
        """
        if passing:
            self._passing = (*self._passing, item)
        elif item.columns or self._file.path.exists():
            self._file.remember(item)
