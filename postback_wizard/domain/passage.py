"""What becomes of identifiers from one hop of a click to the next."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from postback_wizard.domain.case import Case
from postback_wizard.domain.hopdiff import diff_hops, names_of
from postback_wizard.domain.identifiers import (
    Alteration,
    Identifier,
    altered_in,
    carries,
    find_click_id,
    has_macro,
    identifiers_in,
    is_followable,
)
from postback_wizard.domain.onward import app_link_of
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.url import Url, split_url

#: A query dropped while the page stays the same; the click id; every identifier; the click id while the hop puts an
#: id of its own in its place; some ad click ids; ad click ids while the hop puts an id of its own in their place; a
#: part of the query, no identifier among it, while the page stays the same.
LossKind = Literal["query", "click-id", "all", "replaced", "some", "handed-over", "part"]

_OPAQUE = re.compile(r"(?=[^/?#&=.]*[0-9])[A-Za-z0-9_\-]{10,}")


@dataclass(frozen=True, slots=True)
class Loss:
    """What one hop did not hand on: parameter names, and the URL that came next."""

    hop: HttpEvidence
    number: int
    names: tuple[str, ...]
    next_url: str
    kind: LossKind


@dataclass(frozen=True, slots=True)
class Change:
    """One identifier that a hop handed on with another value."""

    hop: HttpEvidence
    number: int
    identifier: Identifier
    name: str
    after: str
    how: Alteration


def click_id_of(case: Case) -> str:
    """The click id to follow: the one that is known where the trace shows it, otherwise the tracker's own."""
    hops = case.trace()
    known = case.facts.click_id
    if known and any(carries(url, known) for url in _urls(hops)):
        return known
    return find_click_id(hops)[0] if hops else ""


def losses(hops: Sequence[HttpEvidence], click_id: str) -> Iterator[Loss]:
    """One loss for each hop after which identifiers are seen no more."""
    urls = _urls(hops)
    for index, hop in enumerate(hops):
        later = urls[index + 1 :]
        if not later:
            return
        url, after = split_url(urls[index]), split_url(later[0])
        changed = {change.identifier.start for change in _changes(hop, index, url, after, click_id)}
        here = tuple(item for item in identifiers_in(url, click_id) if not has_macro(item.value))
        gone = tuple(
            item
            for item in here
            if is_followable(item.value) and item.start not in changed and not _carried(item.value, later)
        )
        kind: LossKind | None = "query" if _drops_query(url, later) and (gone or not here) else None
        kind = kind or _kind(after, here, gone, click_id, urls[: index + 1])
        same_page = _page(url) == _page(after)
        forgotten = _forgotten(urls, index) if same_page else ()
        kind = kind or ("part" if forgotten else None)
        if kind:
            named = dict.fromkeys(item.name for item in gone)
            names = tuple(dict.fromkeys((*forgotten, *named))) or tuple(param.name for param in url.params())
            yield Loss(hop, hop.hop or index + 1, names, later[0], kind)


def _forgotten(urls: Sequence[str], index: int) -> tuple[str, ...]:
    """The parameters a page asks for itself without, and nobody sees again; what it added itself before is its own."""
    url, later = urls[index], urls[index + 1 :]
    same_host = index > 0 and split_url(urls[index - 1]).host.lower() == split_url(url).host.lower()
    own = names_of(diff_hops(urls[index - 1], url), "added") if same_host else ()
    lost = [
        (item.name, item.before.text)
        for item in diff_hops(url, later[0])
        if item.fate == "lost"
        and item.before
        and item.before.value
        and item.name not in own
        and not has_macro(item.before.value)
    ]
    again = {(param.name, param.text) for address in later for param in split_url(address).params()} if lost else ()
    return tuple(dict.fromkeys(name for name, text in lost if (name, text) not in again))


def _kind(
    after: Url, here: tuple[Identifier, ...], gone: tuple[Identifier, ...], click_id: str, before: Sequence[str]
) -> LossKind | None:
    if not gone:
        return None
    mints = _mints(after, before)
    if click_id and any(_is(item, click_id) for item in gone):
        return "replaced" if mints else "click-id"
    ad_ids = tuple(item for item in gone if item.platform)
    if mints:
        return "handed-over" if ad_ids else None
    if len(gone) == len(tuple(item for item in here if is_followable(item.value))):
        return "all"
    return "some" if ad_ids else None


def _is(item: Identifier, click_id: str) -> bool:
    return click_id in (item.value, item.text)


def _drops_query(url: Url, later: Sequence[str]) -> bool:
    """Whether the same page is asked for next, only without its query, and nothing of it comes back."""
    after = split_url(later[0])
    lost = tuple(param.value for param in url.params() if param.value)
    same_page = _page(url) == _page(after) and not after.query
    return bool(lost) and same_page and not any(_carried(value, later) for value in lost)


def _page(url: Url) -> tuple[str, str]:
    return url.host.lower().removeprefix("www."), url.path.rstrip("/").lower()


def _mints(after: Url, before: Sequence[str]) -> bool:
    """Whether a URL holds an id that was nowhere before: under a known name, or one that looks like an id."""
    named = (item.value for item in identifiers_in(after) if is_followable(item.value))
    opaque = (param.value for param in after.params() if _OPAQUE.fullmatch(param.value))
    segments = (part for part in after.path.split("/") if _OPAQUE.fullmatch(part))
    return any(not _carried(value, before) for value in (*named, *opaque, *segments))


def changes(hops: Sequence[HttpEvidence], click_id: str) -> Iterator[Change]:
    """Each identifier that came out of a hop with another value, unless a later hop holds it unchanged."""
    urls = _urls(hops)
    for index, hop in enumerate(hops[:-1]):
        yield from _changes(hop, index, split_url(urls[index]), split_url(urls[index + 1]), click_id)


def _changes(hop: HttpEvidence, index: int, url: Url, after: Url, click_id: str) -> Iterator[Change]:
    beside = {param.value for param in url.params()}
    for item in identifiers_in(url, click_id):
        if has_macro(item.value) or len(item.text) < 4:
            continue
        found = altered_in(item, after, beside)
        if found:
            how, param = found
            yield Change(hop, hop.hop or index + 1, item, param.name, param.value, how)


def _carried(value: str, urls: Sequence[str]) -> bool:
    return any(carries(url, value) for url in urls)


def _urls(hops: Sequence[HttpEvidence]) -> list[str]:
    """The URL of each hop, and where the last one pointed when that was an app rather than a page."""
    urls = [hop.request.url for hop in hops]
    app_link = app_link_of(hops[-1]) if hops else ""
    return [*urls, app_link] if app_link else urls
