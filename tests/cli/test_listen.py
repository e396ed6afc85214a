"""``listen`` and the listener behind it, spoken to with bytes."""

import asyncio
import base64
import json
import signal
import socket
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from postback_wizard.domain.case import Case
from postback_wizard.domain.probe import Answer
from postback_wizard.effects.codec import load_case
from postback_wizard.effects.folders import find_folders
from postback_wizard.effects.listener import BODY_LIMIT, Caught, Reply, listening
from postback_wizard.effects.store import CaseStore

DEFAULT = Reply()


def url_of(child: subprocess.Popen[bytes]) -> str:
    """The address a started ``listen`` names on standard error."""
    assert child.stderr is not None
    line = child.stderr.readline().decode()
    return next(word for word in line.split() if word.startswith("http://"))


def speak(url: str, request: bytes) -> bytes:
    """Send bytes, read until the other side is done."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as peer:
        peer.sendall(request)
        answer = b""
        while data := peer.recv(65536):
            answer += data
        return answer


@asynccontextmanager
async def conversation(reply: Reply = DEFAULT) -> AsyncIterator[tuple[list[Caught], Callable[[bytes], Any]]]:
    """A listener, what it caught, and a way to speak to it."""
    caught: list[Caught] = []
    async with listening(caught.append, reply) as url:
        yield caught, lambda request: asyncio.to_thread(speak, url, request)


async def catch(request: bytes) -> Caught:
    """What the listener makes of one request."""
    async with conversation() as (caught, say):
        await say(request)
    return caught[0]


# -- the command -------------------------------------------------------------------------------------------------------

Start = Callable[..., "subprocess.Popen[bytes]"]


def test_a_caught_request_is_one_line_of_json(started: Start) -> None:
    child = started("listen")
    speak(url_of(child), b"GET /p?cid={clickid}&x=%7b HTTP/1.1\r\nHost: h\r\nX-Odd:  \xd0\xba \r\n\r\n")
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=60)
    (line,) = out.decode().splitlines()
    found = json.loads(line)
    assert (found["method"], found["target"], found["headers"], found["body"]) == (
        "GET",
        "/p?cid={clickid}&x=%7b",
        [["Host", "h"], ["X-Odd", "к"]],
        "",
    )


def test_ending_it_by_ctrl_c_is_no_fault(started: Start) -> None:
    child = started("listen")
    url_of(child)
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=60)
    assert child.returncode == 0


def test_it_answers_as_told(started: Start) -> None:
    child = started("listen", "--status", "503", "--body", "later, привет", "--delay", "0.01")
    head, _, body = speak(url_of(child), b"GET / HTTP/1.1\r\n\r\n").partition(b"\r\n\r\n")
    assert (head.split(b"\r\n")[0], body.decode()) == (b"HTTP/1.1 503 Service Unavailable", "later, привет")


def stored(program: Any) -> Path:
    store = CaseStore(find_folders({"POSTBACK_WIZARD_HOME": str(program.home)}).cases)
    with store.create(Case("20260301-100000-abcd", "2026-03-01T10:00:00.000Z")) as opened:
        return opened.path


def test_what_came_and_what_was_answered_is_kept_in_a_case(started: Start, program: Any) -> None:
    path = stored(program)
    child = started("listen", "--case", "20260301", "--status", "500", "--body", "later")
    url = url_of(child)
    for number in (1, 2):
        speak(url, b"GET /p?cid=w7k2m9x4q%d HTTP/1.1\r\nX: \xff\r\n\r\n" % number)
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=60)
    kept = load_case(path.read_bytes()).caught
    assert [(item.request.target, item.answer) for item in kept] == [
        (f"/p?cid=w7k2m9x4q{number}", Answer(500, (), "later", 5)) for number in (1, 2)
    ]
    assert base64.b64decode(kept[0].detail).endswith(b"X: \xff\r\n\r\n")
    shown = program.run("report", "20260301")
    assert ("GET /p?cid=w7k2m9x4q1 HTTP/1.1" in shown.out, "with 500 after 0 s" in shown.out) == (True, True)


def test_a_case_that_is_open_elsewhere_is_not_listened_for(program: Any) -> None:
    path = stored(program)
    with CaseStore(path.parent).open("20260301"):
        done = program.run("listen", "--case", "20260301")
    assert (done.code, done.out, len(done.sentences)) == (2, "", 1)


def test_an_unknown_case_is_named(program: Any) -> None:
    done = program.run("listen", "--case", "nowhere")
    assert (done.code, len(done.sentences), "nowhere" in done.err) == (2, 1, True)


def test_a_taken_port_is_said_in_one_sentence(program: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = program.run("listen", "--port", str(server.getsockname()[1]))
    assert (done.code, done.out, len(done.sentences)) == (2, "", 1)


def test_it_listens_on_the_port_it_is_given(started: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert url_of(started("listen", "--port", str(port))) == f"http://127.0.0.1:{port}/"


def test_escape_sequences_of_a_sender_do_not_reach_the_terminal(started: Start) -> None:
    child = started("listen")
    speak(url_of(child), b"GET /\x1b[2J HTTP/1.1\r\nX: \x1b]0;owned\x07\r\n\r\n\x9b")
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=60)
    assert not set(out) & ({*range(0x20)} - {0x0A})


def test_nobody_reading_its_output_ends_it(started: Start) -> None:
    child = started("listen")
    url = url_of(child)
    assert child.stdout is not None
    child.stdout.close()
    speak(url, b"GET / HTTP/1.1\r\n\r\n")
    assert child.wait(timeout=60) == 0


# -- the listener ------------------------------------------------------------------------------------------------------


async def test_a_body_is_caught_as_it_came() -> None:
    found = await catch(b"POST /p HTTP/1.1\r\nContent-Length: 7\r\n\r\na=\r\n&b=")
    assert (found.body, found.raw_base64) == ("a=\r\n&b=", "")


async def test_a_chunked_body_is_put_together_and_its_bytes_are_kept() -> None:
    request = b"POST /p HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: 1\r\n\r\n"
    found = await catch(request)
    assert (found.body, base64.b64decode(found.raw_base64)) == ("abcde", request)


async def test_bytes_that_are_no_text_are_kept_exactly() -> None:
    request = b"GET /\xff\xfe HTTP/1.1\r\n\r\n"
    found = await catch(request)
    assert (found.target, base64.b64decode(found.raw_base64)) == (r"/\xff\xfe", request)


async def test_a_target_with_spaces_is_caught_whole() -> None:
    assert (await catch(b"GET /p?a=b c d HTTP/1.1\r\n\r\n")).target == "/p?a=b c d"


async def test_bare_line_feeds_end_lines_too() -> None:
    assert (await catch(b"GET /p HTTP/1.0\nA: b\n\n")).headers == (("A", "b"),)


PROBLEMS = {
    "head-too-large": b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
    "body-too-large": b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (BODY_LIMIT + 1),
    "bad-request-line": b"HELLO\r\n\r\n",
    "bad-header": b"GET / HTTP/1.1\r\nno colon here\r\n\r\n",
    "bad-length": b"POST / HTTP/1.1\r\nContent-Length: 1x\r\n\r\n",
    "bad-chunk": b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
}


@pytest.mark.parametrize("problem", PROBLEMS)
async def test_a_request_that_cannot_be_read_is_turned_away_by_name(problem: str) -> None:
    async with conversation() as (caught, say):
        with suppress(ConnectionError):  # turned away before it had said everything
            await say(PROBLEMS[problem])
    assert [item.problem for item in caught] == [problem]


async def test_many_header_lines_together_are_limited() -> None:
    lines = b"".join(b"X-%d: %s\r\n" % (number, b"v" * 1000) for number in range(100))
    async with conversation() as (caught, say):
        with suppress(ConnectionError):  # turned away before it had said everything
            await say(b"GET / HTTP/1.1\r\n" + lines + b"\r\n")
    assert [item.problem for item in caught] == ["head-too-large"]


async def test_both_lengths_at_once_are_refused() -> None:
    request = b"POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc"
    assert (await catch(request)).problem == "bad-length"


async def test_a_sender_that_waits_for_a_go_ahead_gets_it() -> None:
    async with conversation() as (_, say):
        answer = await say(b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na")
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")


async def test_a_head_request_gets_no_body() -> None:
    async with conversation(Reply(body="text")) as (_, say):
        answer = await say(b"HEAD / HTTP/1.1\r\n\r\n")
    assert answer.endswith(b"Content-Length: 4\r\n\r\n")


async def test_an_answer_without_content_has_no_length() -> None:
    async with conversation(Reply(status=204, body="x")) as (_, say):
        assert await say(b"GET / HTTP/1.1\r\n\r\n") == b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"


async def test_leaving_drops_a_connection_that_says_nothing() -> None:
    async with listening(lambda caught: None) as url:
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    assert await reader.read() == b""
    writer.close()


async def test_a_connection_without_a_word_is_not_a_request() -> None:
    caught: list[Caught] = []
    async with listening(caught.append) as url:
        reader, writer = await asyncio.open_connection(urlsplit(url).hostname, urlsplit(url).port)
        writer.write_eof()
        await reader.read()
        writer.close()
    assert caught == []


# -- whether the sender stays ------------------------------------------------------------------------------------------


async def patience(waits: bool) -> list[bool]:
    """What is said of a sender that waits for a delayed answer, or does not."""
    caught: list[Caught] = []
    told = asyncio.Event()

    def catch(found: Caught) -> None:
        caught.append(found)
        told.set()

    async with listening(catch, Reply(delay_s=0.2)) as url:
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(b"GET /p HTTP/1.1\r\n\r\n")
        await told.wait()
        told.clear()
        if waits:
            await reader.read()
        writer.close()
        if not waits:
            await asyncio.wait_for(told.wait(), 10)
    return [item.left for item in caught]


async def test_a_sender_that_leaves_before_a_delayed_answer_is_told() -> None:
    assert await patience(waits=False) == [False, True]


async def test_a_sender_that_waits_is_caught_once() -> None:
    assert await patience(waits=True) == [False]
