"""The report screen by keys: other forms, secrets left in after a yes, what is missing, opening elsewhere."""

from collections.abc import Awaitable, Callable

from textual.pilot import Pilot

from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.screens.exporting import PickForm
from tests.screens import story
from tests.screens.stage import Stage

Press = Callable[..., Awaitable[None]]


def shown(app: WizardApp) -> str:
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


async def test_the_short_message_is_seen_saved_and_named_as_text(press: Press) -> None:
    stage = Stage(evidence=story.EVIDENCE, facts=story.FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "enter", "f9", "f4")
        assert isinstance(app.screen, PickForm)
        await press(app, "down", "enter", "f2")
        assert "Hello, please look" in shown(app)
    ((name, text),) = stage.written.items()
    assert (name.endswith("-partner-en.txt"), text.startswith("Hello")) == (True, True)


async def test_secrets_stay_in_after_a_yes_and_the_file_says_so(press: Press) -> None:
    stage = Stage(evidence=story.EVIDENCE, facts=story.FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f9", "f4", "f2", "enter", "escape", "f2")
        await press(app, "f4", "f2", "enter", "enter", "f2")
    masked, unmasked = stage.written.items()
    assert ["UNMASKED" in part for part in (*masked, *unmasked)] == [False, False, True, True]


async def test_what_is_missing_is_named_with_where_to_get_it(press: Press) -> None:
    stage = Stage(evidence=story.EVIDENCE, facts=story.FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f9")
        assert "Missing: " in shown(app)
        await press(app, "f12")
        assert "Where to get it" in shown(app)


async def test_where_the_terminal_cannot_be_handed_over_the_file_is_named(press: Press) -> None:
    stage = Stage(evidence=story.EVIDENCE, facts=story.FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24), notifications=True):
        await press(app, "f9", "f9")
        await Pilot(app).pause()
        assert "Saved to" in shown(app)
    assert len(stage.written) == 1
