"""Checks of the event layer, and what they share: where the logs show the conversion, and where they lack it."""

from dataclasses import dataclass

from postback_wizard.checks.statuses import stage_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence
from postback_wizard.domain.macros import find_macros, is_placeholder
from postback_wizard.domain.probe import LogEvidence, LogRow, LogSource, together
from postback_wizard.domain.times import read_moment


def is_real_id(text: str) -> bool:
    """Whether a text can be somebody's ID: neither empty nor a macro that nobody filled."""
    return bool(text.strip()) and not is_placeholder(text) and not find_macros(text)


def exact_rows(logs: LogEvidence | None, role: str) -> tuple[LogRow, ...]:
    """The rows of a log that carry the very ID that was looked for."""
    return tuple(row for row in logs.rows(role) if row.values.get("match") == "exact") if logs else ()


def near_row(logs: LogEvidence | None, role: str) -> LogRow | None:
    """A row whose ID differs in case only, or was cut short."""
    rows = logs.rows(role) if logs else ()
    return next((row for row in rows if row.values.get("match") in ("casefold", "prefix")), None)


@dataclass(frozen=True, slots=True)
class Sight:
    """One conversion as its logs and the agent show it."""

    case: Case
    logs: LogEvidence | None

    @property
    def id(self) -> str:
        """What to call the conversion: its click ID, or its transaction ID."""
        return self.case.facts.click_id or self.case.facts.transaction_id

    def known(self, name: str) -> str:
        """The click ID or transaction ID, given or read off the conversion found by the other; empty when unreal."""
        found = (row.values.get(name, "") for row in exact_rows(self.logs, "conversion_log"))
        text = self.case.facts.get(name) or next(found, "")
        return text if is_real_id(text) else ""

    def file(self, role: str) -> LogSource | None:
        """A log that was read; one without a byte counts as read and empty where attempts are logged."""
        files = self.logs.files if self.logs else ()
        usable = ("", "empty") if role == "attempt_log" else ("",)
        return together([file for file in files if file.role == role and file.problem in usable])

    def has(self, role: str) -> bool:
        """Whether a log holds the conversion."""
        return bool(exact_rows(self.logs, role))

    def lacks(self, role: str) -> bool:
        """Whether a log was searched for an ID it has a column for, and holds neither it nor anything like it."""
        file = self.file(role)
        if file is None or self.has(role) or near_row(self.logs, role):
            return False
        return not file.rows or self._searched(file)

    def _searched(self, file: LogSource) -> bool:
        by_click = self.known("click_id") and ("click_id" in file.columns or "url" in file.columns)
        by_order = self.known("transaction_id") and ("transaction_id" in file.columns or "url" in file.columns)
        return bool(by_click or by_order)

    def sure(self, role: str) -> Confidence:
        """How sure an absence is: rows that could not be read may hold what is missing."""
        files = [file for file in self.logs.files if file.role == role] if self.logs else []
        doubtful = any(file.rejected_rows or file.problem not in ("", "empty") for file in files)
        return Confidence.LIKELY if doubtful else Confidence.CERTAIN

    @property
    def click_unknown(self) -> bool:
        """The click log is there, holds clicks, and not this one."""
        file = self.file("click_log")
        if not self.known("click_id") or file is None or not file.rows or "click_id" not in file.columns:
            return False
        return not self.has("click_log")

    @property
    def attempted(self) -> bool:
        """A postback was attempted: a row says so, or the agent does and no log speaks against it."""
        if self.has("attempt_log") or near_row(self.logs, "attempt_log"):
            return True
        return self.case.facts.attempt_seen == "yes"

    @property
    def never_fired(self) -> bool:
        """The click or the order exists, its conversion does not."""
        if self.click_unknown or self.attempted or self.has("conversion_log"):
            return False
        if near_row(self.logs, "conversion_log"):
            return False
        return self.case.facts.conversion_seen == "no" or self.lacks("conversion_log")

    @property
    def converted(self) -> bool:
        """The conversion exists: a row says so, or the agent does."""
        if self.never_fired:
            return False
        return self.has("conversion_log") or self.has("partner_log") or self.case.facts.conversion_seen == "yes"

    @property
    def unattempted(self) -> bool:
        """The conversion may exist, and no postback was attempted for it."""
        if self.never_fired or self.click_unknown or self.attempted:
            return False
        if self.case.facts.attempt_seen == "no":
            return True
        return self.converted and self.lacks("attempt_log")

    @property
    def status(self) -> str:
        """The conversion's status, in its logs or as the agent says."""
        rows = (*exact_rows(self.logs, "conversion_log"), *exact_rows(self.logs, "partner_log"))
        return next((row.values["status"] for row in rows if row.values.get("status")), self.case.facts.status)

    @property
    def on_hold(self) -> bool:
        """The conversion waits to be confirmed, and no postback was attempted yet."""
        return self.unattempted and self.converted and stage_of(self.status) == "pending"

    def left_out(self, name: str) -> tuple[str, tuple[str, ...]] | None:
        """The conversion's goal or offer, and the others, where attempts were made for every other and never for it."""
        file = self.file("attempt_log")
        rows = exact_rows(self.logs, "conversion_log")
        own = next((row.values[name] for row in rows if row.values.get(name)), self.case.facts.get(name))
        others = tuple(share.value for share in file.of(name)) if file else ()
        if not self.unattempted or not self.converted or not own or not others:
            return None
        return None if own.casefold() in map(str.casefold, others) else (own, others)

    def converted_since(self, time: str) -> int:
        """Conversions in spans of the log that begin after a time; 0 where either is unknown."""
        file = self.file("conversion_log")
        return sum(share.rows for share in file.of("time") if share.value > time) if file and time else 0

    @property
    def silence_explained(self) -> bool:
        """A check of its own says why nothing was attempted: on hold, or left out of what is sent."""
        return self.on_hold or self.left_out("goal") is not None or self.left_out("offer") is not None

    @property
    def conversion_time(self) -> str:
        """When the conversion happened, as ISO 8601; empty when nobody says."""
        return first_time(self.logs, "conversion_log", "partner_log") or self.case.facts.conversion_time

    @property
    def before_first_attempt(self) -> bool:
        """The conversion is older than anything in the log of attempts, which has nothing of it."""
        file = self.file("attempt_log")
        if not self.unattempted or file is None or not self.lacks("attempt_log"):
            return False
        happened, first = read_moment(self.conversion_time), read_moment(file.first_time)
        return happened is not None and first is not None and happened.utc < first.utc


def sight(case: Case) -> Sight:
    """The conversion as the event step saw it."""
    return Sight(case, case.logs())


def first_time(logs: LogEvidence | None, *roles: str) -> str:
    """The time of the first row found that has one, log by log; empty when none has."""
    times = (row.values.get("time", "") for role in roles for row in exact_rows(logs, role))
    return next((time for time in times if read_moment(time)), "")
