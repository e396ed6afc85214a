"""Whom a report speaks to, and what that platform calls the things it speaks of."""

from collections.abc import Mapping

from postback_wizard.catalogue import Platform, platform
from postback_wizard.catalogue.names import read_macro
from postback_wizard.catalogue.reads import meanings_read, params_read, squashed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Owner
from postback_wizard.report.diagnosis import Diagnosis

LONGEST_ID = 64
#: The fact that names the platform of an owner.
_OF = {
    Owner.RECEIVER: "receiver",
    Owner.SENDER: "sender",
    Owner.NETWORK: "network",
    Owner.TRACKER: "tracker",
    Owner.TEMPLATE_OWNER: "sender",
}
_OTHERWISE = ("receiver", "network", "sender", "tracker")


def addressee(case: Case, diagnosis: Diagnosis) -> Platform | None:
    """The platform that has to act, or else the one that received the postback; None where nobody known is named."""
    first = (_OF[diagnosis.owner],) if diagnosis.owner in _OF else ()
    for fact in (*first, *_OTHERWISE):
        found = known_platform(case.facts.get(fact))
        if found is not None:
            return found
    return None


def known_platform(name: str) -> Platform | None:
    """The catalogue's platform of an id, if it has one."""
    if not name or len(name) > LONGEST_ID:
        return None
    try:
        return platform(name)
    except KeyError:
        return None


def their_name(case: Case, partner: Platform, meaning: str) -> str:
    """What a platform calls a click ID, a payout …: a parameter it reads or a macro it fills; empty when unknown."""
    reads = next((name for name, means in _reads(partner).items() if means == meaning), "")
    listed = getattr(partner.sends, meaning, None) if meaning in _SENT else None
    fills = listed.value[0] if listed else ""
    return (fills or reads) if partner.id == case.facts.sender else (reads or fills)


_SENT = ("click_id", "payout", "currency", "status", "transaction_id")


def _reads(partner: Platform) -> Mapping[str, str]:
    """The parameters by meaning; one named like the platform's own click ID is that, whatever it sounds like."""
    own = {squashed(macro.name) for macro in map(read_macro, partner.sends.click_id.value) if macro}
    named = {name: "click_id" for name in params_read(partner) if squashed(name) in own}
    return {**meanings_read(partner), **named}
