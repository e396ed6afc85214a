"""The wizard under keys: what is typed, run, sent, stopped and saved."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widgets import Input, OptionList, TextArea

from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Verdict
from postback_wizard.domain.probe import Effect, Evidence, HttpProbe, Probe, TlsProbe
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.domain.text import Text
from postback_wizard.steps import BY_ID
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.desk import Desk, DeskError, Start, UnknownSend, WizardWorld
from postback_wizard.tui.runner import Finished, run_step
from postback_wizard.tui.screens.confirm import ConfirmSend
from postback_wizard.tui.screens.pick import PickScreen
from postback_wizard.tui.screens.report import ReportScreen
from tests.pilot.conftest import Press, settle
from tests.screens import story
from tests.screens.stage import Stage, StageWorld


def shown(app: WizardApp) -> str:
    """All text on the screen."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


async def sees(app: WizardApp, text: str, *, gone: bool = False) -> None:
    """Wait until a text is, or is no longer, on the screen."""
    for _ in range(100):
        await settle(app)
        if (text in shown(app)) is not gone:
            return
    raise AssertionError(f"{text!r} gone={gone}:\n{shown(app)}")


class CountingWorld(StageWorld):
    """Recorded answers, and a list of everything asked."""

    def __init__(self, evidence: Sequence[Evidence], asked: list[Probe]) -> None:
        super().__init__(evidence)
        self._asked = asked

    async def perform(self, probe: Probe) -> Evidence:
        self._asked.append(probe)
        return await super().perform(probe)


class SilentWorld(StageWorld):
    """Answers the first question and then never again."""

    def __init__(self, evidence: Sequence[Evidence]) -> None:
        super().__init__(evidence)
        self.stuck = asyncio.Event()
        self.closed = False

    async def perform(self, probe: Probe) -> Evidence:
        if isinstance(probe, HttpProbe) and probe.hop > 1:
            self.stuck.set()
            await asyncio.Event().wait()
        return await super().perform(probe)

    async def aclose(self) -> None:
        self.closed = True


class CountingStage(Stage):
    """A stage that keeps what was asked of its worlds."""

    asked: list[Probe]

    def desk(self) -> Desk:
        self.asked = []
        return replace(super().desk(), world=lambda case: CountingWorld(self.evidence, self.asked))

    def sends(self) -> list[Probe]:
        return [probe for probe in self.asked if probe.effect is Effect.WRITE]


REPLAY_FACTS = Facts(title="Replay", sent_request=story.SENT)
HOST = [*"partner", "full_stop", *"example"]


async def test_what_is_typed_reaches_the_case_and_its_file(press: Press) -> None:
    stage = Stage()
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, *"ab")
        await press(app, "escape")
        assert stage.opened[0].case.facts.click_url == "ab"


async def test_a_value_says_where_it_came_from() -> None:
    app = Stage(facts=story.FACTS).app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        assert "from the facts file" in shown(app)


@pytest.mark.parametrize("value", ["[clickid]", "[/clickid]", "[b]x[/b]", "{clickid}", "$x$", "\\[x]"])
async def test_brackets_stand_on_the_screen_as_given(value: str) -> None:
    app = Stage(facts=Facts(title=value, click_url=value, click_id=value)).app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        assert shown(app).count(value) >= 3


async def test_a_trace_asks_first_and_esc_leaves_it_unasked(press: Press) -> None:
    stage = CountingStage(evidence=story.EVIDENCE, facts=story.FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "escape")
        assert stage.asked == []


async def test_the_second_trace_of_the_same_link_asks_no_more(press: Press) -> None:
    stage = CountingStage(evidence=story.EVIDENCE, facts=story.FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "enter", "f5")
        assert len(stage.asked) == 2 * len(story.HOPS)


async def test_a_finished_trace_shows_the_hop_that_lost_the_id(press: Press) -> None:
    app = Stage(evidence=story.EVIDENCE, facts=story.FACTS).app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "enter")
        text = shown(app)
        assert "Hop 3" in text
        assert "broken" in text


async def test_one_step_fills_in_the_next(press: Press) -> None:
    app = Stage(evidence=story.EVIDENCE, facts=story.FACTS).app()
    async with app.run_test(size=(80, 40)):
        await press(app, "f8", "f5", "f8")
        assert app.screen.query_one("#fact-sent_request", TextArea).text == story.SENT
        assert "from step 2, event" in shown(app)


async def test_a_changed_fact_marks_the_step_outdated(press: Press) -> None:
    app = Stage(evidence=story.EVIDENCE, facts=story.FACTS).app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "enter", "shift+tab", "shift+tab")
        app.screen.query_one("#fact-click_url", TextArea).focus()
        await press(app, "x", "f8", "f7")
        assert "outdated" in shown(app)


