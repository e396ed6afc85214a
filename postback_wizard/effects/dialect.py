"""What kind of text a log is: encoding, delimiter, quoting, header; found in its first bytes, never in its name."""

import codecs
import csv
import gzip
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from postback_wizard.effects.columns import names_columns_by_number, recognise

SAMPLE_BYTES = 256 * 1024
#: A first line longer than the sample is read up to here, so that its columns are known.
FIRST_LINE_BYTES = 4 * 1024 * 1024
SAMPLE_ROWS = 200
HEADER_WITHIN = 10
DELIMITERS = (",", ";", "\t", "|")
_SEP_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DOUBLED = re.compile(r'[^,;\t|\r\n]""[^,;\t|\r\n]')
_NOT_TEXT = {b"PK\x03\x04": "an Excel workbook or ZIP archive", b"\xd0\xcf\x11\xe0": "an old Excel workbook"}


class LogProblem(Exception):  # noqa: N818 - it becomes LogSource.problem
    """Why a log cannot be used: ``code`` as in LogSource.problem, and a short ``detail``."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header as written, and for JSON the keys that lead to it."""

    header: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to read a log. ``format`` is ``csv``, ``jsonl`` or ``json-array``; ``skip`` records precede the header."""

    format: str
    encoding: str
    columns: tuple[Column, ...]
    delimiter: str = ""
    has_header: bool = True
    skip: int = 0
    width: int = 0
    padded: bool = False
    backslash: bool = False
    bom: bool = False
    packed: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers as written."""
        return tuple(column.header for column in self.columns)


def open_log(path: Path) -> IO[bytes]:
    """The log's bytes, unpacked where it is a gzip file by content."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[return-value]  # a GzipFile reads bytes


def detect(path: Path, role: str, given: Mapping[str, str]) -> Dialect:
    """Look at the beginning of a log.

    Raises:
        LogProblem: it holds no text, or is a workbook.
        OSError: it cannot be read.
    """
    with open_log(path) as file:
        head = file.read(SAMPLE_BYTES)
        whole = len(head) < SAMPLE_BYTES
        if not whole and b"\n" not in head and b"\r" not in head:
            head += file.readline(FIRST_LINE_BYTES)
        packed = isinstance(file, gzip.GzipFile)
    for magic, name in _NOT_TEXT.items():
        if head.startswith(magic):
            raise LogProblem("unreadable", f"{name}; export it as CSV")
    encoding, bom = _encoding(head)
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head[len(bom) :])
    if not text.strip(" \t\r\n\x00\ufeff"):
        raise LogProblem("empty")
    found = _json(text, encoding) or _csv(text, encoding, role, given, whole=whole)
    return replace(found, bom=bool(bom), packed=packed)


def _encoding(head: bytes) -> tuple[str, bytes]:
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name, bom
    half = max(len(head) // 2, 1)
    if head[1::2].count(0) > half * 0.4:
        return "utf-16-le", b""
    if head[0::2].count(0) > half * 0.4:
        return "utf-16-be", b""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _one_byte(head), b""
    return "utf-8", b""


def _one_byte(head: bytes) -> str:
    """Windows-1251 where most high bytes are its Cyrillic letters, Windows-1252 otherwise."""
    high = [byte for byte in head if byte >= 0x80]
    return "cp1251" if sum(byte >= 0xC0 or byte in (0xA8, 0xB8) for byte in high) * 2 >= len(high) else "cp1252"


# -- JSON --------------------------------------------------------------------------------------------------------


def _json(text: str, encoding: str) -> Dialect | None:
    start = text.lstrip(" \t\r\n\ufeff")
    if re.match(r"\[\s*\{", start):
        return Dialect("json-array", encoding, ())
    if not start.startswith("{"):
        return None
    objects = [item for line in start.split("\n")[:SAMPLE_ROWS] if (item := read_object(line)) is not None]
    if not objects:
        return None
    columns = dict.fromkeys(column for item in objects for column in _keys(item))
    return Dialect("jsonl", encoding, tuple(columns), has_header=False, width=1)


def read_object(line: str) -> dict[str, object] | None:
    """A JSON object, or None for anything else."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _keys(item: Mapping[str, object]) -> Iterator[Column]:
    for key, value in item.items():
        if isinstance(value, dict):
            yield from (Column(f"{key}.{inner}", (key, inner)) for inner in value)
        else:
            yield Column(key, (key,))


# -- delimited text ----------------------------------------------------------------------------------------------


def _csv(text: str, encoding: str, role: str, given: Mapping[str, str], *, whole: bool) -> Dialect:
    sep = _SEP_LINE.match(text)
    body = text[sep.end() :] if sep else text
    delimiters = (sep[1],) if sep else DELIMITERS
    tried = [
        (score, index, dialect)
        for index, delimiter in enumerate(delimiters)
        for score, dialect in [_try(body, delimiter, encoding, role, given, whole=whole)]
    ]
    _, _, best = max(tried, key=lambda item: (item[0], -item[1]))
    return replace(best, skip=best.skip + 1) if sep else best


def _try(
    text: str, delimiter: str, encoding: str, role: str, given: Mapping[str, str], *, whole: bool
) -> tuple[tuple[int, float, int], Dialect]:
    rows, backslash = _rows(text, delimiter, whole=whole)
    at = _header_at(rows, role, given)
    header = tuple(cell.strip().strip("\ufeff") for cell in rows[at]) if rows else ()
    numbered = names_columns_by_number(given, header)
    data = [row for row in rows[at if numbered else at + 1 :] if row]
    widths = [len(row) for row in data] or [len(header)]
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    width = max(len(header), usual)
    names = [f"column{n + 1}" for n in range(width)] if numbered else [*header, *[""] * (width - len(header))]
    dialect = Dialect(
        *("csv", encoding, tuple(Column(name) for name in names), delimiter, not numbered, at, width),
        padded=usual < width,
        backslash=backslash,
    )
    known = len(recognise(names, role, given))
    return (known, widths.count(usual) / len(widths) if usual > 1 else 0.0, usual), dialect


def _rows(text: str, delimiter: str, *, whole: bool) -> tuple[list[list[str]], bool]:
    lines = list(io.StringIO(text, newline=""))
    if not whole and len(lines) > 1:
        lines = lines[:-1]
    backslash = '\\"' in text and not _DOUBLED.search(text)
    rows: list[list[str]] = []
    reader = csv.reader(
        iter(lines), delimiter=delimiter, doublequote=not backslash, escapechar="\\" if backslash else None
    )
    try:
        for row in reader:
            rows.append(row)
            if len(rows) >= SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    if not rows:
        rows = [line.rstrip("\r\n").split(delimiter) for line in lines[:SAMPLE_ROWS]]
    return rows, backslash


def _header_at(rows: Sequence[Sequence[str]], role: str, given: Mapping[str, str]) -> int:
    """The first row that names an identifier; exports may have a title above. Otherwise the first that is not blank."""
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        if recognise(row, role, given).keys() & {"click_id", "transaction_id", "url"}:
            return at
    return next((at for at, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
