"""The click step run against servers on 127.0.0.1: what each kind of broken chain is called."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress

import pytest
import trustme

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Finding, Level
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.effects.world import LiveWorld
from postback_wizard.engine import Done, run
from postback_wizard.steps import BY_ID

ID = "w7k2m9x4q1"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok"
Run = Callable[..., Awaitable[StepRecord]]


def to(location: str, *headers: str, status: int = 302) -> bytes:
    lines = [f"HTTP/1.1 {status} Moved", f"Location: {location}", *headers, "Content-Length: 0", "", ""]
    return "\r\n".join(lines).encode()


async def traced(world: LiveWorld, **facts: object) -> StepRecord:
    case = Case("case", "2026-03-01T10:00:00Z", Facts().with_values(facts))
    events = [event async for event in run(BY_ID["click"], case, world, Settings(), Permit.of(trace=True))]
    assert isinstance(events[-1], Done)
    return events[-1].record


@pytest.fixture
def click(serve, world: LiveWorld) -> Run:  # type: ignore[no-untyped-def]
    """Run the click step on a chain: what the server answers to each target, 200 to any other."""

    async def start(answers: Mapping[str, bytes], target: str = "/c?source=12", **facts: object) -> StepRecord:
        async def behave(peer) -> None:  # type: ignore[no-untyped-def]
            await peer.send(answers.get(peer.request.split(b" ")[1].decode(), OK))

        server = await serve(behave)
        return await traced(world, click_url=server.url(target), **facts)

    return start


def heavy(record: StepRecord) -> list[Finding]:
    return [item for item in record.findings if item.level in (Level.WARN, Level.BAD)]


def codes(record: StepRecord) -> list[tuple[str, str]]:
    return [(item.code, item.where) for item in heavy(record)]


async def test_a_healthy_chain_gives_no_warning(click: Run) -> None:
    record = await click({"/c?source=12": to(f"/o?sub1={ID}"), f"/o?sub1={ID}": to(f"/l?clickid={ID}")})
    assert codes(record) == []


async def test_an_empty_click_id_is_absent(click: Run) -> None:
    record = await click({"/c?source=12": to("/o?id=42&clickid="), "/o?id=42&clickid=": to("/l?lang=en")})
    assert codes(record) == [("click-id-param-absent", "hop 2")]


async def test_a_click_that_never_gets_an_id_is_one_without(click: Run) -> None:
    record = await click({"/c?source=12": to("/l?lang=en")}, tracker="keitaro")
    assert codes(record) == [("click-id-param-absent", "hop 2")]


async def test_a_click_id_the_network_does_not_read_is_in_the_wrong_parameter(click: Run) -> None:
    answers = {"/c?source=12": to(f"/o?clickid={ID}"), f"/o?clickid={ID}": to(f"/l?x={ID}")}
    record = await click(answers, network="adcombo")
    assert codes(record) == [("click-id-wrong-param", "hop 2: clickid")]


async def test_a_second_question_mark_breaks_the_link_of_its_hop(click: Run) -> None:
    record = await click({"/c?source=12": to(f"/o?id=42?clickid={ID}")})
    assert codes(record) == [("url-structure-broken", "hop 2: clickid")]


async def test_a_raw_nested_address_breaks_the_link(click: Run) -> None:
    target = f"/out?u=http://shop.example/l?a=1&clickid={ID}"
    record = await click({target: to("/l?a=1")}, target)
    assert codes(record) == [("url-structure-broken", "hop 1: clickid")]


async def test_a_permanent_redirect_that_mints_an_id_is_kept_by_browsers(click: Run) -> None:
    record = await click({"/c?source=12": to(f"/l?clickid={ID}", status=301)})
    assert codes(record) == [("permanent-redirect-cached", "hop 1")]


async def test_a_permanent_redirect_with_no_store_is_fine(click: Run) -> None:
    record = await click({"/c?source=12": to(f"/l?clickid={ID}", "Cache-Control: no-store", status=308)})
    assert codes(record) == []


async def test_a_page_for_blocked_countries_is_a_branch(click: Run) -> None:
    record = await click({"/c?source=12": to(f"/geo-blocked?clickid={ID}")})
    assert codes(record) == [("geo-device-branch", "hop 1")]


async def test_a_redirect_by_user_agent_is_noted_with_the_agent_that_asked(click: Run) -> None:
    answers = {"/c?source=12": to(f"/l?clickid={ID}", "Vary: User-Agent")}
    record = await click(answers, user_agent="Phone/1.0")
    (found,) = [item for item in record.findings if item.code == "geo-device-branch"]
    assert (found.level, found.values["agent"]) == (Level.INFO, "Phone/1.0")


async def test_an_ad_click_id_in_the_click_ids_place_is_foreign(click: Run) -> None:
    value = "IwAR3xYz0aBcDeFgHiJkLmNoPq"
    record = await click({f"/c?fbclid={value}": to(f"/l?clickid={value}")}, f"/c?fbclid={value}")
    assert codes(record) == [("foreign-click-id", "hop 2: clickid")]


async def test_a_conversion_on_another_domain_is_a_mismatch(click: Run) -> None:
    postback = "https://www.second.example/?nid=77&transaction_id=5f1d0a1c2b3d4e5f6a7b8c9d0e1f2a3b"
    answers = {"/c?source=12": to(f"/l?clickid={ID}")}
    record = await click(answers, sent_request=postback, receiver="everflow")
    assert codes(record) == [("tracking-domain-mismatch", "sent_request")]


async def test_identifiers_of_a_nested_address_that_get_lost_are_named(click: Run, serve) -> None:  # type: ignore[no-untyped-def]
    shop = await serve(OK)
    target = f"/out?url=http%3A%2F%2F127.0.0.1%3A{shop.port}%2Fl%3Fclickid%3D{ID}"
    record = await click({target: to(shop.url("/l"))}, target)
    assert codes(record) == [("nested-destination-loses-ids", "hop 1: url")]


async def test_a_chain_that_leads_elsewhere_than_its_nested_address_is_a_note(click: Run) -> None:
    target = f"/out?url=aHR0cHM6Ly9zaG9wLmV4YW1wbGUvbA&clickid={ID}"
    record = await click({target: to(f"/other?clickid={ID}")}, target)
    (found,) = [item for item in record.findings if item.code == "nested-destination-not-reached"]
    assert (found.level, found.values["destination"]) == (Level.INFO, "https://shop.example/l")


async def test_four_of_nine_parameters_dropped_by_a_slash_are_named_with_hop_and_host(click: Run) -> None:
    kept = "offer=42&lang=en&creative=b7&zone=881&cost=0.01"
    query = f"{kept}&clickid={ID}&sub1=publisher77&gclid=Cj0KCQiA1234567890&fbclid=IwAR3xYz0aBcDeFg"
    record = await click({f"/l?{query}": to(f"/l/?{kept}")}, f"/l?{query}")
    (found,) = heavy(record)
    assert (found.code, found.where, found.values["host"], found.values["params"].split(", ")) == (
        "redirect-drops-query",
        "hop 1",
        "127.0.0.1",
        ["clickid", "sub1", "gclid", "fbclid"],
    )


# -- https needs a server with a certificate -----------------------------------------------------------------------


@pytest.fixture
async def secure(tmp_path) -> AsyncIterator[Callable[[bytes], Awaitable[tuple[str, LiveWorld]]]]:  # type: ignore[no-untyped-def]
    """An https server that answers anything with these bytes, and a world that trusts it."""
    authority, opened, worlds = trustme.CA(), list[asyncio.Server](), list[LiveWorld]()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))

    async def start(answer: bytes) -> tuple[str, LiveWorld]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)

        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await reader.readuntil(b"\r\n\r\n")
                writer.write(answer)
                await writer.drain()
            writer.close()

        opened.append(await asyncio.start_server(accept, "127.0.0.1", 0, ssl=context))
        worlds.append(LiveWorld(allow=["127.0.0.0/8"], ca_file=str(tmp_path / "ca.pem")))
        return f"https://127.0.0.1:{opened[-1].sockets[0].getsockname()[1]}/c?source=12", worlds[-1]

    yield start
    for world in worlds:
        await world.aclose()
    for server in opened:
        server.close()


async def test_a_step_from_https_to_http_is_a_downgrade(serve, secure) -> None:  # type: ignore[no-untyped-def]
    shop = await serve(OK)
    url, world = await secure(to(shop.url(f"/l?clickid={ID}")))
    record = await traced(world, click_url=url)
    assert codes(record) == [("protocol-downgrade", "hop 1")]
