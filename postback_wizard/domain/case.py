"""One case: the facts, what each step found, and how the steps hang together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeGuard

from postback_wizard.domain.closing import Conclusion
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Finding, Verdict
from postback_wizard.domain.probe import Evidence, HarEvidence, HttpEvidence, LogEvidence

#: Of the case file. 2 added ``rounds`` and ``conclusion``; a file of version 1 is one that has neither.
SCHEMA_VERSION = 2

StepId = Literal["click", "event", "replay", "template", "upload"]
STEP_ORDER: tuple[StepId, ...] = ("click", "event", "replay", "template", "upload")

#: Why a step was not checked; words in ``steps/words.py``.
Reason = Literal[
    "",
    "no-facts",
    "hearsay",
    "not-sent",
    "not-traced",
    "offline",
    "stopped",
    "unreadable",
    "failed",
    "not-public",
    "proposal",
]


#: Caught requests that a case keeps.
MOST_CAUGHT = 50
#: The outcome of a caught request whose sender did not stay to hear the answer.
SENDER_LEFT = "SENDER_LEFT"
#: The end of an origin that marks a mere hint.
HINT = ":hint"


def typed_over(origin: str) -> str:
    """The origin of what a person types where something of another origin stood; a step's proposal is remembered."""
    head, _, rest = origin.partition(":")
    step = head if head in STEP_ORDER else rest if head == "typed" else ""
    return f"typed:{step}" if step else "typed"


