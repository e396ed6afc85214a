"""The knowledge base under keys: looking things up, following them, and the way there from a finding."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from textual.widgets import Input, OptionList

from postback_wizard import catalogue
from postback_wizard.report.knowledge.entries import Ref
from postback_wizard.report.knowledge.index import find
from postback_wizard.report.knowledge.pages import page_of
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.desk import Start
from postback_wizard.tui.listing import listing_of
from postback_wizard.tui.lookup import LibraryNews, Listed, Ready
from postback_wizard.tui.screens.entry import EntryScreen, FindingReading
from postback_wizard.tui.screens.home import HomeScreen
from postback_wizard.tui.screens.knowledge import KnowledgeScreen
from postback_wizard.tui.screens.step import StepScreen
from postback_wizard.tui.widgets.result import FindingItem
from tests.pilot.conftest import Press, settle
from tests.pilot.test_safety import HOSTILE, acting
from tests.pilot.test_wizard import sees, shown
from tests.screens import story
from tests.screens.stage import Stage

TO_KNOWLEDGE = ("down", "down", "enter")
TRACED = ("f5", "enter")


async def look_up(app: WizardApp, press: Press, text: str) -> None:
    """From home: type into the search field, as a paste does, and wait for the list."""
    await settle(app)
    await press(app, *TO_KNOWLEDGE)
    app.screen.query_one(Input).value = text
    await listed(app, text)


async def listed(app: WizardApp, text: str) -> None:
    """Wait for the list of a text."""
    screen = app.screen
    assert isinstance(screen, KnowledgeScreen)
    for _ in range(100):
        await settle(app)
        if screen._listed == text:
            return
    raise AssertionError(shown(app))


async def opened(app: WizardApp, press: Press, *keys: str, title: str) -> None:
    """Press keys that open a page, and wait until it stands."""
    await press(app, *keys)
    for _ in range(100):
        if isinstance(app.screen, EntryScreen) and app.screen._page.lines[0].text == title:
            return
        await settle(app)
    raise AssertionError(shown(app))


BROKEN = 'Affise: "Broken clickid"'
VOLUUM = "Voluum (voluum): tracker"
DROPS = "Hop 3 (network.example) does not hand on aff_sub, fbclid; the next URL is https://network.example/offer/."


@pytest.mark.parametrize(("lang", "word"), [("en", "failure mode"), ("ru", "вид поломки")])
async def test_an_empty_field_lists_every_mode_by_layer(lang: str, word: str, press: Press) -> None:
    app = Stage(lang=lang).app(home=True)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, *TO_KNOWLEDGE)
        await sees(app, f"{word} ")
        assert "click-id-param-absent" in shown(app)


async def test_results_change_as_one_types(press: Press) -> None:
    app = Stage().app(home=True)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, *TO_KNOWLEDGE, *"volu")
        await sees(app, "Voluum")
        await press(app, *"xyz")
        await sees(app, "Nothing has all these words")


@pytest.mark.parametrize(
    ("text", "lang", "title"),
    [
        ("voluum", "en", "Voluum (voluum): tracker"),
        ("meta_capi", "ru", "API конверсий"),
        ("subacc4", "en", "AdCombo sends it"),
        ("subacc4", "ru", "AdCombo отправляет его"),
        ("broken clickid", "en", "How to tell them apart"),
        ("undocumented-contract", "ru", "Источники"),
        ("macro-literal", "ru", "Что сделать"),
    ],
)
async def test_enter_opens_what_was_found(text: str, lang: str, title: str, press: Press) -> None:
    app = Stage(lang=lang).app(home=True)
    async with app.run_test(size=(100, 40)):
        await look_up(app, press, text)
        await press(app, "enter")
        await sees(app, title)


async def test_arrows_choose_while_the_field_keeps_the_focus(press: Press) -> None:
    app = Stage().app(home=True)
    async with app.run_test(size=(80, 24)):
        await look_up(app, press, "rate")
        third = find("rate").hits[2].entry.name
        await press(app, "down", "down", "up", "down", "enter")
        await sees(app, "Leads to")
        assert isinstance(app.screen, EntryScreen)
        assert app.screen._page.title == third


async def test_headings_are_passed_over(press: Press) -> None:
    app = Stage().app(home=True)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, *TO_KNOWLEDGE)
        await listed(app, "")
        await press(app, *["down"] * 19)
        marked = app.screen.query_one("#results", OptionList).highlighted_option
        assert marked is not None
        assert not marked.disabled


async def test_esc_goes_back_to_the_words_one_typed_and_then_home(press: Press) -> None:
    app = Stage().app(home=True)
    async with app.run_test(size=(80, 24)):
        await look_up(app, press, "voluum")
        await opened(app, press, "enter", title=VOLUUM)
        await press(app, "escape")
        assert app.screen.query_one(Input).value == "voluum"
        await press(app, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_a_digit_follows_what_a_page_leads_to_and_esc_returns(press: Press) -> None:
    app = Stage().app(home=True)
    async with app.run_test(size=(80, 24)):
        await look_up(app, press, "broken clickid")
        await opened(app, press, "enter", title=BROKEN)
        await opened(app, press, "3", title="macro-literal")
        await opened(app, press, "escape", title=BROKEN)


async def test_the_list_of_what_a_page_leads_to_opens_with_enter(press: Press) -> None:
    app = Stage().app(home=True)
    async with app.run_test(size=(80, 24)):
        await look_up(app, press, "voluum {clickid}")
        await opened(app, press, "enter", title="{clickid}: Voluum")
        await opened(app, press, "f2", "enter", title=VOLUUM)


async def test_a_page_leads_back_to_the_search(press: Press) -> None:
    app = Stage().app(home=True)
    async with app.run_test(size=(80, 24)):
        await look_up(app, press, "voluum")
        await opened(app, press, "enter", title=VOLUUM)
        await press(app, "f3")
        assert isinstance(app.screen, KnowledgeScreen)


async def test_one_key_leads_from_a_finding_to_its_platforms_and_back(press: Press) -> None:
    facts = replace(story.FACTS, tracker="voluum", network="affise")
    app = Stage(evidence=story.EVIDENCE, facts=facts).app()
    async with app.run_test(size=(80, 24)):
        await opened(app, press, *TRACED, "f12", title=DROPS)
        assert VOLUUM in shown(app)
        assert "redirect-drops-query" in shown(app)
        await press(app, "escape")
        assert isinstance(app.screen, StepScreen)
        assert isinstance(app.screen.focused, FindingItem)


async def test_the_same_key_works_in_the_explanation(press: Press) -> None:
    app = Stage(evidence=story.EVIDENCE, facts=replace(story.FACTS, tracker="voluum")).app()
    async with app.run_test(size=(80, 24)):
        await press(app, *TRACED, "enter")
        assert "F12 Info" in shown(app)
        await opened(app, press, "f12", title=DROPS)
        await opened(app, press, "1", title=VOLUUM)
        await press(app, "escape", "escape")
        assert isinstance(app.screen, FindingReading)


async def test_the_key_is_shown_only_where_a_finding_has_the_focus(press: Press) -> None:
    app = Stage(evidence=story.EVIDENCE, facts=story.FACTS).app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        assert "F12" not in shown(app)
        await press(app, *TRACED)
        assert "F12" in shown(app)
        await press(app, "shift+tab")
        assert "F12" not in shown(app)


async def test_the_key_does_nothing_where_no_finding_has_the_focus(press: Press) -> None:
    app = Stage(evidence=story.EVIDENCE, facts=story.FACTS).app()
    async with app.run_test(size=(80, 24)):
        await press(app, "f12")
        assert isinstance(app.screen, StepScreen)


async def test_a_page_asked_for_by_a_screen_that_was_left_does_not_come_up(press: Press) -> None:
    app = Stage().app(home=True)
    async with app.run_test(size=(80, 24)):
        await look_up(app, press, "voluum")
        searching = app.screen
        await press(app, "escape")
        app.post_message(LibraryNews(Ready(page_of(Ref("platform", "voluum"), "en"), searching)))
        await settle(app)
        assert isinstance(app.screen, HomeScreen)


async def test_results_for_words_that_were_changed_since_are_dropped(press: Press) -> None:
    app = Stage().app(home=True)
    async with app.run_test(size=(80, 24)):
        await look_up(app, press, "voluum")
        app.post_message(LibraryNews(Listed("affise", listing_of("affise", "en"))))
        await settle(app)
        assert "Affise" not in shown(app)


async def test_enter_waits_for_the_results_of_what_was_typed(press: Press) -> None:
    app = Stage().app(home=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await look_up(app, press, "affise")
        app.screen.query_one(Input).value = "voluum"
        await pilot.press("enter")
        await sees(app, "Voluum (voluum): tracker")


GOOD = (
    'id = "mine"\nname = {name}\nkind = "network"\nsources = ["https://a.example/"]\n'
    "[sends]\nclick_id = {{ is = [{name}], src = [1] }}\n"
)


@pytest.fixture
def own_files() -> Iterator[None]:
    """Own platform files are taken out again, whatever a test put in."""
    yield
    catalogue.use_own(lambda: ())


def with_faults() -> WizardApp:
    """The wizard at home, with own files as they are in the catalogue."""
    desk = replace(Stage().desk(), own_faults=lambda: len(catalogue.own_faults()))
    return WizardApp(Start(desk))


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
async def test_text_of_an_own_file_never_acts_and_never_is_markup(value: str, press: Press, own_files: None) -> None:
    if "\ud800" in value:
        pytest.skip("no file can hold it")
    quoted = '"' + "".join(f"\\u{ord(character):04X}" for character in value) + '"'
    catalogue.use_own(lambda: [("mine.toml", GOOD.format(name=quoted))])
    app = Stage().app(home=True)
    async with app.run_test(size=(100, 40)):
        await look_up(app, press, "mine")
        assert acting(shown(app)) == set()
        await press(app, "enter")
        await sees(app, "(mine): affiliate network")
        assert acting(shown(app)) == set()


@pytest.mark.parametrize("value", ["[/clickid]", "[@click=app.bell]x[/]", "[b]x[/b]"])
async def test_brackets_of_an_own_file_stand_as_given(value: str, press: Press, own_files: None) -> None:
    catalogue.use_own(lambda: [("mine.toml", GOOD.format(name=f'"{value}"'))])
    app = Stage().app(home=True)
    async with app.run_test(size=(100, 40)):
        await look_up(app, press, "mine")
        assert value in shown(app)
        await press(app, "enter")
        await sees(app, f"{value} (mine)")


async def test_home_says_that_an_own_file_has_a_fault_and_enter_says_which(press: Press, own_files: None) -> None:
    catalogue.use_own(lambda: [("[b]bad.toml", 'id = "x"\nname = [/b]\n')])
    app = with_faults()
    async with app.run_test(size=(80, 24)):
        await sees(app, "1 platform file of your own has a fault")
        await press(app, "tab", "enter")
        await sees(app, "[b]bad.toml")
        assert "Line: 2" in shown(app)
        await press(app, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_home_is_silent_while_own_files_are_in_order(own_files: None) -> None:
    catalogue.use_own(lambda: [("mine.toml", GOOD.format(name='"Mine"'))])
    app = with_faults()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        assert "of your own" not in shown(app)


async def test_the_knowledge_base_lists_faulty_files_before_anything_else(press: Press, own_files: None) -> None:
    catalogue.use_own(lambda: [("bad.toml", "id = \n")])
    app = Stage().app(home=True)
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, *TO_KNOWLEDGE)
        await sees(app, "your own file")
        await press(app, "enter")
        await sees(app, "Reason: this is not TOML")
