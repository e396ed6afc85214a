"""One request and its answer under way, and the evidence it ends as."""

import re
import time
from dataclasses import dataclass, field
from typing import Literal

from postback_wizard.domain.answer import FOLLOWED, challenge_mark, decode_body, judge_answer
from postback_wizard.domain.jar import odd_cookies
from postback_wizard.domain.probe import (
    Answer,
    Effect,
    Headers,
    HttpEvidence,
    HttpProbe,
    SentRequest,
    Timing,
    Verdicts,
)
from postback_wizard.domain.redirect import judge_redirect
from postback_wizard.effects.body import Body
from postback_wizard.effects.fault import WireFault
from postback_wizard.effects.heads import extra_data, head_notes, reads_until_close
from postback_wizard.effects.tape import Tape
from postback_wizard.effects.vault import Vault

_USERINFO = re.compile(r"(?<=//)[^/@\s\"'?#]*@")
_POINTING = ("location", "refresh", "content-location", "link")


@dataclass(slots=True)
class Exchange:
    """What is known of a request so far; ``evidence`` may be asked for at any moment."""

    probe: HttpProbe
    at: str
    shown: SentRequest
    tape: Tape
    proxy: str = ""
    started: float = field(default_factory=time.perf_counter)
    phase: str = ""
    pins: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fault: WireFault | None = None
    dns_ms: float = 0.0
    dial_at: float = 0.0
    status: int = 0
    headers: Headers = ()
    body: Body | None = None

    @property
    def delivery(self) -> Literal["not-sent", "sent", "answered"]:
        """What money depends on: whether the request head left, and whether a final status was read."""
        if self.body is not None:
            return "answered"
        return "sent" if self.tape.head_left else "not-sent"

    @property
    def is_clean(self) -> bool:
        """Whether the answer ended where it said it would, so that the connection may be used again."""
        outcomes = self.body.outcomes if self.body else ["BODY_"]
        framed = not reads_until_close(self.status, self.headers, self.probe.method)
        kept = any(name.lower() == "keep-alive" for name, _ in self.headers) or any(
            name.lower() == "connection" and "keep-alive" in value.lower() for name, value in self.headers
        )
        return kept and framed and not outcomes and not self._extra() and "SMUGGLING_RISK" not in self._head_notes()

    def evidence(self, vault: Vault) -> HttpEvidence:
        """The finished evidence, with secrets replaced by their stand-ins."""
        answer, outcome, verdicts, mark = self._judged(vault)
        detail = self.fault.detail if self.fault else mark
        return HttpEvidence(
            name=self.probe.name,
            at=self.at,
            delivery=self.delivery,
            outcome=outcome,
            request=_masked(self.shown, vault),
            answer=answer,
            verdicts=verdicts,
            timing_ms=self._timing(),
            peer=self.tape.peer,
            hop=self.probe.hop,
            detail=vault.mask(detail)[:300],
            egress=(self.proxy or self.tape.own) if self.tape.own else "",
        )

    def _judged(self, vault: Vault) -> tuple[Answer | None, tuple[str, ...], Verdicts, str]:
        if self.body is None:
            first = self.fault.outcome if self.fault else "NO_ANSWER"
            return None, _unique(first, *self.notes), Verdicts(), ""
        body = self.body
        declared = next((value for name, value in self.headers if name.lower() == "content-type"), "")
        kind = "application/octet-stream" if body.is_packed else declared
        text, odd = decode_body(body.content, kind, complete=not body.cut)
        outcome, verdicts = self._judge(text)
        mark = challenge_mark(self.status, self.headers, text)
        truncated = body.cut or "HEADER_LIMIT" in body.outcomes
        answer = Answer(
            status=self.status,
            headers=tuple((_visible(name), vault.mask(_shown(name, value))) for name, value in self.headers),
            body=vault.mask(text, cut=truncated),
            body_bytes=body.bytes_read,
            truncated=truncated,
        )
        extra = ("EXTRA_DATA",) if self._extra() else ()
        return answer, _unique(*outcome, *body.outcomes, *extra, *odd, *self._head_notes(), *self.notes), verdicts, mark

    def _judge(self, text: str) -> tuple[tuple[str, ...], Verdicts]:
        assert self.body is not None  # noqa: S101 - for the type checker; the caller looked
        send = self.probe.effect is Effect.WRITE
        whole = not self.body.outcomes
        outcome, verdicts = judge_answer(self.status, self.headers, text, send=send, complete=whole)
        sent = any(name.lower() == "cookie" for name, _ in self.probe.headers)
        moved, _ = judge_redirect(self.status, self.headers, self.probe.url, self.probe.seen, text, cookie_sent=sent)
        if send:
            stopped = 300 <= self.status < 400 and self.status != 304
            down = ("DOWNGRADE",) if "DOWNGRADE" in moved else ()
            return (("REDIRECT_STOPPED", *down) if stopped else outcome), verdicts
        if "BLOCKED_BY_WAF" in outcome:
            return (*outcome, *odd_cookies(self.headers)), verdicts
        if self.status in FOLLOWED:
            return moved, verdicts
        plain = tuple("OK_2XX" if moved and item == "OK_2XX_EMPTY" else item for item in outcome)
        return (*plain, *moved, *odd_cookies(self.headers)), verdicts

    def _extra(self) -> bool:
        ended = self.body is not None and not self.body.cut and "HEADER_LIMIT" not in self.body.outcomes
        return ended and extra_data(self.tape, self.status, self.headers, self.probe.method)

    def _head_notes(self) -> tuple[str, ...]:
        notes = list(head_notes(bytes(self.tape.head), self.headers))
        ended = self.body is not None and not self.body.cut
        if ended and reads_until_close(self.status, self.headers, self.probe.method):
            notes.append("UNCLEAN_END" if self.tape.unclean else "LENGTH_UNKNOWN")
        return (*notes, "DEAD_ADDRESS") if self.tape.dead else tuple(notes)

    def _timing(self) -> Timing:
        tape = self.tape
        return Timing(
            dns=round(self.dns_ms, 3),
            connect=_ms(self.dial_at, tape.connected_at),
            tls=_ms(tape.connected_at, tape.tls_done_at),
            first_byte=_ms(tape.left_at, tape.first_at),
            total=_ms(self.started, time.perf_counter()),
        )


def _masked(shown: SentRequest, vault: Vault) -> SentRequest:
    headers = tuple((name, vault.mask(value)) for name, value in shown.headers)
    return SentRequest(shown.method, vault.mask(shown.url), vault.mask(shown.target), headers, vault.mask(shown.body))


def _ms(start: float, end: float) -> float:
    return round((end - start) * 1000, 3) if start and end >= start else 0.0


def _unique(*outcomes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(outcomes))


def _visible(text: str) -> str:
    """Header text with bytes that were not UTF-8 written as escapes, so that it can be stored."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _shown(name: str, value: str) -> str:
    """A header's value as evidence shows it: a user name and password in an address are never repeated."""
    return _visible(_USERINFO.sub("***@", value) if name.lower() in _POINTING else value)
