"""The first question of a new case: what the platform says is decoded while one types, and can be skipped."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, TextArea

from postback_wizard.domain.facts import Facts
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.desk import Start
from postback_wizard.tui.screens.ask import AskScreen
from postback_wizard.tui.screens.home import HomeScreen
from postback_wizard.tui.screens.step import StepScreen
from tests.pilot.conftest import Press, settle
from tests.screens import story
from tests.screens.stage import Stage

KNOWN = "Click not found"
NAMED = "Affise: Broken clickid"


def shown(app: WizardApp) -> str:
    """All text on the screen."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


async def paste(app: WizardApp, text: str) -> None:
    """Put a message into the field, as the clipboard would, and wait until it is understood."""
    area = app.screen.query_one("#message", TextArea)
    area.clear()
    area.insert(text)
    await Pilot(app).pause()
    await settle(app)


def fresh(facts: Facts | None = None) -> tuple[Stage, WizardApp]:
    """A stage and a wizard opened on a case made just now, as ``new FACTS`` does."""
    stage = Stage(facts=facts or Facts())
    return stage, WizardApp(Start(stage.desk(), opened=stage.desk().open("x"), fresh=True))


async def test_a_new_case_begins_with_the_question(press: Press) -> None:
    app = Stage().app(home=True)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "enter")
        assert isinstance(app.screen, AskScreen)


@pytest.mark.parametrize("key", ["f8", "f5"])
async def test_it_is_skipped_with_one_key(press: Press, key: str) -> None:
    stage = Stage()
    app = stage.app(home=True)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "enter", key)
        assert isinstance(app.screen, StepScreen)
        assert app.screen.step.id == "click"
    assert stage.opened[0].case.facts == Facts()


@pytest.mark.parametrize(("lang", "words"), [("en", "Empty is fine: F8"), ("ru", "Можно оставить пустым: F8")])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_newcomer_sees_that_it_may_stay_empty(
    press: Press, lang: str, words: str, size: tuple[int, int]
) -> None:
    app = Stage(lang=lang).app(home=True)
    async with app.run_test(size=size):
        await settle(app)
        await press(app, "enter")
        assert words in shown(app)


@pytest.mark.parametrize(
    ("lang", "meaning", "step"),
    [
        ("en", "The platform knows no click with this ID.", "Step 2, Event, can prove it."),
        ("ru", "Платформа не знает клика с таким ID.", "Доказать может шаг 2, «Событие»."),
    ],
)
async def test_the_meaning_appears_while_one_types(press: Press, lang: str, meaning: str, step: str) -> None:
    app = Stage(lang=lang).app(home=True)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "enter", *("space" if letter == " " else letter for letter in KNOWN))
        text = shown(app)
        assert ("Affise Reach" in text, meaning in text, step in text, "Offer18" in text) == (True,) * 4


async def test_the_message_is_a_fact_of_the_case(press: Press) -> None:
    stage = Stage()
    app = stage.app(home=True)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "enter")
        await paste(app, KNOWN)
        await press(app, "f8")
    case = stage.opened[0].case
    assert (case.facts.partner_message, case.origins["partner_message"]) == (KNOWN, "typed")


async def test_step_three_has_the_same_field(press: Press) -> None:
    app = Stage().app(home=True)
    async with app.run_test(size=(80, 40)):
        await settle(app)
        await press(app, "enter")
        await paste(app, KNOWN)
        await press(app, "f8", "f8", "f8")
        assert app.screen.query_one("#fact-partner_message", TextArea).text == KNOWN


async def test_step_three_judges_it(press: Press) -> None:
    app = Stage().app(home=True)
    async with app.run_test(size=(80, 40)):
        await settle(app)
        await press(app, "enter")
        await paste(app, KNOWN)
        await press(app, "f8", "f8", "f8", "f5")
        assert '"Click not found", in the words of Affise Reach' in shown(app)


async def test_esc_goes_home_and_keeps_what_was_typed(press: Press) -> None:
    stage = Stage()
    app = stage.app(home=True)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "enter", *"abc", "escape")
        assert isinstance(app.screen, HomeScreen)
        assert app.screen.query_one("#menu", OptionList).has_focus
    assert stage.opened[0].case.facts.partner_message == "abc"


async def test_back_from_step_one_leads_to_it(press: Press) -> None:
    app = Stage(facts=Facts(partner_message=KNOWN)).app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "f7")
        assert isinstance(app.screen, AskScreen)
        assert "The platform knows no click" in shown(app)


async def test_a_case_that_knows_the_message_is_not_asked() -> None:
    _, app = fresh(Facts(partner_message=KNOWN))
    async with app.run_test(size=(80, 24)):
        await settle(app)
        assert isinstance(app.screen, StepScreen)


async def test_a_case_from_a_facts_file_without_one_is_asked() -> None:
    _, app = fresh(story.FACTS)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        assert isinstance(app.screen, AskScreen)


