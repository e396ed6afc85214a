"""A postback template beside the request made from it: what stands where, and what each parameter stands for."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from postback_wizard.domain.case import Case
from postback_wizard.domain.macros import Macro
from postback_wizard.domain.request import ExactRequest
from postback_wizard.domain.values import Place, Value, read_body, read_template, read_values

__all__ = [
    "Pair",
    "Place",
    "Value",
    "fact_of",
    "known_value",
    "live_request",
    "meaning_of",
    "pairs",
    "read_body",
    "read_template",
    "read_values",
    "sent_values",
    "template_values",
]


@dataclass(frozen=True, slots=True)
class Pair:
    """A value of the template that holds macros, and what stands in its place in the live request, if anything."""

    template: Value
    macros: tuple[Macro, ...]
    sent: Value | None

    @property
    def emptied(self) -> bool:
        """Whether the live value is the template's with its macros replaced by nothing."""
        if self.sent is None:
            return False
        rest = self.template.text
        for macro in reversed(self.macros):
            rest = rest[: macro.start] + rest[macro.end :]
        return self.sent.decoded == (unquote(rest) if self.template.place != "body" else rest)


def template_values(case: Case) -> tuple[Value, ...]:
    """The values of the saved template, empty when it is unknown."""
    own_body = "" if case.facts.sent_request else case.facts.body
    return read_values(case.facts.template, own_body)


def sent_values(case: Case) -> tuple[Value, ...]:
    """The values of the request that left, empty when it is unknown. The body may be a fact of its own."""
    return read_values(case.facts.sent_request, case.facts.body, case.facts.template)


def live_request(case: Case) -> ExactRequest | None:
    """The request that left, None when it is unknown or cannot be read as one."""
    text = case.facts.sent_request
    return read_template(text, case.facts.template) if text else None


def pairs(case: Case) -> tuple[Pair, ...]:
    """Every macro-bearing value of the template with its live counterpart: same place, name and turn.

    Without a readable live request there are pairs with nothing opposite.
    """
    facts = case.facts
    own_body = "" if facts.sent_request else facts.body
    return _pairs(facts.template, own_body, facts.sent_request, facts.body)


@lru_cache(maxsize=8)
def _pairs(template_text: str, own_body: str, sent_text: str, body: str) -> tuple[Pair, ...]:
    template, sent = read_values(template_text, own_body), read_values(sent_text, body, template_text)
    if not sent:
        return tuple(Pair(value, macros, None) for value in template if (macros := value.macros()))
    live = dict(_numbered(sent))
    same_depth = _depth(template) == _depth(sent)
    return tuple(
        Pair(value, value.macros(), live.get(key) if value.place != "path" or same_depth else None)
        for key, value in _numbered(template)
        if value.macros()
    )


def _numbered(values: tuple[Value, ...]) -> Iterator[tuple[tuple[str, str, int], Value]]:
    seen: Counter[tuple[str, str]] = Counter()
    for value in values:
        key = (value.place, value.name)
        yield (*key, seen[key]), value
        seen[key] += 1


def _depth(values: tuple[Value, ...]) -> int:
    return sum(value.place == "path" for value in values)


# -- what a parameter stands for -----------------------------------------------------------------------------------

_FACT_NAMES = {
    "click_id": ("cid", "clickid", "subid", "affclickid", "externalid", "extclickid", "cnvid", "reqid", "visitorid"),
    "payout": ("payout", "amount", "sum", "revenue", "price", "cost", "commission"),
    "currency": ("currency", "cnvcurrency", "cur", "curr", "currencycode"),
    "status": ("status", "cnvstatus", "convstatus"),
    "transaction_id": ("txid", "transactionid", "orderid", "txn", "txnid"),
    "goal": ("goal", "goalid", "eventname"),
}
_FACT_BY_NAME = {name: fact for fact, names in _FACT_NAMES.items() for name in names}


def fact_of(pair: Pair) -> str:
    """The fact a parameter carries, judged by its own name, then by its macros' names; empty when unclear."""
    names = (pair.template.name, *(macro.name for macro in pair.macros))
    return next((fact for name in names if (fact := _fact_by(name))), "")


@lru_cache(maxsize=1024)
def _fact_by(name: str) -> str:
    return _FACT_BY_NAME.get(_plain(name), "")


def meaning_of(name: str) -> str:
    """The fact a parameter or macro of this name usually carries; empty when unclear."""
    return _fact_by(name)


def known_value(case: Case, pair: Pair) -> str:
    """What the parameter should have carried, where the facts say so."""
    given = next((case.facts.macro_values[m.name] for m in pair.macros if m.name in case.facts.macro_values), "")
    fact = fact_of(pair)
    return given or (case.facts.get(fact) if fact else "")


def _plain(name: str) -> str:
    return re.sub(r"[_\-]", "", name).lower()
