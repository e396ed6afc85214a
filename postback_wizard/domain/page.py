"""An HTML page as a browser with scripts sees it: what could send the visitor on, and where on the page it stands.

Nothing is executed and nothing is fetched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import unescape

from postback_wizard.domain.html import Tag, read_tags
from postback_wizard.domain.location import resolve
from postback_wizard.domain.refresh import Refresh, clean_reference, read_refresh

#: Scripts are read up to this many characters a page: code that redirects is short, libraries are not.
SCRIPT_CAP = 65_536

#: Words of which one stands on every page that leads on.
_MARKS = ("http-equiv", "refresh", "location", "submit", "open", "click")
_WANTED = frozenset({"base", "meta", "noscript", "script", "form", "input", "textarea", "a", "body"})
_SCRIPT_TYPES = re.compile(
    r"(?:|module|(?:text|application)/(?:x-)?(?:java|ecma)script|text/jscript)(?:;.*)?", re.IGNORECASE
)
#: A script without a word of redirects may still call a function that has one, if it is this short.
_CALLER = 2048
_MOST_PLACES = 2000
_MOST_FORMS = 100


@dataclass(frozen=True, slots=True)
class Script:
    """A piece of code, the line it begins at, and what runs it: ``load`` (the page itself) or ``click`` (a person)."""

    code: str
    line: int
    runs: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form with the names it goes by, where it leads, and the fields that a browser would send unasked."""

    names: tuple[str, ...]
    action: str
    method: str
    fields: tuple[tuple[str, str], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link with the names it goes by."""

    names: tuple[str, ...]
    href: str
    line: int


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds of these; ``refresh`` is the one that counts, ``unscripted`` one for browsers without scripts.

    ``base`` is what references on the page are relative to.
    """

    base: str
    refresh: Refresh | None = None
    unscripted: Refresh | None = None
    scripts: tuple[Script, ...] = ()
    forms: tuple[Form, ...] = ()
    anchors: tuple[Anchor, ...] = ()


@lru_cache(maxsize=4)
def read_page(body: str, url: str) -> Page:
    """A page's ways on; a page without a word of any kind of redirect is not even taken apart."""
    if "<" not in body or not _has_mark(body):
        return Page(url)
    reading = _Reading(url)
    for tag in read_tags(body, _WANTED):
        reading.take(tag)
    return reading.page()


@dataclass(slots=True)
class _Reading:
    """What was found so far on the way through a page."""

    url: str
    base: str = ""
    refresh: Refresh | None = None
    unscripted: Refresh | None = None
    scripts: list[Script] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    is_form_open: bool = False

    def take(self, tag: Tag) -> None:
        """The next tag of the page."""
        if tag.end or tag.inert:
            self.is_form_open = self.is_form_open and tag.name != "form"
            return
        base = self.base or self.url
        match tag.name:
            case "base":
                self.base = self.base or _base(tag, self.url)
            case "meta":
                self.refresh = self.refresh or _meta(tag, base)
            case "noscript":
                self.unscripted = self.unscripted or _unscripted(tag, base)
            case "form" if not self.is_form_open and len(self.forms) < _MOST_FORMS:
                self.is_form_open = True
                self.forms.append(_form(tag))
            case "input" | "textarea" if self.is_form_open and len(self.forms[-1].fields) < _MOST_FORMS:
                self.forms[-1] = replace(self.forms[-1], fields=(*self.forms[-1].fields, *_field(tag)))
            case "a" if len(self.anchors) < _MOST_PLACES:
                self.anchors.extend(_anchor(tag))
            case _:
                pass
        if len(self.scripts) < _MOST_PLACES:
            self.scripts.extend(_scripts(tag))

    def page(self) -> Page:
        """All of it."""
        scripts = tuple(_within_cap(self.scripts))
        base = self.base or self.url
        return Page(base, self.refresh, self.unscripted, scripts, tuple(self.forms), tuple(self.anchors))


def _has_mark(text: str) -> bool:
    lower = text.lower()
    return any(mark in lower for mark in _MARKS)


def _base(tag: Tag, url: str) -> str:
    reference = clean_reference(tag.attributes.get("href", ""))
    return resolve(reference, url)[0] if reference else ""


def _meta(tag: Tag, base: str) -> Refresh | None:
    if tag.attributes.get("http-equiv", "").lower() != "refresh":
        return None
    found = read_refresh(tag.attributes.get("content", ""))
    return replace(found, line=tag.line, base=base) if found and _parses(found.reference, base) else None


def _parses(reference: str, base: str) -> bool:
    """Whether a browser takes a reference for a URL, and one it would go to from a meta element."""
    fault = resolve(reference, base)[1] if reference else ""
    return fault not in ("REDIRECT_INVALID(url)", "REDIRECT_INVALID(port)", "BLOCKED_SCHEME(javascript)")


def _unscripted(tag: Tag, base: str) -> Refresh | None:
    """A refresh that stands where only browsers without scripts read it."""
    metas = (_meta(inner, base) for inner in read_tags(tag.content, ("meta",)) if inner.name == "meta")
    found = next((meta for meta in metas if meta), None)
    return replace(found, line=found.line + tag.content_line - 1) if found else None


def _scripts(tag: Tag) -> Iterator[Script]:
    given = tag.attributes
    if tag.name == "script":
        runs = tag.closed and "src" not in given and "nomodule" not in given
        if runs and _SCRIPT_TYPES.fullmatch(given.get("type", "").strip()):
            yield Script(tag.content, tag.content_line, "load")
        return
    for name in ("onload", "onpageshow", "onclick"):
        if code := given.get(name):
            yield Script(code, tag.line, "load" if tag.name == "body" and name != "onclick" else "click")


def _within_cap(scripts: list[Script]) -> Iterator[Script]:
    left = SCRIPT_CAP
    for script in scripts:
        if len(script.code) <= left and (len(script.code) <= _CALLER or _has_mark(script.code)):
            left -= len(script.code)
            yield script


def _form(tag: Tag) -> Form:
    given = tag.attributes
    names = tuple(name for name in (given.get("id"), given.get("name")) if name)
    method = "POST" if given.get("method", "").lower() == "post" else "GET"
    return Form(names, clean_reference(given.get("action", "")), method, (), tag.line)


def _field(tag: Tag) -> Iterator[tuple[str, str]]:
    given = tag.attributes
    name, kind = given.get("name", ""), given.get("type", "").lower()
    if not name or "disabled" in given or kind in ("submit", "button", "image", "reset", "file"):
        return
    if kind in ("checkbox", "radio") and "checked" not in given:
        return
    yield name, unescape(tag.content).removeprefix("\n") if tag.name == "textarea" else given.get("value", "")


def _anchor(tag: Tag) -> Iterator[Anchor]:
    given = tag.attributes
    if "href" in given:
        names = (given.get("id", ""), *given.get("class", "").split())
        yield Anchor(tuple(name for name in names if name), clean_reference(given["href"]), tag.line)
