"""A hop that somebody else asked for, judged as if this program had asked: from a recording or a pasted text."""

from collections.abc import Sequence

from postback_wizard.domain.answer import FOLLOWED, judge_answer
from postback_wizard.domain.jar import odd_cookies
from postback_wizard.domain.probe import Answer, HttpEvidence, SentRequest, Timing
from postback_wizard.domain.redirect import judge_redirect
from postback_wizard.domain.url import split_url

#: The recording ends at this hop although it points on: nobody knows what came next.
ENDS_HERE = "NOTE(recording-ends)"
#: The browser went on by itself, and only circumstances show that this page made it do so.
NEXT_IS_LIKELY = "NOTE(next-likely)"
HEAD_REQUEST = "NOTE(head-request)"
ADDRESS_UNKNOWN = "NOTE(address-unknown)"
STATUS_UNKNOWN = "NOTE(status-unknown)"
#: The browser redirected itself to https and asked no server.
BROWSER_UPGRADE = "NOTE(browser-upgrade)"
FROM_CACHE = "NOTE(from-cache)"
SERVICE_WORKER = "NOTE(service-worker)"
BODY_PACKED = "NOTE(body-packed)"
#: A request the browser itself stopped.
STOPPED = "STOPPED_IN_BROWSER"
UNANSWERED = "NO_ANSWER_RECORDED"

#: Stands in for a host nobody named while a relative address is judged; it never leaves this module.
_NOWHERE = "http://unknown.invalid"


def judge_recorded(
    number: int,
    request: SentRequest,
    answer: Answer,
    seen: Sequence[str],
    *,
    at: str = "",
    timing: Timing = Timing(),
    peer: str = "",
    notes: Sequence[str] = (),
    cookie_sent: bool = False,
) -> HttpEvidence:
    """An answered hop, its outcome and verdicts those of a live trace. ``at`` is empty where no time is known.

    ``seen`` holds the addresses visited before; ``notes`` are outcomes that only a recording has.
    """
    status, headers, body = answer.status, answer.headers, answer.body
    judged, verdicts = judge_answer(status, headers, body, send=False, complete=not answer.truncated)
    here, before = _absolute(request.url), [_absolute(url) for url in seen]
    moved, _ = judge_redirect(status, headers, here, before, body, cookie_sent=cookie_sent)
    if status in FOLLOWED and "BLOCKED_BY_WAF" not in judged:
        names = moved
    else:
        plain = tuple("OK_2XX" if moved and item == "OK_2XX_EMPTY" else item for item in judged)
        names = (*plain, *moved, *odd_cookies(headers))
    outcome = tuple(dict.fromkeys((*names, *notes)))
    return HttpEvidence("trace", at, "answered", outcome, request, answer, verdicts, timing, peer, number)


def next_recorded(request: SentRequest, answer: Answer, seen: Sequence[str], *, cookie_sent: bool = False) -> str:
    """Where an answer sends the browser next, as the live trace would go; empty where the chain ends.

    The path alone where the host of the request is unknown and the address is relative.
    """
    here, before = _absolute(request.url), [_absolute(url) for url in seen]
    target = judge_redirect(answer.status, answer.headers, here, before, answer.body, cookie_sent=cookie_sent)[1]
    return target.removeprefix(_NOWHERE)


def _absolute(url: str) -> str:
    if split_url(url).is_web:
        return url
    return f"{_NOWHERE}{url if url.startswith('/') and not url.startswith('//') else '/'}"
