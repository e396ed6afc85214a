"""Which keys a step offers in its last line: what it can do next, and what the focus is on."""

from collections.abc import Iterator
from dataclasses import dataclass

from postback_wizard.domain.case import Case, StepId
from postback_wizard.tui.keys import (
    ALLOW,
    BACK,
    BUILD,
    COLUMNS,
    COPY_TEXT,
    DIFFERENCES,
    ESCAPE,
    HELP,
    KNOWN,
    LEDGER,
    MORE,
    NEXT,
    ONWARD,
    PROBE,
    RECEIVE,
    REPAIR,
    REPORT,
    RUN,
    SECRET,
    SEND,
    VARIANTS,
    Key,
)
from postback_wizard.tui.widgets.result import Outcome

#: Steps that can change a partner's records, and so have a key of their own for it.
SENDING: tuple[StepId, ...] = ("replay", "upload")
KEYS = (HELP, MORE, ALLOW, LEDGER, RUN, SEND, BACK, NEXT, REPORT, COLUMNS, KNOWN, ESCAPE)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in a step. ``folds``: it has rarer fields; ``mends``: there is a text to mend here."""

    step: StepId
    case: Case
    outcome: Outcome
    folds: bool
    at_finding: bool
    mends: bool
    read_only: bool

    @property
    def blocked(self) -> bool:
        """Whether the run was refused for an address that is not public."""
        record = self.outcome.record
        return record is not None and record.reason == "not-public"

    @property
    def builds(self) -> bool:
        """Whether there is an event to build here: none stands in the field yet."""
        return self.step == "upload" and not self.read_only and not self.case.facts.upload_event

    @property
    def has_columns(self) -> bool:
        """Whether a log was read, whose columns can be named."""
        record = self.outcome.record
        return record is not None and any(item.kind == "logs" for item in record.evidence)


def step_keys(at: Standing) -> Iterator[Key]:
    """The keys in the order they are shown, Esc last."""
    yield HELP
    if not _without_more(at):
        yield MORE
    yield from _third(at)
    yield from (LEDGER, RUN)
    yield from _sixth(at)
    yield from (BACK, NEXT)
    if at.step == "replay":
        yield RECEIVE
    yield REPORT
    if at.has_columns:
        yield COLUMNS
    if at.at_finding:
        yield KNOWN
    yield ESCAPE


def _without_more(at: Standing) -> bool:
    """The rarer fields give way to what is looked at, and to whatever F3 has to offer."""
    outcome = at.outcome
    third = at.blocked or at.builds or bool(outcome.onward) or outcome.puzzling or outcome.signed
    return at.at_finding or third or not at.folds


def _third(at: Standing) -> Iterator[Key]:
    """What F3 does here."""
    if at.blocked:
        yield ALLOW
    elif at.outcome.onward:
        yield ONWARD
    elif at.outcome.puzzling:
        yield PROBE
    elif at.outcome.signed:
        yield SECRET
    elif at.step == "replay":
        yield COPY_TEXT
    elif at.builds and not at.at_finding:
        yield BUILD


def _sixth(at: Standing) -> Iterator[Key]:
    """What F6 does here."""
    if at.step in SENDING:
        yield SEND
    elif at.mends:
        yield REPAIR
    elif at.step == "event" and at.case.reconciled() is not None:
        yield DIFFERENCES
    elif at.step == "click" and not at.blocked:
        yield VARIANTS
