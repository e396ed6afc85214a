"""A callback caught on this machine is shown live, laid beside the template, and kept as the live request."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from postback_wizard.commands.desk import _listening
from postback_wizard.domain.facts import Facts
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.desk import Start
from postback_wizard.tui.screens.receiver import Receiver
from tests.screens.stage import Stage

TEMPLATE = "https://track.example/postback?cid={clickid}&payout={payout}"
Until = Callable[[WizardApp, str], Awaitable[str]]


def wizard(lang: str = "en") -> tuple[Stage, WizardApp]:
    stage = Stage((), Facts(template=TEMPLATE), lang=lang)
    desk = replace(stage.desk(), listening=_listening)
    return stage, WizardApp(Start(desk, lang, opened=stage._open(stage._case())))


def shown(app: WizardApp) -> str:
    """All text on the screen."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


async def until(app: WizardApp, word: str) -> str:
    """The screen once it says a word."""
    async with asyncio.timeout(20):
        while word not in shown(app):
            await Pilot(app).pause()
    return shown(app)


async def opened(app: WizardApp) -> str:
    """The receiver of step 3, and its address."""
    for key in ("f8", "f8", "f10"):
        await Pilot(app).press(key)
        await Pilot(app).pause()
    await until(app, "http://127.0.0.1:")
    assert isinstance(app.screen, Receiver)
    said = str(app.screen.query_one("#address", Static).content)
    return next(word for word in said.split() if word.startswith("http://"))


async def speak(url: str, request: bytes) -> bytes:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(request)
    answer = await reader.read()
    writer.close()
    return answer


async def answered(url: str) -> bytes:
    """What a plain request gets now; nothing from a closed port."""
    try:
        return await speak(url, b"GET / HTTP/1.1\r\n\r\n")
    except ConnectionError:
        return b""


@pytest.mark.parametrize(("size", "lang", "word"), [((80, 24), "en", "instead of"), ((120, 40), "ru", "вместо")])
async def test_what_arrived_is_laid_beside_the_template(size: tuple[int, int], lang: str, word: str) -> None:
    _, app = wizard(lang)
    async with app.run_test(size=size):
        url = await opened(app)
        answer = await speak(url, b"GET /pb?cid=w7k2 HTTP/1.1\r\nHost: h\r\n\r\n")
        assert answer.endswith(b"OK")
        seen = await until(app, "/pb?cid=w7k2")
        assert word in seen


async def test_another_answer_is_given_on_the_same_address() -> None:
    _, app = wizard()
    async with app.run_test(size=(120, 40)):
        url = await opened(app)
        app.screen.query_one("#reply").clear()  # type: ignore[attr-defined]  # an Input
        for key in (*"500", "space", "0", "space", *"no", "enter"):
            await Pilot(app).press(key)
        async with asyncio.timeout(20):
            while b" 500 " not in (answer := await answered(url)):
                await Pilot(app).pause()
        assert answer.endswith(b"no")


async def test_an_answer_nobody_can_give_is_refused() -> None:
    _, app = wizard()
    async with app.run_test(size=(120, 40)):
        await opened(app)
        await Pilot(app).press("home", "9", "enter")
        assert "from 200 to 599" in await until(app, "from 200 to")


async def test_f2_keeps_what_arrived_as_the_live_request() -> None:
    stage, app = wizard()
    async with app.run_test(size=(120, 40)):
        url = await opened(app)
        await speak(url, b"POST /pb HTTP/1.1\r\nHost: h\r\nContent-Length: 8\r\n\r\ncid=w7k2")
        await until(app, "cid=w7k2")
        await Pilot(app).press("f2")
        await Pilot(app).pause()
        async with asyncio.timeout(20):
            while not stage.opened[0].case.facts.sent_request:
                await Pilot(app).pause()
    assert stage.opened[0].case.facts.sent_request == ("POST /pb HTTP/1.1\nHost: h\nContent-Length: 8\n\ncid=w7k2")


async def test_the_port_is_closed_with_the_window() -> None:
    _, app = wizard()
    async with app.run_test(size=(80, 24)):
        url = await opened(app)
        await Pilot(app).press("escape")
        async with asyncio.timeout(20):
            while await answered(url):
                await Pilot(app).pause()


async def test_what_arrived_and_its_answer_stay_with_the_case_without_any_key() -> None:
    stage, app = wizard()
    async with app.run_test(size=(120, 40)):
        url = await opened(app)
        await speak(url, b"GET /pb?cid=w7k2 HTTP/1.1\r\nHost: h\r\n\r\n")
        await until(app, "200 after 0 s")
        await Pilot(app).press("escape")
        await until(app, "caught GET")
        async with asyncio.timeout(20):
            while not stage.opened[0].case.caught:
                await Pilot(app).pause()
    (kept,) = stage.opened[0].case.caught
    assert (kept.request.target, kept.answer and kept.answer.body) == ("/pb?cid=w7k2", "OK")
