"""The questions put to one log through DuckDB: how much it holds, and which rows carry an identifier."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from postback_wizard.domain.probe import LogProbe, LogReject
from postback_wizard.effects.access_log import sql_columns
from postback_wizard.effects.columns import day_column
from postback_wizard.effects.dialect import Dialect
from postback_wizard.effects.log_times import sql_epoch_ms, zone_of
from postback_wizard.effects.parquet import literal, sql_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Quoting = Literal["strict", "backslash", "plain", "loose"]

#: Rows of one log that are kept, and rejected rows that are told apart; a log beyond either is only counted up to it.
MAX_ROWS = 200
MAX_REJECTS = 100_000
MAX_LINE_BYTES = 4 * 1024 * 1024
#: A shortened ID counts as a near match when at least this much of it is left.
NEAR_LENGTH = 8

_KEEP_REJECTS = f"store_rejects=true, rejects_limit={MAX_REJECTS},"
_JSON_COLUMN = "'c0': 'VARCHAR'"
_QUOTES: Mapping[Quoting, str] = {
    "strict": "quote='\"', escape='\"', strict_mode=true",
    "backslash": "quote='\"', escape='\\', strict_mode=true",
    "plain": "quote='', escape='', strict_mode=true",
    "loose": "quote='\"', escape='\"', strict_mode=false",
}
_REJECTS = """
SELECT count(DISTINCT line),
       coalesce(bool_or(error_type IN ('UNQUOTED VALUE', 'LINE SIZE OVER MAXIMUM')), false),
       coalesce(bool_or(error_type = 'INVALID ENCODING'), false)
FROM reject_errors"""
_FIRST_REJECTS = """
SELECT line, first(CAST(error_type AS VARCHAR)) FROM reject_errors GROUP BY line ORDER BY line LIMIT 20"""
#: A date with slashes, and how it is written day, month, year.
_SLASHES = r"(\d{1,2})/(\d{1,2})/(\d{4})"
_DOTS = {"dmy": r"\1.\2.\3", "mdy": r"\2.\1.\3"}
#: Why a row was left out, as in LogReject.reason.
_REASONS = {
    "MISSING COLUMNS": "too-few",
    "TOO MANY COLUMNS": "too-many",
    "UNQUOTED VALUE": "quotes",
    "LINE SIZE OVER MAXIMUM": "too-long",
    "INVALID ENCODING": "encoding",
}
#: The last rank that is no near match.
_EXACT = 3


@dataclass(frozen=True, slots=True)
class Table:
    """A log as DuckDB is to read it: UTF-8 at ``path``; ``places`` are our names' columns, best first.

    ``guessed`` are names whose column was told by its content; ``date_order`` is that of dates with slashes.
    """

    path: Path
    dialect: Dialect
    places: Mapping[str, list[int]]
    role: str
    quoting: Quoting = "strict"
    guessed: tuple[str, ...] = ()
    zone_name: str = ""
    date_order: Literal["", "dmy", "mdy", "unknown"] = ""

    @property
    def zone(self) -> tzinfo | None:
        """The zone of times that name none, where the agent knows it."""
        return zone_of(self.zone_name)


@dataclass(frozen=True, slots=True)
class Summary:
    """How much a log holds; times in milliseconds since 1970."""

    rows: int
    rejected: int
    first_ms: int | None
    last_ms: int | None
    bad_quotes: bool
    bad_encoding: bool
    rejects: tuple[LogReject, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One row that carries the identifier: ``rank`` 1 click ID, 2 transaction ID, 3 URL, 4 other case, 5 cut short."""

    row: int
    rank: int
    cells: tuple[str, ...]


def summarise(con: "DuckDBPyConnection", table: Table) -> Summary:
    """Count a log's rows and find its first and last time.

    Raises:
        duckdb.Error: the file cannot be read this way, or the query was interrupted.
    """
    time = time_sql(table)
    times = f"min({sql_epoch_ms('t')}), max({sql_epoch_ms('t')})" if time else "NULL, NULL"
    broken = "count(*) FILTER (WHERE c0 IS NULL)" if table.dialect.format in ("jsonl", "access") else "0"
    _forget_rejects(con)
    # All rows are fetched, not one: DuckDB writes down what it rejected when the result has been read to its end.
    ((rows, bad, first, last),) = con.execute(
        f"SELECT count(*), {broken}, {times} FROM (SELECT *, {time or 'NULL'} AS t FROM ({rows_sql(table)}))",  # noqa: S608
        {"path": literal(table.path)},
    ).fetchall()
    if table.dialect.format == "parquet":
        return Summary(rows, 0, first, last, bad_quotes=False, bad_encoding=False)
    ((rejected, bad_quotes, bad_encoding),) = con.execute(_REJECTS).fetchall()
    rejects = _odd_lines(con, table) if bad else ()
    rejects += tuple(
        LogReject(line, _REASONS.get(kind, "text")) for line, kind in con.execute(_FIRST_REJECTS).fetchall()
    )
    return Summary(rows - bad, rejected + bad, first, last, bad_quotes, bad_encoding, rejects)


