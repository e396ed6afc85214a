"""Pairs of a template and a live request made up from the catalogue: correct ones, and ones with one planted fault."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from postback_wizard.catalogue import platforms
from postback_wizard.catalogue.names import macros_of, read_macro
from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.reads import meanings_read
from postback_wizard.checks.template.own_id_instead_of_external_id import external_macro
from postback_wizard.domain.macros import DIALECTS, fill

SPELLINGS = {
    "[[[x]]]": "[[[%s]]]",
    "{{x}}": "{{%s}}",
    "${(x)!}": "${(%s)!}",
    "${x}": "${%s}",
    "#{x}": "#{%s}",
    "{!x!}": "{!%s!}",
    "{url(x)}": "{url(%s)}",
    "{_x}": "{_%s}",
    "{x}": "{%s}",
    "##X(arg)##": "##%s(sale)##",
    "##X##": "##%s##",
    "%%x%%": "%%%%%s%%%%",
    "__X__": "__%s__",
    "[x]": "[%s]",
    "#x#": "#%s#",
    "$x$": "$%s$",
    "%x%": "%%%s%%",
    "(x)": "(%s)",
    "{x:…}": "{%s:lead=1 sale=2}",
    "{x50%}": "{%s50%%}",
}
assert set(SPELLINGS) == set(DIALECTS)

#: What a receiver nobody knows reads, by what it stands for.
NAMES = {
    "click_id": ("cid", "clickid", "click_id", "subid"),
    "payout": ("payout", "sum", "amount"),
    "currency": ("currency",),
    "status": ("status",),
    "transaction_id": ("txid", "transaction_id", "order_id"),
    "goal": ("goal",),
}
MEANINGS = tuple(NAMES)
NASTY_GOALS = ("Регистрация", "sign up", "a&b", "50% off", "a+b", "x=y;z", "🙂 done", "two\u00a0words", "пол#ный")
UNSEEN = ("\u00a0", "\u200b", "\ufeff", "\u00ad")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_NOT_KNOWN_BY_US = frozenset(("ID", "KEY", "TOKEN", "OPTIONAL"))


@dataclass(frozen=True, slots=True)
class Slot:
    """One parameter: its name, what stands in the template, and the value of the conversion (raw) where it is filled.

    ``meaning`` is empty for a fixed parameter.
    """

    name: str
    written: str
    value: str
    meaning: str = ""

    @property
    def sent(self) -> str:
        """What a good sender sends."""
        return self.written if not self.meaning else quote(self.value, safe="")


@dataclass(frozen=True, slots=True)
class Made:
    """A pair taken apart, and the facts of its case."""

    base: str
    slots: tuple[Slot, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    dialect: str = ""

    @property
    def template(self) -> str:
        """The template."""
        return self.base + "&".join(f"{slot.name}={slot.written}" for slot in self.slots)

    @property
    def sent(self) -> str:
        """The live request."""
        return self.base + "&".join(f"{slot.name}={slot.sent}" for slot in self.slots)

    def case(self, **more: str) -> dict[str, str]:
        """The facts of the correct pair, some of them replaced."""
        return {**self.facts, "template": self.template, "sent_request": self.sent, **more}

    def of(self, meaning: str) -> Slot | None:
        """The parameter of a meaning."""
        return next((slot for slot in self.slots if slot.meaning == meaning), None)

    def with_slot(self, old: Slot, new: Slot) -> "Made":
        """The pair with one parameter replaced."""
        return replace(self, slots=tuple(new if slot is old else slot for slot in self.slots))


def _id(rng: random.Random, length: int) -> str:
    return "w" + "".join(rng.choice(_LETTERS) for _ in range(length - 1))


def values(rng: random.Random) -> dict[str, str]:
    """One conversion."""
    return {
        "click_id": _id(rng, rng.choice((12, 20, 24))),
        "payout": f"{rng.randint(1, 90)}.{rng.choice(('50', '25', '10', '75'))}",
        "currency": rng.choice(("USD", "EUR", "GBP", "RUB")),
        "status": rng.choice(("approved", "pending", "lead", "sale")),
        "transaction_id": _id(rng, 11),
        "goal": rng.choice(("Signup", "deposit", "1", *NASTY_GOALS)),
    }


def any_pair(rng: random.Random) -> Made:
    """A correct pair of two parties: of the catalogue, or of nobody known in any dialect."""
    return of_dialect(rng) if rng.random() < 0.5 else of_catalogue(rng)


def of_dialect(rng: random.Random, dialect: str = "") -> Made:
    """A correct pair in one spelling; nobody says who sends and who receives."""
    dialect = dialect or rng.choice(tuple(SPELLINGS))
    known = values(rng)
    wanted = ["click_id", *rng.sample(MEANINGS[1:], rng.randint(1, 4))]
    rng.shuffle(wanted)
    slots = tuple(Slot(rng.choice(NAMES[item]), _written(dialect, item), known[item], item) for item in wanted)
    extra = (Slot("offer", str(rng.randint(10, 99999)), ""),) if rng.random() < 0.4 else ()
    base = rng.choice(
        ("https://trk.example/postback?", "https://a.trk.example:8443/p/pb.php?", "https://trk.example/?")
    )
    return Made(base, (*slots, *extra), _facts(rng, known, wanted), dialect)


def _written(dialect: str, meaning: str) -> str:
    name = meaning.replace("_", "") if dialect == "{x50%}" else meaning
    spelling = SPELLINGS[dialect]
    return spelling % (name.upper() if "X" in dialect and dialect != "{x}" else name)


def of_catalogue(rng: random.Random) -> Made:
    """A correct pair of a sender and a receiver of the catalogue."""
    known = values(rng)
    while True:
        receiver = rng.choice([item for item in platforms().values() if _takes(item)])
        sender = rng.choice([item for item in platforms().values() if _gives(item, receiver)])
        slots = _slots(sender, receiver, known)
        if any(slot.meaning == "click_id" for slot in slots):
            break
    facts = {**_facts(rng, known, [slot.meaning for slot in slots]), "sender": sender.id, "receiver": receiver.id}
    macro = next(found for slot in slots if slot.meaning and (found := read_macro(slot.written)))
    return Made("https://trk.example/receive?", slots, facts, macro.dialect)


def _takes(item: Platform) -> bool:
    return "click_id" in meanings_read(item).values() and item.click_id_pattern is None


def _gives(item: Platform, receiver: Platform) -> bool:
    if receiver.kind == "ad_network":
        return item.kind == "tracker" and bool(external_macro(item))
    return item.kind == "network" and bool(item.sends.click_id.value)


def _slots(sender: Platform, receiver: Platform, known: Mapping[str, str]) -> tuple[Slot, ...]:
    slots: list[Slot] = []
    taken: set[str] = set()
    for name, meaning in meanings_read(receiver).items():
        macro = _macro(sender, receiver, meaning)
        if macro and meaning not in taken:
            taken.add(meaning)
            value = _accepted(receiver, known) if meaning == "status" else known[meaning]
            slots.append(Slot(name, macro, value, meaning))
        elif meaning == "currency":
            slots.append(Slot(name, known["currency"], ""))
        elif name in receiver.accepts.required_params.value:
            slots.append(Slot(name, "4711", ""))
    return tuple(slots)


def _accepted(receiver: Platform, known: Mapping[str, str]) -> str:
    words = receiver.status_values.value
    return words[0].partition("=")[0] if words else known["status"]


def _macro(sender: Platform, receiver: Platform, meaning: str) -> str:
    if meaning == "click_id" and receiver.kind == "ad_network":
        return external_macro(sender)
    if meaning in ("", "goal"):
        return ""
    return next(iter(getattr(sender.sends, meaning).value), "")


def _facts(rng: random.Random, known: Mapping[str, str], wanted: list[str]) -> dict[str, str]:
    """Some of what is known of the conversion."""
    told = {item: known[item] for item in wanted if item in known and rng.random() < 0.5}
    return (
        {**told, **({"currency": known["currency"]} if rng.random() < 0.3 else {})}
        if "status" not in told
        else {name: value for name, value in told.items() if name != "status"}
    )


# -- planted faults ------------------------------------------------------------------------------------------------

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
    """The live request has a parameter the template knows nothing of."""
    return made.case(sent_request=f"{made.sent}&landing=77")


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


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template as a good sender fills it."""
    return fill(template, values)
