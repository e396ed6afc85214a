"""From the blocks of a transcript to hops: which address each was asked at, and where the chain stops."""

from collections.abc import Sequence
from dataclasses import replace

from postback_wizard.domain.location import resolve
from postback_wizard.domain.probe import Answer, HttpEvidence, SentRequest
from postback_wizard.domain.recorded import (
    ADDRESS_UNKNOWN,
    ENDS_HERE,
    HEAD_REQUEST,
    STATUS_UNKNOWN,
    judge_recorded,
    next_recorded,
)
from postback_wizard.domain.transcript_blocks import MAX_BODY, Block
from postback_wizard.domain.transcript_shapes import is_local
from postback_wizard.domain.url import encode_forbidden, split_url

MAX_HOPS = 50

#: What the exit codes of curl say, as outcomes of a live trace; the text decides where a code means several things.
_FAULTS = {
    "5": "PROXY_FAILED",
    "6": "DNS_FAIL",
    "7": "CONNECT_REFUSED",
    "28": "NO_ANSWER",
    "35": "TLS_FAILED",
    "51": "TLS_NAME_MISMATCH",
    "52": "CLOSED_NO_ANSWER",
    "56": "RESET",
    "60": "TLS_UNTRUSTED",
}
_WORDS = (
    ("60", "expired", "TLS_EXPIRED"),
    ("60", "subject name", "TLS_NAME_MISMATCH"),
    ("28", "resolv", "DNS_TIMEOUT"),
    ("28", "connect", "CONNECT_TIMEOUT"),
    ("7", "timed out", "CONNECT_TIMEOUT"),
)


def chain_of(blocks: Sequence[Block], start: str) -> tuple[HttpEvidence, ...]:
    """The hops of the first chain: blocks are taken as long as each was asked where the one before it pointed."""
    hops: list[HttpEvidence] = []
    expected = start
    for block in (block for block in blocks if block.has_answer):
        seen = tuple(hop.request.url for hop in hops)
        url = _address(block, expected)
        if len(hops) == MAX_HOPS or (hops and not _continues(block, url, expected)):
            break
        request, answer = _request(block, url), _answer(block)
        sent, notes = any(name.lower() == "cookie" for name, _ in block.asked), _notes(block, url)
        hops.append(
            judge_recorded(len(hops) + 1, request, answer, seen, peer=block.peer, notes=notes, cookie_sent=sent)
        )
        expected = next_recorded(request, answer, seen, cookie_sent=sent)
    if hops and expected:
        hops[-1] = replace(hops[-1], outcome=(*hops[-1].outcome, ENDS_HERE))
    return tuple(hops)


def end_with_error(hops: tuple[HttpEvidence, ...], blocks: Sequence[Block]) -> tuple[HttpEvidence, ...]:
    """The chain with the hop that curl failed at, where it says so at the end of it."""
    last = blocks[-1] if blocks else None
    shown = sum(1 for block in blocks if block.has_answer)
    if last is None or last.error not in _FAULTS or len(hops) != shown or last.has_answer:
        return hops
    pointed = _pointed(hops)
    url = _address(last, pointed)
    if not url or (hops and not _continues(last, url, pointed)):
        return hops
    outcome = next(
        (name for code, word, name in _WORDS if code == last.error and word in last.error_text.lower()),
        _FAULTS[last.error],
    )
    failed = HttpEvidence(
        *("trace", "", "sent" if last.target else "not-sent", (outcome,), _request(last, url)),
        peer=last.peer,
        hop=len(hops) + 1,
        detail=f"curl: ({last.error}) {last.error_text}"[:200],
    )
    before = tuple(replace(hop, outcome=tuple(name for name in hop.outcome if name != ENDS_HERE)) for hop in hops)
    return (*before, failed)


def _pointed(hops: Sequence[HttpEvidence]) -> str:
    if not hops or hops[-1].answer is None:
        return ""
    return next_recorded(hops[-1].request, hops[-1].answer, tuple(hop.request.url for hop in hops[:-1]))


def _address(block: Block, expected: str) -> str:
    """Where a block was asked: what stood on the wire first, then what the text names, then where the chain pointed."""
    if not block.target:
        return block.url or expected
    if block.target.startswith(("http://", "https://")):
        return block.target
    host = next((value for name, value in block.asked if name.lower() in ("host", ":authority")), "")
    for known in (block.url, expected):
        url = split_url(known)
        here = not host or f"{url.host}{url.port}".lower() in (host.lower(), f"{host.lower()}:{url.port_number}")
        if known and here and encode_forbidden(url.target) == encode_forbidden(block.target):
            return known
    if not host:
        base = block.url or expected
        return resolve(block.target, base)[0] if split_url(base).is_web else block.target
    return f"{_scheme(block, host, expected)}://{host}{block.target}"


def _scheme(block: Block, host: str, expected: str) -> str:
    if block.secure is not None:
        return "https" if block.secure else "http"
    known = split_url(block.url or expected)
    if known.host and known.host.lower() == split_url(f"//{host}").host.lower():
        return known.scheme
    return "http" if is_local(host) else "https"


def _continues(block: Block, url: str, expected: str) -> bool:
    """Whether this block is the one the redirect before it led to, and not another command's."""
    if not expected:
        return False
    if not (block.url or block.target):
        return True
    one, other = split_url(url), split_url(expected)
    # Not the scheme: a client may have gone to https by itself.
    same_host = one.host.lower() == other.host.lower() or not (one.host and other.host)
    return same_host and encode_forbidden(one.target) == encode_forbidden(other.target)


def _request(block: Block, url: str) -> SentRequest:
    target = block.target if block.target.startswith("/") else split_url(url).target
    return SentRequest(block.method or "GET", url, encode_forbidden(target), tuple(block.asked))


def _answer(block: Block) -> Answer:
    """What was shown of an answer; a page that was not shown counts as cut, so that its emptiness proves nothing."""
    body = "\n".join(block.body)[:MAX_BODY].strip("\n")
    moved = any(name.lower() == "location" for name, _ in block.answered)
    status = block.status or (302 if moved else 200)
    whole = bool(body) and block.body_chars < MAX_BODY
    return Answer(status, tuple(block.answered), body, len(body.encode("utf-8", "replace")), truncated=not whole)


def _notes(block: Block, url: str) -> list[str]:
    notes = [HEAD_REQUEST] if block.method == "HEAD" else []
    notes += [] if split_url(url).host else [ADDRESS_UNKNOWN]
    return notes + ([] if block.status else [STATUS_UNKNOWN])
