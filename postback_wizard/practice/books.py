"""The four logs of the practice chain, as files that people in the trade export."""

import csv
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "click_log": ("time", "click_id", "campaign", "fbclid", "ip", "user_agent"),
    "conversion_log": ("time", "click_id", "transaction_id", "goal", "status", "payout", "currency"),
    "attempt_log": ("time", "click_id", "transaction_id", "url", "http_status", "answer"),
}


class Books:
    """Writes rows of the tracker's logs (CSV) and of the partner's log (JSON lines); safe from several threads."""

    def __init__(self, folder: Path) -> None:
        self._lock = Lock()
        self.paths = {role: folder / f"{role}.csv" for role in COLUMNS}
        self.paths["partner_log"] = folder / "partner_log.jsonl"
        for role, columns in COLUMNS.items():
            self._append(role, columns)

    def note(self, role: str, at: datetime, **values: str) -> None:
        """Append one row to a log of the tracker; the time is written in UTC, to the second."""
        known = {"time": second(at), **values}
        with self._lock:
            self._append(role, tuple(known[column] for column in COLUMNS[role]))

    def note_partner(self, at: datetime, *, ahead_minutes: int = 0, **values: str) -> None:
        """Append one line to the log of the partner, whose clock may be ahead of UTC without saying so."""
        time = second(at)
        if ahead_minutes:
            time = second(at + timedelta(minutes=ahead_minutes)).replace("T", " ").removesuffix("Z")
        with self._lock, self.paths["partner_log"].open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps({"time": time, **values}, ensure_ascii=False) + "\n")

    def _append(self, role: str, cells: tuple[str, ...]) -> None:
        with self.paths[role].open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(cells)


def second(at: datetime) -> str:
    """A moment as these logs write it: ISO 8601, UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
