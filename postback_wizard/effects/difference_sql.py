"""The table of differences: which keys of two spilled logs differ, by the same rules as the comparison counts them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from postback_wizard.catalogue.statuses import status_meaning
from postback_wizard.domain.differences import KINDS, Narrowing
from postback_wizard.domain.probe import LogEvidence, LogProbe
from postback_wizard.domain.times import read_moment
from postback_wizard.effects.reconcile_files import Half
from postback_wizard.effects.reconcile_pairs import RELATION, apart_sql, day_gap_sql, offset_sql
from postback_wizard.effects.reconcile_stage import SIDES
from postback_wizard.effects.reconcile_time import Span, Spans
from postback_wizard.effects.reconcile_words import MAX_WORDS
from postback_wizard.effects.stoppable import Run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BITS = {name: 1 << at for at, name in enumerate(KINDS)}


@cache
def kinds_of(bits: int) -> tuple[str, ...]:
    """The classes of a row of the table."""
    return tuple(name for name, bit in _BITS.items() if bits & bit)


def build(con: "DuckDBPyConnection", sides: Sequence[Half], probe: LogProbe, logs: LogEvidence, run: Run) -> None:
    """Fill ``spill.diff`` from ``spill.a`` and ``spill.b``, in the order of the tracker's file.

    Raises:
        StoppedError, duckdb.Error: the work was stopped.
    """
    for name, side in zip(SIDES, sides, strict=True):
        run.check()
        _mark_surplus(con, name)
        _give_meanings(con, name, probe.platforms.get(side.role, ""))
    offset, apart = _clock(logs)
    run.check()
    con.execute(_DIFF.format(offset=offset, relation=RELATION, apart=apart, **_BITS)).fetchall()


def _mark_surplus(con: "DuckDBPyConnection", name: str) -> None:
    """Every row of a key but the first is surplus."""
    con.execute(
        f"CREATE OR REPLACE TABLE spill.surplus_{name} AS SELECT x.rowid AS r FROM spill.{name} x JOIN ("  # noqa: S608
        f"SELECT h, min(rowid) AS first FROM spill.{name} WHERE h IS NOT NULL GROUP BY h HAVING count(*) > 1"
        ") d ON x.h = d.h WHERE x.rowid <> d.first"
    ).fetchall()


def _give_meanings(con: "DuckDBPyConnection", name: str, platform: str) -> None:
    """What each status of a side means; a column with too many different words holds no statuses or currencies."""
    con.execute(f"CREATE OR REPLACE TABLE spill.mean_{name} (s VARCHAR, m VARCHAR, c BOOLEAN)")
    words = con.execute(f"SELECT DISTINCT s, c FROM spill.{name} LIMIT {MAX_WORDS + 1}").fetchall()  # noqa: S608
    if len(words) <= MAX_WORDS:
        rows = [(status, status_meaning(status, platform)) for status in sorted({status for status, _ in words})]
        con.executemany(f"INSERT INTO spill.mean_{name} VALUES (?, ?, true)", rows or [("", "")])  # noqa: S608


def _clock(logs: LogEvidence) -> tuple[str, str]:
    """Expressions for the offset of a pair in seconds, and for whether its times differ."""
    books = logs.reconciliation
    if books is None:
        return "0", "false"
    spans = Spans(
        books.offsets[0].clock if books.offsets else "tracker",
        tuple(Span(item.minutes, item.pairs, _hour(item.since)) for item in books.offsets),
    )
    offset = offset_sql(spans)
    if books.tracker.date_only or books.partner.date_only:
        return offset, f"({day_gap_sql(offset, tracker_days=books.tracker.date_only)} <> 0)"
    return offset, apart_sql(offset)


def _hour(since: str) -> int | None:
    moment = read_moment(since) if since else None
    return None if moment is None else int(moment.utc.timestamp()) // 3600


#: Keys and surplus rows with their classes as bits; equal keys are left out. Names as in ``spill``, by side.
_DIFF = """
CREATE OR REPLACE TABLE spill.diff AS SELECT * FROM (
  SELECT CASE WHEN rb IS NULL THEN {only_tracker} WHEN ra IS NULL THEN {only_partner} ELSE
      (CASE WHEN ma <> '' AND mb <> '' AND ma <> mb THEN {status_differs} ELSE 0 END)
      + (CASE WHEN relation NOT IN ('same', 'unknown') AND NOT foreign_money THEN {payout_differs} ELSE 0 END)
      + (CASE WHEN foreign_money THEN {currency_differs} ELSE 0 END)
      + (CASE WHEN coalesce({apart}, false) THEN {time_differs} ELSE 0 END) END AS kinds,
    i, o, ra, rb, sa, sb, ca, cb, pa, pb, ta, tb,
    CASE WHEN NOT foreign_money THEN pb - pa END AS dp, tb - ta - {offset} AS dt
  FROM (SELECT *, {relation} AS relation,
          coalesce(mca AND mcb AND ca <> '' AND cb <> '' AND ca <> cb, false) AS foreign_money
    FROM (SELECT coalesce(nullif(x.i, ''), y.i, '') AS i, coalesce(nullif(x.o, ''), y.o, '') AS o,
            x.r AS ra, y.r AS rb, x.s AS sa, y.s AS sb, x.c AS ca, y.c AS cb, x.p AS pa, y.p AS pb,
            x.t AS ta, y.t AS tb, x.m AS ma, y.m AS mb, x.mc AS mca, y.mc AS mcb
      FROM (SELECT a.rowid AS r, a.*, n.m, n.c AS mc FROM spill.a a LEFT JOIN spill.mean_a n ON n.s = a.s
            WHERE h IS NOT NULL AND a.rowid NOT IN (SELECT r FROM spill.surplus_a)) x
      FULL OUTER JOIN (SELECT b.rowid AS r, b.*, n.m, n.c AS mc FROM spill.b b LEFT JOIN spill.mean_b n ON n.s = b.s
            WHERE h IS NOT NULL AND b.rowid NOT IN (SELECT r FROM spill.surplus_b)) y ON x.h = y.h))
  UNION ALL SELECT {duplicate_tracker}, i, o, a.rowid, NULL, s, NULL, c, NULL, p, NULL, t, NULL, NULL, NULL
    FROM spill.a a SEMI JOIN spill.surplus_a d ON a.rowid = d.r
  UNION ALL SELECT {duplicate_partner}, i, o, NULL, b.rowid, NULL, s, NULL, c, NULL, p, NULL, t, NULL, NULL
    FROM spill.b b SEMI JOIN spill.surplus_b d ON b.rowid = d.r
) WHERE kinds > 0 ORDER BY coalesce(ra, rb), ra IS NULL
"""


def _half(side: str) -> str:
    amount = f"rtrim(rtrim(p{side}::VARCHAR, '0'), '.')"
    time = f"strftime(make_timestamp(t{side} * 1000000), '%Y-%m-%dT%H:%M:%S')"
    return f"r{side} + 1, s{side}, {amount}, c{side}, {time}"


#: The cells of a row of ``spill.diff`` as a file has them: the classes as bits, then everything as it is read.
CELLS = f"kinds, i, o, {_half('a')}, {_half('b')}, rtrim(rtrim(dp::VARCHAR, '0'), '.'), dt"


def narrowing_sql(wanted: Narrowing) -> tuple[str, Mapping[str, object]]:
    """A condition on ``spill.diff``, and its parameters."""
    parts: list[str] = []
    values: dict[str, object] = {}
    if wanted.kind:
        parts.append(f"kinds & {_BITS[wanted.kind]} <> 0")
    if wanted.text:
        values["text"] = wanted.text.casefold()
        parts.append(f"({' OR '.join(f'contains(lower({name}), $text)' for name in ('i', 'o', 'sa', 'sb'))})")
    spans: tuple[tuple[str, int | Decimal | None, int | Decimal | None], ...] = (
        ("t", wanted.time_from, wanted.time_to),
        ("p", wanted.amount_from, wanted.amount_to),
    )
    for name, low, high in spans:
        tests = [(">=", f"{name}_low", low), ("<=", f"{name}_high", high)]
        given = [(sign, key, value) for sign, key, value in tests if value is not None]
        values |= {key: value for _, key, value in given}
        if given:
            sides = (" AND ".join(f"{name}{side} {sign} ${key}" for sign, key, _ in given) for side in "ab")
            parts.append(f"({' OR '.join(f'({side})' for side in sides)})")
    return " AND ".join(parts) or "true", values
