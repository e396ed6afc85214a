"""``check`` on a paste or a recording: the same findings, no request, the origin said, no secret printed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

START = "https://trk.example/c/7?source=12"
OFFER = "https://go.example/offer?cid=w7k2m9x4q1&fbclid=IwAR0kd83jf02mqzPx71"
PASTE = f"""\
me@box:~$ curl -sv -L -u me:hunter2secret -H 'Authorization: Bearer tok_4f9a8b7c6d5e' '{START}'
> GET /c/7?source=12 HTTP/1.1
> Host: trk.example
> Authorization: Bearer tok_4f9a8b7c6d5e
> Cookie: session=c00kie4f9a8b7c6d5e
>
< HTTP/1.1 302 Found
< Location: {OFFER}
< Set-Cookie: uid=s3tc00kie4f9a8b7c; Path=/; HttpOnly
<
* Issue another request to this URL: '{OFFER}'
> GET /offer?cid=w7k2m9x4q1&fbclid=IwAR0kd83jf02mqzPx71 HTTP/1.1
> Host: go.example
>
< HTTP/1.1 301 Moved Permanently
< Location: /offer/
<
* Issue another request to this URL: 'https://go.example/offer/'
> GET /offer/ HTTP/1.1
> Host: go.example
>
< HTTP/1.1 200 OK
< Content-Type: text/html
<
<title>shop</title>
"""
SECRETS = ("tok_4f9a8b7c6d5e", "c00kie4f9a8b7c6d5e", "s3tc00kie4f9a8b7c", "hunter2secret")


@pytest.fixture
def facts(tmp_path: Path) -> Callable[..., str]:
    """Writes a facts file and gives its path."""

    def write(**values: object) -> str:
        path = tmp_path / "facts.json"
        path.write_text(json.dumps(values), encoding="utf-8")
        return str(path)

    return write


def click(printed: str) -> Any:
    return json.loads(printed)["steps"][0]


def test_a_paste_breaks_where_the_live_trace_breaks(program: Any, facts: Callable[..., str]) -> None:
    done = program.run("check", facts(click_url=PASTE), "--offline", "--json")
    (lost,) = [item for item in click(done.out)["findings"] if item["code"] == "redirect-drops-query"]
    assert (lost["where"], lost["level"], lost["confidence"]) == ("hop 2", "bad", "certain")
    assert (lost["values"]["host"], lost["values"]["params"]) == ("go.example", "cid, fbclid")
    assert done.code == 1


def test_the_ledger_begins_at_the_link_and_not_at_the_paste(program: Any, facts: Callable[..., str]) -> None:
    rows = json.loads(program.run("check", facts(click_url=PASTE), "--offline", "--json").out)["ledger"]
    (row,) = [row for row in rows if row["name"] == "click_id"]
    assert row["first_break"] == "hop 3"
    assert [seen["place"] for seen in row["seen"]][:2] == ["click_url", "hop 1"]


def test_evidence_says_where_hops_were_read(program: Any, facts: Callable[..., str]) -> None:
    recording, *hops = click(program.run("check", facts(click_url=PASTE), "--offline", "--json").out)["evidence"]
    assert (recording["kind"], recording["form"], recording["start"]) == ("har", "curl", START)
    assert [hop["hop"] for hop in hops] == [1, 2, 3]


@pytest.mark.parametrize(
    ("lang", "sentence"), [("en", "read from pasted curl output"), ("ru", "вставленный вывод curl")]
)
def test_the_report_says_that_nobody_was_asked(
    program: Any, facts: Callable[..., str], tmp_path: Path, lang: str, sentence: str
) -> None:
    report = tmp_path / "report.md"
    program.run("--lang", lang, "check", facts(click_url=PASTE), "--offline", "--report", str(report))
    assert sentence in report.read_text(encoding="utf-8")


@pytest.mark.parametrize("secret", SECRETS)
def test_secrets_of_a_paste_reach_neither_output_nor_report(
    program: Any, facts: Callable[..., str], tmp_path: Path, secret: str
) -> None:
    report = tmp_path / "report.md"
    done = program.run("check", facts(click_url=PASTE), "--offline", "--json", "--report", str(report))
    assert secret not in done.out + done.err + report.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["md", "har", "curl", "json"])
def test_every_export_of_a_paste_can_be_written(
    program: Any, facts: Callable[..., str], tmp_path: Path, form: str
) -> None:
    program.run("check", facts(click_url=PASTE), "--offline", "--save")
    (case,) = [item["id"] for item in json.loads(program.run("cases", "--json").out)["cases"]]
    done = program.run("report", case, "--for", "internal", "--format", form)
    assert (done.code, [secret for secret in SECRETS if secret in done.out]) == (0, [])


def test_a_command_alone_is_told_apart_and_proves_nothing(program: Any, facts: Callable[..., str]) -> None:
    done = program.run("check", facts(click_url=f"curl -sIL '{START}'"), "--trace", "--json")
    found = click(done.out)
    assert [item["code"] for item in found["findings"]] == ["command-without-output"]
    assert found["findings"][0]["values"] == {"url": START}


def recorded(url: str, to: str = "", second: int = 0) -> dict[str, Any]:
    headers = [{"name": "Location", "value": to}] if to else []
    content = {} if to else {"mimeType": "text/html", "text": "<title>x</title>"}
    return {
        "startedDateTime": f"2026-03-01T10:00:{second:02}Z",
        "request": {"method": "GET", "url": url},
        "response": {"status": 302 if to else 200, "headers": headers, "content": content},
    }


ENTRIES = [
    recorded("https://mail.example/"),
    recorded(START, OFFER, 20),
    recorded(OFFER, "/offer/", 21),
    recorded("https://go.example/offer/", second=22),
    recorded("https://trk.example/c/8?source=13&cid=other12345", second=50),
]


def test_a_recording_of_several_pages_names_them_and_the_choice(
    program: Any, facts: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "click.har").write_text(json.dumps({"log": {"entries": ENTRIES}}))
    out = program.run("check", facts(har="click.har"), "--offline", "--json").out
    (chosen,) = [item for item in click(out)["findings"] if item["code"] == "recording-page-chosen"]
    assert chosen["values"]["url"] == "https://trk.example/c/8?source=13&cid=other12345"
    assert START in chosen["values"]["others"]


def test_the_click_url_chooses_the_page_of_a_recording(program: Any, facts: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "click.har").write_text(json.dumps({"log": {"entries": ENTRIES}}))
    out = program.run("check", facts(har="click.har", click_url=START), "--offline", "--json").out
    assert "redirect-drops-query" in [item["code"] for item in click(out)["findings"]]


def test_a_proposed_page_becomes_the_click_url(program: Any, facts: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "click.har").write_text(json.dumps({"log": {"entries": ENTRIES[1:4]}}))
    out = program.run("check", facts(har="click.har"), "--offline", "--json").out
    assert json.loads(out)["case"]["facts"]["click_url"] == START
