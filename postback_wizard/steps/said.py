"""Which party of a case speaks in a platform's message: a proposal nobody has to take."""

from collections.abc import Mapping
from dataclasses import dataclass

from postback_wizard.catalogue import upload_api_ids
from postback_wizard.catalogue.decoding import Reading, decode, dictionary
from postback_wizard.catalogue.names import find_platform
from postback_wizard.catalogue.phrases import ANY
from postback_wizard.catalogue.who import ROLES
from postback_wizard.domain.case import Case

#: Where such facts come from; what a URL tells a step later may take their place.
ORIGIN = "replay:message"


@dataclass(frozen=True, slots=True)
class Offer:
    """The platform whose words a message holds, and the facts that follow from it.

    ``certain`` when the message names it as well; words alone are not proof, for a platform nobody has written down may
    use the same.
    """

    platform: str
    name: str
    facts: Mapping[str, str]
    certain: bool


def offer(message: str) -> Offer | None:
    """The one platform of the catalogue whose words these are; None for a number, for nobody and for several."""
    readings = [item for item in decode(message) if item.platform != ANY] if message.strip() else []
    speakers = {item.platform: item.name for item in readings}
    if len(speakers) != 1:
        return None
    [(platform, name)] = speakers.items()
    facts = _facts(platform)
    named = dictionary().platforms_named(message)
    if not facts or (named and platform not in named) or not (named or any(map(_is_telling, readings))):
        return None
    return Offer(platform, name, facts, named == {platform})


def open_to(case: Case, found: Offer) -> Mapping[str, str]:
    """Those facts of an offer that nobody has filled in another way."""
    return {name: value for name, value in found.facts.items() if not case.facts.get(name) or _is_ours(case, name)}


def with_offer(case: Case, taken: Offer | None) -> Case:
    """The case with an offer taken, and with one taken earlier given back."""
    before = {name: "" for name in case.origins if _is_ours(case, name)}
    return case.learn({**before, **(open_to(case, taken) if taken else {})}, ORIGIN)


def _is_ours(case: Case, fact: str) -> bool:
    return case.origins.get(fact) == ORIGIN


def _is_telling(reading: Reading) -> bool:
    return reading.kind in ("text", "code") and any(letter.isalpha() for letter in reading.said)


def _facts(platform: str) -> Mapping[str, str]:
    """What refuses a postback received it, and is to the case what its kind says."""
    if platform in upload_api_ids():
        return {"ad_platform": platform}
    found = find_platform(platform)
    return {ROLES[found.kind]: found.id, "receiver": found.id} if found else {}
