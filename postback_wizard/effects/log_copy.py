"""A log as UTF-8 text with one record a line: itself, or a copy that is gone afterwards."""

import codecs
import json
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

from postback_wizard.effects.dialect import Dialect, detect, open_log
from postback_wizard.effects.log_problem import LogProblem
from postback_wizard.effects.workbook import write_csv

#: Text in another encoding is copied up to this size; a JSON array is held in memory, up to the other.
MAX_COPY_BYTES = 2 * 1024**3
MAX_ARRAY_BYTES = 64 * 1024**2
#: Small, so that little is lost where an archive breaks off.
_STEP = 64 * 1024


@contextmanager
def as_utf8(
    path: Path,
    dialect: Dialect,
    check: Callable[[], None],
    *,
    repair: bool = False,
    role: str = "",
    given: Mapping[str, str] | None = None,
) -> Iterator[tuple[Path, Dialect]]:
    """The file to read and its dialect. ``repair`` replaces bytes that are no UTF-8; ``check`` may raise to stop.

    ``role`` and ``given`` help to find the header of a workbook.

    Raises:
        LogProblem: the text is too large to copy, or is no JSON.
        OSError: there is no room for a copy.
    """
    if dialect.format == "parquet" or (dialect.encoding == "utf-8" and not _is_wrapped(dialect) and not repair):
        yield path, dialect
        return
    with tempfile.TemporaryDirectory(prefix="postback-wizard-") as folder:
        copy = Path(folder) / "log"
        match dialect.format:
            case "json-array":
                _write_lines(path, copy, dialect)
                yield copy, replace(detect(copy, "", {}), packed=False)
            case "workbook":
                write_csv(path, copy, check)
                yield copy, replace(detect(copy, role, {**(given or {}), "delimiter": ","}), packed=False)
            case _:
                _write_utf8(path, copy, dialect.encoding, check)
                yield copy, replace(dialect, packed=False)


def _is_wrapped(dialect: Dialect) -> bool:
    return dialect.format in ("json-array", "workbook")


def _write_utf8(path: Path, copy: Path, encoding: str, check: Callable[[], None]) -> None:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    read = 0
    with open_log(path) as source, copy.open("w", encoding="utf-8", errors="replace", newline="") as target:
        while chunk := _next(source):
            check()
            text = decoder.decode(chunk)
            target.write(text if read else text.removeprefix("\ufeff"))
            read += len(chunk)
            if read > MAX_COPY_BYTES:
                raise LogProblem("unreadable", f"{encoding} text over 2 GiB; convert it to UTF-8")
        target.write(decoder.decode(b"", final=True))


def _next(source: IO[bytes]) -> bytes:
    """The next bytes; of an archive that ends in the middle, what there is."""
    try:
        return source.read(_STEP)
    except (EOFError, zlib.error):
        return b""


def _write_lines(path: Path, copy: Path, dialect: Dialect) -> None:
    with open_log(path) as source:
        data = source.read(MAX_ARRAY_BYTES + 1)
    if len(data) > MAX_ARRAY_BYTES:
        raise LogProblem("unreadable", "a JSON array over 64 MiB; export one object a line")
    try:
        items = json.loads(data.decode(dialect.encoding, errors="replace").removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise LogProblem("unreadable", f"no JSON: {str(error)[:150]}") from error
    with copy.open("w", encoding="utf-8") as target:
        target.writelines(json.dumps(item) + "\n" for item in items)
