"""Step 3: what the callback's answer, or its absence, says; and what a partner's words of refusal mean."""

from collections.abc import Iterator
from dataclasses import dataclass

from postback_wizard.catalogue.decoding import decode
from postback_wizard.domain.business import reads_as_html
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Rule
from postback_wizard.domain.heard import Heard, heard
from postback_wizard.domain.refusal import RefusalKind, refusal_kind

#: What everyday words of refusal are called; the other failure modes need a platform's own words.
_EVERYDAY: dict[RefusalKind, str] = {
    "token": "auth-token-mismatch",
    "signature": "signature-mismatch",
    "allowlist": "app-allowlist-reject",
    "missing": "required-param-missing",
    "account": "wrong-account-or-offer-id",
}
#: Failure modes that a check of this folder explains; a general "refused" would only repeat them.
EXPLAINED = frozenset(_EVERYDAY.values())


@dataclass(frozen=True, slots=True)
class Told:
    """The failure mode a refusal means. ``said`` is the partner's wording, ``platform`` whose dictionary knows it.

    ``param`` is the parameter it names, if any. The receiver's own documented words are certain, everybody's words and
    those of another platform are likely.
    """

    mode: str
    said: str
    platform: str
    param: str
    confidence: Confidence


def told(case: Case, answer: Heard) -> Told | None:
    """What the refusal in an answer means: the receiver's own words first, then everyday ones; None if neither."""
    refused = answer.verdicts.business == "refused" or answer.verdicts.http == "client-error"
    if not refused or answer.verdicts.business == "duplicate" or reads_as_html(answer.body):
        return None
    kind, param = refusal_kind(answer.reason)
    facts = case.facts
    receiver = facts.receiver or facts.network
    single = (item for item in decode(answer.body, receiver) if len(item.modes) == 1 and not item.ambiguous)
    own = [item for item in single if not item.elsewhere] if receiver else []
    if own:
        return Told(own[0].modes[0], answer.reason, own[0].name, param, Confidence.CERTAIN)
    return Told(_EVERYDAY[kind], answer.reason, "", param, Confidence.LIKELY) if kind else None


def is_explained(case: Case, answer: Heard) -> bool:
    """Whether a check of its own says what this refusal is about."""
    meaning = told(case, answer)
    return meaning is not None and meaning.mode in EXPLAINED


def refusals_meaning(rule: Rule, case: Case, *, proven: bool = False) -> Iterator[Finding]:
    """One finding for each answer whose refusal means the rule's failure mode, with the partner's words.

    Our own replay leaves from another address than the sender, so what it is told of addresses is only a warning.
    """
    for answer in heard(case):
        meaning = told(case, answer)
        if meaning and meaning.mode == rule.code:
            ours = rule.code == "app-allowlist-reject" and answer.where == "answer"
            yield rule(
                answer.where,
                level=Level.WARN if ours else None,
                confidence=Confidence.CERTAIN if proven else meaning.confidence,
                host=answer.host or "—",
                status=answer.status,
                reason=meaning.said or "—",
            )
