"""Step 3 before anything is sent: the request part by part, what was changed, and the request taken along."""

import pytest
from textual.widgets import OptionList, TextArea

from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import Effect
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.screens.confirm import ConfirmSend
from postback_wizard.tui.screens.copying import CopyAs, ExchangeReading
from tests.pilot.conftest import Press, settle
from tests.pilot.test_wizard import CountingStage, sees, shown
from tests.screens import story

CURL = """curl ^"https://partner.example/postback?cid=^%^7Bx^%^7D^&n=a b^" ^
 -H ^"X-Key: secretvalue99^" --data-raw ^"goal={goal}^\""""


def evidence(app: WizardApp) -> str:
    rows = app.screen.query_one("#evidence", OptionList)
    return "\n".join(str(rows.get_option_at_index(number).prompt) for number in range(rows.option_count))


async def in_step_three(app: WizardApp, press: Press) -> None:
    await settle(app)
    await press(app, "f8", "f8")


@pytest.mark.parametrize(("lang", "word"), [("en", "method  POST"), ("ru", "метод  POST")])
async def test_a_pasted_command_is_shown_part_by_part_before_any_run(lang: str, word: str, press: Press) -> None:
    stage = CountingStage(facts=Facts(sent_request=CURL), lang=lang)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await in_step_three(app, press)
        text = evidence(app)
        assert word in text
        assert "?cid  %7Bx%7D  →  {x}" in text
        assert "X-Key  secretvalue99" in text
        assert "{goal}" in text
        assert "Windows cmd" in text
        assert stage.asked == []


async def test_a_forbidden_byte_is_named_and_enter_encodes_it(press: Press) -> None:
    stage = CountingStage(facts=Facts(sent_request=CURL))
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await in_step_three(app, press)
        assert "U+0020  at offset 25 of the request line" in evidence(app)
        app.screen.query_one("#evidence", OptionList).focus()
        await press(app, "enter")
        await sees(app, "a%20b")
        await sees(app, "changed: n")
    assert "n=a%20b" in stage.opened[0].case.facts.sent_request


async def test_a_text_that_is_no_request_says_why(press: Press) -> None:
    app = CountingStage(facts=Facts(sent_request="curl -d @body.json https://a.example/")).app()
    async with app.run_test(size=(80, 24)):
        await in_step_three(app, press)
        assert "-d @body.json stands for the content of a file" in evidence(app)


async def test_what_is_typed_is_understood_at_once(press: Press) -> None:
    app = CountingStage(facts=Facts(sent_request=story.SENT)).app()
    async with app.run_test(size=(80, 24)):
        await in_step_three(app, press)
        field = app.screen.query_one("#fact-sent_request", TextArea)
        field.focus()
        field.text = story.SENT.replace("12.50", "13")
        await sees(app, "12.50 → 13")


async def test_the_changes_stand_in_the_dialog_before_sending(press: Press) -> None:
    stage = CountingStage(evidence=story.EVIDENCE, facts=Facts(sent_request=story.SENT, method="POST"))
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await in_step_three(app, press)
        await press(app, "f6")
        assert isinstance(app.screen, ConfirmSend)
        assert "method: GET → POST" in shown(app)
        assert "Changed since it was pasted" in shown(app)


async def test_an_unchanged_request_has_no_changes_in_the_dialog(press: Press) -> None:
    app = CountingStage(evidence=story.EVIDENCE, facts=Facts(sent_request=story.SENT)).app()
    async with app.run_test(size=(80, 24)):
        await in_step_three(app, press)
        await press(app, "f6")
        assert isinstance(app.screen, ConfirmSend)
        assert "Changed since" not in shown(app)


FROM_TEMPLATE = Facts(template=story.TEMPLATE, click_id="w8", payout="12.50", currency="USD", transaction_id="A-1")


async def test_the_template_is_offered_filled_and_sent_only_after_a_yes(press: Press) -> None:
    stage = CountingStage(evidence=story.EVIDENCE, facts=FROM_TEMPLATE)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await in_step_three(app, press)
        assert "clickid = w8" in evidence(app)
        assert "?payout  12.50" in evidence(app)
        await press(app, "f6")
        assert isinstance(app.screen, ConfirmSend)
        assert "cid=w8&payout=12.50" in shown(app)
        assert [probe for probe in stage.asked if probe.effect is Effect.WRITE] == []
    assert stage.opened[0].case.facts.sent_request == ""


async def test_a_template_that_cannot_be_filled_is_not_sent(press: Press) -> None:
    stage = CountingStage(evidence=story.EVIDENCE, facts=Facts(template=story.TEMPLATE, click_id="w8"))
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await in_step_three(app, press)
        assert "{payout}" in evidence(app)
        await press(app, "f6")
        assert not isinstance(app.screen, ConfirmSend)


@pytest.mark.parametrize(
    ("downs", "start"),
    [(0, "curl --globoff"), (1, "$PSNativeCommandArgumentPassing"), (2, "curl.exe"), (3, "{"), (4, "POST /postback")],
)
async def test_f3_copies_the_request_in_the_form_that_is_picked(downs: int, start: str, press: Press) -> None:
    stage = CountingStage(facts=Facts(sent_request=CURL.replace("a b", "ab")))
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await in_step_three(app, press)
        await press(app, "f3")
        assert isinstance(app.screen, CopyAs)
        await press(app, *["down"] * downs, "enter")
    assert [text.startswith(start) for text in stage.copied] == [True]


async def test_secrets_are_masked_unless_asked_for(press: Press) -> None:
    stage = CountingStage(facts=Facts(sent_request="curl -u user:pass99word https://partner.example/postback"))
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await in_step_three(app, press)
        await press(app, "f3", "enter", "f3", "f2", "enter")
    assert ["dXNlcjpwYXNzOTl3b3Jk" in text for text in stage.copied] == [False, True]


async def test_an_opened_exchange_can_be_copied(press: Press) -> None:
    stage = CountingStage(evidence=story.EVIDENCE, facts=Facts(sent_request=story.SENT))
    app = stage.app()
    async with app.run_test(size=(80, 40)):
        await in_step_three(app, press)
        await press(app, "f6", *"partner", "full_stop", *"example", "enter")
        rows = app.screen.query_one("#evidence", OptionList)
        rows.focus()
        rows.highlighted = next(
            number for number in range(rows.option_count) if "GET" in str(rows.get_option_at_index(number).prompt)
        )
        await press(app, "enter")
        assert isinstance(app.screen, ExchangeReading)
        await press(app, "f3", "enter")
    assert ["curl --globoff" in text for text in stage.copied] == [True]


async def test_with_nothing_pasted_there_is_nothing_to_copy(press: Press) -> None:
    stage = CountingStage()
    app = stage.app()
    async with app.run_test(size=(80, 24), notifications=True):
        await in_step_three(app, press)
        await press(app, "f3")
        await sees(app, "no request to copy")
    assert stage.copied == []
