"""What was found in one log, in our names: its source line and the rows of the conversion."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from postback_wizard.domain.probe import LogFile, LogProbe, LogRow, LogShare, LogSource
from postback_wizard.effects.columns import day_column
from postback_wizard.effects.dialect import Dialect, read_object
from postback_wizard.effects.log_amounts import with_amount
from postback_wizard.effects.log_query import Hit, Summary, Table, dotted
from postback_wizard.effects.log_times import in_zone, iso, stamp_of_ms

#: Longer cells are cut in the evidence; they stay whole in the file.
MAX_CELL_CHARS = 64 * 1024
MAX_HEADER_CHARS = 200
#: How a row was matched, and by which of our names.
_MATCHES: Mapping[int, tuple[str, str]] = {
    1: ("exact", "click_id"),
    2: ("exact", "transaction_id"),
    3: ("exact", "url"),
    4: ("casefold", "click_id"),
    5: ("prefix", "click_id"),
}
_ORDERS = {"dmy": "DD/MM/YYYY", "mdy": "MM/DD/YYYY", "unknown": "unknown"}
_HTTP_STATUS = re.compile(r"[1-5]\d\d")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")


@dataclass(frozen=True, slots=True)
class Found:
    """One log as it was read."""

    file: LogFile
    table: Table
    original: Dialect
    summary: Summary
    hits: list[Hit]
    shares: tuple[LogShare, ...] = ()

    @property
    def zoned(self) -> bool:
        """Whether the log's own times name their zone, judged by the first of them."""
        places, sample = self.table.places.get("time", []), self.table.dialect.sample
        cells = sample[places[0]] if places and places[0] < len(sample) else ()
        return self.table.dialect.format == "access" or any(iso(cell).endswith("Z") for cell in cells[:5])


def rows_of(found: Found, probe: LogProbe) -> tuple[LogSource, list[LogRow]]:
    """The log's own line in the evidence, and its rows."""
    table, hits = found.table, [_cells(found.table, hit) for hit in found.hits]
    places = {name: _settled(name, all_places, hits, probe) for name, all_places in table.places.items()}
    if found.file.role == "attempt_log" and "answer_status" not in places and _holds_http_status(places, hits):
        places["answer_status"] = places.pop("status")
    rows = [
        LogRow(found.file.role, hit.row, _values(table, places, cells, hit), _raw(table, cells))
        for hit, cells in zip(found.hits, hits, strict=True)
    ]
    source = LogSource(
        *(found.file.role, found.file.path, found.summary.rows, found.summary.rejected, _dialect(found)),
        columns={name: table.dialect.columns[place].header for name, place in places.items()},
        first_time=_edge(found, found.summary.first_ms),
        last_time=_edge(found, found.summary.last_ms),
        rejects=found.summary.rejects,
        guessed=table.guessed,
        headers=shown_headers(table.dialect),
        shares=found.shares,
    )
    return source, rows


def shown_headers(dialect: Dialect) -> tuple[str, ...]:
    """The first 200 headers; what is longer than a header can be is none."""
    return tuple(header for header in dialect.headers[:200] if header and len(header) <= MAX_HEADER_CHARS)


def _edge(found: Found, milliseconds: int | None) -> str:
    """The first or last time of a log; where its times name no zone, that of the agent's word."""
    text = stamp_of_ms(milliseconds)
    return in_zone(text.removesuffix("Z"), found.table.zone) if text and found.table.zone and not found.zoned else text


def _dialect(found: Found) -> dict[str, str]:
    original = found.original
    named = {
        "format": original.format,
        "encoding": original.encoding + ("-bom" if original.bom else ""),
        "header": "yes" if original.has_header else "no",
    }
    if found.table.places.get("time"):
        named["time_zone"] = "as written" if found.zoned else found.table.zone_name or "not named, taken as UTC"
    if found.table.date_order:
        named["date_order"] = _ORDERS[found.table.date_order]
    if original.format == "csv":
        named |= {"delimiter": original.delimiter, "quote": "" if found.table.quoting == "plain" else '"'}
    return named


def _settled(name: str, places: list[int], hits: list[list[str]], probe: LogProbe) -> int:
    """Of several columns that may hold an identifier, the one in which it was found."""
    wanted = {"click_id": probe.click_id, "transaction_id": probe.transaction_id}.get(name, "").strip().casefold()
    for place in places if wanted else []:
        if any(cells[place] and _alike(cells[place].casefold(), wanted) for cells in hits):
            return place
    return places[0]


def _alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _holds_http_status(places: Mapping[str, int], hits: list[list[str]]) -> bool:
    """In a log of attempts, a column called status is the HTTP status when it looks like one."""
    return "status" in places and any(_HTTP_STATUS.fullmatch(cells[places["status"]]) for cells in hits)


def _cells(table: Table, hit: Hit) -> list[str]:
    if table.dialect.format != "jsonl":
        cells = [_clean(cell) for cell in hit.cells[: table.dialect.width]]
    else:
        item = read_object(hit.cells[0]) or {}
        cells = [_text(_at(item, column.keys)) for column in table.dialect.columns]
    return [cell[:MAX_CELL_CHARS] for cell in cells]


def _at(item: object, keys: tuple[str, ...]) -> object:
    for key in keys:
        item = item.get(key) if isinstance(item, dict) else None
    return item


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _clean(cell: str) -> str:
    """A cell without what spreadsheets and unread quotes wrap around it."""
    cell = cell.strip()
    for left in ('="', '"'):
        if len(cell) > len(left) and cell.startswith(left) and cell.endswith('"'):
            return cell[len(left) : -1].replace('""', '"')
    return cell


def _values(table: Table, places: Mapping[str, int], cells: list[str], hit: Hit) -> dict[str, str]:
    values = {name: cells[place] for name, place in places.items() if cells[place]}
    if "time" in values:
        values["time"] = _time(table, cells)
    match, by = _MATCHES[hit.rank]
    return {**with_amount(values), "match": match, "by": by}


def _time(table: Table, cells: list[str]) -> str:
    places = table.places["time"]
    text = dotted(table, cells[places[0]])
    day = day_column(table.dialect.headers, places)
    if day is not None and _CLOCK.fullmatch(text):
        text = f"{dotted(table, cells[day])} {text}"
    return in_zone(iso(text), table.zone) or text


def _raw(table: Table, cells: list[str]) -> dict[str, str]:
    """The cells under their headers; a header met again, or none, is told apart by the column's number."""
    raw: dict[str, str] = {}
    for n, (header, cell) in enumerate(zip(table.dialect.headers, cells, strict=True), 1):
        name = header or f"column{n}"
        raw[f"{name} ({n})" if name in raw else name] = cell
    return raw
