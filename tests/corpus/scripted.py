"""A world in which servers answer as a story says, while logs are read and compared for real."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from postback_wizard.commands.running import Run
from postback_wizard.domain.answer import FOLLOWED, judge_answer
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import (
    Answer,
    DnsEvidence,
    DnsProbe,
    Effect,
    Evidence,
    HttpEvidence,
    HttpProbe,
    Probe,
    SentRequest,
    TlsEvidence,
    TlsProbe,
)
from postback_wizard.domain.redirect import judge_redirect
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.domain.times import stamp
from postback_wizard.domain.url import split_url
from postback_wizard.effects.world import LiveWorld
from postback_wizard.steps import STEPS
from tests.corpus.story import NOW, Reply, Story, write


def _now() -> datetime:
    return NOW


class Script(Protocol):
    """What servers answer: the postback's receiver, the ad platform, and each address of the click."""

    @property
    def answer(self) -> Reply: ...
    @property
    def uploaded(self) -> Reply: ...
    @property
    def hops(self) -> Sequence[tuple[str, Reply]]: ...


@dataclass(slots=True)
class ScriptedWorld:
    """Answers a click's hops, the postback and the upload from a story."""

    story: Script
    live: LiveWorld = field(default_factory=lambda: LiveWorld(clock=_now))

    def now(self) -> datetime:
        """The moment all stories are told at."""
        return NOW

    async def perform(self, probe: Probe) -> Evidence:
        """The story's answer; files are read by the real edge."""
        at = stamp(NOW)
        match probe:
            case HttpProbe():
                return _exchange(probe, self._reply(probe), at)
            case DnsProbe():
                outcome = self.story.answer.outcome
                return DnsEvidence(probe.name, at, probe.host, (outcome if outcome.startswith("DNS") else "OK",))
            case TlsProbe():
                outcome = self.story.answer.outcome
                return TlsEvidence(
                    probe.name, at, probe.host, probe.port, (outcome if outcome.startswith("TLS") else "OK",)
                )
            case _:
                return await self.live.perform(probe)

    def _reply(self, probe: HttpProbe) -> Reply:
        if probe.name == "upload":
            return self.story.uploaded
        if not probe.hop:
            return self.story.answer
        return next((reply for url, reply in self.story.hops if url == probe.url), Reply(404, "no such page"))


def _exchange(probe: HttpProbe, reply: Reply, at: str) -> HttpEvidence:
    request = SentRequest(probe.method, probe.url, split_url(probe.url).target, probe.headers, probe.body)
    if reply.outcome:
        return HttpEvidence(
            *(probe.name, at, "sent" if reply.outcome == "NO_ANSWER" else "not-sent"),
            outcome=(reply.outcome,),
            request=request,
            hop=probe.hop,
        )
    answer = Answer(reply.status, reply.headers or (("Content-Type", "text/html"),), reply.body, len(reply.body))
    send = probe.effect is Effect.WRITE
    outcome, verdicts = judge_answer(reply.status, answer.headers, reply.body, send=send)
    if not send:
        moved, _ = judge_redirect(reply.status, answer.headers, probe.url, probe.seen, reply.body)
        outcome = moved if reply.status in FOLLOWED else (*outcome, *moved)
    elif reply.status in FOLLOWED:
        outcome = ("REDIRECT_STOPPED",)
    return HttpEvidence(probe.name, at, "answered", outcome, request, answer, verdicts, hop=probe.hop)


async def judge(story: Story, folder: Path, *, offline: bool = False, without: frozenset[str] = frozenset()) -> Case:
    """The case of a story after all five steps; facts named in ``without`` are left out."""
    known = {name: value for name, value in write(story, folder).items() if name not in without}
    return await judge_facts(known, story, offline=offline)


async def judge_facts(known: Mapping[str, object], script: Script, *, offline: bool = False) -> Case:
    """The case of these facts after all five steps, in a world that answers by the script."""
    case = Case("corpus", stamp(NOW), Facts().with_values(known), dict.fromkeys(known, "file"))
    permit = Permit.of(trace=not offline, send=not offline, offline=offline)
    run = Run(case, ScriptedWorld(script), Settings(has_token=True), permit, lambda _: None)
    await run.steps(STEPS, lambda _: None)
    assert not run.crashed
    return run.case
