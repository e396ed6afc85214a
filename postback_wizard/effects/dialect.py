"""What kind of text a log is: encoding, delimiter, quoting, header; found in its first bytes, never in its name."""

import codecs
import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from postback_wizard.effects import access_log
from postback_wizard.effects.columns import columns_for, names_columns_by_number, recognise
from postback_wizard.effects.encodings import encoding_of, given_encoding
from postback_wizard.effects.log_problem import LogProblem
from postback_wizard.effects.parquet import look

SAMPLE_BYTES = 256 * 1024
#: A first line longer than the sample is read up to here, so that its columns are known.
FIRST_LINE_BYTES = 4 * 1024 * 1024
SAMPLE_ROWS = 200
HEADER_WITHIN = 10
DELIMITERS = (",", ";", "\t", "|")
_DELIMITER_NAMES = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_SEP_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_DOUBLED = re.compile(r'[^,;\t|\r\n]""[^,;\t|\r\n]')
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_PAGES = (
    (("<!doctype html", "<html"), "HTML"),
    (("%pdf-",), "PDF"),
    (("<?xml",), "XML"),
    (("\x89png", "‰png", "\ufffdpng"), "PNG"),
)
_HEAD_CHUNK = 16 * 1024


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header as written, and for JSON the keys that lead to it."""

    header: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to read a log; ``skip`` records precede the header, ``sample`` are cells of its first rows, column by column.

    ``format`` is ``csv``, ``jsonl``, ``json-array``, ``access`` (a web server's log), ``parquet`` or ``workbook``.
    """

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
    sample: tuple[tuple[str, ...], ...] = ()

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
    given = columns_for(role, given)
    head, whole, packed = _head(path)
    if head.startswith(_WORKBOOKS):
        return Dialect("workbook", "utf-8", ())
    if head.startswith(b"PAR1"):
        return _parquet(path)
    encoding, bom = given_encoding(head, given.get("encoding", "")) or encoding_of(head)
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head[len(bom) :])
    if not text.strip(" \t\r\n\x00\ufeff"):
        raise LogProblem("empty")
    _refuse_pages(text)
    found = _access(text, encoding) or _json(text, encoding) or _csv(text, encoding, role, given, whole=whole)
    return replace(found, bom=bool(bom), packed=packed)


def _head(path: Path) -> tuple[bytes, bool, bool]:
    """The log's first bytes, whether that is all of it, and whether it is packed; a cut archive ends where it ends."""
    head = b""
    with open_log(path) as file:
        packed = isinstance(file, gzip.GzipFile)
        try:
            while len(head) < SAMPLE_BYTES and (chunk := file.read(_HEAD_CHUNK)):
                head += chunk
            whole = len(head) < SAMPLE_BYTES
            if not whole and b"\n" not in head and b"\r" not in head:
                head += file.readline(FIRST_LINE_BYTES)
        except (EOFError, zlib.error) as error:
            if not head:
                raise LogProblem("cut-short") from error
            whole = False
    return head, whole, packed


def _parquet(path: Path) -> Dialect:
    names, sample = look(path)
    columns = tuple(Column(name) for name in names)
    return Dialect("parquet", "utf-8", columns, has_header=False, width=len(names), sample=sample)


def _refuse_pages(text: str) -> None:
    """A page saved in place of an export, or a document, is no log."""
    start = text.lstrip(" \t\r\n\ufeff")[:200].lower()
    for marks, name in _PAGES:
        if start.startswith(marks):
            raise LogProblem("not-a-log", name)


def _access(text: str, encoding: str) -> Dialect | None:
    """A web server's log: most lines read as the common or combined format."""
    lines = [line for line in text.splitlines()[:SAMPLE_ROWS] if line.strip()]
    if not lines or sum(access_log.read_line(line) is not None for line in lines) * 2 < len(lines):
        return None
    names = access_log.columns_in(text.splitlines())
    return Dialect("access", encoding, tuple(Column(name) for name in names), has_header=False, width=len(names))


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
    sample = tuple(tuple(_cell(item, column.keys) for item in objects) for column in columns)
    return Dialect("jsonl", encoding, tuple(columns), has_header=False, width=1, sample=sample)


def _cell(item: object, keys: tuple[str, ...]) -> str:
    for key in keys:
        item = item.get(key) if isinstance(item, dict) else None
    return "" if item is None else str(item)


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
    wanted = _DELIMITER_NAMES.get(given.get("delimiter", "").lower(), given.get("delimiter", ""))
    delimiters = (sep[1],) if sep else (wanted,) if len(wanted) == 1 else DELIMITERS
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
        sample=tuple(tuple(row[at] for row in data if at < len(row)) for at in range(width)),
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
