"""A case that holds everything a case can hold, a folder for it, and programs run beside the tests."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import postback_wizard
from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Verdict
from postback_wizard.domain.probe import (
    Answer,
    DnsEvidence,
    HarEvidence,
    HttpEvidence,
    LogEvidence,
    LogRow,
    LogSource,
    SentRequest,
    Timing,
    TlsEvidence,
    Verdicts,
)
from postback_wizard.effects.store import CaseStore

AT = "2026-03-01T10:00:00.000Z"


@pytest.fixture
def store(tmp_path: Path) -> CaseStore:
    """A folder of cases that does not exist yet."""
    return CaseStore(tmp_path / "cases")


@pytest.fixture
def rich_case() -> Case:
    """One of every kind of evidence, both languages, brackets, and half characters from foreign bytes."""
    facts = Facts(
        title="Постбек [clickid] {payout} \x1b[31m\u202e",
        allow=("127.0.0.0/8",),
        click_id="abc",
        headers={"x-a": "1"},
        customer={"em": "canary@example.com"},
    )
    hop = HttpEvidence(
        name="trace",
        at=AT,
        delivery="answered",
        outcome=("REDIRECT", "HOP(1)"),
        request=SentRequest("GET", "http://a.example/?c={clickid}", "/?c={clickid}", (("host", "a.example"),), "x"),
        answer=Answer(302, (("Location", "http://b.example/"), ("x", "\udcff")), "\ud800 ok", 3, truncated=True),
        verdicts=Verdicts("ok", "redirect", "none"),
        timing_ms=Timing(1.25, 0.5, 0.0, 3.0, 4.0),
        peer="203.0.113.7:80",
        hop=1,
    )
    silent = HttpEvidence("replay", AT, "sent", ("NO_ANSWER",), SentRequest("GET", "u", "/u"))
    tls = TlsEvidence("endpoint", AT, "a.example", 443, ("OK",), "TLSv1.3", "CA", ("a.example",), AT, AT, 2.5)
    logs = LogEvidence(
        "reconcile",
        AT,
        ("OK",),
        (LogSource("click_log", "/c.csv", 3, 1, {"delimiter": ";"}, {"click_id": "Click"}),),
        (LogRow("click_log", 2, {"click_id": "abc"}, {"Click": "abc"}),),
        {"matched": 1},
        -180,
        {"only_tracker": ("a", "b")},
    )
    finding = Finding("macro-literal", Level.BAD, Confidence.CERTAIN, Owner.NETWORK, {"macro": "{clickid}"}, "hop 1")
    case = Case("20260301-100000-k3f9", AT, facts, {"click_id": "typed"})
    name = DnsEvidence("d", AT, "h", ("OK",), ("1.2.3.4",))
    for record in (
        StepRecord("click", facts, AT, Verdict.BROKEN, "", (hop, HarEvidence("har", AT, "/h.har", ("OK",), (hop,)))),
        StepRecord("event", facts, AT, Verdict.NOT_CHECKED, "unreadable", (logs,)),
        StepRecord("replay", facts, AT, Verdict.SUSPECT, "", (silent, tls, name)),
        StepRecord("template", facts, AT, Verdict.BROKEN, "", (), (finding,)),
    ):
        case = case.merge(record)
    return case


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a program written in Python beside the test, speaking through pipes; none outlives the test."""
    running: list[subprocess.Popen[str]] = []

    def start_program(code: str, *arguments: object) -> "subprocess.Popen[str]":
        root = str(Path(postback_wizard.__file__).parents[1])
        running.append(
            subprocess.Popen(
                [sys.executable, "-c", code, *map(str, arguments)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": root},
                text=True,
            )
        )
        return running[-1]

    yield start_program
    for program in running:
        program.kill()
        program.communicate()


@pytest.fixture
def nobody() -> Callable[[], object]:
    """A context in which file permissions count, also where the tests run as root."""

    @contextmanager
    def without_privileges() -> Iterator[None]:
        if os.geteuid():
            yield
            return
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)

    return without_privileges
