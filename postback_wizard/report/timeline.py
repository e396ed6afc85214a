"""What happened when, in UTC, from everything a case knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from postback_wizard.domain.case import HINT, Case
from postback_wizard.domain.facts import TIMES
from postback_wizard.domain.ledger_times import at_times, instant
from postback_wizard.domain.probe import LogRow
from postback_wizard.domain.stations import stations
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import read_moment
from postback_wizard.report import phrases
from postback_wizard.report.words import Sentence

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened. ``utc`` is None where ``written`` names no time; ``place`` is a ledger's place.

    ``assumed`` when what is written names no zone and UTC was taken, or the zone the file was given.
    """

    utc: datetime | None
    what: Sentence
    written: str
    place: str = ""
    assumed: bool = False


def timeline(case: Case) -> tuple[Moment, ...]:
    """Every known moment in order; what cannot be read as a time comes last."""
    return tuple(sorted(_moments(case), key=lambda moment: moment.utc or _NEVER))


def _moments(case: Case) -> Iterator[Moment]:
    for name in TIMES:
        if case.facts.get(name):
            told = f"{name}{HINT}" if case.is_hint(name) else name
            yield _moment(phrases.HAPPENED[told], case.facts.get(name))
    yield from _of_logs(case)
    for hop in case.trace():
        if not hop.at:
            continue  # nobody wrote down when
        yield _moment(phrases.HAPPENED["hop"], hop.at, f"hop {hop.hop}")
    for seen in at_times(case, "conversion_time"):
        if seen.place == "upload_event" and seen.value:
            yield Moment(instant(seen.value), Sentence(phrases.HAPPENED["event-time"]), seen.value)
    for name, sent in (("replay", case.replayed()), ("upload", case.uploaded())):
        if sent is not None and sent.delivery != "not-sent":
            yield _moment(phrases.HAPPENED[name], sent.at)


def _of_logs(case: Case) -> Iterator[Moment]:
    """The rows of the conversion, each with its status, its answer and the time since the one before; and its gaps."""
    for station in stations(case):
        if station.missing:
            yield Moment(None, Sentence(phrases.HAPPENED["missing"], {}), "", station.role)
        elif station.row and station.row.values.get("time"):
            said = "; ".join(filter(None, (said_of(station.row), _delay(station.after))))
            name = "row-said" if said else "row"
            values = {"row": str(station.row.row), "said": said} if said else {"row": str(station.row.row)}
            text, time = phrases.HAPPENED[name], station.row.values["time"]
            yield Moment(station.utc, Sentence(text, values), _as_written(case, station.row), station.role, _bare(time))


def _as_written(case: Case, row: LogRow) -> str:
    """The time as the file has it, its own zone and all."""
    logs = case.logs()
    source = logs.source(row.role) if logs else None
    column = source.columns.get("time", "") if source else ""
    return row.raw.get(column, "") or row.values["time"]


def _bare(text: str) -> bool:
    moment = read_moment(text)
    return moment is not None and moment.assumed


def said_of(row: LogRow) -> str:
    """The status and the answer that a row gives."""
    answer = " ".join(filter(None, (row.values.get("answer_status", ""), row.values.get("answer_body", "")[:60])))
    return " → ".join(filter(None, (row.values.get("status", ""), answer)))


def _delay(after: timedelta | None) -> str:
    return f"+{spell(after)}" if after is not None and after > timedelta() else ""


def spell(time: timedelta) -> str:
    """A length of time: ``2d 03:04:05``, without the days where there are none."""
    seconds = int(time.total_seconds())
    days, rest = divmod(seconds, 86_400)
    clock = f"{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"
    return f"{days}d {clock}" if days else clock


def _moment(text: Text, written: str, place: str = "", **values: str) -> Moment:
    read = read_moment(written)
    return Moment(read.utc if read else None, Sentence(text, values), written, place, read is not None and read.assumed)
