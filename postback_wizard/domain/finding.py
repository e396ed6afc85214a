"""Rules, the findings they make, and what a step amounts to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from postback_wizard.domain.text import Text


class Level(StrEnum):
    """How much a finding matters. GOOD is said aloud: a healthy answer is a result too."""

    GOOD = "good"
    INFO = "info"
    WARN = "warn"
    BAD = "bad"


class Confidence(StrEnum):
    """How sure a finding is: seen in bytes, fits a known pattern, or worth a look."""

    CERTAIN = "certain"
    LIKELY = "likely"
    HINT = "hint"


class Owner(StrEnum):
    """Who can mend what a finding names."""

    AFFILIATE = "affiliate"
    TRACKER = "tracker"
    NETWORK = "network"
    ADVERTISER = "advertiser"
    SENDER = "sender"
    RECEIVER = "receiver"
    HOP_OWNER = "hop-owner"
    DOMAIN_OWNER = "domain-owner"
    TEMPLATE_OWNER = "template-owner"
    AD_ACCOUNT_ADMIN = "ad-account-admin"
    YOU = "you"


class Verdict(StrEnum):
    """What a step amounts to. NOT_CHECKED never reads as healthy and carries its reason."""

    CLEAR = "clear"
    SUSPECT = "suspect"
    BROKEN = "broken"
    NOT_CHECKED = "not-checked"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One occurrence of a rule, without words.

    ``where`` points into the evidence or the facts: ``hop 2``, ``sent_request: cid``, ``upload_event: event_time``.
    """

    code: str
    level: Level
    confidence: Confidence
    owner: Owner
    values: Mapping[str, str] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding, in words; calling it makes one.

    ``settle`` says what would make a finding certain that is not; ``sources`` are the public pages the rule rests on.
    """

    code: str
    level: Level
    confidence: Confidence
    owner: Owner
    title: Text
    why: Text
    fix: Text
    settle: Text | None = None
    sources: tuple[str, ...] = ()

    def __call__(
        self,
        where: str = "",
        /,
        *,
        level: Level | None = None,
        confidence: Confidence | None = None,
        owner: Owner | None = None,
        **values: object,
    ) -> Finding:
        """A finding of this rule; level, confidence and owner can be set where the evidence says otherwise."""
        return Finding(
            code=self.code,
            level=level or self.level,
            confidence=confidence or self.confidence,
            owner=owner or self.owner,
            values={name: str(value) for name, value in values.items()},
            where=where,
        )


_LEVELS = list(Level)
_CONFIDENCES = list(Confidence)


def weight(finding: Finding) -> tuple[int, int]:
    """Sort key, heaviest first: level, then confidence."""
    return (-_LEVELS.index(finding.level), _CONFIDENCES.index(finding.confidence))


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """BAD and more than a hint breaks a step; a BAD hint or a WARN makes it suspect."""
    verdict = Verdict.CLEAR
    for finding in findings:
        if finding.level is Level.BAD and finding.confidence is not Confidence.HINT:
            return Verdict.BROKEN
        if finding.level in (Level.BAD, Level.WARN):
            verdict = Verdict.SUSPECT
    return verdict
