"""A network that redirects to the slashed path and forgets four of nine parameters, asked for real."""

from collections.abc import Iterator

import pytest

from postback_wizard.catalogue.owners import OwnerMark, use_owners
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Finding, Level, Owner
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.domain.url import split_url
from postback_wizard.effects.world import LiveWorld
from postback_wizard.engine import Done, run
from postback_wizard.report.words import finding_fix, finding_title
from postback_wizard.steps import BY_ID
from tests.loopback.conftest import Peer, RawServer, Serve

ID = "w7k2m9x4q1"
KEPT = f"aff_sub={ID}&offer=5&lang=en&geo=de&v=3"
LOST = "fbclid=IwAR0kd83jf02mqz&utm_source=fb&utm_term=lamp&sub2=abcdef12"


def redirect(url: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {url}\r\nContent-Length: 0\r\n\r\n".encode()


async def chain(peer: Peer) -> None:
    """Tracker, network (twice) and shop, told apart by the name they are asked under."""
    host = peer.request.split(b"Host: ")[1].split(b".localhost")[0].decode()
    target = peer.request.split(b" ")[1].decode()
    at = f".localhost:{peer.server.port}"
    match host, target.partition("?")[0]:
        case "tracker", _:
            await peer.send(redirect(f"http://network{at}/offer?{KEPT}&{LOST}"))
        case "network", "/offer":
            await peer.send(redirect(f"http://network{at}/offer/?{KEPT}"))
        case "network", _:
            await peer.send(redirect(f"http://shop{at}/landing?clickid={ID}"))
        case _:
            await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


@pytest.fixture(autouse=True)
def _nobody_said_anything() -> Iterator[None]:
    yield
    use_owners(dict)


@pytest.fixture
async def server(serve: Serve) -> RawServer:
    return await serve(chain)


async def found(server: RawServer, world: LiveWorld) -> Finding:
    url = f"http://tracker.localhost:{server.port}/click?campaign=7"
    case = Case(id="a", opened_at="2026-03-01T10:00:00.000Z", facts=Facts(click_url=url))
    events = [event async for event in run(BY_ID["click"], case, world, Settings(), Permit.of(trace=True))]
    (done,) = [event for event in events if isinstance(event, Done)]
    (finding,) = [item for item in done.record.findings if item.code == "redirect-drops-query"]
    return finding


async def test_the_finding_names_hop_host_the_four_parameters_and_the_owner(
    server: RawServer, world: LiveWorld
) -> None:
    finding = await found(server, world)
    assert (finding.where, finding.values["host"], finding.values["params"], finding.owner) == (
        "hop 2",
        "network.localhost",
        "fbclid, utm_source, utm_term, sub2",
        Owner.NETWORK,
    )


async def test_the_sentences_name_them_too(server: RawServer, world: LiveWorld) -> None:
    finding = await found(server, world)
    assert finding_title(finding, "en").startswith(
        "Hop 2 (network.localhost) does not hand on fbclid, utm_source, utm_term, sub2;"
    )
    assert "Whoever runs network.localhost has to forward" in finding_fix(finding, "en")


async def test_who_the_user_says_it_is_mends_it(server: RawServer, world: LiveWorld) -> None:
    use_owners(lambda: {"network.localhost": OwnerMark("affiliate", "Our old domain")})
    finding = await found(server, world)
    assert (finding.owner, finding.values["whose"]) == (Owner.AFFILIATE, "network.localhost (Our old domain)")


async def test_a_page_that_forgets_its_query_is_a_fault_whoever_owns_it(server: RawServer, world: LiveWorld) -> None:
    use_owners(lambda: {"network.localhost": OwnerMark("network", "everflow")})
    finding = await found(server, world)
    assert finding.level in (Level.WARN, Level.BAD)


def test_the_nine_are_nine() -> None:
    assert len(split_url(f"http://x/?{KEPT}&{LOST}").params()) == 9
