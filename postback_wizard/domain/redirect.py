"""Where a trace goes next: what an answer's redirect amounts to, and the request that follows it."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice

from postback_wizard.domain.answer import FOLLOWED
from postback_wizard.domain.jar import cookies_for, odd_cookies
from postback_wizard.domain.location import resolve
from postback_wizard.domain.probe import Effect, Headers, HttpEvidence, HttpProbe
from postback_wizard.domain.url import forbidden, split_url

#: Scripts are only believed to redirect on pages that hold little else.
SHORT_PAGE = 8192
_READ = 65_536

#: Elements whose content a browser with scripts does not read as tags.
_HIDING = ("!--", "noscript", "script", "style", "template", "textarea")
_META = re.compile(r"<meta\b([^>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z\-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_REFRESH = re.compile(
    r"(\d*)(?:\.[\d.]*)?\s*(?:[;,\s]\s*(?:url\s*=\s*)?(\"[^\"]*|'[^']*|.+)?)?", re.IGNORECASE | re.DOTALL
)
_SCRIPT = re.compile(
    r"\blocation(?:\.href)?\s{0,9}=\s{0,9}[\"'`\w]|\blocation\.(?:replace|assign)\s{0,9}\(", re.IGNORECASE
)


def judge_redirect(
    status: int, headers: Headers, url: str, seen: Sequence[str], body: str, *, cookie_sent: bool = False
) -> tuple[tuple[str, ...], str]:
    """What an answer's redirect amounts to, as outcome names, and the address to go to next (empty: the chain ends).

    ``seen`` holds the addresses visited before ``url``. An address may be visited twice only when a cookie was set or
    sent in between: some sites first hand out a cookie and then want it back. Scripts are never followed.
    """
    if status in FOLLOWED:
        return _follow_location(headers, url, seen, cookie_sent=cookie_sent)
    if not 200 <= status < 300:
        return (), ""
    for how, reference in _browser_targets(headers, body):
        if how == "script":
            return ("BROWSER_REDIRECT(script)",), ""
        target, fault = resolve(reference, url)
        if target and _same(target, url):
            continue
        loop = _loop(target, url, seen, headers, cookie_sent=cookie_sent) if target else fault
        extra = (loop,) if loop else ()
        return (f"BROWSER_REDIRECT({how})", *extra), "" if fault or loop == "REDIRECT_LOOP" else target
    return (), ""


def next_request(
    chain: Sequence[HttpEvidence], user_agent: str, max_hops: int, deadline_s: float, chain_s: float
) -> HttpProbe | None:
    """The request that follows the hops so far, or None when the chain has ended.

    ``deadline_s`` is the time for one hop and ``chain_s`` for the whole chain, in seconds.
    """
    target = _next_address(chain)
    left = chain_s - _spent_s(chain)
    if not target or len(chain) >= max_hops or left <= 0:
        return None
    cookie = cookies_for(target, chain)
    headers: Headers = (("User-Agent", user_agent),) if user_agent else ()
    return HttpProbe(
        name=chain[-1].name,
        method="GET",
        url=target,
        headers=(*headers, ("Cookie", cookie)) if cookie else headers,
        effect=Effect.CLICK,
        hop=len(chain) + 1,
        seen=tuple(hop.request.url for hop in chain),
        deadline_s=min(deadline_s, left),
    )


def chain_end(chain: Sequence[HttpEvidence], max_hops: int) -> str:
    """How a chain ended: landing, loop, hop-limit, time, app-link, script, invalid or dead; empty for no chain.

    ``time`` means that a further address was known and hops were left, ``recording`` that a recording stops there.
    """
    if not chain:
        return ""
    last = chain[-1]
    named = (
        ("app-link", ("APP_LINK",)),
        ("loop", ("REDIRECT_LOOP",)),
        ("invalid", ("REDIRECT_INVALID", "BLOCKED_SCHEME", "BAD_URL")),
    )
    for name, outcomes in named:
        if last.has(*outcomes):
            return name
    if last.answer is None:
        return "dead"
    if "NOTE(recording-ends)" in last.outcome:
        return "recording"
    if _next_address(chain):
        return "hop-limit" if len(chain) >= max_hops else "time"
    if "BROWSER_REDIRECT(script)" in last.outcome:
        return "script"
    return "landing" if 200 <= last.answer.status < 300 else "dead"


def _next_address(chain: Sequence[HttpEvidence]) -> str:
    last = chain[-1] if chain else None
    if last is None or last.answer is None or not last.has("REDIRECT", "COOKIE_GATE", "BROWSER_REDIRECT"):
        return ""
    if last.has("REDIRECT_LOOP"):
        return ""
    seen = tuple(hop.request.url for hop in chain[:-1])
    sent = any(name.lower() == "cookie" for name, _ in last.request.headers)
    answer = last.answer
    return judge_redirect(answer.status, answer.headers, last.request.url, seen, answer.body, cookie_sent=sent)[1]


def _spent_s(chain: Sequence[HttpEvidence]) -> float:
    return sum(hop.timing_ms.total for hop in chain) / 1000


def _follow_location(
    headers: Headers, url: str, seen: Sequence[str], *, cookie_sent: bool
) -> tuple[tuple[str, ...], str]:
    found = dict.fromkeys(value.strip(" \t") for name, value in headers if name.lower() == "location")
    if not found:
        return ("REDIRECT_INVALID(missing)",), ""
    if len(found) > 1:
        return ("REDIRECT_INVALID(ambiguous)",), ""
    reference = next(iter(found))
    target, fault = resolve(reference, url)
    if fault:
        return (fault,), ""
    loop = _loop(target, url, seen, headers, cookie_sent=cookie_sent)
    if loop == "REDIRECT_LOOP":
        return (loop,), ""
    return (loop or "REDIRECT", *_remarks(target, url), *odd_cookies(headers)), target


def _remarks(target: str, url: str) -> Iterator[str]:
    if forbidden(split_url(target).target):
        yield "NOTE(location-encoded)"
    if url[:6].lower() == "https:" and target[:5].lower() == "http:":
        yield "DOWNGRADE"


def _loop(target: str, url: str, seen: Sequence[str], headers: Headers, *, cookie_sent: bool) -> str:
    if not any(_same(target, other) for other in (*seen, url)):
        return ""
    first_visit = not any(_same(url, other) for other in seen)
    hopeful = cookie_sent or any(name.lower() == "set-cookie" for name, _ in headers)
    return "COOKIE_GATE" if first_visit and hopeful else "REDIRECT_LOOP"


def _same(one: str, other: str) -> bool:
    return one.partition("#")[0] == other.partition("#")[0]


def _browser_targets(headers: Headers, body: str) -> Iterator[tuple[str, str]]:
    """What a browser would do by itself on a page, in the order it would notice: how, and where to."""
    for name, value in headers:
        if name.lower() == "refresh" and (target := _refresh_target(value)):
            yield "refresh", target
    page = body[:_READ]
    kind = next((value for name, value in headers if name.lower() == "content-type"), "text/html")
    if "html" not in kind.lower() or "<" not in page:
        return
    lower = page.lower()
    if "refresh" in lower:
        for meta in islice(_META.finditer(page), 50):
            if (target := _meta_target(meta.group(1))) and not _inside(lower, meta.start(), _HIDING):
                yield "meta", target
    if len(body) <= SHORT_PAGE and any(_inside(lower, found.start(), ("script",)) for found in _SCRIPT.finditer(page)):
        yield "script", ""


def _inside(page: str, at: int, elements: Sequence[str]) -> bool:
    """Whether a place on a page (lower case) lies within one of these elements."""
    return any(
        page.rfind(f"<{name}", 0, at) > page.rfind("-->" if name == "!--" else f"</{name}", 0, at) for name in elements
    )


def _meta_target(attributes: str) -> str:
    values = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(attributes)}
    refreshes = values.get("http-equiv", "").strip().lower() == "refresh"
    return _refresh_target(unescape(values.get("content", ""))) if refreshes else ""


def _refresh_target(value: str) -> str:
    """The address in a refresh value such as ``0; url='/next'``, empty when it names none."""
    found = _REFRESH.fullmatch(value.strip())
    return (found.group(2) or "").strip("\"' \t\r\n") if found else ""
