"""Which documents a recorded session went to, and which entries make up the chain of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from postback_wizard.domain.identifiers import identifiers_in
from postback_wizard.domain.onward import SHORT_PAGE
from postback_wizard.domain.probe import HttpEvidence, RecordedPage, SentRequest
from postback_wizard.domain.recorded import ENDS_HERE, NEXT_IS_LIKELY, next_recorded
from postback_wizard.domain.url import encode_forbidden, split_url
from postback_wizard.effects.har_entry import Entry, items, string, table

#: Browsers give up earlier; a longer chain in a recording is a damaged recording.
MAX_HOPS = 50
MAX_PAGES = 100
#: A document that begins this soon after another one was read is taken for that page's doing.
SOON = timedelta(seconds=3)
#: Without one of these, a page whose text was recorded leads nowhere by itself.
_LEADING_ON = ("<script", "<form", "refresh", "<body onload")
_MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a chain, and how the browser went on from it."""

    entry: Entry
    notes: tuple[str, ...] = ()
    gated: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """The entries one navigation led through."""

    links: tuple[Link, ...]

    @property
    def url(self) -> str:
        """Where it began."""
        return self.links[0].entry.url

    def page(self) -> RecordedPage:
        """The chain as a line of a list."""
        carries = tuple(dict.fromkeys(item.name for item in identifiers_in(split_url(self.url))))
        return RecordedPage(self.url, len(self.links), self.links[-1].entry.url, carries)

    def hops(self, at: str) -> Iterator[HttpEvidence]:
        """The chain judged hop by hop; ``at`` stands in for times that are missing."""
        seen: list[str] = []
        for number, link in enumerate(self.links, start=1):
            yield link.entry.hop(number, tuple(seen), at, link.notes, gated=link.gated)
            seen.append(link.entry.url)


class Session:
    """A recording's entries in the order of time."""

    def __init__(self, tables: Sequence[dict[str, object]]) -> None:
        entries = [Entry(item) for item in tables]
        web = [entry for entry in entries if entry.url.lower().startswith(("http://", "https://"))]
        timed = [(entry.started, entry) for entry in web]
        if all(moment is not None for moment, _ in timed):
            web.sort(key=lambda entry: entry.started.timestamp() if entry.started else 0)
        self._entries = web
        strict = [n for n, entry in enumerate(web) if _is_document(entry, strict=True)]
        self._documents = strict or [n for n, entry in enumerate(web) if _is_document(entry, strict=False)]

    def chains(self) -> Iterator[Chain]:
        """The chain of each navigation that no earlier one led to."""
        used: set[int] = set()
        for start in self._documents[: 10 * MAX_PAGES]:
            if start not in used:
                found = self._walk(start)
                used.update(found)
                yield Chain(tuple(found.values()))

    def chain_from(self, url: str) -> Chain | None:
        """The chain that begins at the first request for that address, a document where there is one."""
        order = (*self._documents, *range(len(self._entries)))
        start = next((n for n in order if _same(self._entries[n].url, url)), None)
        return None if start is None else Chain(tuple(self._walk(start).values()))

    def _walk(self, start: int) -> dict[int, Link]:
        found: dict[int, Link] = {}
        following: int | None = start
        while following is not None and len(found) < MAX_HOPS:
            at = following
            found[at] = Link(self._entries[at])
            following, found[at] = self._step(at, found)
        return found

    def _step(self, at: int, found: dict[int, Link]) -> tuple[int | None, Link]:
        """The entry that follows, and this one with what is known of the way there."""
        entry = self._entries[at]
        seen = [link.entry.url for number, link in found.items() if number != at]
        target, gated = _target(entry, seen), False
        if not target and entry.status in _MOVED:
            target = _target(entry, seen, cookie=True)
            gated = target != "" and self._answers_otherwise(target, found)
            target = target if gated else ""
        following = self._find(target, at, found) if target else None
        if following is not None or target:
            return following, Link(entry, () if following is not None else (ENDS_HERE,), gated)
        likely = self._likely(at, found)
        return likely, Link(entry, (NEXT_IS_LIKELY,) if likely is not None else ())

    def _find(self, target: str, at: int, found: dict[int, Link]) -> int | None:
        """The next request for an address; http may have become https, as browsers do by themselves."""
        order = [*range(at + 1, len(self._entries)), *range(at)]
        free = [n for n in order if n not in found]
        exact = next((n for n in free if _same(self._entries[n].url, target)), None)
        if exact is not None or not target.lower().startswith("http://"):
            return exact
        return next((n for n in free if _same(self._entries[n].url, f"https{target[4:]}")), None)

    def _answers_otherwise(self, target: str, found: dict[int, Link]) -> bool:
        """Whether an address visited before was visited again and answered differently: no circle, a cookie."""
        before = next((link.entry for link in found.values() if _same(link.entry.url, target)), None)
        again = self._find(target, max(found), found)
        if before is None or again is None:
            return False
        after = self._entries[again]
        return (before.status, before.answer.header("Location")) != (after.status, after.answer.header("Location"))

    def _likely(self, at: int, found: dict[int, Link]) -> int | None:
        """The next document, where circumstances show that the page at ``at`` made the browser go there."""
        entry = self._entries[at]
        following = next((n for n in self._documents if n > at), None)
        if following is None or following in found or not 200 <= entry.status < 300:
            return None
        other = self._entries[following]
        led = _names(other, entry.url) or _scripted(entry) or _soon(entry, other)
        return following if led else None


