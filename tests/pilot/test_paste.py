"""Pasting output instead of a link, by keys: nobody is asked, nothing is clicked, the origin is said."""

import unicodedata
from dataclasses import replace

import pytest
from textual import events
from textual.widgets import OptionList, TextArea

from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import Evidence, HarProbe, HttpProbe, Probe
from postback_wizard.effects.har import read_har
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.desk import Desk
from tests.pilot.conftest import Press, settle
from tests.screens.stage import Stage, StageWorld

START = "https://trk.example/c/7?source=12"
PASTE = f"""\
$ curl -sIL '{START}'
HTTP/1.1 302 Found
Location: https://go.example/offer?cid=w7k2m9x4q1

HTTP/1.1 301 Moved Permanently
Location: /offer/

HTTP/1.1 200 OK
Content-Type: text/html

"""


class ReadingWorld(StageWorld):
    """Reads pastes and files like the live one, and keeps what it was asked."""

    def __init__(self, asked: list[Probe]) -> None:
        super().__init__(())
        self._asked = asked

    async def perform(self, probe: Probe) -> Evidence:
        self._asked.append(probe)
        return await read_har(probe, "") if isinstance(probe, HarProbe) else await super().perform(probe)


class ReadingStage(Stage):
    """A stage that reads, and lists what was asked."""

    asked: list[Probe]

    def desk(self) -> Desk:
        self.asked = []
        return replace(super().desk(), world=lambda case: ReadingWorld(self.asked))


def shown(app: WizardApp) -> str:
    """All text on the screen."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


async def paste(app: WizardApp, text: str) -> None:
    area = app.screen.query_one("#fact-click_url", TextArea)
    area.focus()
    await settle(app)
    app.post_message(events.Paste(text))
    await settle(app)


@pytest.mark.parametrize("lang", ["en", "ru"])
async def test_a_paste_is_judged_at_once_and_makes_no_click(press: Press, lang: str) -> None:
    stage = ReadingStage(lang=lang)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await paste(app, PASTE)
        await press(app, "f5")
        codes = [finding.code for finding in stage.opened[0].case.records["click"].findings]
        assert "redirect-drops-query" in codes
        assert [probe for probe in stage.asked if isinstance(probe, HttpProbe)] == []


async def test_the_paste_stays_the_fact(press: Press) -> None:
    stage = ReadingStage()
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await paste(app, PASTE)
        await press(app, "f5", "escape")
        assert stage.opened[0].case.facts.click_url == PASTE


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "read from pasted curl output"), ("ru", "прочитано: вставленный вывод curl")]
)
async def test_the_evidence_says_where_the_hops_were_read(press: Press, lang: str, words: str) -> None:
    app = ReadingStage(lang=lang, facts=Facts(click_url=PASTE)).app()
    async with app.run_test(size=(160, 50)):
        await press(app, "f5")
        assert words in shown(app)


async def test_a_command_alone_offers_its_url(press: Press) -> None:
    stage = ReadingStage(facts=Facts(click_url=f"curl -sIL '{START}'"))
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f5")
        assert START in shown(app)
        await press(app, "enter")
        assert app.screen.query_one("#fact-click_url", TextArea).text == START
        await press(app, "escape")
        assert stage.opened[0].case.facts.click_url == START


async def test_a_command_alone_may_stay_as_it_is(press: Press) -> None:
    stage = ReadingStage(facts=Facts(click_url=f"curl -sIL '{START}'"))
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "escape")
        assert stage.opened[0].case.facts.click_url == f"curl -sIL '{START}'"


#: Every control character in three places, and what terminals and Textual take for orders.
HOSTILE = (
    *(
        f"{chr(code)}{tail}"
        for code in (*range(1, 9), 11, 12, *range(14, 32), *range(127, 160))
        for tail in ("x", "[2J")
    ),
    *(
        "\u202ex",
        "\u2066x",
        "\u200bx",
        "\ufeffx",
        "[red]x[/red]",
        "[/clickid]",
        "[@click=app.quit]x[/]",
        "\\[x]",
        "$x$",
    ),
)


def hostile_paste() -> str:
    headers = "\n".join(f"X-{number}: {value}" for number, value in enumerate(HOSTILE))
    names = "&".join(f"cid{number}={value}" for number, value in enumerate(HOSTILE[:20]))
    return f"{START}\nHTTP/1.1 302 Found\nLocation: https://go.example/?{names}\n{headers}\n\nHTTP/1.1 200 OK\n\n"


async def test_no_text_of_a_paste_reaches_the_terminal_as_a_control(press: Press) -> None:
    assert len(HOSTILE) >= 100
    app = ReadingStage(facts=Facts(click_url=hostile_paste())).app()
    async with app.run_test(size=(120, 200)):
        await press(app, "f5")
        screens = [shown(app)]
        app.screen.query_one("#evidence", OptionList).focus()
        await press(app, "home", "down", "enter")
        screens.append(shown(app))
        assert "X-0" in screens[1]
        assert [text for text in screens if any(_is_order(character) for character in text)] == []


def _is_order(character: str) -> bool:
    return character != "\n" and unicodedata.category(character) in ("Cc", "Cf")
