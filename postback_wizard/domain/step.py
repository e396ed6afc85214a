"""One step of the checklist, as data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from postback_wizard.domain.case import Case, StepId
from postback_wizard.domain.limits import Limits
from postback_wizard.domain.probe import Effect, Evidence, Probe
from postback_wizard.domain.text import Text


@dataclass(frozen=True, slots=True)
class Field:
    """One fact a step asks for. ``more`` fields stay folded until wanted; secret parts of ``private`` ones are dots."""

    fact: str
    label: Text
    help: Text
    example: str = ""
    form: Literal["line", "block", "yes-no", "path", "party", "customer"] = "line"
    more: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What a plan may rely on besides the case: limits, base addresses of upload APIs, which secrets are at hand.

    ``variants`` asks for the variants of a click beside the click itself; each of them is one more real click.
    ``probing`` asks for the harmless requests that tell a blocked sender from a broken endpoint.
    ``onward`` is an address that a person chose to go on to where a trace ended at a page that only may lead there.
    """

    limits: Limits = Limits()
    endpoints: Mapping[str, str] = field(default_factory=dict)
    has_token: bool = False
    has_secret: bool = False
    variants: bool = False
    onward: str = ""
    probing: bool = False


Plan = Callable[[Case, Sequence[Evidence], Settings], Sequence[Probe]]
Derive = Callable[[Case, Sequence[Evidence]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Step:
    """A question of the checklist, what it needs to know, and how it finds out.

    ``reads`` are the facts its judgement rests on: a record is stale when one of them has changed since. ``needs``
    are those without which there is nothing to check (any one will do). ``hearsay`` are those of ``needs`` that may
    accuse and never acquit: where nothing else is known, no verdict is clear. ``weighs`` are facts of other steps that
    its judgement also looks at: they change what is said of the evidence, not the evidence. ``plan`` is called again
    with what has been heard until it asks nothing.
    """

    id: StepId
    title: Text
    question: Text
    why: Text
    run: Text
    fields: tuple[Field, ...]
    reads: tuple[str, ...]
    needs: tuple[str, ...]
    plan: Plan
    derive: Derive
    checks: str
    hearsay: tuple[str, ...] = ()
    weighs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Permit:
    """What a run may do to the world. Local files and look-ups are harmless; clicks and sends want a yes."""

    effects: frozenset[Effect] = frozenset({Effect.LOCAL, Effect.LOOK})

    @classmethod
    def of(cls, *, trace: bool = False, send: bool = False, offline: bool = False) -> "Permit":
        """The permit the command line's flags amount to; ``offline`` forbids everything but local files."""
        if offline:
            return cls(frozenset({Effect.LOCAL}))
        asked = {Effect.LOCAL, Effect.LOOK}
        asked |= {Effect.CLICK} if trace else set()
        asked |= {Effect.WRITE} if send else set()
        return cls(frozenset(asked))


def judges_by_less(case: Case, step: Step) -> bool:
    """Whether a fact that the step's judgement looks at, its own or another step's, has changed since it ran."""
    record = case.record(step.id)
    names = (*step.reads, *step.weighs)
    return record is not None and any(getattr(record.saw, name) != getattr(case.facts, name) for name in names)


def is_stale(case: Case, step: Step) -> bool:
    """Whether a fact the step's record rests on has changed since it ran."""
    record = case.record(step.id)
    return record is not None and any(getattr(record.saw, name) != getattr(case.facts, name) for name in step.reads)
