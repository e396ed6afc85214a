"""A signature recomputed by the live world: the recipe comes back, the secret goes nowhere."""

import hashlib
import json

from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import SECRET, SignEvidence, SignProbe
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.effects.codec import dump_case, to_json
from postback_wizard.effects.world import LiveWorld
from postback_wizard.engine import Done, absorb, run
from postback_wizard.report.curl import to_curl
from postback_wizard.report.har import to_har
from postback_wizard.report.json_view import check_json
from postback_wizard.report.markdown import render
from postback_wizard.steps.replay import REPLAY

CANARY = "s3cr3t-canary-91"
DIGEST = hashlib.md5(f"w7k2m9x4q1:12:{CANARY}".encode(), usedforsecurity=False).hexdigest()
REFUSES = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 17\r\n\r\nInvalid signature"


async def signed_case(serve) -> Case:  # type: ignore[no-untyped-def]
    """A request whose sender signed 12 for 12.50, sent and refused."""
    server = await serve(REFUSES)
    facts = Facts(sent_request=server.url(f"/pb?cid=w7k2m9x4q1&payout=12.50&sig={DIGEST}"))
    world = LiveWorld(allow=["127.0.0.0/8"], secrets={SECRET: CANARY})
    case = Case("20260301-100000-demo", "2026-03-01T10:00:00.000Z", facts)
    settings = Settings(has_secret=True)
    async for event in run(REPLAY, case, world, settings, Permit.of(send=True)):
        if isinstance(event, Done):
            case = absorb(case, event.record, settings)
    await world.aclose()
    return case


async def test_the_recipe_of_a_refused_signature_is_named(serve) -> None:  # type: ignore[no-untyped-def]
    record = (await signed_case(serve)).record("replay")
    assert record is not None
    assert {"signature-mismatch", "signature-number-spelled"} <= {item.code for item in record.findings}


async def test_the_secret_is_in_no_file_and_no_report(serve) -> None:  # type: ignore[no-untyped-def]
    case = await signed_case(serve)
    written = [dump_case(case).decode(), to_har(case, masked=False), to_curl(case, masked=False)]
    written.append(json.dumps(check_json(case, "en", to_json)))
    written += [render(case, lang).text for lang in ("en", "ru")]
    assert not any(CANARY in text for text in written)


async def test_the_server_never_sees_the_secret(serve) -> None:  # type: ignore[no-untyped-def]
    server = await serve(REFUSES)
    world = LiveWorld(allow=["127.0.0.0/8"], secrets={SECRET: CANARY})
    await world.perform(SignProbe("signature", "GET", server.url("/pb?sig=" + DIGEST)))
    await world.aclose()
    assert server.connections == 0


async def test_without_a_secret_nothing_is_recomputed() -> None:
    evidence = await LiveWorld().perform(SignProbe("signature", "GET", "https://t.example/p?sig=" + DIGEST))
    assert isinstance(evidence, SignEvidence)
    assert evidence.outcome == ("NO_SECRET",)