def _odd_lines(con: "DuckDBPyConnection", table: Table) -> tuple[LogReject, ...]:
    """The first lines of another kind than the rest of the log."""
    reason = "no-json" if table.dialect.format == "jsonl" else "no-request"
    sql = (
        f"SELECT n FROM (SELECT row_number() OVER () AS n, c0 FROM ({rows_sql(table)}))"  # noqa: S608 - no foreign text
        " WHERE c0 IS NULL ORDER BY n LIMIT 20"
    )
    return tuple(LogReject(line, reason) for (line,) in con.execute(sql, {"path": literal(table.path)}).fetchall())


def _forget_rejects(con: "DuckDBPyConnection") -> None:
    for name in ("reject_errors", "reject_scans"):
        con.execute(f"DROP TABLE IF EXISTS {name}")


def find(con: "DuckDBPyConnection", table: Table, probe: LogProbe) -> tuple[list[Hit], bool]:
    """Every row of the identifiers asked for, in order; near matches only where nothing matches exactly.

    The second value tells whether rows were left out for bytes that are no UTF-8: DuckDB looks at the text of a column
    only where it is wanted, so a mere count does not show them.

    Raises:
        duckdb.Error: the query was interrupted, or the file changed under it.
    """
    cases, values = _cases(table, probe)
    if not cases:
        return [], False
    _forget_rejects(con)
    whens = " ".join(f"WHEN {condition} THEN {rank}" for rank, condition in sorted(cases.items()))
    sql = (
        f"SELECT * FROM (SELECT n, CASE {whens} END AS found, * EXCLUDE (n) FROM"  # noqa: S608 - no foreign text
        f" (SELECT row_number() OVER () AS n, * FROM ({rows_sql(table)})))"
        f" WHERE found IS NOT NULL ORDER BY found > {_EXACT}, n LIMIT {MAX_ROWS}"
    )
    found = con.execute(sql, {"path": literal(table.path), **values}).fetchall()
    hits = [Hit(row, rank, tuple("" if cell is None else str(cell) for cell in cells)) for row, rank, *cells in found]
    exact = [hit for hit in hits if hit.rank <= _EXACT]
    if table.dialect.format == "parquet":
        return exact or hits, False
    ((_, _, bad_encoding),) = con.execute(_REJECTS).fetchall()
    return exact or hits, bad_encoding


def other_quoting(table: Table) -> list[Table]:
    """The same log with its quotes understood in other ways; JSON has one way only."""
    ways: tuple[Quoting, ...] = ("strict", "backslash", "plain", "loose") if table.dialect.format == "csv" else ()
    return [replace(table, quoting=way) for way in ways if way != table.quoting]


