"""One row of a log as its file has it, with the line it stands on."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

from postback_wizard.domain.differences import SourceRow
from postback_wizard.effects.dialect import open_log, read_object
from postback_wizard.effects.log_query import MAX_LINE_BYTES, Table, rows_sql
from postback_wizard.effects.log_sql import path_literal
from postback_wizard.effects.reconcile_files import Half, Staged
from postback_wizard.effects.stoppable import Run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MAX_CELL_CHARS = 4096
#: Formats whose records stand on lines a person can find with an editor.
_LINED = ("csv", "jsonl", "access")


def source_row(
    con: "DuckDBPyConnection", side: Half, name: Literal["tracker", "partner"], row: int, run: Run
) -> SourceRow:
    """The row of this number (from 1, through all files of the side), read from its file once more.

    Raises:
        OSError, duckdb.Error: the file cannot be read any more.
    """
    file = next(file for file in reversed(side.files) if file.first < row)
    at, table = row - file.first, file.table
    sql = f"SELECT * FROM (SELECT row_number() OVER () AS n, * FROM ({rows_sql(table)})) WHERE n = {at} LIMIT 1"  # noqa: S608
    found = con.execute(sql, {"path": path_literal(table.path)}).fetchall()
    run.check()
    cells = ["" if cell is None else str(cell) for cell in found[0][1:]] if found else []
    line, exact = _line(file, at, cells, run) if cells else (0, False)
    return SourceRow(name, _shown(file.file.path), at, line, exact, _raw(table, cells))


def _shown(path: str) -> str:
    """A file by its name, one inside an archive with the archive's."""
    text = path.replace("\\", "/")
    outer = next((str(above) for above in Path(path).expanduser().parents if above.is_file()), "")
    return text[len(outer.replace("\\", "/").rpartition("/")[0]) :].lstrip("/") if outer else text.rpartition("/")[2]


def _raw(table: Table, cells: Sequence[str]) -> dict[str, str]:
    if table.dialect.format == "jsonl":
        found = read_object(cells[0]) if cells else None
        return {str(key): str(value)[:_MAX_CELL_CHARS] for key, value in (found or {}).items()}
    raw: dict[str, str] = {}
    for at, (header, cell) in enumerate(zip(table.dialect.headers, cells, strict=False), 1):
        name = header or f"column{at}"
        raw[f"{name} ({at})" if name in raw else name] = cell[:_MAX_CELL_CHARS]
    return raw


def _line(file: Staged, row: int, cells: Sequence[str], run: Run) -> tuple[int, bool]:
    """The line from 1 (of a workbook the sheet's row), and whether it is certain; 0 where the original has no lines."""
    table = file.table
    before = table.dialect.skip + (table.dialect.has_header and table.dialect.format == "csv")
    if file.original.format == "workbook":
        return before + row, not file.rejected
    if file.original.format not in _LINED:
        return 0, True
    with open_log(table.path) as source:
        line = _first_with(source, before + row, [cell for cell in cells if cell], run)
    return line, line == before + row and not file.rejected


def _first_with(source: IO[bytes], start: int, cells: Sequence[str], run: Run) -> int:
    """The first line from this one on that holds all the cells; rows left out before it move a row down only."""
    wanted = [line.encode() for cell in cells for line in cell.replace('"', '""').splitlines()[:1]]
    plain = [line.encode() for cell in cells for line in cell.splitlines()[:1]]
    at = 0
    while line := source.readline(MAX_LINE_BYTES):
        at += line.endswith(b"\n")
        number = at if line.endswith(b"\n") else at + 1
        if not number % 50_000:
            run.check()
        if number < start:
            continue
        if all(text in line or other in line for text, other in zip(wanted, plain, strict=True)):
            return number
    return start
