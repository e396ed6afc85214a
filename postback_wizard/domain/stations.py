"""One conversion as one line of stations in UTC over all logs: click, conversion, attempts, the partner's row."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from postback_wizard.domain.case import Case
from postback_wizard.domain.probe import LogEvidence, LogRow
from postback_wizard.domain.times import read_moment

#: The logs in the order a conversion passes them, and the fact that tells the same time.
WAY = {"click_log": "click_time", "conversion_log": "conversion_time", "attempt_log": "attempt_time", "partner_log": ""}
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Station:
    """One thing that happened, or did not: then ``missing`` is true and there is no row.

    ``utc`` is None where the time is unknown; ``after`` is the time since the station before it; ``assumed`` says that
    the time named no zone. Without a row it was told by a fact.
    """

    role: str
    utc: datetime | None
    after: timedelta | None = None
    row: LogRow | None = None
    missing: bool = False
    assumed: bool = False


def stations(case: Case, logs: LogEvidence | None = None) -> tuple[Station, ...]:
    """Every known station in order; what is missing stands where it should have been."""
    logs = logs or case.logs()
    there = sorted(_there(case, logs), key=lambda station: station.utc or _NEVER)
    found: list[Station] = []
    before: datetime | None = None
    for station in there:
        after = station.utc - before if station.utc and before else None
        found.append(replace(station, after=after))
        before = station.utc or before
    for role in _absent(case, logs, {station.role for station in there}):
        found.insert(_place(found, role), Station(role, None, missing=True))
    return tuple(found)


def _there(case: Case, logs: LogEvidence | None) -> Iterator[Station]:
    for role, fact in WAY.items():
        rows = [row for row in logs.rows(role) if row.values.get("match") == "exact"] if logs else []
        for row in rows:
            moment = read_moment(row.values.get("time", ""))
            utc = moment.utc if moment else None
            yield Station(role, utc, row=row, assumed=moment is not None and moment.assumed)
        moment = read_moment(case.facts.get(fact)) if fact and not rows and not case.is_hint(fact) else None
        if moment:
            yield Station(role, moment.utc, assumed=moment.assumed)


def _absent(case: Case, logs: LogEvidence | None, there: set[str]) -> Iterator[str]:
    """Logs that were searched for it and lack it, and what the agent looked for in vain."""
    asked = bool(case.facts.click_id or case.facts.transaction_id)
    denied = {"conversion_log": case.facts.conversion_seen == "no", "attempt_log": case.facts.attempt_seen == "no"}
    for role in WAY:
        searched = asked and logs is not None and logs.source(role) is not None
        if role not in there and (searched or denied.get(role)):
            yield role


def _place(found: list[Station], role: str) -> int:
    """After the last station of an earlier log."""
    order = list(WAY)
    earlier = [at for at, station in enumerate(found) if order.index(station.role) < order.index(role)]
    return earlier[-1] + 1 if earlier else 0
