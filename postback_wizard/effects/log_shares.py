"""What the rows of a whole log have in common, counted in one pass: times, goals, offers, statuses, browsers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postback_wizard.domain.probe import LogShare
from postback_wizard.effects.log_query import Summary, Table, cell_sql, rows_sql, time_sql
from postback_wizard.effects.log_times import sql_epoch_ms, stamp_of_ms
from postback_wizard.effects.parquet import literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Spans a log's time is cut into at most, and the shortest, in milliseconds.
SPANS, SHORTEST_MS = 160, 60_000
#: Values of one kind that are kept, most frequent first.
MOST_VALUES = 40
#: A larger access log is searched, not counted.
LARGEST_ACCESS_LOG = 64 * 1024 * 1024
_MAX_CHARS = 80

_BROWSER = """CASE WHEN {u} = '' THEN NULL
    WHEN regexp_matches({u}, '(?i)edg(e|/|a/|ios)') THEN 'Edge'
    WHEN regexp_matches({u}, '(?i)crios|chrome|chromium') THEN 'Chrome'
    WHEN regexp_matches({u}, '(?i)fxios|firefox') THEN 'Firefox'
    WHEN regexp_matches({u}, '(?i)safari|iphone|ipad|apple ?mail') THEN 'Safari' ELSE 'other' END"""
_AD_ID = "(?i)[?&](gclid|gbraid|wbraid|msclkid|fbclid|ttclid|yclid)=[^&#]"


@dataclass(frozen=True, slots=True)
class _Terms:
    """What is counted: the SQL of each kind, and of what a row lacks."""

    kinds: Mapping[str, str]
    lack: str
    broken: str = "false"


def shares_of(
    con: "DuckDBPyConnection", table: Table, summary: Summary, check: Callable[[], None]
) -> tuple[LogShare, ...]:
    """The shares of a log, none where it is too large to be counted or has nothing to be told apart by."""
    import duckdb

    check()
    if table.dialect.format == "access" and table.path.stat().st_size > LARGEST_ACCESS_LOG:
        return ()
    terms = _terms(table, summary)
    if not terms.kinds or not summary.rows:
        return ()
    try:
        return tuple(sorted(_counted(con, table, terms), key=_order))
    except duckdb.InterruptException:
        raise
    except duckdb.Error:  # counts are a gift: a log too varied for the memory is still searched
        return ()


def _terms(table: Table, summary: Summary) -> _Terms:
    kinds = {
        name: f"nullif({_text(table, column)}, '')"
        for name, column in (("goal", "goal"), ("offer", "offer"), ("status", "status"))
        if column in table.places
    }
    if "user_agent" in table.places:
        kinds["browser"] = _BROWSER.format(u=_text(table, "user_agent"))
    if summary.first_ms is not None and summary.last_ms is not None:
        width = max((summary.last_ms - summary.first_ms) // SPANS + 1, SHORTEST_MS)
        time = sql_epoch_ms(f"({time_sql(table)})")
        kinds["time"] = f"({time} - ({time}) % {width})::VARCHAR"
    match table.role:
        case "attempt_log":
            return _of_attempts(table, kinds)
        case "click_log":
            lack = _no_ad_id(table)
            return _Terms({**kinds, **({"all": "'all'"} if lack else {})} if lack else {}, lack or "false")
        case _:
            ids = [cell_sql(table, place) for place in table.places.get("click_id", [])]
            return _Terms(
                kinds, " AND ".join(f"coalesce({cell}, '') IN ('', '-', 'null', '0')" for cell in ids) or "false"
            )


def _of_attempts(table: Table, kinds: Mapping[str, str]) -> _Terms:
    place = _http_status(table)
    if place is None:
        return _Terms({name: sql for name, sql in kinds.items() if name != "browser"}, "false")
    status = cell_sql(table, place)
    kinds = {name: sql for name, sql in kinds.items() if name not in ("browser", "status")}
    failed = f"coalesce({status}, '') NOT SIMILAR TO '2[0-9][0-9].*'"
    return _Terms({**kinds, "answer": f"nullif({status}, '')"}, failed, f"{status} SIMILAR TO '5[0-9][0-9].*'")


def _http_status(table: Table) -> int | None:
    """The column of the answer's status; one called just status counts where it holds numbers of HTTP."""
    if "answer_status" in table.places:
        return table.places["answer_status"][0]
    place = table.places.get("status", [-1])[0]
    cells = table.dialect.sample[place] if 0 <= place < len(table.dialect.sample) else ()
    numbers = [cell for cell in cells if len(cell.strip()) == 3 and cell.strip().isdigit()]
    return place if cells and len(numbers) * 2 > len(cells) else None


def _no_ad_id(table: Table) -> str:
    """The SQL of a click without an ad platform's click ID, empty where the log has no place for one."""
    has = [f"coalesce({cell_sql(table, place)}, '') <> ''" for place in table.places.get("ad_click_id", [])]
    urls = [place for name in ("landing_url", "url") for place in table.places.get(name, [])]
    has += [f"regexp_matches(coalesce({cell_sql(table, place)}, ''), '{_AD_ID}')" for place in urls]
    return f"NOT ({' OR '.join(has)})" if has else ""


def _text(table: Table, name: str) -> str:
    return f"left(coalesce({cell_sql(table, table.places[name][0])}, ''), {_MAX_CHARS})"


def _order(share: LogShare) -> tuple[str, str, int]:
    return (share.kind, share.value if share.kind.startswith("time") else "", -share.rows)


def _counted(con: "DuckDBPyConnection", table: Table, terms: _Terms) -> Iterator[LogShare]:
    names = list(terms.kinds)
    cells = ", ".join(f"{sql} AS k{n}" for n, sql in enumerate(terms.kinds.values()))
    sets = ", ".join(f"(k{n})" for n in range(len(names)))
    marks = ", ".join(f"grouping(k{n})" for n in range(len(names)))
    keys = ", ".join(f"k{n}" for n in range(len(names)))
    sql = (
        f"SELECT {marks}, {keys}, count(*) AS rows, count(*) FILTER (lack), count(*) FILTER (broken)"  # noqa: S608
        f" FROM (SELECT {cells}, {terms.lack} AS lack, {terms.broken} AS broken FROM ({rows_sql(table)}))"
        f" GROUP BY GROUPING SETS ({sets}) ORDER BY rows DESC"
    )
    kept: dict[str, int] = {}
    for row in con.execute(sql, {"path": literal(table.path)}).fetchall():
        at = row.index(0)
        kind, value, (rows, lack, broken) = names[at], row[len(names) + at], row[-3:]
        kept[kind] = kept.get(kind, 0) + 1
        if value is None or (kind != "time" and kept[kind] > MOST_VALUES):
            continue
        value = stamp_of_ms(int(value)) if kind == "time" else str(value)
        yield LogShare(kind, value, rows, lack)
        if kind == "time" and broken:
            yield LogShare("time-5xx", value, rows, broken)
