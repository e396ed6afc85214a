"""Correct pairs of a template and a live request, made up from the catalogue and in every dialect."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from postback_wizard.catalogue import platforms
from postback_wizard.catalogue.names import read_macro
from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.reads import meanings_read
from postback_wizard.checks.template.own_id_instead_of_external_id import external_macro
from postback_wizard.domain.macros import DIALECTS

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
