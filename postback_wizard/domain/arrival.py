"""A callback that arrived: as evidence, and beside the one that was expected, what is the same and what is not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from postback_wizard.domain.case import SENDER_LEFT
from postback_wizard.domain.exact import ExactRequest, Headers
from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.probe import Answer, HttpEvidence, SentRequest, Timing, Verdicts
from postback_wizard.domain.template import Value, read_body
from postback_wizard.domain.url import split_url

Sort = Literal["same", "filled", "macro", "changed", "missing", "added"]
#: Headers that tell how a body is to be read; the others are the sender's own affair.
_TELLING = ("content-type",)


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of the request. ``filled`` is a macro with a value in its place, ``macro`` one that came as it stands.

    ``place`` is ``method``, ``path``, ``query``, ``header`` or ``body``; ``name`` the parameter or header.
    """

    place: str
    name: str
    expected: str
    arrived: str
    sort: Sort


#: The name of evidence that is a request somebody else made to this machine.
RECEIVED = "received"


class Replied(Protocol):
    """What the receiver answers with: a status, a body, and the seconds it waits before."""

    @property
    def status(self) -> int: ...
    @property
    def body(self) -> str: ...
    @property
    def delay_s(self) -> float: ...


class Arrived(Protocol):
    """A request that the receiver on this machine caught, and the reply it is given."""

    @property
    def at(self) -> str: ...
    @property
    def peer(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def headers(self) -> Headers: ...
    @property
    def body(self) -> str: ...
    @property
    def raw_base64(self) -> str: ...
    @property
    def problem(self) -> str: ...
    @property
    def reply(self) -> Replied: ...
    @property
    def left(self) -> bool: ...


def received(found: Arrived, url: str) -> HttpEvidence:
    """What was caught, with the reply it is given, as evidence; ``url`` is where the receiver listens.

    ``detail`` holds the raw bytes in base64 where text does not say them all; ``timing_ms.total`` is the wait before
    the reply. ``SENDER_LEFT`` says that the sender had closed its side before the reply was sent.
    """
    reply = found.reply
    problem, left = (f"TURNED_AWAY({found.problem})",), (SENDER_LEFT,)
    outcome = ("RECEIVED", *(problem if found.problem else ()), *(left if found.left else ()))
    return HttpEvidence(
        name=RECEIVED,
        at=found.at,
        delivery="answered",
        outcome=outcome,
        request=SentRequest(found.method, f"{url.rstrip('/')}{found.target}", found.target, found.headers, found.body),
        answer=Answer(reply.status, (), reply.body, len(reply.body.encode("utf-8", "surrogatepass"))),
        verdicts=Verdicts("ok"),
        timing_ms=Timing(total=reply.delay_s * 1000),
        peer=found.peer,
        detail=found.raw_base64,
    )


def raw_request(method: str, target: str, headers: Headers, body: str) -> str:
    """A caught request as raw HTTP text, for a fact or a screen."""
    head = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers)]
    return "\n".join([*head, "", body] if body else head)


def differences(expected: ExactRequest, method: str, target: str, headers: Headers, body: str) -> Iterator[Difference]:
    """Every part that was expected or arrived, in the order of the request. Hosts are not compared."""
    yield _compare("method", "", expected.method, method)
    wanted, came = split_url(expected.url), split_url(f"http://localhost{target}")
    yield _compare("path", "", wanted.path or "/", came.path or "/")
    yield from _fields("query", _query(expected.url), _query(f"http://localhost{target}"))
    for name in _TELLING:
        given = expected.header(name)
        if given is not None:
            arrived = next((value for key, value in headers if key.lower() == name), None)
            yield _judge("header", name, given, arrived)
    yield from _fields("body", read_body(expected.body), read_body(body))


def _query(url: str) -> tuple[Value, ...]:
    return tuple(Value("query", param.name, param.text) for param in split_url(url).params())


def _fields(place: str, wanted: tuple[Value, ...], came: tuple[Value, ...]) -> Iterator[Difference]:
    """Values of the same name are compared in their turn."""
    arrived = _numbered(came)
    for key, value in _numbered(wanted).items():
        yield _judge(place, key[0], value, arrived.pop(key, None))
    for (name, _), value in arrived.items():
        yield Difference(place, name, "", value, "added")


def _numbered(values: tuple[Value, ...]) -> dict[tuple[str, int], str]:
    turns: Counter[str] = Counter()
    found: dict[tuple[str, int], str] = {}
    for value in values:
        found[value.name, turns[value.name]] = value.text
        turns[value.name] += 1
    return found


def _judge(place: str, name: str, expected: str, arrived: str | None) -> Difference:
    if arrived is None:
        return Difference(place, name, expected, "", "missing")
    return _compare(place, name, expected, arrived)


def _compare(place: str, name: str, expected: str, arrived: str) -> Difference:
    macros = place not in ("method", "path") and bool(find_macros(expected))
    if macros and expected == arrived:
        sort: Sort = "macro"
    elif expected == arrived:
        sort = "same"
    else:
        sort = "filled" if macros and arrived else "changed"
    return Difference(place, name, expected, arrived, sort)
