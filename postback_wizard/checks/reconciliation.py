"""What the checks of two compared logs share: the books, what they are worth, and examples to look up."""

from dataclasses import dataclass
from typing import Any

from postback_wizard.checks import Example, example
from postback_wizard.domain.case import Case
from postback_wizard.domain.probe import LogEvidence, LogSource
from postback_wizard.domain.reconciliation import CLASSES, Reconciliation, Sample, SampleRow, Side, Stake

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Compared:
    """Two logs that were compared and have keys."""

    logs: LogEvidence
    books: Reconciliation

    def count(self, name: str) -> int:
        """The keys of a class, or its surplus rows."""
        return self.logs.classes.get(name, 0)

    @property
    def matched(self) -> int:
        """The keys in both files."""
        return self.count("matched")

    def money(self, *names: str) -> str:
        """What classes are worth on the side that has them, by currency; a dash where no amounts are known."""
        stakes = [item for item in self.books.stakes if item.name in names]
        amounts = [f"{_worth(item)} {item.currency}".rstrip() for item in stakes if _worth(item) != "0"]
        return ", ".join(amounts) or "—"

    def both(self, name: str) -> str:
        """What a class is worth to the tracker and to the partner."""
        stakes = [item for item in self.books.stakes if item.name == name]
        pairs = [f"{item.tracker_amount} / {item.partner_amount} {item.currency}".rstrip() for item in stakes]
        return ", ".join(pairs) or "—"

    def rows(self, *names: str) -> str:
        """The first examples of classes: key, file and row number."""
        samples = [item for item in self.books.samples if item.name in names]
        return "; ".join(_shown(item) for item in samples[:_SHOWN]) or "—"


def compared(case: Case) -> Compared | None:
    """The comparison of the event step, if there was one."""
    logs = case.reconciled()
    return Compared(logs, logs.reconciliation) if logs and logs.reconciliation else None


def _worth(stake: Stake) -> str:
    return stake.tracker_amount if stake.tracker_amount != "0" else stake.partner_amount


def _shown(sample: Sample) -> str:
    places = ", ".join(f"{row.file} #{row.row}" for row in (sample.tracker, sample.partner) if row)
    return f"{sample.key} ({places})"


def comparison(
    classes: dict[str, int], books: Reconciliation | None = None, *, offset: int = 0, network: str = ""
) -> Example:
    """An example: two small files and what their comparison found."""
    paths: dict[str, Any] = {"conversion_log": "tracker.csv", "partner_log": "partner.csv"}
    shown = books or Reconciliation()
    if not shown.key:
        shown = Reconciliation(
            key=("click_id",), tracker=Side(rows=200, keys=200), partner=Side(rows=200, keys=200), timed_pairs=200
        )
    logs = LogEvidence(
        *("reconcile", "2026-03-01T10:00:00.000Z", ("OK",)),
        files=tuple(LogSource(role, path, rows=200) for role, path in paths.items()),
        classes={**dict.fromkeys(CLASSES, 0), **classes},
        offset_minutes=offset,
        reconciliation=shown,
    )
    return example(logs, **paths, network=network)


def sample(name: str, *, tracker: int = 0, partner: int = 0) -> Sample:
    """An example row of a class, by its numbers."""
    return Sample(
        name,
        "w7k2p9q4m1",
        SampleRow("tracker.csv", tracker) if tracker else None,
        SampleRow("partner.csv", partner) if partner else None,
    )
