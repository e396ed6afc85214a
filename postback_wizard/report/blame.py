"""The findings of a case sorted into causes and their effects: who is to blame, and what is merely a consequence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from postback_wizard.domain.case import Case, StepId
from postback_wizard.domain.finding import Confidence, Finding, Level
from postback_wizard.domain.identifiers import AD_CLICK_IDS
from postback_wizard.domain.sought import CALLED, last_name, plain
from postback_wizard.domain.template import template_values
from postback_wizard.report.causes import (
    BREAKS,
    BY_SUBJECT,
    LOSS,
    OF_PARAMETER,
    OF_PLACE,
    SHOWS,
    SHOWS_OF_PARAMETER,
    following,
)

#: Upstream first: what goes wrong early explains what is seen later. A wrong template makes a request that the
#: receiver refuses, so the template stands before the replay.
CAUSES: tuple[StepId, ...] = ("click", "event", "template", "replay", "upload")
#: How heavy a cause weighs: proven, suspected, a warning, a mere remark that explains nothing.
PROVEN, SUSPECTED, WARNED = range(3)
_SURE = list(Confidence)


@dataclass(frozen=True, slots=True)
class Cause:
    """One fault, and the findings it explains; ``rank`` is its own or that of the heaviest of them."""

    step: StepId
    finding: Finding
    rank: int
    effects: tuple[tuple[StepId, Finding], ...] = ()


@dataclass(frozen=True, slots=True)
class _Suspect:
    step: StepId
    finding: Finding
    place: int
    breaks: frozenset[str]
    shows: frozenset[str]
    subjects: frozenset[str]

    @property
    def rank(self) -> int:
        if self.finding.level is Level.BAD:
            return SUSPECTED if self.finding.confidence is Confidence.HINT else PROVEN
        return WARNED if self.finding.level is Level.WARN else WARNED + 1


def causes(case: Case) -> tuple[Cause, ...]:
    """The independent faults of a case, heaviest first, then upstream first; effects stand with what explains them.

    What is proven and stops the conversion comes before a warning, wherever that was seen: one further up may
    be worth a look, but mending it brings no conversion back. Of one step, what explains something comes first.
    """
    suspects = tuple(_suspects(case))
    explained = {at: _explainers(at, suspects) for at in range(len(suspects))}
    roots = sorted((at for at in explained if not explained[at]), key=lambda at: _order(suspects[at]))
    left = set(explained) - set(roots)
    found: list[tuple[tuple[int, ...], Cause]] = []
    for root in roots:  # what a surer fault explains is not laid at the door of a lesser one
        own = sorted(_reached(root, explained) & left, key=lambda at: _upstream(suspects[at]))
        left -= set(own)
        effects = [suspects[at] for at in own if suspects[at].rank <= WARNED]
        rank = min(suspect.rank for suspect in (suspects[root], *effects))
        if rank <= WARNED:
            pairs = tuple((effect.step, effect.finding) for effect in effects)
            cause = Cause(suspects[root].step, suspects[root].finding, rank, pairs)
            step, looks, sure, place = _order(suspects[root])[1:]
            found.append(((rank, step, looks, not pairs, sure, place), cause))
    return tuple(cause for _, cause in sorted(found, key=lambda item: item[0]))


def _suspects(case: Case) -> Iterator[_Suspect]:
    """Faults and warnings; of remarks those that could explain one, since not every cause is a fault by itself."""
    named = _named(case)
    for step in CAUSES:
        record = case.record(step)
        for place, finding in enumerate(record.findings if record else ()):
            remark = finding.level is Level.INFO and finding.confidence is not Confidence.HINT
            if finding.level in (Level.BAD, Level.WARN) or (remark and finding.code in BREAKS):
                subjects = _subjects(finding, named)
                yield _Suspect(step, finding, place, _breaks(finding, subjects), _shows(finding, subjects), subjects)


def _explainers(at: int, suspects: Sequence[_Suspect]) -> frozenset[int]:
    """Those that explain a suspect; of two that could explain each other the earlier is the cause."""
    effect = suspects[at]
    return frozenset(
        number
        for number, cause in enumerate(suspects)
        if _explains(cause, effect) and not (_explains(effect, cause) and _before(effect, cause))
    )


def _explains(cause: _Suspect, effect: _Suspect) -> bool:
    if cause.finding.code == effect.finding.code:
        return cause is not effect and _before(cause, effect)  # one fault in several places
    return bool(cause.breaks & effect.shows) and _may_blame(cause, effect) and not _apart(cause, effect)


def _may_blame(cause: _Suspect, effect: _Suspect) -> bool:
    """A hint takes the blame for nothing surer than itself, unless it reads the very words of the other finding."""
    if cause.finding.confidence is not Confidence.HINT or effect.finding.confidence is Confidence.HINT:
        return True
    reason = effect.finding.values.get("reason", "").casefold()
    read = (cause.finding.values.get(name, "").casefold() for name in ("said", "known"))
    return bool(reason) and any(said and (said in reason or reason in said) for said in read)


def _apart(cause: _Suspect, effect: _Suspect) -> bool:
    """Whether the two are about different parameters of the request."""
    both = cause.finding.code in OF_PARAMETER and effect.finding.code in OF_PARAMETER
    return both and bool(cause.subjects and effect.subjects) and not cause.subjects & effect.subjects


def _before(one: _Suspect, other: _Suspect) -> bool:
    """Which of two comes first where each could explain the other: the upstream step, then the surer finding."""
    return _upstream(one) < _upstream(other)


def _upstream(suspect: _Suspect) -> tuple[int, int, int]:
    return CAUSES.index(suspect.step), _SURE.index(suspect.finding.confidence), suspect.place


def _reached(root: int, explained: Mapping[int, frozenset[int]]) -> frozenset[int]:
    """Everything a cause explains, directly or over its effects."""
    found: set[int] = set()
    grown = {root}
    while grown:
        found |= grown
        grown = {at for at, by in explained.items() if by & found} - found
    return frozenset(found - {root})


def _order(suspect: _Suspect) -> tuple[int, int, bool, int, int]:
    """Heaviest first, then upstream; of one step a fault before what looks like an effect without its cause."""
    step, sure, place = _upstream(suspect)
    return suspect.rank, step, bool(suspect.shows), sure, place


# -- what a finding is about ---------------------------------------------------------------------------------------


def _named(case: Case) -> Mapping[str, frozenset[str]]:
    """What each parameter of the template carries, by its macros; by its own name where they say nothing."""
    found: dict[str, frozenset[str]] = {}
    for value in template_values(case):
        if value.name:
            macros = [_meanings(macro.name) for macro in value.macros()]
            carried = frozenset[str]().union(*macros)
            found[value.name] = found.get(value.name, frozenset()) | carried
    return found


def _subjects(finding: Finding, named: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The rows of the ledger a finding is about: by its parameter, in the words of the template and by its name."""
    param = finding.values.get("param", "") or finding.where.partition(": ")[2]
    own = _meanings(last_name(param)) | _meanings(finding.values.get("wanted", ""))
    places = frozenset(name for name in ("host", "path") if param == name)
    return own or places or named.get(param, frozenset())


