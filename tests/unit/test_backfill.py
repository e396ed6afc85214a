"""Lines for a tracker's import of conversions: as its documentation shows them, and nothing it does not take."""

import pytest

from postback_wizard.catalogue import platform
from postback_wizard.catalogue.backfill import Backfill, backfill_of, line_of
from postback_wizard.catalogue.fault import CatalogueError
from postback_wizard.catalogue.files import parsed_platform
from postback_wizard.effects.difference_file import guarded
from postback_wizard.tui.backfilling import backfill_lines

SALE = {"click_id": "81e60haa86o0b7", "payout": "5", "status": "Hold", "transaction_id": "t9", "currency": "EUR"}
MINE = 'id = "mine"\nname = "Mine"\nkind = "tracker"\nsources = ["https://m.example/"]\n[backfill]\n'


def backfill(name: str) -> Backfill:
    found = platform(name).backfill
    assert found is not None
    return backfill_of(found)


@pytest.mark.parametrize(
    ("tracker", "line"),
    [
        ("binom_v1", "81e60haa86o0b7:5:Hold"),
        ("binom_v2", "81e60haa86o0b7:payout=5:cnv_status=Hold:cnv_currency=EUR"),
        ("clickflare", "81e60haa86o0b7,5,t9"),
        ("voluum", "81e60haa86o0b7,5,t9"),
    ],
)
def test_a_line_is_the_trackers_own(tracker: str, line: str) -> None:
    assert line_of(backfill(tracker), SALE) == line


@pytest.mark.parametrize(
    ("tracker", "line"),
    [
        ("binom_v1", "81e60haa86o0b7::Hold"),
        ("binom_v2", "81e60haa86o0b7:cnv_status=Hold"),
        ("clickflare", "81e60haa86o0b7"),
    ],
)
def test_what_is_unknown_keeps_its_place_or_is_left_out(tracker: str, line: str) -> None:
    assert line_of(backfill(tracker), {"click_id": SALE["click_id"], "status": "Hold"}) == line


@pytest.mark.parametrize("value", ["a:b", "a\nb", "a\rb"])
def test_a_value_that_would_break_the_line_makes_none(value: str) -> None:
    assert line_of(backfill("binom_v1"), {**SALE, "status": value}) is None


def test_names_stand_in_the_first_line_where_the_layout_is_not_known() -> None:
    found = backfill("voluum")
    assert (found.header, found.suffix) == ("click_id,payout,transaction_id\n", ".csv")


@pytest.mark.parametrize("tracker", ["binom_v1", "binom_v2", "clickflare", "voluum"])
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_what_cannot_be_carried_is_said(tracker: str, lang: str) -> None:
    assert {"en": "Cannot be carried: ", "ru": "Передать нельзя: "}[lang] in backfill_lines(tracker, 3, lang)


def test_a_name_that_is_none_of_ours_is_refused() -> None:
    with pytest.raises(CatalogueError):
        parsed_platform("mine.toml", MINE + 'line = { is = "{click_id}:{colour}" }\nholds = { is = ["click_id"] }\n')


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "-x9", "＝1"])
def test_a_cell_that_would_run_gets_an_apostrophe(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "w7k2p9q4", "-5", "+5.25", "12.50", "a=b", "approved", "2026-03-01"])
def test_ids_and_plain_numbers_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell
