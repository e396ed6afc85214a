"""What users said about hosts, brought to the catalogue at the start and written down when they say more."""

from collections.abc import Callable, Mapping

from postback_wizard.catalogue.owners import OwnerMark, host_key, use_owners
from postback_wizard.domain.text import Text
from postback_wizard.effects.owners import OwnersError, OwnersFile, owners_file


class OwnerBook:
    """The remembered owners of this program run: those on disk, and over them what is to be forgotten at its end."""

    def __init__(self, file: OwnersFile | None = None) -> None:
        self._file = file or owners_file()
        self._passing: dict[str, OwnerMark | None] = {}
        self._fault: Text | None = None

    def read(self) -> Mapping[str, OwnerMark]:
        """Every mark there is; a damaged file counts as empty, and ``fault`` says so."""
        try:
            kept, self._fault = self._file.load(), None
        except OwnersError as error:
            kept, self._fault = {}, error.message
        marks = {**kept, **self._passing}
        return {host: mark for host, mark in marks.items() if mark is not None}

    def fault(self) -> Text | None:
        """What is wrong with the file, in one sentence that names it; None where nothing is."""
        self.read()
        return self._fault

    def remember(self, host: str, mark: OwnerMark | None, *, passing: bool = False) -> None:
        """Take over what a user said: on disk, or until the program ends.

        Raises:
            OwnersError: the file is damaged or busy, and was left alone.
            OSError: the disk refused.
        """
        if passing:
            self._passing[host_key(host)] = mark
        else:
            self._file.remember(host, mark)
        use_owners(self.read)


def use_remembered_owners(complain: Callable[[Text], None]) -> None:
    """Let what the user said about hosts count; a damaged file is named and left alone."""
    book = OwnerBook()
    fault = book.fault()
    if fault is not None:
        complain(fault)
    use_owners(book.read)
