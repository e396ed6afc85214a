"""A hop on the screen: at one glance, opened, corrected, and with the most hostile texts hops can send."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from textual.widgets import OptionList

from postback_wizard.catalogue.owners import OwnerMark, use_owners
from postback_wizard.domain.probe import Answer, HarEvidence, HttpEvidence
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url
from postback_wizard.domain.visible import visible
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.hops import clip, pad
from postback_wizard.tui.screens.hop import HopWindow, WhoseWindow
from tests.pilot.conftest import Press, settle
from tests.pilot.test_wizard import shown
from tests.screens import story
from tests.screens.stage import Stage

TRACED = ("f5", "enter")
OPEN_THIRD = (*TRACED, "tab", "tab", "down", "down", "enter")


@pytest.fixture(autouse=True)
def _nobody_said_anything() -> Iterator[None]:
    yield
    use_owners(dict)


def stage(lang: str = "en") -> Stage:
    return Stage(evidence=story.EVIDENCE, facts=story.FACTS, lang=lang)


def said(app: WizardApp) -> list[str]:
    """What the notifications say."""
    return [notification.message for notification in app._notifications]


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("en", ("network.example  · network (guess)", "IDs: aff_sub, fbclid · lost: aff_sub, fbclid")),
        ("ru", ("network.example  · сеть (догадка)", "ID: aff_sub, fbclid · потеряно: aff_sub, fbclid")),
    ],
)
async def test_a_hop_says_at_one_glance_whose_it_is_and_what_it_did(
    lang: str, lines: tuple[str, str], press: Press
) -> None:
    app = stage(lang).app()
    async with app.run_test(size=(80, 40)):
        await press(app, *TRACED)
        assert [line in shown(app) for line in lines] == [True, True]


async def test_an_opened_hop_tells_each_parameter_then_every_byte(press: Press) -> None:
    app = stage().app()
    async with app.run_test(size=(80, 40)):
        await press(app, *OPEN_THIRD)
        text = shown(app)
        for wanted in (
            "Hop 3: network.example",
            "✗ lost  aff_sub  w8f3kd02mqz7yt51bnx4hj6c",
            "DNS 1.2",
            "301",
            "F2 Owner",
            "F3 Copy",
        ):
            assert wanted in text


async def test_an_opened_hop_scrolls_to_its_exact_answer(press: Press) -> None:
    app = stage().app()
    async with app.run_test(size=(80, 24)):
        await press(app, *OPEN_THIRD, "pagedown", "pagedown", "pagedown")
        assert "location: https://network.example/offer/" in shown(app)


async def test_an_opened_hop_gives_its_request_as_curl(press: Press) -> None:
    scene = stage()
    app = scene.app()
    async with app.run_test(size=(80, 24)):
        await press(app, *OPEN_THIRD, "f3", "enter")
        assert [text.startswith("curl --globoff ") for text in scene.copied] == [True]
        assert "https://network.example/offer?" in scene.copied[0]


async def test_a_corrected_owner_is_remembered_and_shown_as_set_by_you(press: Press) -> None:
    scene = stage()
    app = scene.app()
    async with app.run_test(size=(80, 40)):
        await press(app, *OPEN_THIRD, "f2", *"everfl", "enter")
        assert scene.owners == {"network.example": OwnerMark("network", "everflow")}
        assert "Everflow, network, set by you" in shown(app)


async def test_a_corrected_owner_stands_in_the_finding_at_once(press: Press) -> None:
    scene = stage()
    app = scene.app()
    async with app.run_test(size=(80, 40)):
        await press(app, *OPEN_THIRD, "f2", *"everfl", "enter")
        app.clear_notifications()
        await press(app)
        assert "network.example (Everflow)" in shown(app)


async def test_a_name_of_ones_own_is_taken_with_a_role(press: Press) -> None:
    scene = stage()
    app = scene.app()
    async with app.run_test(size=(80, 40)):
        await press(app, *OPEN_THIRD, "f2", *"Zz", "down", "down", "enter")
        assert scene.owners == {"network.example": OwnerMark("network", "Zz")}


async def test_what_was_set_can_be_forgotten(press: Press) -> None:
    scene = stage()
    app = scene.app()
    async with app.run_test(size=(80, 40)):
        await press(app, *OPEN_THIRD, "f2", "enter", "tab", "tab")
        assert scene.owners == {"network.example": OwnerMark("source")}
        app.screen.query_one("#evidence", OptionList).focus()
        await press(app, "enter", "f2", "up", "enter")
        assert scene.owners == {"network.example": None}


async def test_leaving_the_list_changes_nothing(press: Press) -> None:
    scene = stage()
    app = scene.app()
    async with app.run_test(size=(80, 40)):
        await press(app, *OPEN_THIRD, "f2", "escape")
        assert scene.owners == {}


async def test_a_disk_that_refuses_is_named_and_nothing_changes(press: Press) -> None:
    scene = replace(stage(), refuse=True)
    app = scene.app()
    async with app.run_test(size=(80, 40)):
        await press(app, *OPEN_THIRD, "f2", "enter")
        assert "the disk is full" in said(app)
        assert "set by you" not in shown(app)


async def test_a_damaged_file_of_owners_is_named_when_a_case_is_opened(press: Press) -> None:
    scene = replace(stage(), owners_fault=Text(en="owners.json is damaged", ru="повреждён owners.json"))
    app = scene.app()
    async with app.run_test(size=(80, 40)):
        await press(app, "f2")
        assert said(app) == ["owners.json is damaged"]


# -- hostile texts ----------------------------------------------------------------------------------------------

HOSTILE = (
    "\x1b[2J\x1b[H",
    "\x1b]52;c;SGFja2Vk\x07",
    "\x1b]0;title\x1b\\",
    "\x9b31mred",
    "a\x00b",
    "one\rtwo",
    "one\ntwo\nthree",
    "tab\tstop",
    "back\x08\x08space",
    "\x7fdelete",
    "\u202eevil\u202c",
    "\u2066iso\u2069",
    "\u200bzero\u200bwidth\u200d",
    "\ufeffbom",
    "line\u2028para\u2029end",
    "soft\xadhyphen",
    "\u3164\u3164filler",
    "\u115f\u1160\uffa0",
    "\U000e0041\U000e0042tag",
    "vs\ufe0f\ufe0e",
    "\ud800lone",
    "[/b]",
    "[b]bold[/b]",
    "[@click=app.bell]x[/]",
    "[$primary]",
    "\\[escaped\\]",
    "漢字" * 200,
    "ｗｉｄｅ" * 50,
    "e" + "\u0301" * 400,
    "🙂" * 100,
    "x" * 4000,
    "%00%0d%0a%1b[2J",
    "_" * 300 + "*" * 300,
)


def hostile_hops(value: str) -> tuple[HttpEvidence, ...]:
    """A chain in which every text of the second hop is the value."""
    first, second, *rest = story.HOPS
    url = f"https://h{value}.example/{value}?cid={value}&{value}={value}"
    assert second.answer is not None
    assert first.answer is not None
    headers = (("location", story.OFFER), ("Set-Cookie", f"{value}={value}; Domain={value}; Expires={value}"))
    request = replace(second.request, url=url, target=split_url(url).target, headers=((value, value),))
    answer = Answer(301, (*headers, (value, value), ("Strict-Transport-Security", value)), value, len(value))
    to_it = replace(first.answer, headers=(("location", url),))
    bad = replace(second, request=request, answer=answer, detail=value, peer=value, outcome=("REDIRECT", value))
    return (replace(first, answer=to_it), bad, *rest)


def recorded(value: str) -> Stage:
    """A stage whose case holds that chain as a browser recorded it."""
    har = HarEvidence("har", story.AT, "a.har", ("OK",), hostile_hops(value), start=story.FACTS.click_url)
    return Stage(evidence=(har,), facts=replace(story.FACTS, har="a.har"))


def check_screen(app: WizardApp, width: int, height: int) -> None:
    """Every line is as wide as the screen, there are as many as it has, and nothing in them acts."""
    strips = app.screen._compositor.render_strips()
    assert [strip.cell_length for strip in strips] == [width] * height
    text = "".join(segment.text for strip in strips for segment in strip)
    assert {character for character in text if visible(character) != character} == set()


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value)[:30])
async def test_a_hostile_hop_stays_in_its_place_is_readable_and_its_host_can_be_asked_about(
    value: str, press: Press
) -> None:
    app = recorded(value).app()
    async with app.run_test(size=(100, 90)) as pilot:
        await press(app, "f5")
        check_screen(app, 100, 90)
        rows = app.screen.query_one("#evidence", OptionList)
        assert rows.option_count == 1 + len(story.HOPS)
        assert rows.virtual_size.height <= 1 + 2 * len(story.HOPS) + 4
        assert "5  200  114 ms  shop.example" in shown(app)
        rows.focus()
        rows.highlighted = 2
        await press(app, "enter")
        for size in ((120, 40), (80, 24)):
            await pilot.resize_terminal(*size)
            await settle(app)
            check_screen(app, *size)
            assert isinstance(app.screen, HopWindow)
            for wanted in ("Hop 2: ", "Esc Close", visible(value)[:6]):
                assert wanted in shown(app)
        await press(app, "f2")
        check_screen(app, 80, 24)
        assert isinstance(app.screen, WhoseWindow)


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value)[:30])
def test_a_clipped_text_is_never_wider_than_its_room_and_never_gone(value: str) -> None:
    for room in (8, 20, 38):
        shown_text = clip(value, room)
        assert 0 < len(shown_text) <= room
        assert visible(shown_text) == shown_text
        assert len(pad(value, room)) <= room
