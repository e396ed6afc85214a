"""How a page sends its visitor on without being asked: by a refresh, a script or a form; and what only may."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote, urlencode

from postback_wizard.domain.answer import page_charset
from postback_wizard.domain.location import resolve
from postback_wizard.domain.moves import Move, find_moves
from postback_wizard.domain.page import Page, read_page
from postback_wizard.domain.probe import Headers, HttpEvidence
from postback_wizard.domain.refresh import Refresh, read_refresh

#: A page that goes on after more seconds than this is read by people meanwhile; it is where a click lands.
LATE_S = 60
#: A longer page is believed to redirect by script only when it can be read where to.
SHORT_PAGE = 8192

WayKind = Literal["refresh", "meta", "script", "form", "hint"]
_FALLBACK = re.compile(r"(?:^|;)S\.browser_fallback_url=([^;]*)")
_CHARSET = re.compile(r"charset\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
_NO_PAGE = re.compile(r"\s*(?:attachment\b|.*;\s*filename)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Way:
    """One way on from a page.

    ``refresh`` (a header) and ``meta`` are what browsers do by the standard; ``script`` and ``form`` run with the page
    as far as reading can tell; a ``hint`` needs a condition or a person. ``how`` names what does it, such as
    ``location.replace``. ``target`` is an absolute URL, empty where it cannot be read or ``fault`` says why nobody
    can go there; ``shown`` is the address as it stands, with … for what is unknown. ``fields`` are what a form sends
    by POST. ``line`` counts from 1, 0 for a header; ``code`` is that line's text.
    """

    kind: WayKind
    how: str
    target: str
    fault: str = ""
    shown: str = ""
    seconds: int = 0
    line: int = 0
    code: str = ""
    fields: tuple[str, ...] = ()


@lru_cache(maxsize=8)
def ways_on(status: int, headers: Headers, body: str, url: str) -> tuple[Way, ...]:
    """Every way on that a page offers by itself, the one a browser would take first.

    Empty for answers that show no page: 204, 205, redirects, downloads. Of refreshes only the first that browsers
    understand counts, and the header goes before the page.
    """
    if status in (204, 205) or 300 <= status < 400 or _NO_PAGE.match(_value(headers, "content-disposition")):
        return ()
    header = read_refresh(", ".join(value for name, value in headers if name.lower() == "refresh"))
    kind = _value(headers, "content-type") or "text/html"
    page = read_page(body, url) if "html" in kind.lower() else Page(url)
    found = [_refreshed(refresh, url) for refresh in (header or page.refresh,) if refresh]
    found += _scripted(page, url, short=len(body) <= SHORT_PAGE)
    found += [replace(_refreshed(page.unscripted, url), kind="hint", how="noscript")] if page.unscripted else []
    named = _CHARSET.search(_value(headers, "content-type"))
    charset = named[1] if named else page_charset(body)
    found = [replace(way, target=_in_charset(way.target, charset)) for way in found]
    ways = tuple(way for way in found if not (way.target and _same(way.target, url)))
    return (*(way for way in ways if way.kind != "hint"), *(way for way in ways if way.kind == "hint"))


def _refreshed(refresh: Refresh, url: str) -> Way:
    how = "meta refresh" if refresh.line else "Refresh"
    kind: WayKind = "hint" if refresh.seconds > LATE_S else "meta" if refresh.line else "refresh"
    target, fault = resolve(refresh.reference, refresh.base or url) if refresh.reference else (url, "")
    return Way(kind, how, target, fault, refresh.reference, refresh.seconds, refresh.line)


def _scripted(page: Page, url: str, *, short: bool) -> list[Way]:
    """What scripts do, with the addresses that can be read first."""
    ways = [way for move in find_moves(page.scripts, url) for way in _way(move, page, short=short)]
    return sorted(ways, key=lambda way: not way.target)


def _way(move: Move, page: Page, *, short: bool) -> Iterator[Way]:
    match move.how:
        case "submit":
            yield from _form_way(move, page)
        case "click":
            named = next((item for item in page.anchors if set(item.names) & set(move.names)), None)
            if named is not None:
                yield _placed(move, "link.click()", named.href, page)
        case "document.write":
            written = read_page(move.text, page.base).refresh
            if written is not None and written.reference:
                target, fault = resolve(written.reference, page.base)
                yield Way("hint", move.how, target, fault, written.reference, 0, move.line, move.code)
        case _ if move.whole:
            yield _placed(move, move.how, move.text, page)
        case _ if move.at_load and short:
            yield Way("script", move.how, "", "", move.text, 0, move.line, move.code)


def _placed(move: Move, how: str, reference: str, page: Page) -> Way:
    target, fault = resolve(reference, page.base)
    kind: WayKind = "script" if move.at_load and _is_a_way(fault) else "hint"
    return Way(kind, how, target, fault, reference, 0, move.line, move.code)


def _form_way(move: Move, page: Page) -> Iterator[Way]:
    named = (form for form in page.forms if set(form.names) & set(move.names))
    form = next(named, page.forms[0] if len(page.forms) == 1 or "forms" in move.names else None)
    if form is None:
        return
    target, fault = resolve(form.action, page.base) if form.action else (page.base, "")
    if target and form.method == "GET":
        target = f"{target.partition('#')[0].partition('?')[0]}?{urlencode(form.fields)}"
    kind: WayKind = "form" if move.at_load else "hint"
    fields = tuple(name for name, _ in form.fields) if form.method == "POST" else ()
    yield Way(kind, f"{form.method} form", target, fault, target or form.action, 0, move.line, move.code, fields)


def _is_a_way(fault: str) -> bool:
    """Whether a browser would go there, or at least hand the address to an app."""
    return not fault or fault.startswith("APP_LINK")


def ways_of(hop: HttpEvidence) -> tuple[Way, ...]:
    """Every way on that an answered hop's page offers; none when it was not answered."""
    answer = hop.answer
    return ways_on(answer.status, answer.headers, answer.body, hop.request.url) if answer else ()


def app_link_of(hop: HttpEvidence) -> str:
    """The address by which a hop opens an app, by a redirect or by its page; empty when it opens none."""
    if hop.answer is None or not hop.has("APP_LINK"):
        return ""
    location = hop.answer.header("Location") if 300 <= hop.answer.status < 400 else ""
    return location or next((way.shown for way in ways_of(hop) if way.fault.startswith("APP_LINK")), "")


def fallback_of(app_link: str, url: str) -> Way | None:
    """Where a browser goes when the app that an ``intent:`` asks for is missing; None when it does not say."""
    found = _FALLBACK.search(app_link.partition("#Intent;")[2])
    target, fault = resolve(unquote(found[1]), url) if found else ("", "")
    return Way("hint", "browser_fallback_url", target, fault, target) if target else None


def _in_charset(target: str, charset: str) -> str:
    """An address with what its query holds beyond ASCII encoded as browsers do on a page in that character set."""
    before, mark, query = target.partition("?")
    if query.isascii() or not charset or charset.lower().startswith("utf"):
        return target
    try:
        raw = query.encode(charset, "xmlcharrefreplace")
    except LookupError:
        return target
    encoded = "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in raw)
    return f"{before}{mark}{encoded}"


def _same(one: str, other: str) -> bool:
    return one.partition("#")[0] == other.partition("#")[0]


def _value(headers: Headers, name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")
