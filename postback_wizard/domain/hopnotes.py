"""What is worth knowing about one hop besides its parameters: the cookies it sets, and oddities of the way it took."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from postback_wizard.domain.probe import Answer, HttpEvidence
from postback_wizard.domain.url import default_port, split_url

NoteCode = Literal["downgrade", "permanent", "permanent-not-kept", "port", "hsts-hides", "hsts-ignored"]

#: Statuses a browser may remember and not ask for again (RFC 9110 sections 15.4.2 and 15.4.9).
PERMANENT = (301, 308)


@dataclass(frozen=True, slots=True)
class Note:
    """One thing worth knowing, without words."""

    code: NoteCode
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetCookie:
    """A cookie as the answer sets it; an empty ``domain`` means this host alone, an empty ``expires`` this session."""

    name: str
    value: str
    domain: str = ""
    expires: str = ""


def cookies_set(answer: Answer | None) -> tuple[SetCookie, ...]:
    """The cookies of an answer, in its order. Never raises."""
    if answer is None:
        return ()
    return tuple(_cookie(value) for name, value in answer.headers if name.lower() == "set-cookie")


def _cookie(text: str) -> SetCookie:
    pair, _, rest = text.partition(";")
    name, equals, value = pair.partition("=")
    parts = (part.partition("=") for part in rest.split(";"))
    attributes = {key.strip().lower(): item.strip() for key, _, item in parts}
    age = attributes.get("max-age", "")
    expires = f"Max-Age={age}" if age else attributes.get("expires", "")
    name, value = (name, value) if equals else ("", name)
    return SetCookie(name.strip(), value.strip(), attributes.get("domain", ""), expires)


def notes_on(hop: HttpEvidence, next_url: str) -> Iterator[Note]:
    """What to know about a hop that went on to ``next_url`` (empty for the last one)."""
    here, after = split_url(hop.request.url), split_url(next_url)
    secure, answer = here.scheme.lower() == "https", hop.answer
    hsts = bool(answer and answer.header("Strict-Transport-Security"))
    if secure and after.scheme.lower() == "http":
        yield Note("downgrade", {"host": after.host})
        if hsts and after.host.lower() == here.host.lower():
            yield Note("hsts-hides", {"host": here.host})
    if hsts and here.scheme.lower() == "http":
        yield Note("hsts-ignored")
    if answer and answer.status in PERMANENT and next_url:
        kept = "no-store" not in answer.header("Cache-Control").lower()
        yield Note("permanent" if kept else "permanent-not-kept", {"status": str(answer.status)})
    if here.port_number not in (None, default_port(here.scheme)):
        yield Note("port", {"port": str(here.port_number)})
