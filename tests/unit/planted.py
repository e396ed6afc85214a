"""Pairs of a template and a live request with one planted fault each."""

import random
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from postback_wizard.catalogue import platforms
from postback_wizard.catalogue.names import macros_of, read_macro
from postback_wizard.catalogue.reads import meanings_read
from tests.unit.made import SPELLINGS, Made, Slot, any_pair

UNSEEN = ("\u00a0", "\u200b", "\ufeff", "\u00ad")

Plant = Callable[[Made, random.Random], dict[str, str] | None]


def literal(made: Made, rng: random.Random) -> dict[str, str] | None:
    """The macro of the click ID leaves as it stands, raw or encoded."""
    slot = made.of("click_id")
    left = (
        slot.written if slot and rng.random() < 0.5 and "&" not in slot.written else quote(slot.written if slot else "")
    )
    return _sent_otherwise(made, slot, left)


def empty(made: Made, _: random.Random) -> dict[str, str] | None:
    """The click ID is empty."""
    return _sent_otherwise(made, made.of("click_id"), "")


def braces_encoded(made: Made, _: random.Random) -> dict[str, str] | None:
    """The template was saved percent-encoded, and left that way."""
    slot = made.of("click_id")
    if slot is None or quote(slot.written) == slot.written:
        return None
    bad = made.with_slot(slot, replace(slot, written=quote(slot.written), meaning=""))
    return made.case(template=bad.template, sent_request=bad.sent)


def placeholder(made: Made, _: random.Random) -> dict[str, str] | None:
    """A word of the documentation stands for the click ID."""
    slot = made.of("click_id")
    if slot is None:
        return None
    bad = made.with_slot(slot, Slot(slot.name, "REPLACE", ""))
    return made.case(template=bad.template, sent_request=bad.sent)


def encoded_twice(made: Made, _: random.Random) -> dict[str, str] | None:
    """A value with a reserved character is encoded twice."""
    slot = made.of("transaction_id") or made.of("click_id")
    if slot is None:
        return None
    value = f"{slot.value}+a/b="
    bad = made.with_slot(slot, replace(slot, value=quote(value, safe="")))
    return made.case(sent_request=bad.sent, **{slot.meaning: value})


def not_encoded(made: Made, rng: random.Random) -> dict[str, str] | None:
    """A value with a reserved character leaves raw."""
    slot = made.of("transaction_id") or made.of("click_id")
    if slot is None:
        return None
    value = f"{slot.value}{rng.choice('&+# ')}b7"
    bad = made.with_slot(slot, replace(slot, written=value, meaning=""))
    return made.case(sent_request=bad.sent, **{slot.meaning: value})


def renamed(made: Made, rng: random.Random) -> dict[str, str] | None:
    """A parameter the receiver reads is spelt with other case or separators."""
    slot = made.of("click_id")
    if slot is None or "receiver" not in made.facts:
        return None
    other = rng.choice(
        (slot.name.swapcase(), slot.name.replace("_", "-"), slot.name.replace("_", ""), slot.name.title())
    )
    if other == slot.name or other in meanings_read(platforms()[made.facts["receiver"]]):
        return None
    bad = made.with_slot(slot, replace(slot, name=other))
    return made.case(template=bad.template, sent_request=bad.sent)


def misspelt(made: Made, rng: random.Random) -> dict[str, str] | None:
    """The macro of the click ID has a letter too many, the other case, or other brackets; nothing was sent yet."""
    slot = made.of("click_id")
    sender = platforms()[made.facts["sender"]] if "sender" in made.facts else None
    macro = read_macro(slot.written) if slot else None
    if sender is None or slot is None or macro is None:
        return None
    spelt = rng.choice((slot.written.swapcase(), SPELLINGS["[x]" if macro.dialect != "[x]" else "{x}"] % macro.name))
    mine = {item.written for item in macros_of(sender)}
    if spelt in mine or spelt == slot.written or (macro.dialect == "__X__"):
        return None
    bad = made.with_slot(slot, replace(slot, written=spelt))
    return made.case(template=bad.template, sent_request="")


def static_payout(made: Made, _: random.Random) -> dict[str, str] | None:
    """The payout is a number in the template."""
    slot = made.of("payout")
    if slot is None:
        return None
    bad = made.with_slot(slot, Slot(slot.name, "100", ""))
    return made.case(template=bad.template, sent_request=bad.sent, payout="12.50")


def odd_payout(made: Made, rng: random.Random) -> dict[str, str] | None:
    """The payout is no plain number."""
    slot = made.of("payout")
    if slot is None:
        return None
    value = rng.choice((slot.value.replace(".", ","), f"${slot.value}", f"{slot.value} USD"))
    return _sent_otherwise(made, slot, quote(value, safe=""))


def other_currency(made: Made, _: random.Random) -> dict[str, str] | None:
    """The request names another currency than the conversion's."""
    slot = made.of("currency")
    return _sent_otherwise(made, slot, "CHF", currency="USD") if slot else None


def own_id(made: Made, rng: random.Random) -> dict[str, str] | None:
    """The tracker's own click ID goes to the traffic source."""
    slot = made.of("click_id")
    receiver = platforms()[made.facts["receiver"]] if "receiver" in made.facts else None
    if slot is None or receiver is None or receiver.kind != "ad_network":
        return None
    trackers = [item for item in platforms().values() if item.kind == "tracker" and item.sends.click_id.value]
    sender = rng.choice(trackers)
    written = sender.sends.click_id.value[0]
    kept = [item for item in made.slots if item is slot or not item.meaning or sender.id == made.facts["sender"]]
    slots = tuple(replace(slot, written=written) if item is slot else item for item in kept)
    base = replace(made, slots=slots, dialect=_dialect(written))
    return base.case(sender=sender.id)


