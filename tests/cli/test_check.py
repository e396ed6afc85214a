"""``check``: what it prints, what it exits with, what it refuses, and what it sends."""

import json
import signal
import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import Popen
from threading import Thread
from typing import Any

import pytest

from postback_wizard.practice.chain import Chain, start
from postback_wizard.practice.scenarios import SCENARIOS

BROKEN = {
    "template": "https://t.example/p?cid={clickid}",
    "sent_request": "https://t.example/p?cid={clickid}",
}
CLEAR = {
    "template": "https://t.example/p?cid={clickid}",
    "sent_request": "https://t.example/p?cid=8f75a2c6513dc47372789156",
}


@pytest.fixture
def facts(tmp_path: Path) -> Callable[..., str]:
    """Writes a facts file and gives its path."""

    def write(**values: object) -> str:
        path = tmp_path / "facts.json"
        path.write_text(json.dumps(values), encoding="utf-8")
        return str(path)

    return write


class Receiver(ThreadingHTTPServer):
    """A partner that counts what it gets and says that it recorded it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.targets: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class Answering(BaseHTTPRequestHandler):
    """Answers every GET alike."""

    server: Receiver

    def do_GET(self) -> None:
        self.server.targets.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"status":"success"}')

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the class above it
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


# -- output and exit codes ---------------------------------------------------------------------------------------------


def test_json_is_all_there_is_on_standard_output(program: Any, facts: Callable[..., str]) -> None:
    found = json.loads(program.run("check", facts(**BROKEN), "--offline", "--json").out)
    assert list(found) == ["schema_version", "case", "diagnosis", "steps", "ledger"]


def test_json_holds_five_steps_whatever_was_run(program: Any, facts: Callable[..., str]) -> None:
    found = json.loads(program.run("check", facts(**BROKEN), "--offline", "--json", "--steps", "template").out)
    assert [step["step"] for step in found["steps"]] == ["click", "event", "replay", "template", "upload"]


def test_a_problem_exits_with_1(program: Any, facts: Callable[..., str]) -> None:
    assert program.run("check", facts(**BROKEN), "--offline").code == 1


def test_clear_and_complete_exits_with_0(program: Any, facts: Callable[..., str]) -> None:
    assert program.run("check", facts(**CLEAR), "--offline", "--steps", "template").code == 0


def test_facts_nobody_could_check_exit_with_3(program: Any, facts: Callable[..., str]) -> None:
    assert program.run("check", facts(**CLEAR), "--offline").code == 3


def test_the_verdict_is_the_first_line(program: Any, facts: Callable[..., str]) -> None:
    path = facts(**BROKEN)
    headline = json.loads(program.run("check", path, "--offline", "--json").out)["diagnosis"]["headline"]
    assert program.run("check", path, "--offline").out.splitlines()[0] == headline


def test_the_summary_speaks_russian(program: Any, facts: Callable[..., str]) -> None:
    assert "сломано" in program.run("check", facts(**BROKEN), "--offline", "--lang", "ru").out


def test_facts_come_from_standard_input_too(program: Any) -> None:
    assert program.run("check", "-", "--offline", stdin=json.dumps(BROKEN).encode()).code == 1


def test_steps_keep_their_order_whatever_order_they_are_named_in(program: Any, facts: Callable[..., str]) -> None:
    err = program.run("check", facts(**BROKEN), "--offline", "--steps", "template, click").err
    assert [line[:1] for line in err.splitlines()] == ["1", "4"]


def test_foreign_control_characters_do_not_reach_the_terminal(program: Any, facts: Callable[..., str]) -> None:
    hostile = "https://t.example/p?cid={click\x1b[2Jid}\u202e&x={a\x9bb}"
    done = program.run("check", facts(template=hostile, sent_request=hostile), "--offline")
    assert not {"\x1b", "\x9b", "\u202e"} & set(done.out + done.err)


def test_a_report_is_written_for_its_owner_only(program: Any, facts: Callable[..., str], tmp_path: Path) -> None:
    target = tmp_path / "out" / "report.md"
    program.run("check", facts(**BROKEN), "--offline", "--report", str(target))
    assert (target.read_text()[:2], target.stat().st_mode & 0o777) == ("# ", 0o600)


def test_a_device_is_never_replaced_by_a_report(program: Any, facts: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/dev/null")
    done = program.run("check", facts(**BROKEN), "--offline", "--report", str(tmp_path / "link"))
    assert (done.code, Path("/dev/null").is_file()) == (2, False)


def test_nothing_is_stored_unless_asked(program: Any, facts: Callable[..., str]) -> None:
    program.run("check", facts(**BROKEN), "--offline")
    assert list(program.home.iterdir()) == []


def test_a_saved_case_is_listed(program: Any, facts: Callable[..., str]) -> None:
    program.run("check", facts(title="mine", **BROKEN), "--offline", "--save")
    assert [case["title"] for case in json.loads(program.run("cases", "--json").out)["cases"]] == ["mine"]


# -- what is refused ---------------------------------------------------------------------------------------------------


def bad_files() -> dict[str, bytes]:
    """Facts files that are none, by what is wrong with them."""
    return {
        "bad JSON": b'{"title": ',
        "bad TOML": b"title = = 1",
        "an unknown key": b'{"click_ulr": "https://a.example/"}',
        "a wrong type": b'{"headers": 3}',
        "a wrong choice": b'{"role": "king"}',
        "a list": b"[1, 2]",
        "no UTF-8": b'{"title": "\xff\xfe"}',
        "50 MB": b'{"title": "' + b"a" * 50_000_000 + b'"}',
        "deep nesting": b'{"title": ' + b"[" * 100_000,
        "nothing in it": b"",
        "nothing to check": b'{"title": "x"}',
        "NUL bytes": b"\0" * 1000,
        "escape sequences": b'{"\x1b[2J": 1}',
    }


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("fault", bad_files())
def test_a_broken_facts_file_is_one_sentence(program: Any, tmp_path: Path, fault: str, lang: str) -> None:
    path = tmp_path / "facts"
    path.write_bytes(bad_files()[fault])
    done = program.run("check", str(path), "--json", LANG=lang)
    assert (done.code, done.out, len(done.sentences), "\x1b" in done.err) == (2, "", 1, False)


@pytest.mark.parametrize(
    "words",
    [
        ["no/such/file"],
        ["."],
        ["facts.json", "--steps", "klick"],
        ["facts.json", "--allow", "everything"],
        ["facts.json", "--deadline", "0"],
        ["facts.json", "--max-hops", "1000"],
        ["facts.json", "--ca-file", "no/such/file"],
        ["facts.json", "--save", "--report", "."],
    ],
    ids=" ".join,
)
def test_a_wrong_value_is_one_sentence(program: Any, words: list[str]) -> None:
    (program.home / "facts.json").write_text(json.dumps({"click_url": "https://a.example/"}))
    done = program.run("check", *words, "--offline")
    assert (done.code, done.out, len(done.sentences)) == (2, "", 1)


def test_an_unknown_step_is_answered_with_the_accepted_ones(program: Any, facts: Callable[..., str]) -> None:
    err = program.run("check", facts(**BROKEN), "--steps", "klick").err
    assert "click, event, replay, template, upload" in err


# -- what is sent ------------------------------------------------------------------------------------------------------


def test_nothing_is_sent_without_a_yes(program: Any, facts: Callable[..., str], receiver: Receiver) -> None:
    path = facts(sent_request=f"{receiver.url}/p?cid=8f75a2c6", click_url=f"{receiver.url}/click", allow=["127.0.0.1"])
    program.run("check", path)
    assert receiver.targets == []


def test_a_step_that_was_not_sent_says_so(program: Any, facts: Callable[..., str], receiver: Receiver) -> None:
    path = facts(sent_request=f"{receiver.url}/p?cid=8f75a2c6", allow=["127.0.0.1"])
    found = json.loads(program.run("check", path, "--json").out)
    assert (found["steps"][2]["verdict"], found["steps"][2]["reason"]) == ("not-checked", "not sent")


def test_a_yes_sends_exactly_once(program: Any, facts: Callable[..., str], receiver: Receiver) -> None:
    path = facts(sent_request=f"{receiver.url}/p?cid=8f75a2c6")
    program.run("check", path, "--send", "--allow", "127.0.0.1")
    assert receiver.targets == ["/p?cid=8f75a2c6"]


def test_offline_wins_over_send(program: Any, facts: Callable[..., str], receiver: Receiver) -> None:
    path = facts(sent_request=f"{receiver.url}/p?cid=8f75a2c6", allow=["127.0.0.1"])
    program.run("check", path, "--send", "--trace", "--offline")
    assert receiver.targets == []


def test_variants_are_clicks_and_want_the_same_yes(program: Any, facts: Callable[..., str], receiver: Receiver) -> None:
    done = program.run("check", facts(click_url=f"{receiver.url}/c/7", allow=["127.0.0.1"]), "--variants")
    assert (done.code, receiver.targets) == (2, [])
    assert "--trace" in done.err


def test_variants_are_clicked_beside_the_click(program: Any, facts: Callable[..., str], receiver: Receiver) -> None:
    path = facts(click_url=f"{receiver.url}/c/7", allow=["127.0.0.1"])
    done = program.run("check", path, "--trace", "--variants", "--steps", "click", "--json")
    names = [item["name"] for item in json.loads(done.out)["steps"][0]["evidence"]]
    assert sorted(names) == ["trace", "variant:android", "variant:iphone", "variant:slash"]
    assert sorted(receiver.targets) == ["/c/7", "/c/7", "/c/7", "/c/7/"]


def test_an_address_that_is_not_public_is_refused(program: Any, facts: Callable[..., str], receiver: Receiver) -> None:
    program.run("check", facts(sent_request=f"{receiver.url}/p?cid=8f75a2c6"), "--send")
    assert receiver.targets == []


def test_an_allowed_address_is_told_in_the_case(program: Any, facts: Callable[..., str]) -> None:
    done = program.run("check", facts(**BROKEN), "--offline", "--json", "--allow", "127.0.0.1,10.0.0.0/8")
    assert json.loads(done.out)["case"]["facts"]["allow"] == ["127.0.0.1", "10.0.0.0/8"]


def test_a_secret_of_the_environment_is_never_printed(program: Any, facts: Callable[..., str]) -> None:
    canary = "EAAGcanary0123456789canary0123456789"
    path = facts(template=f"https://t.example/p?k={canary}", sent_request=f"https://t.example/p?k={canary}")
    done = [program.run("check", path, "--offline", *more, POSTBACK_WIZARD_TOKEN=canary) for more in ([], ["--json"])]
    assert [canary in item.out + item.err for item in done] == [False, False]


def test_an_interrupt_exits_with_130_and_keeps_what_was_learned(
    started: Callable[..., "Popen[bytes]"], program: Any, facts: Callable[..., str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/p?cid={{clickid}}"
        path = facts(click_url=url, sent_request=url, allow=["127.0.0.1"])
        child = started("check", path, "--trace", "--save", "--steps", "click")
        peer, _ = silent.accept()
        with peer:
            peer.recv(65536)
            child.send_signal(signal.SIGINT)
            out, _ = child.communicate(timeout=60)
    listed = json.loads(program.run("cases", "--json").out)["cases"]
    assert (child.returncode, out, len(listed)) == (130, b"", 1)


# -- the whole way -----------------------------------------------------------------------------------------------------


def check_chain(program: Any, chain: Chain, *more: str) -> Any:
    """Check the conversion of a practice chain."""
    secrets = {"POSTBACK_WIZARD_TOKEN": chain.token, "POSTBACK_WIZARD_META_CAPI": chain.endpoints["meta_capi"]}
    return program.run("check", str(chain.facts_path), "--trace", "--send", "--json", *more, **secrets)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_practice_chain_is_diagnosed(program: Any, scenario: Any) -> None:
    with start(scenario) as chain:
        done = check_chain(program, chain)
    found = json.loads(done.out)["diagnosis"]
    assert (found["code"] or "", done.code) == (scenario.code, 1 if scenario.code else 0)
