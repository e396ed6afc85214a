"""Several files written together: a folder of their own, or a zip archive of it."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from postback_wizard.effects.durable import make_folder, write_file

#: The oldest date a zip can hold: the same files make the same archive on any day.
_DAY = (1980, 1, 1, 0, 0, 0)


def write_bundle(path: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a new or empty folder, or into a zip when the name ends so.

    Raises:
        OSError: it cannot be written, or the folder holds something already.
    """
    if path.suffix.lower() == ".zip":
        write_file(path, zipped(path.stem, files))
        return
    make_folder(path)
    if any(path.iterdir()):
        raise FileExistsError(17, "the folder is not empty", str(path))
    for name, data in files.items():
        write_file(path / name, data)


def zipped(folder: str, files: Mapping[str, bytes]) -> bytes:
    """The files as a zip, all of them in one folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", _DAY), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
