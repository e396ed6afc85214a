"""500 hostile texts imported, previewed, answered and exported beside a listening server: nothing is ever sent."""

from pathlib import Path

from postback_wizard.domain.case import Case
from postback_wizard.domain.curl_out import UnwritableRequestError
from postback_wizard.domain.exact import ExactRequest
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import Effect, HttpProbe, SentRequest
from postback_wizard.domain.request import read_request
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.domain.url import split_url
from postback_wizard.effects.journal import Journal
from postback_wizard.effects.world import LiveWorld
from postback_wizard.engine import Done, run
from postback_wizard.report.exports import FORMS, export_from
from postback_wizard.report.leak import ReportLeak
from postback_wizard.report.markdown import render
from postback_wizard.steps.before_sending import preview
from postback_wizard.steps.replay import REPLAY, plan
from tests.loopback.conftest import RawServer, Serve
from tests.loopback.test_behaviours import with_body
from tests.unit.test_hostile_requests import HOSTILE

SETTINGS = Settings()


def aimed(text: str, server: RawServer) -> str:
    """The text with every host of it pointing at the server."""
    return text.replace("https://t.example", f"http://127.0.0.1:{server.port}").replace("http://[::1", server.url())


async def test_500_hostile_texts_send_nothing(serve: Serve, tmp_path: Path) -> None:
    server: RawServer = await serve(with_body(b"ok"))
    journal = Journal(tmp_path / "journal.jsonl")
    world = LiveWorld(allow=["127.0.0.0/8"], journal=journal)
    requests = 0
    for number, text in enumerate(aimed(item, server) for item in HOSTILE):
        facts = Facts(sent_request=text, answer_status=text[:3], answer_body=text, allow=("127.0.0.0/8",))
        case = Case("c", "2026-03-01T10:00:00.000Z", facts)
        requests += isinstance(read_request(text), ExactRequest)
        writing = [probe for probe in plan(case, (), SETTINGS) if probe.effect is Effect.WRITE]
        assert all(list(preview(probe, case, (), (), "ru")) for probe in writing if isinstance(probe, HttpProbe))
        local = [event async for event in run(REPLAY, case, world, SETTINGS, Permit(frozenset({Effect.LOCAL})))]
        (done,) = [event for event in local if isinstance(event, Done)]
        if number % 8 == 0:  # what needs no server is tried with all of them elsewhere
            _exported(case.merge(done.record), text)
    await world.aclose()
    assert requests > 20
    assert (server.connections, server.requests, journal.path.exists()) == (0, [], False)


async def test_a_dry_run_with_look_ups_sends_no_request_either(serve: Serve, tmp_path: Path) -> None:
    server: RawServer = await serve(with_body(b"ok"))
    journal = Journal(tmp_path / "journal.jsonl")
    world = LiveWorld(allow=["127.0.0.0/8"], journal=journal)
    aimed_here = [text for text in (aimed(item, server) for item in HOSTILE) if str(server.port) in text]
    for text in aimed_here[:120]:
        found = read_request(text)
        if isinstance(found, ExactRequest) and split_url(found.url).host == "127.0.0.1":
            case = Case("c", "2026-03-01T10:00:00.000Z", Facts(sent_request=text, allow=("127.0.0.0/8",)))
            _ = [event async for event in run(REPLAY, case, world, SETTINGS, Permit.of())]
    await world.aclose()
    assert (server.requests, journal.path.exists()) == ([], False)


def _exported(case: Case, text: str) -> None:
    """Every form of the request and the report, or the reason why not."""
    request = SentRequest("POST", f"https://t.example/p?x={text}", f"/p?x={text}", (("X-A", text),), text)
    for form in FORMS:
        try:
            export_from(case, request, form, ("EAABcanarytoken",), masked=True)
        except (UnwritableRequestError, ReportLeak):
            continue
    assert render(case, "en").text
