"""Whole traces against servers that redirect: where they end, and with how many requests."""

import subprocess
import sys
from collections.abc import Awaitable, Callable

import pytest

from postback_wizard.domain.probe import HttpEvidence, HttpProbe
from postback_wizard.domain.redirect import chain_end, next_request
from postback_wizard.effects.outgoing import make_ready
from postback_wizard.effects.vault import Vault
from postback_wizard.effects.world import LiveWorld

Follow = Callable[..., Awaitable[list[HttpEvidence]]]


def found(location: str, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 302 Found\r\nLocation: {location}", *headers, "Content-Length: 0\r\n\r\n"]
    return "\r\n".join(lines).encode()


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.fixture
def follow(world: LiveWorld, probe: Callable[..., HttpProbe]) -> Follow:
    """Follow a chain to its end, like the click step does."""

    async def trace(url: str, max_hops: int = 10) -> list[HttpEvidence]:
        chain: list[HttpEvidence] = []
        wanted: HttpProbe | None = probe(url)
        while wanted is not None:
            evidence = await world.perform(wanted)
            assert isinstance(evidence, HttpEvidence)
            chain.append(evidence)
            wanted = next_request(chain, "Agent", max_hops, 1.0, 10.0)
        return chain

    return trace


async def test_a_chain_is_followed_to_its_landing_page(serve, follow: Follow) -> None:  # type: ignore[no-untyped-def]
    async def steps(peer) -> None:  # type: ignore[no-untyped-def]
        place = peer.request.split(b" ")[1].decode()
        nexts = {"/1": "/2?cid={x}|y", "/2?cid={x}|y": "3", "/3": f"//127.0.0.1:{peer.server.port}/4"}
        await peer.send(found(nexts[place]) if place in nexts else OK)

    server = await serve(steps)
    chain = await follow(server.url("/1"))
    assert [hop.request.target for hop in chain] == ["/1", "/2?cid={x}|y", "/3", "/4"]
    assert (chain_end(chain, 10), len(server.requests)) == ("landing", 4)


async def test_a_cookie_gate_opens_for_its_cookie(serve, follow: Follow) -> None:  # type: ignore[no-untyped-def]
    async def gate(peer) -> None:  # type: ignore[no-untyped-def]
        await peer.send(OK if b"Cookie: pass=1\r\n" in peer.request else found("/gate", "Set-Cookie: pass=1; Path=/"))

    server = await serve(gate)
    chain = await follow(server.url("/gate"))
    assert ([hop.outcome for hop in chain], len(server.requests)) == ([("COOKIE_GATE",), ("OK_2XX",)], 2)


async def test_a_cookie_gate_that_never_opens_gets_two_requests(serve, follow: Follow) -> None:  # type: ignore[no-untyped-def]
    server = await serve(found("/gate", "Set-Cookie: pass=1; Path=/"))
    chain = await follow(server.url("/gate"))
    assert [hop.outcome for hop in chain] == [("COOKIE_GATE",), ("REDIRECT_LOOP",)]
    assert (chain_end(chain, 10), len(server.requests)) == ("loop", 2)


async def test_a_circle_of_two_ends_after_two_requests(serve, follow: Follow) -> None:  # type: ignore[no-untyped-def]
    async def circle(peer) -> None:  # type: ignore[no-untyped-def]
        await peer.send(found("/b" if b" /a " in peer.request else "/a"))

    server = await serve(circle)
    chain = await follow(server.url("/a"))
    assert (chain_end(chain, 10), len(server.requests)) == ("loop", 2)


async def test_an_endless_chain_ends_at_the_hop_limit(serve, follow: Follow) -> None:  # type: ignore[no-untyped-def]
    async def endless(peer) -> None:  # type: ignore[no-untyped-def]
        await peer.send(found(f"/{len(peer.server.requests)}"))

    server = await serve(endless)
    chain = await follow(server.url("/0"), max_hops=10)
    assert (chain_end(chain, 10), len(server.requests)) == ("hop-limit", 10)


async def test_a_later_hop_may_not_lead_inside(serve, follow: Follow) -> None:  # type: ignore[no-untyped-def]
    server = await serve(found("http://169.254.169.254/latest/meta-data/"))
    chain = await follow(server.url("/1"))
    assert [hop.outcome for hop in chain] == [("REDIRECT",), ("BLOCKED_ADDRESS",)]


async def test_a_meta_refresh_is_followed(serve, follow: Follow) -> None:  # type: ignore[no-untyped-def]
    async def refresh(peer) -> None:  # type: ignore[no-untyped-def]
        page = b'<meta http-equiv="refresh" content="0;url=/end">'
        await peer.send(
            OK if b" /end " in peer.request else b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        )

    server = await serve(refresh)
    chain = await follow(server.url("/start"))
    assert (chain[-1].request.target, chain_end(chain, 10)) == ("/end", "landing")


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "http:",
            "http://",
            "http://\x00/",
            "http://a:b:c/",
            "http://[",
            "http://]/",
            "http://%/",
            "http://a/\udc80",
        ),
        *(
            "http://" + "a." * 5000,
            "http://a\u2028b/",
            "http://a/" + "x" * 100_000,
            "http://1.1.1.1.1/",
            "http://xn--\u0430/",
        ),
    ],
)
async def test_any_text_for_an_address_gives_evidence(url: str, probe: Callable[..., HttpProbe]) -> None:
    world = LiveWorld()
    evidence = await world.perform(probe(url.replace("http://a/", "http://10.0.0.1/"), send=True, deadline_s=0.2))
    await world.aclose()
    assert isinstance(evidence, HttpEvidence)
    assert (evidence.delivery, evidence.has("INTERNAL_ERROR")) == ("not-sent", False)


def test_a_request_is_built_with_the_hosts_name_in_its_wire_form(probe: Callable[..., HttpProbe]) -> None:
    ready = make_ready(probe("https://Пример.рф:444/x"), Vault())
    assert (ready.host, ready.headers[0]) == ("xn--e1afmkfd.xn--p1ai", (b"Host", b"xn--e1afmkfd.xn--p1ai:444"))


def test_the_world_loads_no_network_library_before_it_asks() -> None:
    code = (
        "import sys; from postback_wizard.effects.world import LiveWorld; LiveWorld(allow=['127.0.0.1']);"
        "print(sorted({'httpx', 'httpcore', 'dns', 'truststore', 'anyio', 'idna'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"