async def test_a_dry_run_sends_nothing(press: Press) -> None:
    stage = CountingStage(evidence=story.EVIDENCE, facts=REPLAY_FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f8", "f8", "f5")
        assert stage.sends() == []
        assert "Dry run" in shown(app)


async def test_a_send_wants_the_host_typed(press: Press) -> None:
    stage = CountingStage(evidence=story.EVIDENCE, facts=REPLAY_FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f8", "f8", "f6", *"wrong", "enter")
        assert isinstance(app.screen, ConfirmSend)
        assert stage.sends() == []


async def test_the_typed_host_sends_the_confirmed_request_once(press: Press) -> None:
    stage = CountingStage(evidence=story.EVIDENCE, facts=REPLAY_FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f8", "f8", "f6", *HOST, "enter")
        assert [probe.url for probe in stage.sends() if isinstance(probe, HttpProbe)] == [story.SENT]


async def test_twenty_enters_at_once_send_once(press: Press) -> None:
    stage = CountingStage(evidence=story.EVIDENCE, facts=REPLAY_FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(app, "f8", "f8", "f6", *HOST)
        await pilot.press(*["enter"] * 20)
        await settle(app)
        assert len(stage.sends()) == 1


async def test_the_case_is_saved_before_anything_is_sent(press: Press) -> None:
    stage = CountingStage(evidence=story.EVIDENCE, facts=REPLAY_FACTS)
    saved_before: list[int] = []

    class WatchingWorld(StageWorld):
        async def perform(self, probe: Probe) -> Evidence:
            if probe.effect is Effect.WRITE:
                saved_before.append(stage.opened[0].saves)
            return await super().perform(probe)

    app = WizardApp(
        Start(replace(stage.desk(), world=lambda case: WatchingWorld(stage.evidence)), opened=stage.desk().open("x"))
    )
    async with app.run_test(size=(80, 24)):
        await press(app, "f8", "f8", "f6", *HOST, "enter")
    assert saved_before
    assert saved_before[0] >= 1


async def test_a_dry_run_after_a_send_keeps_the_answer(press: Press) -> None:
    stage = CountingStage(evidence=story.EVIDENCE, facts=REPLAY_FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f8", "f8", "f6", *HOST, "enter", "f5", "escape")
    record = stage.opened[0].case.record("replay")
    assert record is not None
    assert record.verdict is Verdict.BROKEN
    assert len(stage.opened[0].case.sent) == 1


async def test_esc_stops_a_run_and_keeps_what_was_heard() -> None:
    stage = Stage(evidence=story.EVIDENCE, facts=story.FACTS)
    world = SilentWorld(story.EVIDENCE)

    def make(case: object) -> WizardWorld:
        return world

    app = WizardApp(Start(replace(stage.desk(), world=make), opened=stage.desk().open("x")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f5", "enter")
        await world.stuck.wait()
        await pilot.pause()
        await pilot.press("escape")
        await settle(app)
        await sees(app, "Does the click ID")
        await pilot.press("escape")
        await sees(app, "New case")
    record = stage.opened[0].case.record("click")
    assert record is not None
    assert record.reason == "stopped"
    assert len(record.evidence) == 1
    assert world.closed


async def test_a_case_open_elsewhere_can_only_be_read(press: Press) -> None:
    stage = CountingStage(evidence=story.EVIDENCE, facts=story.FACTS, read_only=True)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, "x", "f5")
        assert "Read-only" in shown(app)
        assert stage.asked == []
    assert stage.opened[0].saves == 0


async def test_a_full_disk_is_said_and_loses_nothing(press: Press) -> None:
    app = Stage(facts=story.FACTS, refuse=True).app()
    async with app.run_test(size=(80, 24), notifications=True):
        app.screen.query_one("#fact-click_id", Input).focus()
        await press(app, "q", "f5", "enter")
        await sees(app, "disk is full")
        assert app.screen.query_one("#fact-click_id", Input).value == "q"


async def test_an_address_inside_waits_to_be_allowed(press: Press) -> None:
    blocked = replace(story.HOPS[0], outcome=("BLOCKED_ADDRESS",), answer=None, delivery="not-sent", detail="127.0.0.1")
    stage = Stage(evidence=(blocked,), facts=story.FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "enter")
        assert "F3" in shown(app)
        await press(app, "f3", "enter", "escape")
    assert stage.opened[0].case.facts.allow == ("127.0.0.1",)
    assert stage.opened[0].case.origins["allow"] == "yes"


async def test_f9_shows_the_report_and_f2_saves_it(press: Press) -> None:
    stage = Stage(evidence=story.EVIDENCE, facts=story.FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "enter", "f9", "f2")
        assert isinstance(app.screen, ReportScreen)
    assert ["network.example" in text for text in stage.written.values()] == [True]


async def test_the_report_speaks_the_other_language_on_f5(press: Press) -> None:
    stage = Stage(evidence=story.EVIDENCE, facts=story.FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f9", "f5", "f2", "f6", "f2")
    assert sorted(name.split("-", 3)[3] for name in stage.written) == ["internal-ru.md", "partner-ru.md"]


async def test_f3_copies_the_report(press: Press) -> None:
    stage = Stage(evidence=story.EVIDENCE, facts=story.FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24), notifications=True):
        await press(app, "f9", "f3")
        await sees(app, "xclip")
    assert len(stage.copied) == 1


async def test_a_send_of_unknown_outcome_is_shown_until_noted(press: Press) -> None:
    stage = Stage(unknown=[UnknownSend("i1", "c", "2026-03-01", "GET", "https://partner.example/postback")])
    app = stage.app(home=True)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await sees(app, "outcome unknown")
        app.screen.query_one("#recent", OptionList).focus()
        await press(app, "enter")
        await sees(app, "outcome unknown", gone=True)


async def test_the_language_is_switched_at_home_and_remembered(press: Press) -> None:
    stage = Stage()
    app = stage.app(home=True)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "down", "down", "down", "down", "enter")
        assert "Новый случай" in shown(app)
    assert stage.remembered == [("ru", "textual-dark")]


async def test_practice_marks_the_diagnosis(press: Press) -> None:
    app = Stage(evidence=story.EVIDENCE, facts=story.FACTS).app(lesson="stolen-sales")
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "f9", "f8")
        assert isinstance(app.screen, PickScreen)
        await press(app, "down", "enter")
        assert "The network forgot it." in shown(app)


async def test_a_wrong_diagnosis_keeps_the_answer_hidden(press: Press) -> None:
    app = Stage(evidence=story.EVIDENCE, facts=story.FACTS).app(lesson="stolen-sales")
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "f9", "f8", "enter")
        assert "The network forgot it." not in shown(app)


async def test_a_send_without_a_request_says_what_to_fill_in(press: Press) -> None:
    app = Stage().app()
    async with app.run_test(size=(80, 24), notifications=True):
        await press(app, "f8", "f8", "f6")
        await sees(app, "The request as it was sent")
        await sees(app, "nothing to send yet")


async def test_a_test_event_asks_for_the_token_and_never_shows_it(press: Press) -> None:
    stage = Stage(evidence=story.EVIDENCE, facts=story.FACTS)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, *["f8"] * 4, "f6", *"canary")
        assert "canary" not in shown(app)
        await press(app, "enter")
        assert isinstance(app.screen, ConfirmSend)
        assert "canary" not in shown(app)
    assert stage.tokens == ["canary"]


async def test_every_step_key_works_while_a_field_has_the_focus(press: Press) -> None:
    app = Stage(facts=story.FACTS).app()
    async with app.run_test(size=(80, 24)):
        for focused in ("#fact-click_url", "#fact-click_id"):
            app.screen.query_one(focused).focus()
            await press(app, "f8")
            assert "Did the conversion happen" in shown(app)
            await press(app, "f7")


async def test_the_page_can_be_walked_by_tab_alone(press: Press) -> None:
    app = Stage(evidence=story.EVIDENCE, facts=story.FACTS).app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "enter")
        reached = set()
        for _ in range(12):
            await press(app, "tab")
            focused = app.focused
            reached.add(focused.id or type(focused).__name__ if focused else "")
        assert {"fact-click_url", "fact-click_id", "evidence", "FindingItem"} <= reached


async def test_a_stored_case_opens_where_it_was_left(press: Press) -> None:
    stage = Stage(evidence=story.EVIDENCE, facts=story.FACTS)
    first = stage.app()
    async with first.run_test(size=(80, 24)):
        await press(first, "f8", "f5", "escape")
    second = WizardApp(Start(stage.desk(), opened=stage.opened[0]))
    async with second.run_test(size=(80, 24)):
        await settle(second)
        assert "Did the conversion happen" in shown(second)
        assert "clear" in shown(second)


async def test_nothing_jumps_when_a_row_is_opened_and_closed(press: Press) -> None:
    app = Stage(evidence=story.EVIDENCE, facts=story.FACTS).app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "enter", "tab")
        before = shown(app)
        await press(app, "enter", "escape")
        assert shown(app) == before


