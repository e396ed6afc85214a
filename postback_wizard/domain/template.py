"""A postback template and the request made from it, taken apart value by value."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote

from postback_wizard.domain.case import Case
from postback_wizard.domain.macros import Macro, find_macros, masked
from postback_wizard.domain.request import ExactRequest, RequestProblem, read_request
from postback_wizard.domain.url import split_url

#: Names have no spaces; but a value that was not encoded may hold an "&", and then what follows it is no pair.
_FORM = re.compile(r"[^\s=&{<\"]+=[^&\n]*(?:&[^\s=&{<\"]+=[^&\n]*|&[^&=\n]*)*")

#: Texts up to so many characters are remembered taken apart.
_SHORT = 16_384

Place = Literal["host", "path", "query", "header", "body"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a request as it stands. ``name`` is the parameter, header or JSON path; a path has none.

    ``start`` is its offset in the text it was read from, -1 where that is not known (headers, bodies).
    """

    place: Place
    name: str
    text: str
    start: int = field(default=-1, compare=False)

    @property
    def end(self) -> int:
        """Where it ends in the text it was read from; -1 where its place is not known."""
        return self.start + len(self.text) if self.start >= 0 else -1

    @property
    def param(self) -> str:
        """What to call it: its name, or its place when it has none."""
        return self.name or self.place

    @property
    def decoded(self) -> str:
        """The value decoded once; outside the URL it stands as it is."""
        return unquote(self.text) if "%" in self.text and self.place in ("path", "query") else self.text

    def macros(self) -> tuple[Macro, ...]:
        """The macros in this value. Round brackets in a path are only brackets."""
        return _macros_of(self.text, self.place)


@lru_cache(maxsize=2048)
def _macros_of(text: str, place: Place) -> tuple[Macro, ...]:
    found = find_macros(text)
    return tuple(macro for macro in found if macro.dialect != "(x)" or place in ("query", "body"))


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


def read_values(text: str, body: str = "", base: str = "") -> tuple[Value, ...]:
    """Every value of a request: host, path, query, headers (but cookies) and body; ``body`` wins. Never raises.

    ``base`` is a URL whose host stands in where a log names none.
    """
    if not text:
        return ()
    short = len(text) + len(body) + len(base) <= _SHORT
    return _remembered(text, body, base) if short else _read_values(text, body, base)


def _read_values(text: str, body: str, base: str) -> tuple[Value, ...]:
    if not text.strip():
        return ()
    request = read_template(text, base)
    if request is None:
        return tuple(_body_values(text.strip()))
    headers = (Value("header", name, value) for name, value in request.headers if name.lower() != "cookie")
    return (*_placed(request.url, text), *headers, *_body_values(body or request.body))


#: All checks of a case read the same two texts.
_remembered = lru_cache(maxsize=16)(_read_values)


def _placed(url: str, text: str) -> Iterator[Value]:
    """The values of a request's URL with their offsets in the text it stands in."""
    at = text.find(url)
    if at == 0:
        yield from _url_values(url)
        return
    for value in _url_values(url):
        yield replace(value, start=at + value.start if at >= 0 else -1)


def read_body(body: str) -> tuple[Value, ...]:
    """Every value of a body alone: no URL inside it is taken for the request. Never raises."""
    return tuple(_body_values(body))


@lru_cache(maxsize=16)
def read_template(text: str, base: str = "") -> ExactRequest | None:
    """The request a text holds; a template without a scheme is a URL all the same. Never raises."""
    match read_request(text, base):
        case ExactRequest() as request:
            return request
        case RequestProblem():
            bare = text.strip()
            is_url = not any(character.isspace() for character in bare) and ("/" in bare or "?" in bare)
            return ExactRequest("GET", bare) if is_url and bare[0] not in "{[" else None


def _url_values(text: str) -> Iterator[Value]:
    """The values of a URL; a ``#`` or ``/`` inside a macro is part of the macro."""
    url = split_url(masked(text))
    at = len(url.scheme) + bool(url.scheme) + len(url.slashes) + len(url.authority)
    if url.host:
        yield Value("host", "", text[at - len(url.authority) : at], at - len(url.authority))
    for segment in url.path.split("/"):
        if segment:
            yield Value("path", "", text[at : at + len(segment)], at)
        at += len(segment) + 1
    if url.query is not None:
        yield from _fields(text[at : at + len(url.query)], url.query, at)


def _body_values(body: str) -> Iterator[Value]:
    """JSON leaf by leaf, a form field by field, anything else as one value."""
    bare = body.strip()
    covered = masked(bare)
    if not bare:
        return
    try:
        yield from _leaves(json.loads(bare), "")
    except (ValueError, RecursionError):
        yield from _fields(bare, covered, None) if _FORM.fullmatch(covered) else [Value("body", "", bare)]


def _fields(text: str, covered: str, offset: int | None) -> Iterator[Value]:
    """The ``name=value`` pairs of a query or a form, cut where ``covered`` says; a lone macro is a value too."""
    at = 0
    for pair in covered.split("&"):
        name, equals, _ = pair.partition("=")
        whole, key = text[at : at + len(pair)], text[at : at + len(name)]
        begin = at + (len(name) + 1 if equals else 0)
        at += len(pair) + 1
        if pair:
            lone = "" if equals or not find_macros(whole) else whole
            value = whole[len(name) + 1 :] if equals else lone
            yield Value("query", unquote(key) if "%" in key else key, value, -1 if offset is None else offset + begin)


def _leaves(node: object, path: str) -> Iterator[Value]:
    match node:
        case dict():
            for key, child in node.items():
                yield from _leaves(child, f"{path}.{key}" if path else str(key))
        case list():
            for index, child in enumerate(node):
                yield from _leaves(child, f"{path}[{index}]")
        case None:
            yield Value("body", path, "")
        case _:
            yield Value("body", path, str(node))


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
