"""From a file's text to what it knows, with the line of a fault."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from postback_wizard.catalogue.fault import BAD_NAME, NOT_UTF_8, UNREADABLE, WRONG_NAME, CatalogueError, broken_toml
from postback_wizard.catalogue.platform import Platform, read_platform
from postback_wizard.catalogue.upload import UploadApi
from postback_wizard.catalogue.upload_file import read_upload_api

T = TypeVar("T", bound=Platform | UploadApi)

ROOT = Path(__file__).parent
PLATFORMS = ROOT / "platforms"
UPLOADS = ROOT / "uploads"
#: What stands for a file that has no name.
STANDARD_INPUT = "-"
_ID = re.compile(r"[a-z0-9][a-z0-9_]*")


def shipped(folder: Path) -> tuple[str, ...]:
    """The ids of the shipped files of a folder, in order."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def text_of(folder: Path, name: str) -> str:
    """A shipped file's text.

    Raises:
        KeyError: there is no such file.
    """
    if not _ID.fullmatch(name):
        raise KeyError(name)
    try:
        return (folder / f"{name}.toml").read_text("utf-8")
    except FileNotFoundError:
        raise KeyError(name) from None


def parsed_platform(file: str, text: str) -> Platform:
    """A platform's file, read strictly. ``file`` is a name such as ``voluum.toml``.

    Raises:
        CatalogueError: with file, line, key and reason.
    """
    return _parsed(file, text, read_platform)


def parsed_upload_api(file: str, text: str) -> UploadApi:
    """A conversion API's file, read strictly.

    Raises:
        CatalogueError: with file, line, key and reason.
    """
    return _parsed(file, text, read_upload_api)


def parsed_any(file: str, text: str) -> Platform | UploadApi:
    """A file of either kind: one that names an ``api`` is a conversion API.

    Raises:
        CatalogueError: with file, line, key and reason.
    """
    return _parsed(file, text, lambda raw: read_upload_api(raw) if "api" in raw else read_platform(raw))


def unreadable(file: str, error: OSError | UnicodeError) -> CatalogueError:
    """The fault of a file that gave no text."""
    why = error.strerror if isinstance(error, OSError) else NOT_UTF_8
    return CatalogueError("", UNREADABLE, file=file, why=why or type(error).__name__)


def _parsed(file: str, text: str, read: Callable[[Mapping[str, Any]], T]) -> T:
    import tomllib  # late: nothing is read before somebody asks

    try:
        found = read(tomllib.loads(text))
        _check_name(found.id, file)
    except CatalogueError as fault:
        raise fault.located(file, text) from None
    except (ValueError, RecursionError) as error:  # also a number too long, and brackets too deep
        raise broken_toml(error, file, text) from None
    return found


def _check_name(found: str, file: str) -> None:
    stem = file.removesuffix(".toml")
    if not _ID.fullmatch(found):
        raise CatalogueError("id", BAD_NAME)
    if found != stem and file != STANDARD_INPUT:
        raise CatalogueError("id", WRONG_NAME, given=found, wanted=stem)
