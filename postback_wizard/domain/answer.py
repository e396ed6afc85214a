"""What an answer says: its status, and the partner's own words in its body, judged apart."""

import codecs
import re
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Literal

from postback_wizard.domain.business import Business, business_of, json_fault, reads_as_html
from postback_wizard.domain.business import refusal_reason as refusal_reason
from postback_wizard.domain.probe import Headers, Verdicts

HttpVerdict = Literal["success", "redirect", "client-error", "server-error", "odd", "none"]

#: A ``Retry-After`` beyond a year is no instruction anybody means.
LONGEST_WAIT_S = 31_536_000
#: Statuses whose ``Location`` a browser follows by itself.
FOLLOWED = (301, 302, 303, 307, 308)

_CHARSETS = re.compile(
    r"(utf-?8|us-ascii|ascii|latin-?1|iso-8859-\d{1,2}|windows-125[0-8]|cp125[0-8]|koi8-[ru]|gbk|gb2312|gb18030"
    r"|big5|shift_jis|euc-jp|euc-kr|utf-16(le|be)?)",
    re.IGNORECASE,
)
_CHARSET = re.compile(r"charset\s*=\s*\"?([^\s;\"]*)", re.IGNORECASE)
_META_CHARSET = re.compile(r"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?([^\s;\"'/>]+)", re.IGNORECASE)
_BINARY = re.compile(r"\s*(image|audio|video|font)/|\s*application/(octet-stream|pdf|zip)", re.IGNORECASE)
_PIXEL = re.compile(r"GIF8[79]a|.PNG\r\n", re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>([^<]{0,200})", re.IGNORECASE)
#: Marks of pages that only a bot check sends, whatever the status.
_CHALLENGE = re.compile(
    r"<title>\s*(?:Just a moment|Attention Required! \| Cloudflare)|cf-chl-|/cdn-cgi/challenge-platform/"
    r"|_Incapsula_Resource|Incapsula incident ID|captcha-delivery\.com|px-captcha"
    r"|Access Denied[\s\S]{0,400}Reference #",
    re.IGNORECASE,
)
#: Cloudflare's Ray ID, Akamai's reference, Imperva's incident, as their pages print them.
_REFERENCE = re.compile(
    r"(Ray ID|Reference|[Ii]ncident ID)\s*[:#]*\s*(?:</?\w+[^>]{0,80}>\s*){0,3}([0-9A-Za-z][0-9A-Za-z.\-]{7,80})"
)
_CHALLENGE_HEADERS = ("cf-mitigated", "x-datadome", "x-dd-b", "x-sucuri-block", "x-amzn-waf-action")


def judge_answer(
    status: int, headers: Headers, body: str, *, send: bool, complete: bool = True
) -> tuple[tuple[str, ...], Verdicts]:
    """Outcome names of a final answer and its verdicts.

    ``send`` is true for a callback or an upload, where a page of HTML is no answer and only a clear word in the body
    means ``recorded``. ``complete`` is false when the body was cut, so that its shape proves nothing.
    """
    if challenge_mark(status, headers, body):
        return ("BLOCKED_BY_WAF",), Verdicts("ok", _http(status), "none")
    if 200 <= status < 300:
        return _success(status, headers, body, send=send, complete=complete)
    business: Business = "none"
    if 400 <= status < 500:
        found = business_of(body)
        business = found if found in ("refused", "duplicate") else "none"
    return _failure(status, headers), Verdicts("ok", _http(status), business)


def challenge_mark(status: int, headers: Headers, body: str) -> str:
    """The header or title that shows a bot check answered instead of the server; empty when none did."""
    if status < 400 and "Incapsula" not in body[:4096]:
        return ""
    named = next((f"{name}: {value}" for name, value in headers if name.lower() in _CHALLENGE_HEADERS), "")
    found = _CHALLENGE.search(body[:65536])
    if status not in (200, 403, 405, 429, 503) or not (named or found):
        return ""
    title = _TITLE.search(body[:65536])
    return named or (title.group(1).strip() if title else found.group()[:80] if found else "")


def challenge_reference(headers: Headers, body: str) -> str:
    """The number under which the protection's own log knows the block, with its name; empty when none is given."""
    named = next((f"{name}: {value}" for name, value in headers if name.lower() == "cf-ray"), "")
    found = _REFERENCE.search(unescape(body[:65536]))
    return named or (f"{found[1]} {found[2]}" if found else "")


def decode_body(raw: bytes, content_type: str, *, complete: bool = True) -> tuple[str, tuple[str, ...]]:
    """The body as text, and what was odd about its characters. Only harmless character sets are believed."""
    declared = _CHARSET.search(content_type)
    name = declared.group(1) if declared else ""
    notes: tuple[str, ...] = ()
    if name and not _is_harmless(name):
        name, notes = "", ("NOTE(charset)",)
    if name and name.lower().replace("-", "") not in ("utf8", "ascii", "usascii"):
        return raw.decode(name, "replace"), notes
    try:
        return raw.decode("utf-8-sig"), notes
    except UnicodeDecodeError as error:
        written = page_charset(raw[:1024].decode("ascii", "replace")) if not declared else ""
        if written and "html" in (content_type or "html").lower():
            return raw.decode(written, "replace"), notes
        cut = not complete and error.end >= len(raw) - 3
        expected = cut or bool(_BINARY.match(content_type)) or raw[:4] in (b"GIF8", b"\x89PNG")
        return raw.decode("utf-8", "replace"), notes if expected else (*notes, "NOT_UTF8")


def page_charset(head: str) -> str:
    """The character set that a page names in a meta element, empty when it names none or one we do not believe."""
    found = _META_CHARSET.search(head[:1024])
    return found[1] if found and _is_harmless(found[1]) else ""


def _is_harmless(charset: str) -> bool:
    try:
        return bool(_CHARSETS.fullmatch(charset)) and bool(codecs.lookup(charset))
    except LookupError:
        return False


def _success(
    status: int, headers: Headers, body: str, *, send: bool, complete: bool
) -> tuple[tuple[str, ...], Verdicts]:
    business = business_of(body)
    if not send and business != "refused":
        business = "unproven"
    outcomes: tuple[str, ...] = ("OK_204",) if status == 204 else ("OK_2XX",)
    kind = _value(headers, "content-type")
    if business == "refused":
        outcomes = ("SOFT_FAIL",)
    elif complete and status != 204:
        outcomes = _shape(kind, body, send=send)
    if _value(headers, "location"):
        outcomes = (*outcomes, "NOTE(location-without-redirect)")
    return outcomes, Verdicts("ok", "success", business if business != "none" else "unproven")


def _shape(kind: str, body: str, *, send: bool) -> tuple[str, ...]:
    if not body:
        return ("OK_2XX_EMPTY",)
    if _PIXEL.match(body) or (kind.lower().startswith("image/") and len(body) < 1024):
        return ("OK_2XX_PIXEL",)
    fault = json_fault(body, declared="json" in kind.lower())
    if fault:
        return ("AMBIGUOUS_2XX", fault)
    if send and reads_as_html(body):
        return ("AMBIGUOUS_2XX",)
    return ("OK_2XX",)


def _failure(status: int, headers: Headers) -> tuple[str, ...]:
    wait, odd = _retry_after(headers)
    note = ("NOTE(bad-retry-after)",) if odd else ()
    match status:
        case 304:
            moved = ("NOTE(304-not-followed)",) if _value(headers, "location") else ()
            return ("UNEXPECTED_304", *moved)
        case 429:
            return (f"RATE_LIMITED({wait})" if wait else "RATE_LIMITED", *note)
        case 410:
            return ("GONE",)
        case _ if 300 <= status < 400:
            return ("REDIRECT",) if status in FOLLOWED else (f"NOTE({status}-not-followed)",)
        case _ if 400 <= status < 500:
            return (f"REJECTED_{status}",)
        case _ if 500 <= status < 600:
            return ("SERVER_5XX", *note)
    return ("NON_STANDARD_STATUS",)


def _retry_after(headers: Headers) -> tuple[str, bool]:
    """How long the server wants us to wait, in words of the outcome table, and whether it said something unreadable."""
    value = _value(headers, "retry-after").strip()
    if not value:
        return "", False
    if value.isascii() and value.isdigit():
        small = len(value) < 12 and int(value) <= LONGEST_WAIT_S
        return (f"{int(value)} s" if small else "value out of range"), False
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return "", True
    until = until.replace(tzinfo=UTC) if until.tzinfo is None else until.astimezone(UTC)
    return f"until {until:%Y-%m-%dT%H:%M:%SZ}", False


def _http(status: int) -> HttpVerdict:
    kinds: Mapping[int, HttpVerdict] = {2: "success", 3: "redirect", 4: "client-error", 5: "server-error"}
    return "odd" if status == 304 else kinds.get(status // 100, "odd")


def _value(headers: Headers, name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")
