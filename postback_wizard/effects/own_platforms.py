"""Users' own platform files, read from the config folder."""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from postback_wizard.catalogue.fault import CatalogueError
from postback_wizard.catalogue.files import unreadable
from postback_wizard.catalogue.own import OwnFile
from postback_wizard.effects.folders import find_folders

#: Bytes; a platform's file is a few thousand.
MAX_BYTES = 1 << 20


def own_platforms(folder: Path | None = None) -> Callable[[], Iterator[OwnFile]]:
    """Reads every TOML file of the folder of own platforms, in order of names, once somebody asks for it."""

    def read() -> Iterator[OwnFile]:
        place = folder or find_folders().platforms
        try:
            paths = sorted(path for path in place.iterdir() if path.suffix == ".toml" and path.is_file())
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            yield place.name, unreadable(place.name, error)
            return
        for path in paths:
            yield path.name, read_text(path)

    return read


def read_text(path: Path) -> str | CatalogueError:
    """A file's text as UTF-8, or what is wrong with it."""
    try:
        with path.open("rb") as file:
            return read_stream(file)
    except (OSError, UnicodeError) as error:
        return unreadable(path.name, error)


def read_stream(file: BinaryIO) -> str:
    """All there is to read, as UTF-8.

    Raises:
        OSError: it cannot be read, or is longer than ``MAX_BYTES``.
        UnicodeError: it is not UTF-8.
    """
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return data.decode("utf-8-sig")
