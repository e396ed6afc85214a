"""Step 2 under keys: the columns of a log corrected, and where to look when there is no log."""

import pytest
from textual.widgets import OptionList

from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import LogEvidence, LogSource
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.screens.mapping import ColumnMap
from postback_wizard.tui.widgets.where import WhereNote
from tests.pilot.conftest import Press, settle
from tests.screens.stage import Stage

HEADERS = ("colour", "made", "size")
FILE = LogSource("click_log", "clicks.csv", problem="no-click-id-column", detail="colour", headers=HEADERS)
LOGS = LogEvidence("lookup", "2026-03-01T10:00:00.000Z", ("LOGS_UNREADABLE",), (FILE,))
SIZES = [(80, 24), (120, 40)]


def facts_of(app: WizardApp) -> Facts:
    walk = app.work._walk
    assert walk is not None
    return walk.session.case.facts


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_column_is_picked_by_keys_and_kept_as_a_fact(press: Press, size: tuple[int, int]) -> None:
    app = Stage(evidence=[LOGS], facts=Facts(title="A case", click_log="clicks.csv", click_id="w7k2p9q4m1")).app()
    async with app.run_test(size=size):
        await settle(app)
        await press(app, "f8", "f5", "f11")
        assert isinstance(app.screen, ColumnMap)
        await press(app, "enter", "down", "down", "enter")
        assert "made" in str(app.screen.query_one(OptionList).get_option_at_index(0).prompt)
        await press(app, "escape")
        assert facts_of(app).columns == {"click_log.click_id": "made"}


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_question_says_where_in_the_tracker_its_answer_stands(press: Press, size: tuple[int, int]) -> None:
    app = Stage(facts=Facts(title="A case", tracker="voluum", click_id="w7k2p9q4m1")).app()
    async with app.run_test(size=size):
        await settle(app)
        await press(app, "f8")
        await app.workers.wait_for_complete()
        await settle(app)
        notes = [str(note.render()) for note in app.screen.query(WhereNote) if note.display]
        assert any("Voluum" in note and "Conversions" in note for note in notes)
