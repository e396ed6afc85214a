"""Every failure mode of a callback: a rule with an example, and a real server that shows it where one can."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import dns.rcode
import pytest

from postback_wizard import checks
from postback_wizard.catalogue.modes import MODES
from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Level
from postback_wizard.domain.limits import Limits
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.effects.dns import Resolver
from postback_wizard.effects.world import LiveWorld
from postback_wizard.engine import Done, run
from postback_wizard.steps.replay import REPLAY
from tests.loopback.conftest import Behaviour, Peer, RawServer, Serve
from tests.loopback.test_behaviours import ANSWERS, never_answers, with_body
from tests.loopback.test_names import NameServer, code

AT = "2026-03-01T10:00:00.000Z"
JSON = b"Content-Type: application/json\r\n"


def refusing(status: bytes, said: bytes, head: bytes = JSON) -> bytes:
    return with_body(said, head, b"HTTP/1.1 " + status + b"\r\n")


@dataclass(frozen=True)
class Shown:
    """What the server does, and how it is reached."""

    does: bytes | Behaviour
    host: str = "partner.example"
    scheme: str = "http"
    sender: str = ""


#: What a server can show. The level each has when only we have seen it.
SHOWN: dict[str, Shown] = {
    "endpoint-not-found": Shown(refusing(b"404 Not Found", b"<h1>Not Found</h1>", b"Content-Type: text/html\r\n")),
    "scheme-or-redirect-on-endpoint": Shown(ANSWERS["redirects on"][0]),
    "endpoint-dns-failure": Shown(b"", host="nowhere.example"),
    "endpoint-tls-failure": Shown(ANSWERS["asks for a password"][0], scheme="https"),
    "endpoint-timeout": Shown(never_answers),
    "network-firewall-block": Shown(refusing(b"403 Forbidden", b"", b"")),
    "app-allowlist-reject": Shown(refusing(b"403 Forbidden", b'{"error": "IP is not in the whitelist"}')),
    "bot-challenge": Shown(ANSWERS["challenges robots"][0]),
    "auth-token-mismatch": Shown(refusing(b"401 No", b'{"error": "invalid token"}')),
    "signature-mismatch": Shown(refusing(b"403 Forbidden", b'{"error": "Invalid signature"}')),
    "http-method-mismatch": Shown(refusing(b"405 No", b"", b"Allow: POST\r\n")),
    "required-param-missing": Shown(refusing(b"400 Bad Request", b'{"error": "missing parameter: goal"}')),
    "wrong-account-or-offer-id": Shown(refusing(b"400 Bad Request", b'{"error": "Unknown affiliate id"}')),
    "ok-status-not-recorded": Shown(with_body(b'{"success": false, "error": "click not found"}', JSON)),
    "ack-body-unexpected": Shown(b"HTTP/1.1 204 No Content\r\n\r\n", sender="appmetrica"),
    "rate-limited": Shown(ANSWERS["limits for 30 seconds"][0]),
    "receiver-5xx": Shown(ANSWERS["fails"][0]),
    "staging-endpoint": Shown(with_body(b"ok"), host="staging.partner.example"),
}
#: What is said beside a mode, and is no other fault.
BESIDE = {
    "network-firewall-block": {"request-refused"},
    "staging-endpoint": {"ok-status-not-recorded"},
    "ack-body-unexpected": {"ok-status-not-recorded"},
}
#: What only the tracker's settings and the log of its attempts show: no request of ours can.
IN_LOGS = ("postback-url-missing", "postback-scope-mismatch", "postback-auto-disabled", "no-retry-after-failure")


def examples() -> Iterator[str]:
    for layer in ("click", "event", "callback", "template", "upload"):
        for module in checks.modules(layer):
            yield from (rule.code for rule in module.EXAMPLES)


def test_every_mode_is_shown_by_a_server_or_by_logs() -> None:
    assert sorted((*SHOWN, *IN_LOGS)) == sorted(MODES["callback"])


@pytest.mark.parametrize("mode", MODES["callback"])
def test_every_mode_has_a_rule_and_an_example(mode: str) -> None:
    assert (mode in checks.rules(), mode in examples()) == (True, True)


async def speaks_at_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Plain HTTP on a port where TLS is expected, to the first bytes that come."""
    await reader.read(1)
    writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    writer.close()


@pytest.fixture
def hosts(tmp_path: Path) -> Path:
    """A hosts file that knows the partner."""
    path = tmp_path / "hosts"
    path.write_text("127.0.0.1 partner.example staging.partner.example\n")
    return path


async def replayed(shown: Shown, serve: Serve, hosts: Path) -> tuple[StepRecord, RawServer]:
    """The callback sent once to the server, and judged."""
    server: RawServer = await serve(shown.does)
    plain = await asyncio.start_server(speaks_at_once, "127.0.0.1", 0)
    port = plain.sockets[0].getsockname()[1] if shown.scheme == "https" else server.port
    names = NameServer(code(dns.rcode.NXDOMAIN))
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: names, local_addr=("127.0.0.1", 0))
    world = LiveWorld(allow=["127.0.0.0/8"], resolver=Resolver(["127.0.0.1"], names.port, hosts))
    url = f"{shown.scheme}://{shown.host}:{port}/postback?cid=w7k2m9x4q1&payout=1"
    case = Case("c", AT, Facts(sent_request=url, sender=shown.sender))
    settings = Settings(limits=Limits(deadline_s=1.0))
    events = [event async for event in run(REPLAY, case, world, settings, Permit.of(send=True))]
    await world.aclose()
    transport.close()
    plain.close()
    (done,) = [event for event in events if isinstance(event, Done)]
    return done.record, server


@pytest.mark.parametrize("mode", SHOWN)
async def test_a_server_shows_the_mode_and_no_other(mode: str, serve: Serve, hosts: Path) -> None:
    record, server = await replayed(SHOWN[mode], serve, hosts)
    codes = {item.code for item in record.findings if item.level in (Level.WARN, Level.BAD) or item.code == mode}
    assert codes - BESIDE.get(mode, set()) == {mode}
    assert len(server.requests) <= 1


async def test_a_healthy_partner_shows_none_of_them(serve: Serve, hosts: Path) -> None:
    fine = Shown(with_body(b'{"status": "recorded", "conversion_id": "cv_1"}', JSON))
    record, _ = await replayed(fine, serve, hosts)
    assert {item.code for item in record.findings} & set(MODES["callback"]) == set()


async def test_the_peer_that_hangs_up_is_asked_once(serve: Serve, hosts: Path) -> None:
    async def hangs_up(peer: Peer) -> None:
        peer.reset()

    record, server = await replayed(Shown(hangs_up), serve, hosts)
    assert (len(server.requests), record.evidence[-1].outcome) == (1, ("RESET",))
