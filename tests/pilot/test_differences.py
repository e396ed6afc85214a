"""Step 2 under keys: the list of differences, and columns that are remembered."""

from pathlib import Path

import pytest
from textual.widgets import Static

from postback_wizard.commands.differing import ListedDifferences
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import LogEvidence, LogFile, LogProbe, LogSource
from postback_wizard.domain.remembered import RememberedColumns
from postback_wizard.effects.logs import read_logs
from postback_wizard.effects.reconcile import reconcile
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.screens.confirm import Agree
from postback_wizard.tui.screens.differences import PagedRows
from postback_wizard.tui.screens.step import StepScreen
from postback_wizard.tui.widgets.keybar import KeyBar
from tests.pilot.conftest import Press, settle
from tests.screens.stage import Stage

AT = "2026-03-01T10:00:00.000Z"
HEAD = "click_id,time,status,payout,currency\n"


def log(payout: str, *, first: int, count: int) -> str:
    lines = (f"click{n:04},2026-03-02 00:{n % 60:02}:00,approved,{payout},USD" for n in range(first, first + count))
    return HEAD + "\n".join(lines) + "\n"


async def compared(folder: Path, lang: str) -> tuple[Stage, Path]:
    """A stage whose two logs differ in the payout of 90 conversions, and in ten more on each side."""
    tracker, partner, out = folder / "tracker.csv", folder / "partner.csv", folder / "exports"
    tracker.write_text(log("10.50", first=0, count=100))
    partner.write_text(log("9", first=10, count=100))
    files = LogFile("conversion_log", str(tracker)), LogFile("partner_log", str(partner))
    facts = Facts(
        title="A case",
        click_id="click0020",
        tracker="binom_v1",
        conversion_log=str(tracker),
        partner_log=str(partner),
    )
    evidence = (
        await read_logs(LogProbe("lookup", files, "click0020"), AT),
        await reconcile(LogProbe("reconcile", files), AT),
    )
    return Stage(
        evidence=evidence,
        facts=facts,
        lang=lang,
        differences=lambda probe, logs: ListedDifferences(probe, logs, out),
    ), out


def said(app: WizardApp, where: str) -> str:
    return str(app.screen.query_one(where, Static).render())


@pytest.mark.parametrize(("size", "lang"), [((80, 24), "ru"), ((120, 40), "en")], ids=str)
async def test_differences_are_paged_narrowed_opened_and_written_by_keys(
    press: Press, size: tuple[int, int], lang: str, tmp_path: Path
) -> None:
    stage, out = await compared(tmp_path, lang)
    app = stage.app()
    async with app.run_test(size=size):
        await settle(app)
        await press(app, "f8", "f5")
        assert "F6" in str(app.screen.query_one(KeyBar).render())
        await press(app, "f6")
        assert app.screen.query_one(KeyBar).render().cell_length <= size[0]
        await press(app, "end")
        rows = app.screen.query_one(PagedRows)
        assert rows.first + rows.option_count == 110
        await press(app, "f2", "down", "down", "enter")
        assert "1–10" in said(app, "#differences-summary")
        await press(app, "enter")
        assert "click0100" in str(app.screen.query_one(".window-body Static", Static).render())
        await press(app, "escape", "f5", "escape", "f6", "f2", "escape")
        await press(app, "escape")
        assert isinstance(app.screen, StepScreen)
    ends = {path.name.partition("-demo-")[2]: len(path.read_text().splitlines()) for path in out.iterdir()}
    assert ends == {"differences.csv": 11, "binom_v1-backfill.txt": 10}


async def test_the_arrows_go_on_over_the_end_of_a_page(press: Press, tmp_path: Path) -> None:
    stage, _ = await compared(tmp_path, "en")
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "f8", "f5", "f6")
        rows = app.screen.query_one(PagedRows)
        room = rows.room
        await press(app, *["down"] * room)
        assert (rows.first, rows.highlighted) == (room, 0)
        await press(app, "up")
        assert (rows.first, rows.highlighted) == (0, room - 1)


HEADERS = ("ID", "Sum", "Fee")
READ = LogSource("partner_log", "p.csv", 5, headers=HEADERS, columns={"click_id": "ID", "payout": "Sum"})
LOGS = LogEvidence("lookup", AT, ("OK",), (READ,))
KEPT = RememberedColumns("affise", "partner_log", HEADERS, {"payout": "Fee"})


async def test_remembered_columns_are_offered_and_taken_by_a_yes(press: Press) -> None:
    facts = Facts(title="A case", partner_log="p.csv", click_id="w7k2p9q4m1", network="affise")
    app = Stage(evidence=[LOGS], facts=facts, columns=[KEPT]).app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "f8", "f5")
        assert isinstance(app.screen, Agree)
        await press(app, "enter")
        walk = app.work._walk
        assert walk is not None
        assert walk.session.case.facts.columns == {"partner_log.payout": "Fee"}


async def test_corrected_columns_are_remembered_for_their_platform(press: Press) -> None:
    facts = Facts(title="A case", partner_log="p.csv", click_id="w7k2p9q4m1", network="affise")
    stage = Stage(evidence=[LOGS], facts=facts)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "f8", "f5", "f11", "enter", "end", "enter", "escape")
    assert stage.columns == [RememberedColumns("affise", "partner_log", HEADERS, {"click_id": "Fee"})]
