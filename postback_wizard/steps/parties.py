"""Who takes part in a case, as far as its URLs tell: proposals for facts nobody has filled in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from postback_wizard.catalogue.directory import PARTIES
from postback_wizard.catalogue.names import find_platform
from postback_wizard.catalogue.who import ROLES, Guess, propose, who
from postback_wizard.domain.case import STEP_ORDER, Case
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.finding import Confidence
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.template import read_template
from postback_wizard.domain.text import Text

#: Who sends to a platform of that kind: a tracker hears from the network, a traffic source from the tracker.
_SENDS_TO = {"tracker": "network", "source": "tracker"}
_CERTAINTY = tuple(Confidence)

FOLLOWS = Text(
    en="A tracker hears from the network, a traffic source from the tracker.",
    ru="Трекер получает постбек от сети, а источник трафика — от трекера.",
)


def along_the_click(case: Case, hops: Iterable[HttpEvidence]) -> Mapping[str, str]:
    """The source, the tracker and the network that the URLs of a click name; where two are named, neither."""
    urls = dict.fromkeys((click_url(case.facts), *(hop.request.url for hop in hops)))
    guesses = [guess for url in urls if url for guess in who(url)]
    found = propose(guesses)
    return {role: found[role] for role in ("source", "tracker", "network") if role in found}


def of_the_postback(case: Case) -> Mapping[str, str]:
    """The receiver and the sender of the postback, from the request that left or else from its template.

    What the receiver is to the case follows from its kind, and so does, where that party is known, who sends to it.
    """
    guesses = _of_request(case.facts.sent_request) or _of_request(case.facts.template)
    found = {str(role): name for role, name in propose(guesses).items() if role in ("sender", "receiver")}
    receiver = find_platform(_typed(case, "receiver") or found.get("receiver", ""))
    if receiver is None:
        return found
    role = ROLES[receiver.kind]
    sender = case.facts.get(_SENDS_TO[role]) if role in _SENDS_TO else ""
    party: Mapping[str, str] = {role: receiver.id} if "receiver" in found else {}
    return {**({"sender": sender} if sender not in ("", receiver.id) else {}), **found, **party}


def _typed(case: Case, fact: str) -> str:
    """A fact's value, unless a step proposed it."""
    return "" if case.origins.get(fact, "").partition(":")[0] in STEP_ORDER else case.facts.get(fact)


def _of_request(text: str) -> tuple[Guess, ...]:
    request = read_template(text) if text.strip() else None
    return who(request.url) if request else ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step proposes a platform for a fact, and how sure that is."""

    why: Text
    confidence: Confidence


def reasons(case: Case) -> Mapping[str, Reason]:
    """For each party that a step proposed: the surest reason that stands behind the platform named."""
    guesses = [guess for url in _urls(case) for guess in who(url)]
    found: dict[str, Reason] = {}
    for fact in PARTIES:
        value = case.facts.get(fact)
        if not value or not case.is_proposed(fact):
            continue
        mine = [guess for guess in guesses if guess.platform == value]
        best = min(mine, key=lambda guess: (guess.role != fact, _CERTAINTY.index(guess.confidence)), default=None)
        if best:
            found[fact] = Reason(best.why.text, best.confidence)
        elif fact == "sender":
            found[fact] = Reason(FOLLOWS, Confidence.LIKELY)
    return found


def _urls(case: Case) -> Iterator[str]:
    """Every URL of the case that may name somebody."""
    yield from filter(None, dict.fromkeys((click_url(case.facts), *(hop.request.url for hop in case.trace()))))
    for text in (case.facts.sent_request, case.facts.template):
        request = read_template(text) if text.strip() else None
        if request:
            yield request.url
