"""What a platform says of one conversion, in the case or in the logs, and which failure mode its dictionary reads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from postback_wizard.catalogue.decoding import Reading, decode
from postback_wizard.checks.event import exact_rows
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Level

#: Headers of columns in which platforms give reasons.
_REASON = re.compile(r"reason|comment|error|message|note|decline|reject|причин|коммент|ошибк|сообщени", re.IGNORECASE)
QUOTED = 120


@dataclass(frozen=True, slots=True)
class Told:
    """One meaning. ``own`` when the words are those of a party of the case; ``where`` is the place of a finding."""

    mode: str
    said: str
    platform: str
    own: bool
    where: str

    @property
    def level(self) -> Level:
        """A party's own words accuse; words that another platform uses too are worth a warning."""
        return Level.BAD if self.own else Level.WARN

    @property
    def confidence(self) -> Confidence:
        """Somebody else's words may mean something else here."""
        return Confidence.LIKELY if self.own else Confidence.HINT


def told(case: Case, mode: str) -> Told | None:
    """The first text that means this failure mode and no other."""
    facts = case.facts
    parties = dict.fromkeys((facts.receiver, facts.sender, facts.network, facts.tracker))
    asked = " ".join(filter(None, parties))
    for where, text in texts(case):
        for reading in _read(text[:4000], asked):
            if reading.modes == (mode,) and not reading.ambiguous:
                own = bool(asked) and not reading.elsewhere
                return Told(mode, reading.said[:QUOTED], reading.name, own, where)
    return None


@lru_cache(maxsize=64)
def _read(text: str, asked: str) -> tuple[Reading, ...]:
    return decode(text, asked)


def texts(case: Case) -> Iterator[tuple[str, str]]:
    """Everything a platform says of this conversion, and where: its message, the answers, reasons in the logs."""
    facts, logs = case.facts, case.logs()
    yield from ((name, facts.get(name)) for name in ("partner_message", "answer_body") if facts.get(name).strip())
    for role in ("attempt_log", "partner_log", "conversion_log"):
        for row in exact_rows(logs, role):
            if body := row.values.get("answer_body", "").strip():
                yield role, body
            yield from ((role, cell) for head, cell in row.raw.items() if cell.strip() and _REASON.search(head))


def says(case: Case, pattern: re.Pattern[str]) -> Told | None:
    """The first text that holds a pattern of everyday words."""
    for where, text in texts(case):
        found = pattern.search(text[:4000])
        if found:
            return Told("", text.strip()[:QUOTED], "—", own=False, where=where)
    return None
