"""The template step by keys: the request taken apart, the proposal shown, applied, put back and tried."""

from dataclasses import replace

import pytest
from textual.widgets import OptionList, Static

from postback_wizard.domain.facts import Facts
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.screens.repair import RepairWindow
from postback_wizard.tui.walk import Walk
from tests.pilot.conftest import Press
from tests.screens.stage import Stage

TEMPLATE = "https://trk.example/postback?cid=%7Bclickid%7D&payout={payout}"
MENDED = "https://trk.example/postback?cid={clickid}&payout={payout}"
FACTS = Facts(
    template=TEMPLATE, sent_request=TEMPLATE.replace("{payout}", "12.50"), click_id="w7k2m9x4q1", payout="12.50"
)
AT_TEMPLATE = ("f8", "f8", "f8", "f5")


def stage(facts: Facts = FACTS, lang: str = "en") -> Stage:
    return Stage(facts=facts, lang=lang)


def walk_of(app: WizardApp) -> Walk:
    walk = app.work._walk
    assert walk is not None
    return walk


def facts_of(app: WizardApp) -> Facts:
    return walk_of(app).session.case.facts


def rows(app: WizardApp) -> list[str]:
    options = app.screen.query_one("#evidence", OptionList)
    return [str(options.get_option_at_index(index).prompt) for index in range(options.option_count)]


@pytest.mark.parametrize(("lang", "head"), [("en", "fill rate: 1 of 2 macros"), ("ru", "заполнено: 1 из 2 макросов")])
async def test_both_texts_stand_above_their_parameters(lang: str, head: str, press: Press) -> None:
    app = stage(lang=lang).app()
    async with app.run_test(size=(80, 24)):
        await press(app, *AT_TEMPLATE)
        found = rows(app)
        assert (head in found[0], len(found)) == (True, 4)


async def test_the_faulty_place_is_marked_in_the_template(press: Press) -> None:
    app = stage().app()
    async with app.run_test(size=(80, 24)):
        await press(app, *AT_TEMPLATE)
        prompt = app.screen.query_one("#evidence", OptionList).get_option_at_index(0).prompt
        marked = [prompt.plain[span.start : span.end] for span in prompt.spans if "reverse" in str(span.style)]  # type: ignore[union-attr]  # rows are Content
        assert marked == ["%7Bclickid%7D"]


async def test_moving_to_a_parameter_tells_what_it_is(press: Press) -> None:
    app = stage().app()
    async with app.run_test(size=(80, 24)):
        await press(app, *AT_TEMPLATE)
        app.screen.query_one("#evidence", OptionList).focus()
        await press(app, "down", "down", "down")
        told = str(app.screen.query_one("#tip", Static).content)
        assert told.startswith("payout: filled")


async def test_pointing_at_a_parameter_tells_what_it_is(press: Press) -> None:
    app = stage().app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(app, *AT_TEMPLATE)
        last = app.screen.query_one("#evidence", OptionList).size.height - 1
        await pilot.hover("#evidence", offset=(4, last))
        await pilot.pause()
        tip = app.screen.query_one("#tip", Static)
        assert "payout" in str(tip.content)


async def test_a_proposal_is_shown_and_nothing_is_applied_by_itself(press: Press) -> None:
    app = stage().app()
    async with app.run_test(size=(80, 24)):
        await press(app, *AT_TEMPLATE, "f6")
        shown = str(app.screen.query_one("#repair", Static).content)
        assert isinstance(app.screen, RepairWindow)
        assert (MENDED in shown, facts_of(app).template) == (True, TEMPLATE)


async def test_a_proposal_applied_keeps_the_version_before(press: Press) -> None:
    app = stage().app()
    async with app.run_test(size=(80, 24)):
        await press(app, *AT_TEMPLATE, "f6", "f2")
        assert (facts_of(app).template, facts_of(app).previous_template) == (MENDED, TEMPLATE)


async def test_what_was_applied_can_be_put_back(press: Press) -> None:
    app = stage().app()
    async with app.run_test(size=(80, 24)):
        await press(app, *AT_TEMPLATE, "f6", "f2", "f6", "f4")
        assert facts_of(app).template == TEMPLATE


async def test_a_proposal_is_copied(press: Press) -> None:
    scene = stage()
    app = scene.app()
    async with app.run_test(size=(80, 24)):
        await press(app, *AT_TEMPLATE, "f6", "f3")
        assert scene.copied == [MENDED]


async def test_its_request_goes_to_the_replay_after_a_yes(press: Press) -> None:
    app = stage().app()
    async with app.run_test(size=(80, 24)):
        await press(app, *AT_TEMPLATE, "f6", "f5", "enter")
        wanted = "https://trk.example/postback?cid=w7k2m9x4q1&payout=12.50"
        assert (facts_of(app).sent_request, walk_of(app)._app.screen.step.id) == (wanted, "replay")  # type: ignore[attr-defined]  # the step's screen


async def test_the_live_request_that_gave_way_is_put_back(press: Press) -> None:
    app = stage().app()
    async with app.run_test(size=(80, 24)):
        await press(app, *AT_TEMPLATE, "f6", "f5", "enter", "f8", "f6", "f4")
        assert facts_of(app).sent_request == FACTS.sent_request


async def test_an_offer_link_is_mended_from_the_click_step_and_put_back(press: Press) -> None:
    saved = "https://network.example/offer/7?aff_sub={clickid}&UTM_Source=push"
    app = stage(Facts(offer_url=saved, tracker="voluum")).app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "f6", "f2")
        applied = facts_of(app).offer_url
        await press(app, "f6", "f4")
        assert (applied, facts_of(app).offer_url) == (saved.replace("UTM_Source", "utm_source"), saved)


async def test_the_window_of_a_template_leads_to_the_offer_link(press: Press) -> None:
    app = stage(replace(FACTS, offer_url="https://go.example/o?sub1={clickid}&UTM_Source=x")).app()
    async with app.run_test(size=(80, 24)):
        await press(app, *AT_TEMPLATE, "f6", "f6")
        assert "utm_source" in str(app.screen.query_one("#repair", Static).content)


async def test_without_a_yes_the_live_request_stays(press: Press) -> None:
    app = stage().app()
    async with app.run_test(size=(80, 24)):
        await press(app, *AT_TEMPLATE, "f6", "f5", "escape")
        assert facts_of(app).sent_request == FACTS.sent_request


async def test_without_a_template_one_is_built_for_two_known_parties(press: Press) -> None:
    app = stage(Facts(sender="scaleo", receiver="voluum")).app()
    async with app.run_test(size=(80, 24)):
        await press(app, *AT_TEMPLATE, "f6", "f2")
        assert facts_of(app).template == "https://{tracking_domain}/postback?cid={aff_click_id}&payout={payout}"


async def test_where_nothing_is_known_the_key_says_so(press: Press) -> None:
    app = stage(Facts()).app()
    async with app.run_test(size=(80, 24)):
        await press(app, *AT_TEMPLATE, "f6")
        assert [note.message.startswith("Nothing to mend") for note in app._notifications] == [True]
