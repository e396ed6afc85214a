"""The variants of a click worth comparing: another device, without its click ID, another scheme, another slash."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import unquote

from postback_wizard.domain.identifiers import CLICK_NAMES, Identifier, identifiers_in
from postback_wizard.domain.url import Url, split_url

#: The click as given is not among them: it is the trace itself, and beside it these make six at most.
VariantCode = Literal["desktop", "iphone", "android", "no-click-id", "http", "https", "slash", "no-slash"]

DESKTOP = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36"
)
#: Codes of variants that differ from the click as given in the device alone.
DEVICES: tuple[VariantCode, ...] = ("desktop", "iphone", "android")

_DEVICE_WORDS = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux")
_FILE = re.compile(r"[^/]*\.[A-Za-z0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of asking for the same click: the first URL of its chain, and the browser it appears as."""

    code: VariantCode
    url: str
    agent: str


def variants_of(url: str, agent: str, click_id: str = "") -> tuple[Variant, ...]:
    """The variants of a click that make sense for it, five at most; ``click_id`` is one that is known.

    A port of its own leaves the scheme alone, and a file or the root of a host has no other slash.
    """
    given = split_url(url)
    if not given.is_web:
        return ()
    devices = tuple(Variant(code, url, other) for code, other in _other_devices(agent))
    changed = (*_without_click_id(given, click_id), *_other_scheme(given), *_other_slash(given))
    return (*devices, *(Variant(code, str(other), agent) for code, other in changed))


def device_of(agent: str) -> str:
    """The device a user agent names, such as ``iPhone``; the start of the user agent where it names none."""
    return next((word for word in _DEVICE_WORDS if word in agent), agent[:30])


def _other_devices(agent: str) -> Iterator[tuple[VariantCode, str]]:
    own = device_of(agent)
    if own in ("iPhone", "iPad", "Android"):
        yield "desktop", DESKTOP
    if own not in ("iPhone", "iPad"):
        yield "iphone", IPHONE
    if own != "Android":
        yield "android", ANDROID


def _without_click_id(url: Url, click_id: str) -> Iterator[tuple[VariantCode, Url]]:
    names = {item.name for item in _click_ids(url, click_id)}
    if names and url.query is not None:
        kept = [pair for pair in url.query.split("&") if unquote(pair.partition("=")[0]) not in names]
        yield "no-click-id", replace(url, query="&".join(kept) if any(kept) else None)


def _click_ids(url: Url, click_id: str) -> tuple[Identifier, ...]:
    """The parameters that hold a click ID; those that may as well hold something else only where there is no other."""
    found = identifiers_in(url, click_id)
    sure = tuple(
        item
        for item in found
        if item.platform or item.name.lower() in CLICK_NAMES or (click_id and click_id in (item.value, item.text))
    )
    return sure or found


def _other_scheme(url: Url) -> Iterator[tuple[VariantCode, Url]]:
    if not url.port and url.scheme.lower() == "https":
        yield "http", replace(url, scheme="http")
    elif not url.port:
        yield "https", replace(url, scheme="https")


def _other_slash(url: Url) -> Iterator[tuple[VariantCode, Url]]:
    last = url.path.rstrip("/").rpartition("/")[2]
    if not last or _FILE.fullmatch(last):
        return
    if url.path.endswith("/"):
        yield "no-slash", replace(url, path=url.path.rstrip("/"))
    else:
        yield "slash", replace(url, path=f"{url.path}/")