async def test_a_stored_case_is_not_asked() -> None:
    app = Stage().app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        assert isinstance(app.screen, StepScreen)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "Nobody has written this down here."), ("ru", "здесь никем не записано")]
)
async def test_a_message_nobody_knows_says_so(press: Press, lang: str, words: str) -> None:
    app = Stage(lang=lang).app(home=True)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "enter")
        await paste(app, "We have forwarded your request.")
        assert words in shown(app)


async def test_a_message_that_may_mean_several_things_says_so() -> None:
    _, app = fresh()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await paste(app, "SubID not found")
        assert "the words alone do not tell which" in shown(app)


async def test_the_parties_of_the_case_count() -> None:
    _, app = fresh(Facts(network="everflow"))
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await paste(app, "21")
        assert 'Everflow says "21"' in shown(app)


async def test_another_message_takes_the_place_of_the_meaning() -> None:
    _, app = fresh()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await paste(app, KNOWN)
        await paste(app, "")
        assert ("The platform knows" in shown(app), "Empty is fine" in shown(app)) == (False, True)


@pytest.mark.parametrize(
    "message",
    [
        "[/clickid] [b]Broken clickid[/b]",
        "\x1b]0;x\x07\x1b[2J Broken clickid",
        "Broken clickid\u202e\u200b\ud800",
        "{name} {0} %s Broken clickid {",
        "Broken clickid\x00",
        "Broken clickid " + "[x]" * 60_000,
    ],
    ids=["markup", "escapes", "bidi", "placeholders", "zero", "long"],
)
async def test_hostile_text_is_only_text(press: Press, message: str) -> None:
    _, app = fresh()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await paste(app, message)
        text = shown(app)
        assert ('Affise says "Broken clickid"' in text, "\x1b" in text, "\u202e" in text) == (True, False, False)
        await press(app, "f8")
        assert isinstance(app.screen, StepScreen)


# -- the platform that speaks ------------------------------------------------------------------------------------------


async def test_a_platform_the_message_names_is_taken_and_says_why(press: Press) -> None:
    stage, app = fresh()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await paste(app, NAMED)
        text = " ".join(shown(app).split())
        assert "[●] Affise is the network and receiver of the postback: the message names it. F3: no." in text
        await press(app, "f8")
    case = stage.opened[0].case
    assert (case.facts.network, case.facts.receiver, case.origins["receiver"]) == ("affise", "affise", "replay:message")


async def test_it_is_taken_even_if_nobody_waits_for_the_meaning() -> None:
    stage, app = fresh()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app)
        app.screen.query_one("#message", TextArea).insert(NAMED)
        await pilot.press("f8")
        await settle(app)
        assert isinstance(app.screen, StepScreen)
    assert stage.opened[0].case.facts.receiver == "affise"


async def test_f3_declines_it(press: Press) -> None:
    stage, app = fresh()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await paste(app, NAMED)
        await press(app, "f3", "f8")
    assert stage.opened[0].case.facts == Facts(partner_message=NAMED)


async def test_words_alone_are_only_a_proposal(press: Press) -> None:
    stage, app = fresh()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await paste(app, "SubID not found")
        assert "[ ] Keitaro" in shown(app)
        await press(app, "f8")
    assert stage.opened[0].case.facts.receiver == ""


async def test_f3_takes_a_proposal_and_coming_back_gives_it_back(press: Press) -> None:
    stage, app = fresh()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await paste(app, "SubID not found")
        await press(app, "f3", "f8")
        assert stage.opened[0].case.facts.receiver == "keitaro"
        await press(app, "f7")
        assert "[●] Keitaro" in shown(app)
        await press(app, "f3", "f8")
    assert stage.opened[0].case.facts.receiver == ""


async def test_f3_is_in_the_key_bar_only_where_it_does_something() -> None:
    _, app = fresh()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        assert "F3" not in shown(app)
        await paste(app, NAMED)
        assert "F3 Platform" in shown(app)


async def test_a_case_open_elsewhere_is_shown_and_not_changed(press: Press) -> None:
    stage = Stage(facts=Facts(partner_message=NAMED), read_only=True)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "f7", "x", "f3", "f8")
    assert (stage.opened[0].saves, stage.opened[0].case.facts.receiver) == (0, "")


async def test_f1_explains_the_question(press: Press) -> None:
    _, app = fresh()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "f1")
        assert "nearer to the cause" in shown(app)


async def test_the_meaning_can_be_read_by_keys_alone(press: Press) -> None:
    _, app = fresh()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await paste(app, "SubID not found")
        assert "To tell them apart" not in shown(app)
        await press(app, "tab", "end")
        assert "To tell them apart" in shown(app)


async def test_in_practice_the_case_begins_at_its_first_step() -> None:
    app = replace(Stage(evidence=story.EVIDENCE), facts=story.FACTS).app(lesson="stolen-sales")
    async with app.run_test(size=(80, 24)):
        await settle(app)
        assert isinstance(app.screen, StepScreen)
