"""Rows of two staged logs brought together by key, a part of the keys at a time, and what is asked of the pairs."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from postback_wizard.effects.reconcile_time import NEAR_S, OTHER, STEP_S, WIDEST, Spans
from postback_wizard.effects.stoppable import Run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Rows of one side that are joined at a time; this bounds the memory.
PART_ROWS = 2_000_000
SAMPLES = 10
LATE_S = 3600
BOTH = "ra IS NOT NULL AND rb IS NOT NULL"
_TOP = 2**64
#: Days further apart than this are counted together.
FAR_DAYS = 3
#: Rows fetched at a time: converting many at once would keep every other thread waiting.
_FETCHED = 500


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the keys: those that fulfil ``condition``, and how many rows of both sides have one of them."""

    condition: str
    rows: int


def parts(con: "DuckDBPyConnection", most: int = PART_ROWS) -> Sequence[Part]:
    """All keys of both sides in parts of bearable size: ``most`` rows of one side each."""
    rows = [con.execute(f"SELECT count(h) FROM stage.{side}").fetchall()[0][0] for side in ("a", "b")]  # noqa: S608
    count = max(1, -(-max(rows) // most))
    if count == 1:
        return [Part("h IS NOT NULL", sum(rows))]
    width = -(-_TOP // count)
    found = [0] * count
    for side in ("a", "b"):
        sql = f"SELECT h // {width}, count(*) FROM stage.{side} WHERE h IS NOT NULL GROUP BY 1"  # noqa: S608
        for at, number in con.execute(sql).fetchall():
            found[at] += number
    return [Part(f"h BETWEEN {at * width} AND {min((at + 1) * width, _TOP) - 1}", found[at]) for at in range(count)]


def pair_up(con: "DuckDBPyConnection", part: Part, run: Run) -> None:
    """Make the tables ``pair`` (first rows of each key) and ``surplus`` (the others) for a part of the keys."""
    con.execute("CREATE OR REPLACE TEMP TABLE surplus (side VARCHAR, r UINTEGER, p DECIMAL(18, 4), w UINTEGER)")
    # Keys that stand once on each side cannot make more pairs than there are rows; more of them show duplicates.
    _join(con, part, "", run)
    ((ones, others),) = con.execute("SELECT count(ra), count(rb) FROM pair").fetchall()
    if ones + others == part.rows and not _repeats(con):
        return
    for side in ("a", "b"):
        run.check()
        con.execute(
            f"INSERT INTO surplus SELECT '{side}', x.rowid, x.p, x.w FROM stage.{side} x JOIN ("  # noqa: S608
            f"SELECT h, min(rowid) AS first FROM stage.{side} WHERE {part.condition} GROUP BY h HAVING count(*) > 1"
            f") d ON x.h = d.h WHERE x.rowid <> d.first AND x.{part.condition}"
        ).fetchall()
    _join(con, part, "WHERE r NOT IN (SELECT r FROM surplus WHERE side = '{side}')", run)


def _join(con: "DuckDBPyConnection", part: Part, condition: str, run: Run) -> None:
    def rows(side: str) -> str:
        kept = condition.format(side=side)
        read = f"SELECT rowid::UINTEGER AS r, * FROM stage.{side} WHERE {part.condition}"  # noqa: S608
        return f"(SELECT * FROM ({read}) {kept})"  # noqa: S608

    run.check()
    con.execute("DROP TABLE IF EXISTS pair")  # before the next is made, or both would need room at once
    con.execute("SET preserve_insertion_order = false")  # nobody asks for the order of the pairs
    try:
        con.execute(
            "CREATE TEMP TABLE pair AS SELECT coalesce(x.h, y.h) AS h,"  # noqa: S608
            " x.r AS ra, y.r AS rb, x.w AS wa, y.w AS wb, x.p AS pa, y.p AS pb, x.t::BIGINT AS ta, y.t::BIGINT AS tb,"
            " x.u AS ua, y.u AS ub"
            f" FROM {rows('a')} x FULL OUTER JOIN {rows('b')} y ON x.h = y.h LIMIT {part.rows + 1}"
        ).fetchall()
    finally:
        con.execute("SET preserve_insertion_order = true")


def _repeats(con: "DuckDBPyConnection") -> bool:
    """Whether a key of one side only stands there more than once."""
    sql = "SELECT 1 FROM pair WHERE ra IS NULL OR rb IS NULL GROUP BY h HAVING count(*) > 1 LIMIT 1"
    return bool(con.execute(sql).fetchall())


def rows_of(con: "DuckDBPyConnection", sql: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, few at a time."""
    found = con.execute(sql)
    while rows := found.fetchmany(_FETCHED):
        yield from rows


# -- time ----------------------------------------------------------------------------------------------------------


def votes_for(con: "DuckDBPyConnection", tracker: str = "ta", partner: str = "tb") -> Counter[int]:
    """How many pairs vote for each offset, in steps."""
    return Counter(dict(rows_of(con, f"SELECT step, count(*) FROM ({_votes_sql(tracker, partner)}) GROUP BY 1")))  # noqa: S608


def votes_by(con: "DuckDBPyConnection", clock: str, steps: Sequence[int]) -> Mapping[int, dict[int, int]]:
    """For each hour of a clock that has votes: how many are for each of these offsets, the rest as OTHER."""
    counts = "".join(f", count(*) FILTER (step = {step})" for step in steps)
    sql = f"SELECT {clock} // 3600, count(*){counts} FROM ({_votes_sql('ta', 'tb')}) GROUP BY 1"  # noqa: S608
    found: dict[int, dict[int, int]] = {}
    for hour, total, *each in rows_of(con, sql):
        votes = {step: count for step, count in zip(steps, each, strict=True) if count}
        rest = total - sum(each)
        found[hour] = {**votes, OTHER: rest} if rest else votes
    return found


def _votes_sql(tracker: str, partner: str) -> str:
    step = f"round(({partner} - {tracker}) / {STEP_S}.0)::BIGINT"
    return (
        f"SELECT * FROM (SELECT ta, tb, {partner} - {tracker} AS gap, {step} AS step"  # noqa: S608
        f" FROM pair WHERE {tracker} IS NOT NULL AND {partner} IS NOT NULL)"
        f" WHERE abs(step) <= {WIDEST} AND abs(gap - step * {STEP_S}) <= {NEAR_S}"
    )


def timed(con: "DuckDBPyConnection") -> int:
    """The pairs with a time on both sides."""
    ((count,),) = con.execute("SELECT count(ta - tb) FROM pair").fetchall()
    return int(count)


def offset_sql(spans: Spans) -> str:
    """An expression for the offset of a pair in seconds."""
    if not spans.spans:
        return "0"
    clock = "ta" if spans.clock == "tracker" else "tb"
    later = [
        f"WHEN {clock} >= {span.since * 3600} THEN {span.minutes * 60}"
        for span in spans.spans[:0:-1]
        if span.since is not None
    ]
    first = spans.spans[0].minutes * 60
    return f"(CASE {' '.join(later)} ELSE {first} END)" if later else str(first)


def day_gap_sql(offset: str, *, tracker_days: bool) -> str:
    """How many days the partner's day is after the tracker's, once the side that knows the hour is moved."""
    if tracker_days:
        return f"((tb - {offset}) // 86400 - ta // 86400)"
    return f"(tb // 86400 - (ta + {offset}) // 86400)"


def apart_sql(offset: str) -> str:
    """True where two times differ by over five minutes, the offset taken off."""
    return f"(abs(tb - ta - {offset}) > {NEAR_S})"


def days_by_quarter(con: "DuckDBPyConnection", clock: str) -> Iterator[tuple[int, ...]]:
    """Of a side with times of day against one with days: quarter of the day, days between, and how many pairs."""
    sql = (
        f"SELECT ({clock} % 86400) // {STEP_S}, tb // 86400 - ta // 86400, count(*) FROM pair"  # noqa: S608
        " WHERE ta IS NOT NULL AND tb IS NOT NULL GROUP BY ALL"
    )
    return rows_of(con, sql)


def late(con: "DuckDBPyConnection", offset: str) -> Iterator[tuple[int, ...]]:
    """Late pairs by the side that is late (1 partner, -1 tracker), the hour of its day, and quarters of an hour."""
    gap = f"(tb - ta - {offset})"
    sql = (
        f"SELECT sign({gap})::INTEGER, (CASE WHEN {gap} > 0 THEN tb ELSE ta END % 86400) // 3600,"  # noqa: S608
        f" least(abs({gap}) // {STEP_S}, 100000), count(*) FROM pair"
        f" WHERE ta IS NOT NULL AND tb IS NOT NULL AND abs({gap}) > {LATE_S} GROUP BY ALL"
    )
    return rows_of(con, sql)


# -- counts --------------------------------------------------------------------------------------------------------


def cube(con: "DuckDBPyConnection", differs: str, gap: str) -> Iterator[tuple[Any, ...]]:
    """Matched keys by both sides' words, how their amounts relate, whether their times differ, and the days between.

    Days that are far apart are counted together.
    """
    sql = f"""
    SELECT wa, wb, relation, apart, shift, count(*), count(ta - tb), coalesce(sum(pa), 0), coalesce(sum(pb), 0),
           min(pa), max(pa), min(pb), max(pb), count(ratio), coalesce(sum(ratio), 0.0::DOUBLE),
           coalesce(sum(ratio * ratio), 0.0::DOUBLE)
    FROM (SELECT *, CASE WHEN pa > 0 AND relation <> 'same' THEN pb::DOUBLE / pa END AS ratio
          FROM (SELECT *, {RELATION} AS relation, coalesce({differs}, false) AS apart,
                       greatest(-{FAR_DAYS + 1}, least({FAR_DAYS + 1}, {gap})) AS shift FROM pair WHERE {BOTH}))
    GROUP BY wa, wb, relation, apart, shift"""  # noqa: S608
    return rows_of(con, sql)


#: How two amounts relate; a hundredfold is told apart because it is cents for units.
RELATION = """CASE WHEN pa = pb THEN 'same' WHEN pa IS NULL OR pb IS NULL THEN 'unknown'
    WHEN abs(pa::DOUBLE - pb::DOUBLE) < 0.00999 THEN 'same'
    WHEN abs(pa::DOUBLE * 100 - pb::DOUBLE) < 0.5 THEN 'partner-cents'
    WHEN abs(pa::DOUBLE - pb::DOUBLE * 100) < 0.5 THEN 'tracker-cents' ELSE 'other' END"""


def alone(con: "DuckDBPyConnection", side: str, inside: str) -> Sequence[tuple[Any, ...]]:
    """Keys of one side only, by its words: how many, their money, how many ``inside``, and their first time."""
    other = "b" if side == "a" else "a"
    sql = (
        f"SELECT w{side}, count(*), coalesce(sum(p{side}), 0), count(*) FILTER ({inside}), min(t{side})"  # noqa: S608
        f" FROM pair WHERE r{other} IS NULL GROUP BY 1"
    )
    return con.execute(sql).fetchall()


def surplus(con: "DuckDBPyConnection", side: str) -> Sequence[tuple[int, int, Decimal]]:
    """Surplus rows of one side, by its words: how many, and their money."""
    sql = f"SELECT w, count(*), coalesce(sum(p), 0) FROM surplus WHERE side = '{side}' GROUP BY 1"  # noqa: S608
    return con.execute(sql).fetchall()


def first_pairs(con: "DuckDBPyConnection", condition: str) -> list[tuple[int | None, int | None]]:
    """The rows of the first pairs of a kind, in the order of the files."""
    sql = f"SELECT ra, rb FROM pair WHERE {condition} ORDER BY coalesce(ra, rb) LIMIT {SAMPLES}"  # noqa: S608
    return con.execute(sql).fetchall()


def first_surplus(con: "DuckDBPyConnection", side: str) -> list[tuple[int | None, int | None]]:
    """The first surplus rows of a side."""
    sql = f"SELECT r FROM surplus WHERE side = '{side}' ORDER BY r LIMIT {SAMPLES}"  # noqa: S608
    rows = [row for (row,) in con.execute(sql).fetchall()]
    return [(row, None) if side == "a" else (None, row) for row in rows]
