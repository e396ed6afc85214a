"""A world that answers from evidence already gathered, and otherwise says that nobody asked."""

from collections.abc import Iterable
from datetime import UTC, datetime

from postback_wizard.domain.probe import (
    DnsEvidence,
    DnsProbe,
    Evidence,
    HarEvidence,
    HarProbe,
    HttpEvidence,
    HttpProbe,
    LogEvidence,
    LogProbe,
    Probe,
    SentRequest,
    SignEvidence,
    SignProbe,
    TlsEvidence,
    TlsProbe,
    answers,
)
from postback_wizard.domain.times import stamp

UNASKED = ("NOT_RECORDED",)


class RecordedWorld:
    """Answers each probe with the first recorded evidence that fits it; its clock stands still."""

    def __init__(self, evidence: Iterable[Evidence], now: datetime = datetime(2026, 3, 1, 10, tzinfo=UTC)) -> None:
        self._evidence = tuple(evidence)
        self._now = now

    def now(self) -> datetime:
        """The moment given at the start."""
        return self._now

    async def perform(self, probe: Probe) -> Evidence:
        """The recorded answer, or evidence with the outcome NOT_RECORDED."""
        return next((item for item in self._evidence if answers(probe, item)), self._nothing(probe))

    def _nothing(self, probe: Probe) -> Evidence:
        at = stamp(self._now)
        match probe:
            case HttpProbe():
                request = SentRequest(probe.method, probe.url, "", probe.headers, probe.body)
                return HttpEvidence(probe.name, at, "not-sent", UNASKED, request, hop=probe.hop)
            case DnsProbe():
                return DnsEvidence(probe.name, at, probe.host, UNASKED)
            case TlsProbe():
                return TlsEvidence(probe.name, at, probe.host, probe.port, UNASKED)
            case LogProbe():
                return LogEvidence(probe.name, at, UNASKED)
            case HarProbe():
                return HarEvidence(probe.name, at, probe.path, UNASKED)
            case SignProbe():
                return SignEvidence(probe.name, at, UNASKED)