def _meanings(name: str) -> frozenset[str]:
    return frozenset(meaning for meaning, names in CALLED.items() if plain(name) in names)


def wrongs_of(case: Case, finding: Finding) -> frozenset[str]:
    """What goes wrong by a fault at once, without all that this leads to; empty where nobody wrote it down."""
    return _wrongs(finding, _subjects(finding, _named(case)))


def _breaks(finding: Finding, subjects: frozenset[str]) -> frozenset[str]:
    return frozenset[str]().union(*(following(wrong) for wrong in _placed(_wrongs(finding, subjects), finding)))


def _wrongs(finding: Finding, subjects: frozenset[str]) -> frozenset[str]:
    wrongs = set(BREAKS.get(finding.code, ()))
    if finding.code in OF_PARAMETER:
        wrongs |= {BY_SUBJECT[subject] for subject in subjects if subject in BY_SUBJECT} or {"refused"}
    if wrongs >= LOSS:  # which of the two kinds of ID is lost, the parameters tell
        wrongs -= LOSS - _lost(finding)
    return frozenset(wrongs)


def _lost(finding: Finding) -> frozenset[str]:
    names = [
        name.strip().lower() for name in (finding.values.get("params") or finding.values.get("param", "")).split(",")
    ]
    kinds = frozenset("ad-id-lost" if name in AD_CLICK_IDS else "id-lost" for name in names if name)
    return kinds or LOSS


def _placed(wrongs: Iterable[str], finding: Finding) -> Iterator[str]:
    """What is wrong at one place says which."""
    where = finding.where.partition(":")[0]
    return (f"{wrong}{where}" if wrong.endswith(OF_PLACE) else wrong for wrong in wrongs)


def _shows(finding: Finding, subjects: frozenset[str]) -> frozenset[str]:
    of_parameter = SHOWS_OF_PARAMETER.get(finding.code, {})
    known = [wrong for subject in subjects or of_parameter for wrong in of_parameter.get(subject, ())]
    return frozenset(_placed((*SHOWS.get(finding.code, ()), *known), finding))
