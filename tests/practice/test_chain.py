"""The running chain: what it leaves behind, and that it leaves nothing behind."""

import json
import re
import threading
from collections.abc import Callable
from datetime import datetime
from http.client import HTTPConnection
from socketserver import BaseRequestHandler, TCPServer

import pytest

from postback_wizard.domain.facts import NAMES, PATHS
from postback_wizard.domain.url import split_url
from postback_wizard.practice.chain import Chain, start
from postback_wizard.practice.scenarios import SCENARIOS, Scenario

Start = Callable[..., Chain]
Ask = Callable[..., tuple[int, dict[str, str], str]]
Rows = Callable[[str], list[dict[str, str]]]
NAMED = [pytest.param(scenario, id=scenario.name) for scenario in SCENARIOS]


class Rebound(TCPServer):
    """Takes a port that is free, though closed connections may linger on it; a listening port is refused."""

    allow_reuse_address = True


def alive() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("practice")]


@pytest.mark.parametrize("scenario", NAMED)
def test_closing_leaves_no_thread_and_no_folder(scenario: Scenario) -> None:
    chain = start(scenario)
    chain.close()
    assert (alive(), chain.folder.exists()) == ([], False)


def test_closing_ends_connections_that_a_client_keeps_open() -> None:
    with start(SCENARIOS[0]) as chain:
        idle = HTTPConnection("127.0.0.1", split_url(chain.addresses["shop"]).port_number, timeout=5)
        idle.request("GET", "/landing")
        idle.getresponse().read()
    idle.close()
    assert alive() == []


def test_closing_frees_every_port() -> None:
    with start(SCENARIOS[0]) as chain:
        ports = [split_url(address).port_number for address in chain.addresses.values()]
    for port in ports:
        Rebound(("127.0.0.1", port or 0), BaseRequestHandler).server_close()


def test_closing_twice_does_no_harm() -> None:
    chain = start(SCENARIOS[0])
    chain.close()
    chain.close()
    assert not chain.folder.exists()


def test_nothing_is_printed(running: Start, ask: Ask, capfd: pytest.CaptureFixture[str]) -> None:
    chain = running("first-launch")
    ask(f"{chain.addresses['shop']}/no-such-page")
    chain.close()
    assert capfd.readouterr() == ("", "")


def test_a_connection_serves_several_requests(running: Start) -> None:
    chain = running("first-launch")
    connection = HTTPConnection("127.0.0.1", split_url(chain.addresses["shop"]).port_number, timeout=5)
    answers = []
    for target in ("/landing", "/thanks", "/nowhere"):
        connection.request("GET", target)
        answer = connection.getresponse()
        answer.read()
        answers.append((answer.status, answer.version, answer.will_close))
    connection.close()
    assert answers == [(200, 11, False), (200, 11, False), (404, 11, False)]


@pytest.mark.parametrize("scenario", NAMED)
def test_the_facts_file_holds_the_facts_under_known_names(scenario: Scenario) -> None:
    with start(scenario) as chain:
        written = json.loads(chain.facts_path.read_text(encoding="utf-8"))
        assert written.keys() <= set(NAMES)
        assert chain.facts == type(chain.facts)().with_values({**written, "allow": tuple(written["allow"])})


@pytest.mark.parametrize("scenario", NAMED)
def test_the_title_is_told_in_the_language_asked_for(scenario: Scenario) -> None:
    with start(scenario, "ru") as chain:
        assert chain.facts.title == scenario.title.ru


@pytest.mark.parametrize("scenario", NAMED)
def test_logs_name_other_conversions_over_two_days(scenario: Scenario, rows: Rows) -> None:
    with start(scenario) as chain:
        for role in PATHS[1:]:
            times = [datetime.fromisoformat(row["time"]) for row in rows(chain.facts.get(role))]
            assert 6 <= len(times) <= (70 if role == "click_log" else 20), role
            assert times == sorted(times), role
            assert 1.5 <= (times[-1] - times[0]).total_seconds() / 86_400 <= 2, role


@pytest.mark.parametrize("scenario", NAMED)
def test_earlier_conversions_were_recorded_whatever_is_broken_now(scenario: Scenario, rows: Rows) -> None:
    with start(scenario) as chain:
        results = [row["result"] for row in rows(chain.facts.partner_log)][:6]
    assert results == ["recorded"] * 6


@pytest.mark.parametrize("scenario", NAMED)
def test_every_logged_attempt_of_now_was_a_request_the_partner_received(scenario: Scenario, rows: Rows) -> None:
    with start(scenario) as chain:
        order = chain.facts.transaction_id
        logged = [row["url"] for row in rows(chain.facts.attempt_log) if row["transaction_id"] == order]
        heard = [f"{chain.addresses['partner']}{item.target}" for item in chain.received if item.role == "partner"]
    assert logged == heard


def test_a_trace_of_the_same_ad_click_meets_the_same_click_id(
    running: Start, walk: Callable[[str], list[str]], rows: Rows
) -> None:
    chain = running("first-launch")
    before = rows(chain.facts.click_log)
    landing = walk(chain.facts.click_url)[-1]
    found = split_url(landing).first("clickid")
    assert found is not None
    assert found.value == before[-1]["click_id"]
    assert rows(chain.facts.click_log) == before


def test_another_ad_click_gets_its_own_opaque_click_id(
    running: Start, walk: Callable[[str], list[str]], rows: Rows
) -> None:
    chain = running("first-launch")
    walk(f"{chain.facts.click_url}x")
    ids = [row["click_id"] for row in rows(chain.facts.click_log)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"w[A-Z][A-Za-z0-9]{18}", one) for one in ids)


def test_only_requests_over_http_are_in_the_ledger(running: Start) -> None:
    chain = running("first-launch")
    assert [(item.role, item.method) for item in chain.received] == [
        ("ads", "GET"),
        ("tracker", "GET"),
        ("network", "GET"),
        ("shop", "GET"),
        ("shop", "POST"),
        ("tracker", "POST"),
        ("partner", "GET"),
    ]


def test_hosts_are_names_and_every_role_has_its_own_port(running: Start) -> None:
    chain = running("first-launch")
    hosts = {split_url(address).host for address in chain.addresses.values()}
    ports = {split_url(address).port for address in chain.addresses.values()}
    assert hosts == {f"{role}.localhost" for role in chain.addresses}
    assert len(ports) == 6
