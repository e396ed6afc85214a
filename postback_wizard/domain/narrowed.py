"""Blocked or broken: what a few harmless requests beside an unanswered or refused callback tell about the cause."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from postback_wizard.domain.case import Case
from postback_wizard.domain.heard import Heard, heard, names_conversion, unheard
from postback_wizard.domain.probe import LOOK, HttpEvidence
from postback_wizard.domain.refusal import refusal_kind
from postback_wizard.domain.url import split_url

#: The harmless requests: the root of the host as the callback asks, as a browser, past the proxy; and its options.
LookCode = Literal["root", "agent", "direct", "options"]

#: What the requests amount to. ``address``: another place is let through. ``agent``: a browser is. ``method``: the path
#: takes others. ``host``: the host has no such service. ``request``: the host answers, so it is this path or request.
#: ``place``: nothing is let through from here. ``silent``: nothing is answered from anywhere that was tried.
Cause = Literal["address", "agent", "method", "host", "request", "place", "silent"]

_PUZZLING = (403, 404, 405, 406, 410, 421, 429, 451, 501, 503)
_TURNED_AWAY = (401, 403, 406, 429, 451, 503)
_BROKEN_HANDSHAKE = ("TLS_CLOSED", "TLS_TIMEOUT")


@dataclass(frozen=True, slots=True)
class Look:
    """One harmless request and what came of it. ``place`` is where it left from; ``status`` is 0 without an answer."""

    code: str
    host: str
    place: str
    method: str
    agent: str
    status: int
    outcome: str
    allow: str
    turned_away: bool

    @property
    def result(self) -> str:
        """The status, or the outcome's name where there is none."""
        return str(self.status) if self.status else self.outcome

    @property
    def where(self) -> str:
        """The place in the evidence."""
        return f"{LOOK}{self.code}"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What was told apart: the cause, the request that shows it, and the one it is compared with (or the same)."""

    cause: Cause
    seen: Look
    beside: Look


def is_puzzling(case: Case) -> bool:
    """Whether the callback met something that a block and a broken endpoint have in common."""
    if any(_is_odd(answer) for answer in heard(case)):
        return True
    missing = unheard(case)
    return missing is not None and (
        missing.kind in ("time", "unreachable") or missing.outcome.startswith(_BROKEN_HANDSHAKE)
    )


def _is_odd(answer: Heard) -> bool:
    """Whether the application itself may not have spoken: its own words leave nothing to tell apart."""
    own_words = names_conversion(answer) or refusal_kind(answer.reason)[0] in (
        "token",
        "signature",
        "missing",
        "account",
    )
    return answer.has("BLOCKED_BY_WAF") or (answer.status in _PUZZLING and not own_words)


def looks_of(case: Case) -> dict[str, Look]:
    """The harmless requests that were made, by their codes."""
    record = case.record("replay")
    found = (item for item in record.evidence if item.kind == "http" and item.is_look) if record else ()
    return {look.code: look for look in map(_look, found)}


def is_turned_away(evidence: HttpEvidence) -> bool:
    """Whether a harmless request was refused at the door or got no answer."""
    answer = evidence.answer
    return answer is None or answer.status in _TURNED_AWAY or evidence.has("BLOCKED_BY_WAF")


def narrowed(case: Case) -> Iterator[Narrowed]:
    """What the harmless requests tell; nothing where none was made or the callback met no puzzle."""
    looks = looks_of(case)
    root = looks.get("root")
    if root is None or not is_puzzling(case):
        return
    away = looks.get("direct")
    if away and away.turned_away != root.turned_away:
        seen, beside = (root, away) if root.turned_away else (away, root)
        yield Narrowed("address", seen, beside)
    if root.turned_away:
        yield from _closed(root, looks)
    else:
        yield from _open(case, root, looks)


def _closed(root: Look, looks: dict[str, Look]) -> Iterator[Narrowed]:
    browser, away = looks.get("agent"), looks.get("direct")
    if browser and not browser.turned_away:
        yield Narrowed("agent", root, browser)
    elif not any(look.status for look in looks.values()):
        yield Narrowed("silent", root, away or root)
    elif away is None or away.turned_away:
        yield Narrowed("place", root, browser or root)


def _open(case: Case, root: Look, looks: dict[str, Look]) -> Iterator[Narrowed]:
    options = looks.get("options")
    answers = tuple(heard(case))
    method = next((answer.method for answer in answers if answer.method), "")
    takes = {name.strip().upper() for name in options.allow.split(",")} if options else set()
    if options and options.allow and method and method.upper() not in takes:
        yield Narrowed("method", options, root)
    elif root.status == 421 or _lacks(answers, root):
        yield Narrowed("host", root, root)
    else:
        yield Narrowed("request", root, root)


def _lacks(answers: tuple[Heard, ...], root: Look) -> bool:
    """Whether the host has nothing at its root either: no service of that name seems to live there."""
    return root.status in (404, 410) and any(answer.status in (404, 410) for answer in answers)


def _look(item: HttpEvidence) -> Look:
    answer = item.answer
    agent = next((value for name, value in item.request.headers if name.lower() == "user-agent"), "")
    return Look(
        code=item.name.removeprefix(LOOK),
        host=split_url(item.request.url).host,
        place=item.egress or "—",
        method=item.request.method,
        agent=agent,
        status=answer.status if answer else 0,
        outcome=(item.outcome or ("",))[0],
        allow=answer.header("Allow") if answer else "",
        turned_away=is_turned_away(item),
    )