def _dialect(written: str) -> str:
    macro = read_macro(written)
    return macro.dialect if macro else ""


def without_transaction(made: Made, _: random.Random) -> dict[str, str] | None:
    """The transaction ID the receiver reads is in neither, and repeats are counted twice."""
    slot = made.of("transaction_id")
    if slot is None or "receiver" not in made.facts or slot.name in _required(made):
        return None
    bad = replace(made, slots=tuple(item for item in made.slots if item is not slot))
    return made.case(template=bad.template, sent_request=bad.sent, symptom="counted-twice")


def _required(made: Made) -> tuple[str, ...]:
    return platforms()[made.facts["receiver"]].accepts.required_params.value


def missing(made: Made, rng: random.Random) -> dict[str, str] | None:
    """The live request lacks a parameter of the template."""
    slot = rng.choice([item for item in made.slots if item.meaning])
    bad = replace(made, slots=tuple(item for item in made.slots if item is not slot))
    return made.case(sent_request=bad.sent) if bad.slots else None


def extra(made: Made, _: random.Random) -> dict[str, str] | None:
    """The live request has a transaction ID or a payout the template knows nothing of."""
    more = {"transaction_id": "txn_id=A77", "payout": "commission=7.50"}
    added = next((text for meaning, text in more.items() if made.of(meaning) is None), None)
    return made.case(sent_request=f"{made.sent}&{added}", payout="") if added else None


def changed(made: Made, _: random.Random) -> dict[str, str] | None:
    """A fixed value of the template left as another."""
    slot = next((item for item in made.slots if item.name == "offer"), None)
    return _sent_otherwise(made, slot, "abc9") if slot else None


def swapped(made: Made, _: random.Random) -> dict[str, str] | None:
    """Click ID and transaction ID change places; both are known."""
    one, two = made.of("click_id"), made.of("transaction_id")
    if one is None or two is None:
        return None
    bad = made.with_slot(one, replace(one, value=two.value)).with_slot(two, replace(two, value=one.value))
    return made.case(sent_request=bad.sent, click_id=one.value, transaction_id=two.value)


def unseen(made: Made, rng: random.Random) -> dict[str, str] | None:
    """A character nobody sees stands behind a parameter's name."""
    return _with_text(made, "=", f"{rng.choice(UNSEEN)}=")


def look_alike(made: Made, _: random.Random) -> dict[str, str] | None:
    """A Cyrillic letter stands in a parameter's name."""
    slot = made.of("click_id")
    if slot is None or "c" not in slot.name:
        return None
    return _with_text(made, f"{slot.name}=", f"{slot.name.replace('c', 'с', 1)}=")


def line_break(made: Made, _: random.Random) -> dict[str, str] | None:
    """The template was copied with a line break."""
    return _with_text(made, "?", "?\n")


def second_question(made: Made, _: random.Random) -> dict[str, str] | None:
    """A question mark stands where an ampersand was meant."""
    return _with_text(made, "&", "?") if len(made.slots) > 1 else None


def entity(made: Made, _: random.Random) -> dict[str, str] | None:
    """The template was copied from the source of a page."""
    return _with_text(made, "&", "&amp;") if len(made.slots) > 1 else None


def twice(made: Made, _: random.Random) -> dict[str, str] | None:
    """The click ID's parameter stands twice, once with another case."""
    slot = made.of("click_id")
    if slot is None or "receiver" in made.facts:
        return None
    return made.case(
        template=f"{made.template}&{slot.name.upper()}=1", sent_request=f"{made.sent}&{slot.name.upper()}=1"
    )


def _with_text(made: Made, old: str, new: str) -> dict[str, str] | None:
    return made.case(template=made.template.replace(old, new, 1), sent_request="", sender="", receiver="")


def _sent_otherwise(made: Made, slot: Slot | None, text: str, **facts: str) -> dict[str, str] | None:
    if slot is None:
        return None
    return made.case(sent_request=made.with_slot(slot, Slot(slot.name, text, "")).sent, **facts)


PLANTS: tuple[tuple[str, Plant], ...] = (
    ("macro-literal", literal),
    ("macro-empty", empty),
    ("macro-braces-encoded", braces_encoded),
    ("placeholder-left-in", placeholder),
    ("value-double-encoded", encoded_twice),
    ("value-not-encoded", not_encoded),
    ("param-name-mismatch", renamed),
    ("macro-name-or-dialect", misspelt),
    ("payout-static-or-overridden", static_payout),
    ("payout-format-unit", odd_payout),
    ("currency-mismatch", other_currency),
    ("own-id-instead-of-external-id", own_id),
    ("txn-id-missing", without_transaction),
    ("template-version-drift", missing),
    ("template-version-drift", extra),
    ("template-version-drift", changed),
    ("template-value-in-wrong-param", swapped),
    ("template-invisible-characters", unseen),
    ("template-invisible-characters", line_break),
    ("template-look-alike-characters", look_alike),
    ("template-structure-broken", second_question),
    ("template-structure-broken", entity),
    ("template-param-twice", twice),
)


def plant(rng: random.Random, number: int) -> tuple[str, str, dict[str, str]]:
    """The planted code, its dialect, and the facts of a pair with that one fault."""
    code, how = PLANTS[number % len(PLANTS)]
    while True:
        made = any_pair(rng)
        facts = how(made, rng)
        if facts is not None:
            slot = made.of("click_id")
            dialect = (
                made.dialect if how is not own_id else _dialect(platforms()[facts["sender"]].sends.click_id.value[0])
            )
            return code, dialect if slot else made.dialect, facts
