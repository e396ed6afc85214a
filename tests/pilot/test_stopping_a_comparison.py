"""Step 2 under keys: a large comparison stopped in the middle."""

import asyncio
import subprocess
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from postback_wizard.commands.desk import desk_for
from postback_wizard.domain.facts import Facts
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.desk import Start
from postback_wizard.tui.walk import Walk
from tests.bench.reconcile import GENERATE
from tests.pilot.conftest import settle, strike
from tests.screens.stage import Stage

ROWS = 600_000


def walk_of(app: WizardApp) -> Walk:
    walk = app.work._walk
    assert walk is not None
    return walk


def generate(folder: Path) -> list[str]:
    subprocess.run([sys.executable, "-c", GENERATE, str(folder), str(ROWS)], check=True)
    return [str(folder / f"{name}.csv") for name in ("tracker", "partner")]


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def until_it_compares(walk: Walk, scratch: Path) -> None:
    """Until the comparison has made its folder; the look-up beside it may end before it or after."""
    while not files_in(scratch):
        await asyncio.sleep(0.005)
        assert walk.session.case.record("event") is None, "the comparison ended before it could be stopped"


async def test_esc_stops_a_comparison_keeps_what_was_typed_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker, partner = generate(tmp_path)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setenv("POSTBACK_WIZARD_HOME", str(tmp_path / "home"))
    stage = Stage(facts=Facts(title="A case", conversion_log=tracker, partner_log=partner))
    app = WizardApp(Start(desk_for(Namespace(), "en"), "en", opened=stage._open(stage._case())))
    async with app.run_test(size=(80, 24)):
        await settle(app)
        pilot, walk = Pilot(app), walk_of(app)
        await pilot.press("f8")
        await settle(app)
        app.screen.query_one("#fact-click_id", Input).focus()
        await pilot.press("a", "b", "c")
        strike(app, "f5")  # a pilot would wait until all is quiet, and the comparison would be over
        await until_it_compares(walk, scratch)
        strike(app, "escape")
        while walk.runs.step is not None:
            await pilot.pause()
        assert (walk.runs.step, app.screen.query_one("#fact-click_id", Input).value) == (None, "abc")
        assert walk.session.case.facts.click_id == "abc"
        record = walk.session.case.record("event")
        assert record
        assert [item.outcome for item in record.evidence if item.name == "reconcile"] == []
        assert not files_in(scratch)
