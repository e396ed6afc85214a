"""Who takes part, under keys: proposals with their reasons, suggestions, corrections that stay."""

from collections.abc import Sequence

import pytest
from textual.widgets import Input

from postback_wizard.checks.samples import chain
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import Evidence
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.widgets.form import FieldRow
from tests.pilot.conftest import Press, settle
from tests.screens.stage import Stage

#: Made 2026-02-28 21:15:30 UTC.
ULID = "01KJK1PGAGW5V6X7Y8Z9A1B2C3"
URL = f"https://go.example/c?awc=1_2&sub_id={ULID}"
HOPS: Sequence[Evidence] = chain(URL, "https://shop.example/?awc=1_2")
SIZES = [(80, 24), (120, 40)]
TRACED = ("f5", "enter")


def shown(app: WizardApp) -> str:
    """All text on the screen, with lines joined."""
    return " ".join(" ".join(row.split()) for row in lines(app))


def lines(app: WizardApp) -> list[str]:
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


def row(app: WizardApp, fact: str) -> FieldRow:
    return next(row for row in app.screen.query(FieldRow) if row.field.fact == fact)


def said(app: WizardApp, fact: str) -> str:
    """The label and the note of a field."""
    return " ".join(str(part.render()) for part in row(app, fact).query("Static") if part.display)


async def enter(app: WizardApp, fact: str) -> None:
    """Go into a field, by focus."""
    row(app, fact).query_one(Input).focus()
    await settle(app)


@pytest.fixture
def stage() -> Stage:
    return Stage(evidence=HOPS, facts=Facts(title="A case", click_url=URL))


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_title_and_proposals_leave_the_rarer_fields_folded_but_are_shown(
    stage: Stage, press: Press, size: tuple[int, int]
) -> None:
    app = stage.app()
    async with app.run_test(size=size):
        await settle(app)
        assert not row(app, "tracker").display
        await press(app, *TRACED)
        assert not row(app, "network").display
        assert "Affiliate network: awin" in shown(app)
        await press(app, "f8", "f7")
        assert not row(app, "network").display


@pytest.mark.parametrize(
    ("lang", "sure", "reason", "hint"),
    [
        ("en", "from step 1, click · likely", "Awin puts awc on its links.", "read out of the click ID, a hint"),
        ("ru", "из шага 1, клик · вероятно", "Awin добавляет awc в свои ссылки.", "прочитано из click ID, намёк"),
    ],
)
async def test_a_proposal_says_beside_the_field_where_it_comes_from_how_sure_it_is_and_why(
    stage: Stage, press: Press, lang: str, sure: str, reason: str, hint: str
) -> None:
    stage.lang = lang
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, *TRACED, "f2")
        assert sure in said(app, "network")
        assert reason in said(app, "network")
        assert hint in said(app, "click_time")


@pytest.mark.parametrize(("lang", "emptied"), [("en", "emptied by you"), ("ru", "очищено вами")])
async def test_a_proposal_that_was_emptied_stays_empty_after_another_run(
    stage: Stage, press: Press, lang: str, emptied: str
) -> None:
    stage.lang = lang
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, *TRACED, "f2")
        await enter(app, "network")
        await press(app, "end", *["backspace"] * len("awin"))
        await press(app, "f5")
        assert row(app, "network").query_one(Input).value == ""
        assert emptied in said(app, "network")
        await press(app, "escape")
        assert stage.opened[0].case.facts.network == ""


async def test_a_corrected_proposal_stays_corrected_and_is_no_longer_called_a_proposal(
    stage: Stage, press: Press
) -> None:
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, *TRACED, "f2")
        await enter(app, "network")
        await press(app, "end", *["backspace"] * len("awin"), *"cj")
        assert "step 1" not in said(app, "network")
        await press(app, "f5", "escape")
        assert stage.opened[0].case.facts.network == "cj"


@pytest.mark.parametrize("typed", ["keit", "KEIT"])
async def test_the_beginning_of_a_name_is_completed_by_the_right_arrow(press: Press, typed: str) -> None:
    stage = Stage()
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "f2")
        await enter(app, "tracker")
        await press(app, *typed, "right", "escape")
        assert stage.opened[0].case.facts.tracker.lower() == "keitaro"


@pytest.mark.parametrize(
    ("lang", "says"),
    [("en", "Not in the catalogue; kept as typed. Similar: keitaro"), ("ru", "В каталоге нет; сохранено")],
)
async def test_an_unknown_platform_is_kept_and_said_to_be_unknown_with_those_like_it(
    press: Press, lang: str, says: str
) -> None:
    stage = Stage(lang=lang)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "f2")
        await enter(app, "tracker")
        await press(app, *"keitoro")
        assert says in said(app, "tracker")
        await press(app, "escape")
        assert stage.opened[0].case.facts.tracker == "keitoro"


async def test_an_unknown_platform_of_a_stored_case_is_said_to_be_unknown_at_once() -> None:
    app = Stage(facts=Facts(tracker="[/my own]")).app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await settle(app)
        assert "Not in the catalogue" in said(app, "tracker")
        assert "[/my own]" in shown(app)


async def test_a_name_is_as_good_as_an_id(press: Press) -> None:
    app = Stage(facts=Facts(sender="Keitaro", template="https://a.example/?x={subid}")).app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "f8", "f8", "f8")
        await settle(app)
        assert "Keitaro: tracker" in said(app, "sender")


async def test_the_catalogue_is_not_read_for_a_form_nobody_named_a_party_in() -> None:
    app = Stage(facts=Facts(click_url=URL)).app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        assert row(app, "tracker").query_one(Input).suggester is None


async def test_a_read_only_case_shows_who_is_proposed_and_takes_nothing(press: Press) -> None:
    stage = Stage(facts=Facts(tracker="keitaro"), read_only=True)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await settle(app)
        assert "Keitaro: tracker" in said(app, "tracker")