def is_send(evidence: Evidence) -> TypeGuard[HttpEvidence]:
    """Whether this is a request that may have changed a partner's records."""
    if not isinstance(evidence, HttpEvidence) or evidence.is_look:
        return False
    return not evidence.hop and evidence.delivery != "not-sent"


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One run of one step: what it believed, what it asked and heard, what that amounts to."""

    step: StepId
    saw: Facts
    finished_at: str
    verdict: Verdict
    reason: Reason = ""
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """What the steps had found when a case was run again from the start, and how it had been closed until then.

    ``ended_at`` is ISO 8601 UTC.
    """

    ended_at: str
    records: Mapping[str, StepRecord]
    conclusion: Conclusion | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The file on disk.

    ``origins`` says where a fact came from: ``typed``, ``file``, ``har``, ``practice`` or a step; ``click:hint`` is a
    step's mere hint, and ``typed:click`` what a person put in place of a step's proposal, be it nothing. ``sent`` keeps
    every request that may have changed a partner's records, also when its step has run again since. ``kept`` holds the
    texts that a proposal took the place of after a yes, each with its fact's name, the latest last. ``caught`` are
    requests that a sender made to this machine, each with the answer it was given. ``rounds`` are the runs before
    this one, oldest first; ``conclusion`` is there once the case is closed.
    """

    id: str
    opened_at: str
    facts: Facts = Facts()
    origins: Mapping[str, str] = field(default_factory=dict)
    records: Mapping[str, StepRecord] = field(default_factory=dict)
    sent: tuple[HttpEvidence, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    caught: tuple[HttpEvidence, ...] = ()
    rounds: tuple[Round, ...] = ()
    conclusion: Conclusion | None = None
    schema_version: int = SCHEMA_VERSION

    def record(self, step: StepId) -> StepRecord | None:
        """The last run of a step, if there was one."""
        return self.records.get(step)

    def learn(self, values: Mapping[str, object], origin: str) -> "Case":
        """The case with facts replaced, each marked with its origin; unchanged values keep theirs."""
        new = {name: value for name, value in values.items() if getattr(self.facts, name) != value}
        if not new:
            return self
        origins = {**self.origins, **dict.fromkeys(new, origin)}
        return replace(self, facts=self.facts.with_values(new), origins=origins)

    def type(self, name: str, value: str) -> "Case":
        """The case with a fact as a person typed it; over a step's proposal it stays a person's, also when emptied."""
        return self.learn({name: value}, typed_over(self.origins.get(name, "")))

    def exchange(self, name: str, value: str) -> "Case":
        """The case with a fact replaced by a proposal a person agreed to; what stood there is kept."""
        old = self.facts.get(name)
        if not old or old == value:
            return self.type(name, value)
        kept = (*(item for item in self.kept if item != (name, old)), (name, old))
        return replace(self.type(name, value), kept=kept)

    def put_back(self) -> "Case":
        """The case with the text that was replaced last in its place again; the one it gives way to is kept first."""
        if not self.kept:
            return self
        *rest, (name, old) = self.kept
        now = self.facts.get(name)
        gone = ((name, now),) if now and (name, now) not in rest else ()
        return replace(self.type(name, old), kept=(*gone, *rest))

    def derive(self, values: Mapping[str, str], step: StepId) -> "Case":
        """What a step learned, filled in where nothing is known or where a step knew it before. Never over a person."""
        return self.learn({name: value for name, value in values.items() if value and self._is_free(name)}, step)

    def hint(self, values: Mapping[str, str], step: StepId) -> "Case":
        """Mere hints, filled in where nothing else is known; those the step gave before and not now are withdrawn."""
        origin = f"{step}{HINT}"
        gone = {name: "" for name, came_from in self.origins.items() if came_from == origin and name not in values}
        free = {
            name: value
            for name, value in values.items()
            if value and self._is_free(name) and (not getattr(self.facts, name) or self.is_hint(name))
        }
        return self.learn({**gone, **free}, origin)

    def _is_free(self, name: str) -> bool:
        if self.is_proposed(name):
            return True
        return not getattr(self.facts, name) and not self.is_cleared(name)

    def is_proposed(self, name: str) -> bool:
        """Whether a step, not a person, filled a fact in."""
        return self.origins.get(name, "").partition(":")[0] in STEP_ORDER

    def is_hint(self, name: str) -> bool:
        """Whether a fact is a step's mere hint: nothing certain may rest on it."""
        return self.origins.get(name, "").endswith(HINT)

    def is_cleared(self, name: str) -> bool:
        """Whether a person emptied a fact that a step had filled in."""
        return not getattr(self.facts, name) and self.origins.get(name, "").startswith("typed:")

    def merge(self, record: StepRecord) -> "Case":
        """The case with a step's record in place of the one before; what was sent stays remembered."""
        new = tuple(item for item in record.evidence if is_send(item) and item not in self.sent)
        return replace(self, records={**self.records, record.step: record}, sent=(*self.sent, *new))

    def again(self, now: str) -> "Case":
        """The case with every step still to be run, and what they found kept to compare with; it is open again.

        Where no step has run since, only the conclusion is taken back.
        """
        if not self.records:
            return replace(self, conclusion=None)
        return replace(
            self, rounds=(*self.rounds, Round(now, self.records, self.conclusion)), records={}, conclusion=None
        )

    def before(self) -> "Case | None":
        """The case as the round before left it, to compare with; None when it was never run again."""
        if not self.rounds:
            return None
        last = self.rounds[-1]
        return replace(self, records=last.records, conclusion=last.conclusion, rounds=self.rounds[:-1])

    def catch(self, evidence: HttpEvidence) -> "Case":
        """The case with one more caught request, or with more known of one; only the last ``MOST_CAUGHT`` are kept."""
        known = [(item.at, item.peer) for item in self.caught]
        here = (evidence.at, evidence.peer)
        if SENDER_LEFT in evidence.outcome and here in known:
            at = known.index(here)
            return replace(self, caught=(*self.caught[:at], evidence, *self.caught[at + 1 :]))
        return replace(self, caught=(*self.caught, evidence)[-MOST_CAUGHT:])

    def done(self) -> Iterator[StepRecord]:
        """The records there are, in the order of the checklist."""
        for step in STEP_ORDER:
            record = self.records.get(step)
            if record is not None:
                yield record

    # -- what the steps saw, for checks and report ------------------------------------------------------------

    def trace(self) -> tuple[HttpEvidence, ...]:
        """The hops of the click, live or recorded, in order; those of its variants are not among them."""
        record = self.records.get("click")
        hops: list[HttpEvidence] = []
        for evidence in record.evidence if record else ():
            if isinstance(evidence, HttpEvidence) and evidence.hop and not evidence.variant:
                hops.append(evidence)
            elif isinstance(evidence, HarEvidence):
                hops.extend(evidence.hops)
        return tuple(hops)

    def logs(self) -> LogEvidence | None:
        """What the logs hold about this conversion."""
        record = self.records.get("event")
        return next((item for item in record.evidence if isinstance(item, LogEvidence)), None) if record else None

    def reconciled(self) -> LogEvidence | None:
        """The two logs compared in full."""
        record = self.records.get("event")
        heard = (item for item in record.evidence if isinstance(item, LogEvidence)) if record else ()
        return next((item for item in heard if item.reconciliation), None)

    def replayed(self) -> HttpEvidence | None:
        """The callback sent again, and its answer."""
        return self._exchange("replay", "replay")

    def uploaded(self) -> HttpEvidence | None:
        """The test event sent to the ad platform, and its answer."""
        return self._exchange("upload", "upload")

    def _exchange(self, step: StepId, name: str) -> HttpEvidence | None:
        record = self.records.get(step)
        for item in record.evidence if record else ():
            if isinstance(item, HttpEvidence) and item.name == name:
                return item
        return None

    def judged_at(self, step: StepId) -> str:
        """When a step was judged (ISO 8601 UTC): the clock of checks, which own none."""
        record = self.records.get(step)
        return record.finished_at if record else self.opened_at
