"""Hostile text stays text: on every screen, in the last filter, and when the program itself fails."""

import contextlib
from dataclasses import replace

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from postback_wizard.domain.visible import visible
from postback_wizard.tui.crash import crash_text
from postback_wizard.tui.plain import NoControls, plain
from tests.pilot.conftest import Press
from tests.pilot.test_wizard import shown
from tests.screens import story
from tests.screens.stage import Stage

HOSTILE = (
    "\x1b]52;c;SGFja2Vk\x07",
    "\x1b[2J\x1b[H",
    "\x9b31m",
    "a\x00b",
    "one\rtwo",
    "one\ntwo",
    "\u202eevil",
    "\u2066x\u2069",
    "line\u2028break",
    "[/clickid]",
    "[@click=app.bell]x[/]",
    "\ud800",
    "‮ \u200b",
)


def acting(text: str) -> set[str]:
    """The characters that would do something to a terminal."""
    return {character for character in text if character != "\n" and visible(character) != character}


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
async def test_no_screen_lets_hostile_text_act(value: str, press: Press) -> None:
    facts = replace(story.FACTS, title=value, click_url=f"https://ads.example/go?cid={value}", upload_event=value)
    facts = replace(facts, sent_request=story.SENT, template=f"{story.TEMPLATE}&x={value}")
    hops = tuple(replace(hop, detail=value, outcome=(*hop.outcome, value)) for hop in story.HOPS)
    asked = replace(hops[0], request=replace(hops[0].request, url=facts.click_url))
    logs = replace(
        story.LOGS, rows_of_click=tuple(replace(row, raw={value: value}) for row in story.LOGS.rows_of_click)
    )
    stage = Stage(evidence=(asked, *hops[1:], logs, *story.LOOKUPS, story.REPLAY), facts=facts)
    app = stage.app()
    async with app.run_test(size=(100, 40)):
        for keys in (
            ("f5", "enter"),
            ("f8", "f5"),
            ("f8", "f5"),
            ("f8", "f5"),
            ("f8", "f5"),
            ("f4",),
            ("escape", "f9"),
        ):
            await press(app, *keys)
            assert acting(shown(app)) == set()


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_the_last_filter_lets_nothing_act(value: str) -> None:
    segments = [Segment(value, Style(bold=True)), Segment("plain")]
    filtered = NoControls().apply(segments, Color(0, 0, 0))
    assert acting("".join(segment.text for segment in filtered).replace("\n", "?")) == set()


def test_the_last_filter_leaves_ordinary_text_alone() -> None:
    segments = [Segment("Привет {clickid} ✓ │")]
    assert NoControls().apply(segments, Color(0, 0, 0)) is segments


@pytest.mark.parametrize("value", ["[clickid]", "[/x]", "{x}", "\\", "$foreground", "[b]"])
def test_foreign_text_is_never_markup(value: str) -> None:
    assert plain(value).plain == value


async def test_a_crash_shows_the_way_and_no_values() -> None:
    secret = "EAAB-canary-token"
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 / (len(secret) - len(secret))
    text = crash_text(caught.value, "en")
    assert "ZeroDivisionError" in text
    assert "test_safety.py" in text
    assert secret not in text


class CanaryError(Exception):
    """Carries what must not be shown."""


async def printed_by_a_crash() -> str:
    """What the wizard prints when it fails with an error whose message is a canary."""
    app = Stage().app(home=True)
    printed = ""
    with contextlib.suppress(CanaryError):
        async with app.run_test(size=(80, 24)):
            app._handle_exception(CanaryError("canary-message"))
            printed = "".join(
                segment.text for renderable in app._exit_renderables for segment in getattr(renderable, "segments", ())
            )
    return printed


async def test_textuals_own_traceback_with_locals_is_never_printed() -> None:
    printed = await printed_by_a_crash()
    assert "CanaryError" in printed
    assert "canary-message" not in printed
    assert "locals" not in printed
