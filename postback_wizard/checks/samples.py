"""Evidence in one line, for the examples of the checks."""

from collections.abc import Sequence

from postback_wizard.domain.probe import LOOK, Answer, Headers, HttpEvidence, SentRequest
from postback_wizard.domain.url import split_url

AT = "2026-03-01T10:00:01.250Z"


def hop(
    number: int,
    url: str,
    to: str = "",
    status: int = 0,
    body: str = "",
    outcome: str = "",
    asked_as: str = "trace",
) -> HttpEvidence:
    """One answered hop of a trace: a 302 when it points somewhere, otherwise a 200 of HTML."""
    status = status or (302 if to else 200)
    headers: Headers = (("Location", to),) if to else (("Content-Type", "text/html"),)
    name = outcome or ("REDIRECT" if to else "OK_2XX" if status < 300 else f"REJECTED_{status}")
    return HttpEvidence(
        asked_as,
        AT,
        "answered",
        (name,),
        SentRequest("GET", url, split_url(url).target),
        Answer(status, headers, body, len(body)),
        hop=number,
    )


def failed_hop(number: int, url: str, outcome: str, detail: str = "") -> HttpEvidence:
    """One hop that was never answered."""
    request = SentRequest("GET", url, split_url(url).target)
    return HttpEvidence("trace", AT, "not-sent", (outcome,), request, hop=number, detail=detail)


def chain(*urls: str) -> tuple[HttpEvidence, ...]:
    """A trace that redirects through these URLs and lands on the last."""
    following: Sequence[str] = (*urls[1:], "")
    return tuple(hop(index, url, to) for index, (url, to) in enumerate(zip(urls, following, strict=True), 1))


def replayed(
    status: int,
    body: str = "",
    headers: Headers = (),
    url: str = "https://track.example/postback?cid=w7k2m9x4q1",
    method: str = "GET",
) -> HttpEvidence:
    """The callback sent again, and answered."""
    request = SentRequest(method, url, split_url(url).target)
    return HttpEvidence(
        "replay", AT, "answered", ("OK_2XX",), request, Answer(status, headers, body, len(body.encode()))
    )


def unanswered(outcome: str, delivery: str = "not-sent", detail: str = "") -> HttpEvidence:
    """The callback sent again, and no answer; ``delivery`` is ``not-sent`` or ``sent``."""
    url = "https://track.example/postback?cid=w7k2m9x4q1"
    request = SentRequest("GET", url, split_url(url).target)
    return HttpEvidence("replay", AT, "sent" if delivery == "sent" else "not-sent", (outcome,), request, detail=detail)


def looked(code: str, status: int = 0, headers: Headers = (), egress: str = "192.0.2.10") -> HttpEvidence:
    """A harmless request beside the callback; 0 stands for a connection that was reset."""
    url = "https://track.example/"
    agent = "Mozilla/5.0" if code == "agent" else "postback-wizard/1"
    request = SentRequest("OPTIONS" if code == "options" else "GET", url, "/", (("User-Agent", agent),))
    answer = Answer(status, headers) if status else None
    outcome = "RESET" if not status else "OK_2XX" if status < 300 else f"REJECTED_{status}"
    return HttpEvidence(LOOK + code, AT, "answered" if answer else "sent", (outcome,), request, answer, egress=egress)