async def test_notes_of_the_program_are_no_markup(press: Press) -> None:
    app = Stage(facts=Facts(title="[red]x")).app()
    async with app.run_test(size=(80, 24), notifications=True):
        app.complain(DeskError(Text(en="[/clickid]", ru="[/clickid]")))
        await sees(app, "[/clickid]")


def test_a_tls_look_up_is_no_send() -> None:
    assert TlsProbe("endpoint", "partner.example").effect is Effect.LOOK


class Ear(MessagePump):
    """Hears what a run has to say."""

    def __init__(self) -> None:
        super().__init__()
        self.news: list[Message] = []

    def post_message(self, message: Message) -> bool:
        self.news.append(message)
        return True


async def test_a_request_that_changed_after_the_yes_is_not_sent() -> None:
    asked: list[Probe] = []
    ear = Ear()
    confirmed = HttpProbe("replay", "GET", f"{story.SENT}&x=1")
    saves: list[str] = []

    async def save() -> None:
        saves.append("saved")

    await run_step(
        ear,
        BY_ID["replay"],
        Case(id="x", opened_at=story.AT, facts=REPLAY_FACTS),
        lambda case: CountingWorld(story.EVIDENCE, asked),
        Settings(),
        Permit.of(send=True),
        confirmed,
        save,
    )
    assert [item.altered for item in ear.news if isinstance(item, Finished)] == [True]
    assert not [probe for probe in asked if probe.effect is Effect.WRITE]
