"""What happened when, in UTC, from everything a case knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from postback_wizard.domain.case import HINT, Case
from postback_wizard.domain.facts import TIMES
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import read_moment
from postback_wizard.report import phrases
from postback_wizard.report.words import Sentence

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened. ``utc`` is None where ``written`` names no time; ``place`` is a ledger's place."""

    utc: datetime | None
    what: Sentence
    written: str
    place: str = ""


def timeline(case: Case) -> tuple[Moment, ...]:
    """Every known moment in order; what cannot be read as a time comes last."""
    return tuple(sorted(_moments(case), key=lambda moment: moment.utc or _NEVER))


def _moments(case: Case) -> Iterator[Moment]:
    for name in TIMES:
        if case.facts.get(name):
            told = f"{name}{HINT}" if case.is_hint(name) else name
            yield _moment(phrases.HAPPENED[told], case.facts.get(name))
    logs = case.logs()
    for row in logs.rows_of_click if logs else ():
        if row.values.get("time"):
            yield _moment(phrases.HAPPENED["row"], row.values["time"], row.role, row=str(row.row))
    for hop in case.trace():
        if not hop.at:
            continue  # nobody wrote down when
        yield _moment(phrases.HAPPENED["hop"], hop.at, f"hop {hop.hop}")
    for name, sent in (("replay", case.replayed()), ("upload", case.uploaded())):
        if sent is not None and sent.delivery != "not-sent":
            yield _moment(phrases.HAPPENED[name], sent.at)


def _moment(text: Text, written: str, place: str = "", **values: str) -> Moment:
    read = read_moment(written)
    return Moment(read.utc if read else None, Sentence(text, values), written, place)