def rows_sql(table: Table, types: Mapping[int, str] | None = None, time_format: str = "") -> str:
    """Every row of a log as columns ``c0`` and so on; the path is ``$path``.

    ``types`` are those of columns of a CSV that are read as other than text, times in ``time_format``; then nothing is
    left out, and the first cell of another kind and the first broken row are errors.
    """
    dialect = table.dialect
    if dialect.format == "parquet":
        return sql_rows(dialect.headers)
    packed = "gzip" if dialect.packed else "none"
    common = (
        f"auto_detect=false, {_KEEP_REJECTS if types is None else ''} compression='{packed}',"
        f" max_line_size={MAX_LINE_BYTES}, buffer_size={2 * MAX_LINE_BYTES}"
    )
    if dialect.format == "access":
        lines = (
            f"(SELECT l FROM read_csv($path, {common}, header=false, columns={{'l': 'VARCHAR'}}, delim=E'\\x1f',"  # noqa: S608
            " quote='', escape='', strict_mode=true) WHERE l IS NOT NULL)"
        )
        return sql_columns(dialect.headers).replace("{lines}", lines)
    if dialect.format == "jsonl":
        return (
            "SELECT CASE WHEN json_valid(c0) AND json_type(c0) = 'OBJECT' THEN c0 END AS c0"  # noqa: S608
            f" FROM read_csv($path, {common}, header=false, columns={{{_JSON_COLUMN}}}, delim=E'\\x1f',"
            " quote='', escape='', strict_mode=true) WHERE c0 IS NOT NULL"
        )
    kinds = types or {}
    times = f", timestampformat='{time_format}'" if time_format else ""
    columns = ", ".join(f"'c{n}': '{kinds.get(n, 'VARCHAR')}'" for n in range(dialect.width))
    delimiter = "\\t" if dialect.delimiter == "\t" else dialect.delimiter
    return (
        f"SELECT * FROM read_csv($path, {common}, columns={{{columns}}}, delim=E'{delimiter}',"  # noqa: S608
        f" header={str(dialect.has_header).lower()}, skip={dialect.skip},"
        f" null_padding={str(dialect.padded).lower()}, {_QUOTES[table.quoting]}{times})"
    )


def cell_sql(table: Table, place: int) -> str:
    """An SQL expression for one column's trimmed text."""
    if table.dialect.format == "jsonl":
        keys = table.dialect.columns[place].keys
        pointer = "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys).replace("'", "''")
        return f"trim(json_extract_string(c0, '{pointer}'))"
    return f"trim(c{place}, ' \"')" if table.quoting == "plain" else f"trim(c{place})"


def time_sql(table: Table) -> str:
    """An SQL expression for the text of a row's time, empty where the log has none; dates with slashes made dotted."""
    written = _written_sql(table)
    if not written or table.date_order not in _DOTS:
        return written
    return f"regexp_replace({written}, '^{_SLASHES}', '{_DOTS[table.date_order]}')"


def dotted(table: Table, time: str) -> str:
    """The same in Python, on one time."""
    dots = _DOTS.get(table.date_order)
    return re.sub(f"^{_SLASHES}", dots, time.strip()) if dots else time


def _written_sql(table: Table) -> str:
    places = table.places.get("time", [])
    if not places:
        return ""
    time = cell_sql(table, places[0])
    at = day_column(table.dialect.headers, places)
    if at is None:
        return time
    day = cell_sql(table, at)
    is_clock = f"regexp_full_match({time}, '\\d{{1,2}}:\\d{{2}}(:\\d{{2}})?')"
    return f"CASE WHEN {is_clock} THEN {day} || ' ' || {time} ELSE {time} END"


def _cases(table: Table, probe: LogProbe) -> tuple[dict[int, str], dict[str, str]]:
    cases: dict[int, str] = {}
    values: dict[str, str] = {}
    clicks = [cell_sql(table, place) for place in table.places.get("click_id", [])]
    orders = [cell_sql(table, place) for place in table.places.get("transaction_id", [])]
    urls = [cell_sql(table, place) for place in table.places.get("url", [])]
    click, order = probe.click_id.strip(), probe.transaction_id.strip()
    if click and clicks:
        values |= {"click": click, "excel": f'="{click}"'}
        cases[1] = _any(clicks, "{c} IN ($click, $excel)")
        cases[4] = _any(clicks, "lower({c}) = lower($click)")
        cases[5] = _any(
            clicks,
            f"least(length({{c}}), length($click)) >= {NEAR_LENGTH}"
            " AND (starts_with({c}, $click) OR starts_with($click, {c}))",
        )
    if order and orders:
        values["order"] = order
        cases[2] = _any(orders, "{c} = $order")
    if urls and (click or order) and (table.role == "attempt_log" or not clicks):
        values["edges"] = _edges(*filter(None, (click, order)))
        cases[3] = _any(urls, "regexp_matches({c}, $edges)")
    return cases, values


def _any(columns: list[str], condition: str) -> str:
    return "(" + " OR ".join(f"({condition.format(c=column)})" for column in columns) + ")"


def _edges(*ids: str) -> str:
    """A pattern for a whole ID inside a URL, raw or percent-encoded, and not as part of a longer one."""
    forms = "|".join(dict.fromkeys(re.escape(form) for text in ids for form in (text, quote(text, safe=""))))
    return f"(^|[^A-Za-z0-9_\\-]|%[0-9A-Fa-f]{{2}})({forms})([^A-Za-z0-9_\\-]|$)"
