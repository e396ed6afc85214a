"""Differences as lines, and filters as they are typed."""

from decimal import Decimal

import pytest

from postback_wizard.domain.differences import Difference, Half, Listed, Narrowing, SourceRow
from postback_wizard.tui import differences as shown

PAID = Difference(
    *(("payout_differs", "time_differs"), "w7k2p9q4", "ORD-1"),
    tracker=Half(4, "approved", "10.5", "USD", "2026-03-02T03:20:00"),
    partner=Half(9, "hold", "9", "USD", "2026-03-02T04:20:00"),
    payout_delta="-1.5",
    seconds_delta=3600,
)
NOON = 1772366400


@pytest.mark.parametrize("columns", [78, 118])
def test_a_line_fits_and_shows_both_sides(columns: int) -> None:
    line = str(shown.line_of(PAID, columns, "en"))
    assert len(line) <= columns
    assert all(part in line for part in ("w7k2p9q4", "approved → hold", "10.5 → 9 USD"))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_heading_stands_over_its_columns(lang: str) -> None:
    heading, line = shown.heading(78, lang), str(shown.line_of(PAID, 78, lang))
    assert heading.index("Click ID") == line.index("w7k2p9q4")


def test_the_marked_row_is_shown_whole() -> None:
    text = str(shown.detail_of(PAID, "en"))
    assert "record 9 · hold · 9 USD · 2026-03-02 04:20:00" in text
    assert "-1.5 USD · +1:00:00" in text


def test_a_surplus_row_is_not_said_to_be_missing_on_the_other_side() -> None:
    text = str(shown.detail_of(Difference(("duplicate_partner",), "x", partner=Half(9)), "en"))
    assert "no such key" not in text


def test_foreign_text_does_not_act() -> None:
    line = shown.line_of(Difference(("only_partner",), "[b]\x1b[31m", partner=Half(1, "a\nb")), 78, "en")
    assert ("\x1b" in line.plain, "\n" in line.plain, "[b]" in line.plain) == (False, False, True)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ({}, Narrowing()),
        ({"text": " Abc "}, Narrowing(text="Abc")),
        ({"time_from": "2026-03-01T12:00", "time_to": "2026-03-01"}, Narrowing(time_from=NOON, time_to=NOON + 43199)),
        ({"amount_from": "10,5", "amount_to": "-1"}, Narrowing(amount_from=Decimal("10.5"), amount_to=Decimal(-1))),
        ({"time_from": "yesterday"}, "time_from"),
        ({"amount_to": "NaN"}, "amount_to"),
        ({"amount_to": "1e99"}, "amount_to"),
    ],
)
def test_what_is_typed_is_understood_or_named(typed: dict[str, str], wanted: Narrowing | str) -> None:
    assert shown.read_fields(typed, Narrowing()) == wanted


def test_a_filter_shows_what_was_typed() -> None:
    typed = {"text": "a", "time_from": "2026-03-01 12:00:00", "time_to": "", "amount_from": "10.5", "amount_to": ""}
    found = shown.read_fields(typed, Narrowing(kind="only_partner"))
    assert isinstance(found, Narrowing)
    assert shown.typed_of(found) == typed


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_place_in_the_list_and_the_filter_are_said(lang: str) -> None:
    text = shown.summary(20, 10, Listed(1_000_000), Narrowing(kind="only_partner", text="ab"), lang)
    assert all(part in text for part in ("21–30", "1000000", "«ab»"))


def test_a_row_is_named_by_file_line_and_record() -> None:
    row = SourceRow("partner", "p.csv", 9, 10, exact=True, raw={"Sum": "5"})
    assert shown.sources_text([row], "en") == "partner · p.csv, line 10 (record 9)\n  Sum: 5"
