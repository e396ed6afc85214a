"""Where a trace goes next: what an answer's redirect amounts to, and the request that follows it."""

from collections.abc import Iterator, Sequence

from postback_wizard.domain.answer import FOLLOWED
from postback_wizard.domain.jar import cookies_for, odd_cookies
from postback_wizard.domain.limits import Limits
from postback_wizard.domain.location import resolve
from postback_wizard.domain.onward import Way, app_link_of, fallback_of, ways_of, ways_on
from postback_wizard.domain.probe import Effect, Headers, HttpEvidence, HttpProbe
from postback_wizard.domain.url import forbidden, split_url

#: The name of a request that goes where no browser was seen to go, because a person wanted it.
BY_HAND = "by-hand"


def judge_redirect(
    status: int, headers: Headers, url: str, seen: Sequence[str], body: str, *, cookie_sent: bool = False
) -> tuple[tuple[str, ...], str]:
    """What an answer's redirect amounts to, as outcome names, and the address to go to next (empty: the chain ends).

    ``seen`` holds the addresses visited before ``url``. An address may be visited twice only when a cookie was set or
    sent in between: some sites first hand out a cookie and then want it back. Refreshes are followed as browsers
    follow them; scripts and forms are named and never followed.
    """
    if status in FOLLOWED:
        return _follow_location(headers, url, seen, cookie_sent=cookie_sent)
    for way in ways_on(status, headers, body, url):
        match way.kind:
            case "refresh" | "meta":
                return _follow_way(way, headers, url, seen, cookie_sent=cookie_sent)
            case "script" | "form" if status < 300:
                return (f"BROWSER_REDIRECT({way.kind})", *((way.fault,) if way.fault else ())), ""
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
    return _request(chain[0].name, target, chain, user_agent, min(deadline_s, left))


def request_by_hand(chain: Sequence[HttpEvidence], target: str, user_agent: str, limits: Limits) -> HttpProbe | None:
    """The request that goes on where only a person may decide to; None unless the last page offers that address."""
    way = way_by_hand(chain, limits.max_hops)
    left = limits.chain_s - _spent_s(chain)
    taken = any(hop.name == BY_HAND and hop.request.url == target for hop in chain)
    if way is None or way.target != target or taken or left <= 0:
        return None
    return _request(BY_HAND, target, chain, user_agent, min(limits.deadline_s, left))


def way_by_hand(chain: Sequence[HttpEvidence], max_hops: int) -> Way | None:
    """What the page at a chain's end may lead on to, for a person to decide: the surest way that has an address."""
    if len(chain) >= max_hops or chain_end(chain, max_hops) not in ("landing", "script", "app-link"):
        return None
    last = chain[-1]
    return next((way for way in ways_of(last) if way.target), None) or fallback_of(app_link_of(last), last.request.url)


def _request(name: str, target: str, chain: Sequence[HttpEvidence], user_agent: str, deadline_s: float) -> HttpProbe:
    cookie = cookies_for(target, chain)
    headers: Headers = (("User-Agent", user_agent),) if user_agent else ()
    return HttpProbe(
        name=name,
        method="GET",
        url=target,
        headers=(*headers, ("Cookie", cookie)) if cookie else headers,
        effect=Effect.CLICK,
        hop=len(chain) + 1,
        seen=tuple(hop.request.url for hop in chain),
        deadline_s=deadline_s,
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
    if "BROWSER_REDIRECT(script)" in last.outcome or "BROWSER_REDIRECT(form)" in last.outcome:
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


def _follow_way(
    way: Way, headers: Headers, url: str, seen: Sequence[str], *, cookie_sent: bool
) -> tuple[tuple[str, ...], str]:
    loop = _loop(way.target, url, seen, headers, cookie_sent=cookie_sent) if way.target else way.fault
    remarks = tuple(_remarks(way.target, url)) if way.target and loop != "REDIRECT_LOOP" else ()
    outcome = (f"BROWSER_REDIRECT({way.kind})", *((loop,) if loop else ()), *remarks)
    return outcome, "" if not way.target or loop == "REDIRECT_LOOP" else way.target


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
