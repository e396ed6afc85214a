"""A chain of each scenario, closed after the test, and a client that speaks to it without DNS."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest

from postback_wizard.domain.url import split_url
from postback_wizard.practice.chain import Chain, start
from postback_wizard.practice.scenarios import find

Start = Callable[..., Chain]
Ask = Callable[..., tuple[int, Mapping[str, str], str]]


@pytest.fixture
def running() -> Iterator[Start]:
    """Starts the chain of a scenario by its name."""
    with ExitStack() as stack:

        def begin(name: str, lang: str = "en") -> Chain:
            scenario = find(name)
            assert scenario is not None
            return stack.enter_context(start(scenario, lang))

        yield begin


@pytest.fixture
def ask() -> Ask:
    """Sends one request to 127.0.0.1 with the URL's host in the Host header: status, headers, body."""

    def send(url: str, method: str = "GET", body: str = "", kind: str = "") -> tuple[int, Mapping[str, str], str]:
        parts = split_url(url)
        connection = HTTPConnection("127.0.0.1", parts.port_number, timeout=5)
        try:
            headers = {"Host": parts.authority} | ({"Content-Type": kind} if kind else {})
            connection.request(method, parts.target, body.encode() or None, headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
        finally:
            connection.close()

    return send


@pytest.fixture
def walk(ask: Ask) -> Callable[[str], list[str]]:
    """Follows redirects by hand and returns every address visited."""

    def follow(url: str) -> list[str]:
        visited = [url]
        while (location := ask(visited[-1])[1].get("location")) and len(visited) < 10:
            visited.append(location)
        return visited

    return follow


@pytest.fixture
def rows() -> Callable[[str], list[dict[str, str]]]:
    """Reads a log of the chain: CSV or JSON lines."""

    def read(path: str) -> list[dict[str, str]]:
        text = Path(path).read_text(encoding="utf-8")
        if path.endswith(".jsonl"):
            return [json.loads(line) for line in text.splitlines()]
        return list(csv.DictReader(text.splitlines()))

    return read
