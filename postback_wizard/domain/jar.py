"""Cookies of a trace: kept per host, few and small, computed from the hops so far."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from postback_wizard.domain.probe import Headers, HttpEvidence
from postback_wizard.domain.url import split_url

MOST_COOKIES = 50
LONGEST_COOKIE = 4096

_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_VALUE = re.compile(r"[\x20-\x3a\x3c-\x7e\xa0-\ud7ff\ue000-\U0010ffff]*")
_YEAR = re.compile(r"\b(\d{4,})\b")


def cookies_for(url: str, chain: Sequence[HttpEvidence]) -> str:
    """The ``Cookie`` header a browser would send to ``url`` after these hops; empty when there is nothing to send.

    Only cookies the same host set are sent back, only over https when they asked for that, at most 50 of 4 KiB.
    """
    wanted = split_url(url)
    jar: dict[tuple[str, str], str] = {}
    for hop in chain:
        origin = split_url(hop.request.url)
        if origin.host.lower() != wanted.host.lower() or hop.answer is None:
            continue
        for name, value in hop.answer.headers:
            if name.lower() == "set-cookie":
                _put(jar, value, origin.path, secure=wanted.scheme.lower() == "https")
    sent = [f"{name}={value}" for (name, path), value in jar.items() if _covers(path, wanted.path or "/")]
    return "; ".join(sent[:MOST_COOKIES])


def odd_cookies(headers: Headers) -> tuple[str, ...]:
    """A note for cookies no browser would keep: control characters, a foreign domain's, too long."""
    odd = any(name.lower() == "set-cookie" and _is_odd(value) for name, value in headers)
    return ("NOTE(cookies-dropped)",) if odd else ()


def _is_odd(value: str) -> bool:
    name, text, attributes = _read(value)
    domain = attributes.get("domain", "").strip(".")
    return not _sound(name, text) or (bool(domain) and "." not in domain)


def _sound(name: str, text: str) -> bool:
    return bool(_NAME.fullmatch(name)) and bool(_VALUE.fullmatch(text)) and len(name) + len(text) <= LONGEST_COOKIE


def _read(value: str) -> tuple[str, str, dict[str, str]]:
    pair, _, rest = value.partition(";")
    name, _, text = pair.partition("=")
    parts = (item.partition("=") for item in rest.split(";") if item.strip())
    return name.strip(), text.strip(), {key.strip().lower(): item.strip().lower() for key, _, item in parts}


def _put(jar: dict[tuple[str, str], str], value: str, path: str, *, secure: bool) -> None:
    name, text, attributes = _read(value)
    if not _sound(name, text) or ("secure" in attributes and not secure) or _is_odd(value):
        return
    asked = unquote(attributes.get("path", ""))
    key = (name, asked if asked.startswith("/") else path.rpartition("/")[0] or "/")
    jar.pop(key, None)
    if not _expired(attributes) and len(jar) < MOST_COOKIES:
        jar[key] = text


def _expired(attributes: dict[str, str]) -> bool:
    age = attributes.get("max-age", "")
    if age:
        return age.startswith("-") or age == "0"
    year = _YEAR.search(attributes.get("expires", ""))
    return bool(year) and int(year.group(1)[:5]) < 2000 if year else False


def _covers(prefix: str, path: str) -> bool:
    return path == prefix or path.startswith(prefix if prefix.endswith("/") else f"{prefix}/")
