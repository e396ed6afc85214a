"""Single rows of a staged log, read again from the file by their number."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import SEEK_END
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING

from postback_wizard.domain.reconciliation import SampleRow
from postback_wizard.effects.dialect import open_log
from postback_wizard.effects.log_amounts import with_amount
from postback_wizard.effects.log_query import MAX_LINE_BYTES, Table, cell_sql, rows_sql, time_sql
from postback_wizard.effects.log_sql import path_literal
from postback_wizard.effects.log_times import iso
from postback_wizard.effects.reconcile_columns import columns_of
from postback_wizard.effects.reconcile_files import Half, Staged
from postback_wizard.effects.stoppable import Run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CHUNK = 1024 * 1024
_MAX_CELL_CHARS = 4096


def rows_at(
    con: "DuckDBPyConnection", name: str, side: Half, wanted: Iterable[int], run: Run
) -> Mapping[int, SampleRow]:
    """The rows of these numbers (from 0, through all files of the side), by number.

    Lines are picked from the file, those of its second half from its end, and proved by the hash of their row in
    ``stage``; where records and lines are not the same, the log is read through once more.
    """
    numbers = sorted(set(wanted))
    rows: dict[int, SampleRow] = {}
    for file in side.files:
        own = [number - file.first for number in numbers if 0 <= number - file.first < file.rows]
        if own:
            rows |= {file.first + number: row for number, row in _rows_of(con, name, file, own, run).items()}
    return rows


def _rows_of(
    con: "DuckDBPyConnection", name: str, file: Staged, numbers: Sequence[int], run: Run
) -> Mapping[int, SampleRow]:
    found = _from_lines(con, name, file, numbers, run) if file.table.dialect.format in ("csv", "jsonl") else None
    if found is None:
        run.check()
        found = _from_scan(con, file.table, numbers)
    shown = file.file.path.replace("\\", "/").rpartition("/")[2]
    return {number: SampleRow(shown, number + 1, values) for number, values in found.items()}


def _columns(table: Table) -> Mapping[str, str]:
    cells = {name: cell_sql(table, places[0]) for name, places in table.places.items()}
    time = time_sql(table)
    return {**cells, "time": time} if time else cells


def _values(names: Iterable[str], cells: Sequence[object]) -> dict[str, str]:
    texts = {
        name: str(cell)[:_MAX_CELL_CHARS] for name, cell in zip(names, cells, strict=True) if cell not in (None, "")
    }
    if "time" in texts:
        texts["time"] = iso(texts["time"]) or texts["time"]
    return with_amount(texts)


def _from_scan(con: "DuckDBPyConnection", table: Table, numbers: Sequence[int]) -> dict[int, dict[str, str]]:
    columns = _columns(table)
    chosen = ", ".join(f"{sql} AS v{at}" for at, sql in enumerate(columns.values()))
    sql = (
        f"SELECT n - 1, * EXCLUDE (n) FROM (SELECT row_number() OVER () AS n, {chosen} FROM ({rows_sql(table)}))"  # noqa: S608
        f" WHERE n - 1 IN ({', '.join(map(str, numbers))}) LIMIT {len(numbers)}"
    )
    rows = con.execute(sql, {"path": path_literal(table.path)}).fetchall()
    return {number: _values(columns, cells) for number, *cells in rows}


def _from_lines(
    con: "DuckDBPyConnection", name: str, side: Staged, numbers: Sequence[int], run: Run
) -> dict[int, dict[str, str]] | None:
    """The rows read from their lines alone; None where they do not prove to be the rows that were staged."""
    import duckdb

    table = side.table
    lines = _picked(side, numbers, run)
    if len(lines) != len(numbers):
        return None
    with TemporaryDirectory(prefix="postback-wizard-") as folder:
        copy = Path(folder) / "rows"
        copy.write_bytes(b"".join(line + b"\n" for line in lines))
        dialect = replace(table.dialect, has_header=False, skip=0, packed=False)
        picked = replace(table, path=copy, dialect=dialect)
        try:
            return _proved(con, name, replace(side, table=picked), numbers)
        except duckdb.InterruptException:
            raise
        except duckdb.Error:
            return None


def _picked(side: Staged, numbers: Sequence[int], run: Run) -> list[bytes]:
    """Their lines; what stands near the end of a long log is not counted out from its beginning."""
    dialect = side.table.dialect
    before = dialect.skip + (dialect.has_header and dialect.format == "csv")
    by_end = not dialect.packed and not side.rejected
    middle = bisect_left(numbers, side.rows // 2) if by_end else len(numbers)
    with open_log(side.table.path) as source:
        first = [*lines_at(source, [number + before for number in numbers[:middle]], run.check)]
        last = [*last_lines(source, [side.rows - 1 - number for number in reversed(numbers[middle:])], run.check)]
    return [*first, *reversed(last)]


def _proved(
    con: "DuckDBPyConnection", name: str, picked: Staged, numbers: Sequence[int]
) -> dict[int, dict[str, str]] | None:
    """The picked rows, if the key, the words and the amount of each are those of the staged row."""
    columns, staging = _columns(picked.table), columns_of(picked)
    chosen = ", ".join([*(staging[ours] for ours in "hwp"), *columns.values()])
    query = f"SELECT {chosen} FROM ({rows_sql(picked.table)})"  # noqa: S608 - no foreign text
    rows = con.execute(query, {"path": path_literal(picked.table.path)}).fetchall()
    listed = ", ".join(str(picked.first + number) for number in numbers)
    sql = f"SELECT rowid, h, w, p FROM stage.{name} WHERE rowid IN ({listed}) ORDER BY rowid"  # noqa: S608
    if [(picked.first + number, *row[:3]) for number, row in zip(numbers, rows, strict=False)] != con.execute(
        sql
    ).fetchall():
        return None
    return {number: _values(columns, row[3:]) for number, row in zip(numbers, rows, strict=True)}


def lines_at(source: IO[bytes], wanted: Sequence[int], check: Callable[[], None]) -> Iterator[bytes]:
    """Lines by number from 0, in rising order, without their ends; fewer where a line is too long or missing."""
    at, rest, todo = 0, b"", list(wanted)[::-1]
    while todo and (chunk := source.read(_CHUNK)):
        check()
        block = rest + chunk
        count = block.count(b"\n")
        if todo[-1] < at + count:
            lines = block.split(b"\n")
            while todo and todo[-1] < at + count:
                yield lines[todo.pop() - at].removesuffix(b"\r")
        at, rest = at + count, block[block.rfind(b"\n") + 1 :]
        if len(rest) > MAX_LINE_BYTES:
            return
    if todo and todo[-1] == at and rest:
        yield rest.removesuffix(b"\r")


def last_lines(source: IO[bytes], wanted: Sequence[int], check: Callable[[], None]) -> Iterator[bytes]:
    """Lines by number from the end, 0 the last, in rising order; fewer where a line is too long or missing."""
    start, rest, at, todo = source.seek(0, SEEK_END) if wanted else 0, b"", 0, list(wanted)[::-1]
    is_end = True
    while todo and start:
        check()
        length = min(_CHUNK, start)
        start = source.seek(start - length)
        block = source.read(length) + rest
        if is_end:
            block, is_end = block.removesuffix(b"\n"), False
        # The first piece may go on in the block before, until there is none.
        count = block.count(b"\n") + (start == 0)
        if todo[-1] < at + count:
            lines = block.split(b"\n")
            while todo and todo[-1] < at + count:
                yield lines[at - 1 - todo.pop()].removesuffix(b"\r")
        at, rest = at + count, block.partition(b"\n")[0]
        if len(rest) > MAX_LINE_BYTES:
            return
