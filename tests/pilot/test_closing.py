"""Closing a case, running it again, and being reminded of one, by keys."""

from pathlib import Path

from textual.widgets import Static

from postback_wizard.domain.closing import ClosedCase, Conclusion
from postback_wizard.domain.facts import Facts
from postback_wizard.tui.screens.closing import ClosingScreen
from postback_wizard.tui.screens.home import HomeScreen
from postback_wizard.tui.screens.step import StepScreen
from tests.pilot.conftest import Press, settle
from tests.screens.stage import Stage

TEMPLATE = Facts(
    title="Night", template="https://t.example/p?cid={clickid}", sent_request="https://t.example/p?cid={clickid}"
)
#: From the first step to the fourth, which needs no world; run it, and on to the report.
TO_REPORT = ("f8", "f8", "f8", "f5", "f9")


async def test_a_case_is_closed_with_what_was_learned(press: Press) -> None:
    stage = Stage(facts=TEMPLATE)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, *TO_REPORT, "f8", *"Ann", "f2")
        assert isinstance(app.screen, HomeScreen)
    (card,) = stage.closed
    ended = stage.opened[0].case.conclusion
    assert ended is not None
    assert (card.codes[0], ended.fix, bool(ended.cause), bool(ended.closed_at)) == ("macro-literal", "Ann", True, True)


async def test_running_again_starts_over_and_keeps_what_was_found(press: Press) -> None:
    stage = Stage(facts=TEMPLATE)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, *TO_REPORT, "f8", "f6")
        assert isinstance(app.screen, StepScreen)
    case = stage.opened[0].case
    assert (case.records, list(case.rounds[0].records)) == ({}, ["template"])


async def test_before_and_after_stand_side_by_side(press: Press) -> None:
    app = Stage(facts=TEMPLATE).app()
    async with app.run_test(size=(120, 40)):
        await settle(app)
        await press(app, *TO_REPORT, "f8", "f6", *TO_REPORT, "f8")
        assert isinstance(app.screen, ClosingScreen)
        assert "same as before" in str(app.screen.query_one("#compared", Static).visual)


async def test_a_closed_case_that_looks_alike_is_named(press: Press) -> None:
    ended = Conclusion("The macro was retyped.", closed_at="2026-02-01T10:00:00.000Z")
    card = ClosedCase("old-one", "Day", "2026-02-01T09:00:00.000Z", ended, (), ("macro-literal",))
    app = Stage(facts=TEMPLATE, closed=[card]).app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "f8", "f8", "f8", "f5")
        said = [note.message for note in app._notifications]
    assert len([line for line in said if "old-one" in line and "The macro was retyped." in line]) == 1


async def test_a_case_somebody_sent_is_opened_from_home(press: Press) -> None:
    stage = Stage(facts=TEMPLATE)
    app = stage.app(home=True)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "down", "down", "down", "enter", *"xy", "enter")
        assert isinstance(app.screen, StepScreen)
    assert [Path(item.case.id).name for item in stage.opened] == ["xy"]
