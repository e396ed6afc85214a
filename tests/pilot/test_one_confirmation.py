"""The real wizard against a real server: one yes is one request, however often and fast Enter is pressed."""

from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from postback_wizard.commands.desk import desk_for
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.effects.folders import find_folders
from postback_wizard.effects.journal import Journal
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.desk import Start
from postback_wizard.tui.screens.confirm import ConfirmSend
from postback_wizard.tui.screens.step import StepScreen
from postback_wizard.tui.widgets.form import FactTyped
from tests.loopback.conftest import Behaviour, Peer, RawServer, Serve, serve
from tests.loopback.test_behaviours import ANSWERS, never_answers, resets, sends_half_a_head
from tests.pilot.conftest import Press, settle

__all__ = ["serve"]

BURST = 20
BEHAVIOURS: dict[str, bytes | Behaviour] = {
    "answers": ANSWERS["says error with 200"][0],
    "redirects": ANSWERS["redirects on"][0],
    "closes": ANSWERS["closes without a byte"][0],
    "speaks something else": ANSWERS["speaks HTTP/0.9"][0],
    "resets": resets,
    "sends half a head": sends_half_a_head,
    "never answers": never_answers,
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POSTBACK_WIZARD_HOME", str(tmp_path))
    return tmp_path


@asynccontextmanager
async def step_three(press: Press) -> AsyncIterator[WizardApp]:
    """The wizard on a stored case at step 3, with the real world and the real journal."""
    desk = desk_for(Namespace(deadline="1"), "en")
    opened = desk.create(Case("c", "2026-03-01T10:00:00.000Z", Facts(allow=("127.0.0.0/8",))))
    app = WizardApp(Start(desk, "en", opened=opened))
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "f8", "f8")
        yield app


async def burst(app: WizardApp, press: Press, url: str) -> None:
    """A request typed, F6, the host's name, and Enter twenty times before anything else can happen."""
    app.post_message(FactTyped("sent_request", url))
    await settle(app)
    await press(app, "f6")
    asked = app.screen
    assert isinstance(asked, ConfirmSend)
    asked.query_one("#host", Input).value = "127.0.0.1"
    for _ in range(BURST):
        app.post_message(events.Key("enter", None))
    await Pilot(app).pause()
    await settle(app)
    while not isinstance(app.screen, StepScreen):  # a later Enter opened what was found
        await press(app, "escape")


async def test_twenty_enters_send_one_request_under_every_behaviour(press: Press, serve: Serve) -> None:
    now: list[bytes | Behaviour] = []

    async def behaves(peer: Peer) -> None:
        said = now[-1]
        await (peer.send(said) if isinstance(said, bytes) else said(peer))

    server: RawServer = await serve(behaves)
    async with step_three(press) as app:
        for number, said in enumerate(BEHAVIOURS.values()):
            now.append(said)
            await burst(app, press, server.url(f"/pb?cid=confirmed{number}"))
    heard = [request.split(b" ")[1].decode() for request in server.requests]
    assert heard == [f"/pb?cid=confirmed{number}" for number in range(len(BEHAVIOURS))]
    journal = Journal(find_folders().journal)
    assert [len(journal.sent_with((f"confirmed{number}",))) for number in range(len(BEHAVIOURS))] == [1] * len(heard)
    assert journal.unsettled() == ()