def _is_document(entry: Entry, *, strict: bool) -> bool:
    """Whether an entry is a page of the top window: frames, images and requests of scripts are not."""
    kind, destination = entry.table.get("_resourceType"), entry.sent("sec-fetch-dest")
    if kind not in (None, "document", "other", "") or destination not in ("", "document"):
        return False
    if kind == "document" or destination == "document":
        return True
    if "text/html" in entry.mime or "application/xhtml" in entry.mime:
        return True
    accepts = entry.sent("accept")
    return entry.status in _MOVED and (not strict or not accepts or "text/html" in accepts)


def _request(entry: Entry) -> SentRequest:
    return SentRequest("GET", entry.url, "")


def _target(entry: Entry, seen: Sequence[str], *, cookie: bool = False) -> str:
    if not entry.is_answered:
        return ""
    return next_recorded(_request(entry), entry.answer, seen, cookie_sent=cookie or entry.sent_cookie)


def _same(one: str, other: str) -> bool:
    """Whether two addresses are one: a fragment is never sent, and browsers encode what HTTP forbids."""
    left, right = split_url(one), split_url(other)
    return (left.origin, encode_forbidden(left.target)) == (right.origin, encode_forbidden(right.target))


def nearly(one: str, other: str) -> bool:
    """Whether two addresses are the same page, whatever their query and scheme."""
    left, right = split_url(one), split_url(other)
    return (left.host.lower(), left.path.rstrip("/")) == (right.host.lower(), right.path.rstrip("/"))


def _names(entry: Entry, url: str) -> bool:
    """Whether a browser recorded that a script of that page started this request."""
    initiator = table(entry.table.get("_initiator"))
    if initiator.get("type") != "script":
        return False
    frames = items(table(initiator.get("stack")).get("callFrames"))
    named = [string(initiator.get("url")), *(string(table(frame).get("url")) for frame in frames)]
    return any(name and _same(name, url) for name in named)


def _scripted(entry: Entry) -> bool:
    hop = entry.hop(1, (), "", (), gated=False)
    return hop.has("BROWSER_REDIRECT")


def _soon(entry: Entry, other: Entry) -> bool:
    """Whether the next document began right after a page that nobody can have read, and that can send a browser on."""
    body = entry.answer.body.lower()
    if entry.started is None or other.started is None or (body and not any(mark in body for mark in _LEADING_ON)):
        return False
    ended = entry.started + timedelta(milliseconds=entry.took_ms)
    referer = other.sent("referer")
    named = referer and split_url(referer).origin == split_url(entry.url).origin
    return other.started - ended <= SOON and (bool(named) or (not referer and len(entry.answer.body) <= SHORT_PAGE))
