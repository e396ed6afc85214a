"""What a user said about a host counts for every case, and a damaged file is named."""

import json
from pathlib import Path
from typing import Any

import pytest

ID = "w7k2m9x4q1"
URLS = (
    "https://trk.example/c/7?source=12",
    f"https://net.example/offer?aff_sub={ID}",
    "https://shop.example/?lang=en",
)
OWNERS = {"version": 1, "hosts": {"net.example": {"role": "affiliate", "name": "Our old domain"}}}


@pytest.fixture
def facts(program: Any) -> bytes:
    """A facts file with a recorded click that loses its ID."""
    entries = [
        {
            "startedDateTime": "2026-03-01T10:00:00.000Z",
            "time": 10,
            "request": {"method": "GET", "url": url, "headers": [], "httpVersion": "HTTP/1.1"},
            "response": {
                "status": 302 if after else 200,
                "headers": [{"name": "Location", "value": after}] if after else [],
                "redirectURL": after,
                "content": {"size": 0, "mimeType": "text/html", "text": ""},
            },
        }
        for url, after in zip(URLS, (*URLS[1:], ""), strict=True)
    ]
    path = Path(program.home) / "click.har"
    path.write_text(json.dumps({"log": {"version": "1.2", "entries": entries}}))
    return json.dumps({"har": str(path), "click_url": URLS[0]}).encode()


def loss(out: str) -> Any:
    (found,) = [
        finding
        for step in json.loads(out)["steps"]
        for finding in step["findings"]
        if finding["code"] == "redirect-drops-query"
    ]
    return found


def test_without_a_correction_the_place_in_the_chain_counts(program: Any, facts: bytes) -> None:
    found = loss(program.run("check", "-", "--json", stdin=facts).out)
    assert (found["owner"], found["values"]["whose"]) == ("network", "net.example")


def test_a_correction_counts_in_every_case(program: Any, facts: bytes) -> None:
    (program.home / "owners.json").write_text(json.dumps(OWNERS))
    found = loss(program.run("check", "-", "--json", stdin=facts).out)
    assert (found["owner"], found["values"]["whose"]) == ("affiliate", "net.example (Our old domain)")


def test_a_stored_case_is_judged_again_with_the_correction(program: Any, facts: bytes) -> None:
    program.run("check", "-", "--save", stdin=facts)
    (case,) = (program.home / "cases").glob("*.json")
    (program.home / "owners.json").write_text(json.dumps(OWNERS))
    assert loss(program.run("recheck", case.stem, "--json").out)["owner"] == "affiliate"


def test_the_report_names_the_owner_and_the_fate_of_each_parameter(program: Any, facts: bytes) -> None:
    program.run("check", "-", "--save", stdin=facts)
    (case,) = (program.home / "cases").glob("*.json")
    (program.home / "owners.json").write_text(json.dumps(OWNERS))
    lines = program.run("report", case.stem).out.splitlines()
    assert any("Our old domain, the affiliate's own. So says the author of this report." in line for line in lines)
    assert f"| `aff_sub` | lost | `{ID}` | |" in lines


def test_a_damaged_file_is_named_and_the_check_goes_on(program: Any, facts: bytes) -> None:
    (program.home / "owners.json").write_text("{")
    done = program.run("check", "-", "--json", stdin=facts)
    assert loss(done.out)["owner"] == "network"
    assert "owners.json" in done.sentences[0]


def test_the_file_is_listed_among_the_paths(program: Any) -> None:
    assert str(program.home / "owners.json") in program.run("paths").out
