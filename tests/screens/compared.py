"""Two logs compared, and their differences, told without a file."""

from dataclasses import replace

from postback_wizard.domain.differences import KINDS, Difference, Half, Listed, Narrowing, SourceRow, Written
from postback_wizard.domain.probe import Evidence, LogEvidence, LogProbe, LogSource
from postback_wizard.domain.reconciliation import CLASSES, Reconciliation
from tests.screens.story import AT, EVIDENCE, LOGS

PARTNER_LOG = "exports/partner.csv"
_STATUSES = ("approved", "pending", "rejected")


def _difference(n: int) -> Difference:
    kind = KINDS[n % len(KINDS)]
    status, time = _STATUSES[n % 3], f"2026-02-{1 + n % 28:02}T{n % 24:02}:15:00"
    tracker: Half | None = Half(n + 4, status, "12.5", "USD", time)
    partner: Half | None = Half(n + 6, status, "12.5", "USD", time)
    match kind:
        case "only_tracker" | "duplicate_tracker":
            partner = None
        case "only_partner" | "duplicate_partner":
            tracker = None
        case "status_differs":
            partner = Half(n + 6, "hold", "12.5", "USD", time)
        case "payout_differs":
            partner = Half(n + 6, status, "11", "USD", time)
        case "currency_differs":
            partner = Half(n + 6, status, "12.5", "EUR", time)
        case _:
            pass
    delta = "-1.5" if kind == "payout_differs" else ""
    return Difference((kind,), f"w8f3kd{n:04}mqz7yt", f"ORD-{1000 + n}", tracker, partner, delta)


DIFFERENCES = tuple(_difference(n) for n in range(48))
_COUNTS = {name: sum(name in item.kinds for item in DIFFERENCES) for name in KINDS}
COMPARED = LogEvidence(
    *("reconcile", AT, ("OK",)),
    classes={"matched": 380, **_COUNTS},
    reconciliation=Reconciliation(("click_id",)),
)
assert tuple(COMPARED.classes) == CLASSES
_READ = replace(LOGS, files=(*LOGS.files, LogSource("partner_log", PARTNER_LOG, 405, columns={"click_id": "subid"})))
#: The story with a log of the partner, which is compared.
EVIDENCE_COMPARED: tuple[Evidence, ...] = (*(_READ if item is LOGS else item for item in EVIDENCE), COMPARED)


class TellDifferences:
    """A list that is there at once."""

    def __init__(self, probe: LogProbe, logs: LogEvidence) -> None:
        self._items = DIFFERENCES

    async def prepare(self) -> Listed:
        return Listed(len(self._items), _COUNTS)

    async def narrow(self, wanted: Narrowing) -> Listed:
        self._items = tuple(item for item in DIFFERENCES if not wanted.kind or wanted.kind in item.kinds)
        return Listed(len(self._items), {wanted.kind: len(self._items)} if wanted.kind else _COUNTS)

    async def page(self, first: int, count: int) -> tuple[Difference, ...]:
        return self._items[first : first + count]

    async def sources(self, item: Difference) -> tuple[SourceRow, ...]:
        return ()

    async def write_list(self, stem: str) -> Written:
        return Written(f"exports/{stem}.csv", len(self._items))

    async def write_backfill(self, stem: str, tracker: str, partner: str) -> Written:
        return Written(f"exports/{stem}.txt", len(self._items))

    def close(self) -> None:
        """Nothing is held."""
