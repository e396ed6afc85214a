"""Evidence of logs in one line, for the examples of the checks."""

from postback_wizard.domain.probe import LogEvidence, LogRow, LogShare, LogSource

CLICK = "w7k2p9q4m1"
AT = "2026-03-01T10:00:00.000Z"


def log(role: str, *shares: LogShare, rows: int = 310, first: str = "", last: str = "", more: str = "") -> LogSource:
    """A log that was read, with columns for the click ID, the time and what ``more`` names."""
    columns = {name: name for name in ("click_id", "time", *more.split())}
    name = f"{role.removesuffix('_log')}s.csv"
    return LogSource(role, name, rows, columns=columns, first_time=first, last_time=last, shares=shares)


def row(role: str, number: int = 17, /, **values: str) -> LogRow:
    """A row that carries the very click ID."""
    return LogRow(role, number, {"click_id": CLICK, "match": "exact", "by": "click_id", **values}, dict(values))


def looked_up(*parts: LogSource | LogRow) -> LogEvidence:
    """What the logs hold about one conversion."""
    files = tuple(part for part in parts if isinstance(part, LogSource))
    rows = tuple(part for part in parts if isinstance(part, LogRow))
    return LogEvidence("lookup", AT, ("OK",), files, rows)


def spans(*counts: tuple[int, int], kind: str = "time", day: int = 1) -> tuple[LogShare, ...]:
    """Rows and failures hour by hour, from midnight of a day in February 2026 on."""
    return tuple(
        LogShare(kind, f"2026-02-{day + n // 24:02d}T{n % 24:02d}:00:00.000Z", rows, lack)
        for n, (rows, lack) in enumerate(counts)
        if rows
    )
