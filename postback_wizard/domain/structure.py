"""What is wrong with how a URL is put together, although it opens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from postback_wizard.domain.identifiers import is_identifier_name
from postback_wizard.domain.macros import masked
from postback_wizard.domain.url import Param, split_url

Kind = Literal["entity", "second-question", "question-missing", "behind-hash", "nested-raw", "twice", "space"]

_NAME = r"[A-Za-z_][\w.\-]{0,60}"
_ENTITY = re.compile(rf"&amp;({_NAME})=", re.IGNORECASE)
_QUESTION = re.compile(rf"\?&?({_NAME})=")
_MISSING = re.compile(rf"(?:&|%3[Ff])({_NAME})(?:=|%3[Dd])")
_HASH = re.compile(rf"(?:\A|[?&/])({_NAME})=([^&]{{0,200}})")
_WEB = re.compile(r"https?://", re.IGNORECASE)
#: Parameters that by custom hold the rest of the URL, whatever stands in it.
_TAKE_THE_REST = frozenset(("adurl",))
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a URL: its kind, the parameter it strikes first, how it stands, and how it was meant.

    ``cut`` are the parameters that a nested address loses to the URL around it; ``matters`` where an identifier is
    struck.
    """

    kind: Kind
    param: str
    shown: str
    meant: str
    matters: bool
    cut: tuple[Param, ...] = ()


@lru_cache(maxsize=64)
def params_of(text: str) -> tuple[Param, ...]:
    """The query of a link that may hold macros, pair by pair; a macro's own marks (``#x#``, ``&``) split nothing."""
    covered = masked(text)
    found = split_url(covered).params()
    return found if covered == text else tuple(_as_it_stands(param, text) for param in found)


def faults(text: str) -> tuple[Fault, ...]:
    """The faults of a URL in the order of how much they break. Never raises."""
    text = text.strip()
    url = masked(text)
    if _WEB.match(url) is None or len(url) > 65_536:
        return ()
    found = (
        *_entities(url),
        *_questions(text, url),
        *_behind_hash(url),
        *_nested(text, url),
        *_twice(text),
        *_spaces(text, url),
    )
    return tuple(found)


def cut_off(url: str) -> frozenset[str]:
    """Names of the parameters that a raw nested address loses to the URL around it."""
    return frozenset(param.name for fault in faults(url) for param in fault.cut)


def _as_it_stands(param: Param, text: str) -> Param:
    pair = text[param.start : param.end]
    at = len(param.key)
    value = pair[at + 1 :] if param.has_equals else ""
    return Param(pair[:at], value, param.start, param.end, param.has_equals)


def _entities(url: str) -> Iterator[Fault]:
    names = [found[1] for found in _ENTITY.finditer(url)]
    if names:
        name = _worst(names)
        yield Fault("entity", name, f"&amp;{name}=", f"&{name}=", _matters(name))


def _questions(text: str, url: str) -> Iterator[Fault]:
    parts = split_url(url)
    if parts.query is None:
        names = [found[1] for found in _MISSING.finditer(parts.path)]
        if names:
            at = len(parts.scheme) + len(":") + len(parts.slashes) + len(parts.authority)
            shown = text[at : at + len(parts.path)][:_SHOWN]
            yield Fault("question-missing", _worst(names), shown, f"?{names[0]}=", _matters(_worst(names)))
        return
    if _WEB.match(parts.query):
        return
    for param in parts.params():
        # A question mark may stand in a value; one that begins a pair of its own was meant to be an ampersand.
        pair = url[param.start : param.end]
        found = _QUESTION.search(pair)
        if found and "://" not in pair and not pair.startswith("/"):
            glued = _matters(param.key) and not _matters(found[1])
            before = text[param.start : param.start + found.start()][-_SHOWN:] if glued else ""
            struck = param.key if glued else found[1]
            yield Fault("second-question", struck, f"{before}?{found[1]}=", f"{before}&{found[1]}=", _matters(struck))
            return


def _behind_hash(url: str) -> Iterator[Fault]:
    parts = split_url(url)
    if not parts.fragment or parts.fragment.startswith((":~:", "!")):
        return
    before = {param.name for param in parts.params() if param.value}
    for found in _HASH.finditer(parts.fragment):
        name = found[1]
        if is_identifier_name(name) and name not in before:
            yield Fault("behind-hash", name, f"#…{name}=", f"?{name}=", matters=True)
            return


def _nested(text: str, url: str) -> Iterator[Fault]:
    """A raw address with a query of its own: whatever follows its first ``&`` belongs to the URL around it."""
    query = split_url(url).query or ""
    if _WEB.match(query):
        return
    params = params_of(text)
    for index, param in enumerate(params):
        rest = params[index + 1 :]
        if _WEB.match(param.value) and "?" in param.value and rest and param.name.lower() not in _TAKE_THE_REST:
            shown = f"{param.key}={param.value}"[:_SHOWN]
            named = _worst([item.name for item in rest])
            struck = any(_matters(item.name) for item in rest)
            yield Fault("nested-raw", named, f"{shown} | &{named}=", f"{param.key}=https%3A%2F%2F…", struck, rest)
            return


def _twice(text: str) -> Iterator[Fault]:
    values: dict[str, list[str]] = {}
    for param in params_of(text):
        values.setdefault(param.key, []).append(param.value)
    told = [(key, found) for key, found in values.items() if len(set(found)) > 1 and not key.endswith("]")]
    told.sort(key=lambda item: not _matters(item[0]))
    for key, found in told[:1]:
        shown = " … ".join(f"{key}={value}"[:_SHOWN] for value in dict.fromkeys(found))
        yield Fault("twice", key, shown, f"{key}={found[-1]}"[:_SHOWN], _matters(key))


def _spaces(text: str, url: str) -> Iterator[Fault]:
    for param in split_url(url).params():
        if re.search(r"\s", param.key + param.value):
            pair = text[param.start : param.end][:_SHOWN]
            yield Fault("space", param.key.strip(), pair, re.sub(r"\s", "%20", pair), _matters(param.key.strip()))
            return


def _matters(name: str) -> bool:
    return is_identifier_name(name)


def _worst(names: list[str]) -> str:
    """The name of an identifier among several, otherwise the first."""
    return next((name for name in names if _matters(name)), names[0])
