"""The checks of two compared logs: silent where the files agree, and sure of no more than is shown."""

import pytest

from postback_wizard import checks
from postback_wizard.checks import Example
from postback_wizard.checks.reconciliation import comparison
from postback_wizard.domain.finding import Confidence, Finding, Level
from postback_wizard.domain.reconciliation import (
    Late,
    LoneStatus,
    Offset,
    Reconciliation,
    Side,
    StatusPair,
    UnmappedStatus,
)


def faults(shown: Example) -> list[Finding]:
    found = checks.findings_of("event", shown.case)
    return [finding for finding in found if finding.level in (Level.WARN, Level.BAD)]


def codes(shown: Example) -> list[str]:
    return [finding.code for finding in faults(shown)]


ALL = Side(rows=200, keys=200)
SAME_CLOCK = (Offset(0, 200),)
PROMPT = Late()


def books(
    *,
    tracker: Side = ALL,
    partner: Side = ALL,
    offsets: tuple[Offset, ...] = SAME_CLOCK,
    late: Late = PROMPT,
    lone: tuple[LoneStatus, ...] = (),
    statuses: tuple[StatusPair, ...] = (),
    unmapped: tuple[UnmappedStatus, ...] = (),
    day_shifts: dict[str, int] | None = None,
) -> Reconciliation:
    return Reconciliation(
        key=("click_id",),
        tracker=tracker,
        partner=partner,
        offsets=offsets,
        timed_pairs=200,
        late=late,
        lone=lone,
        statuses=statuses,
        unmapped=unmapped,
        day_shifts=day_shifts or {},
    )


def test_files_that_agree_have_no_fault() -> None:
    assert codes(comparison({"matched": 200}, books())) == []


def test_as_many_repeats_on_both_sides_are_several_sales_of_a_click() -> None:
    shown = comparison({"matched": 200, "duplicate_tracker": 9, "duplicate_partner": 9}, books())
    assert codes(shown) == []


def test_repeats_without_transaction_ids_are_a_hint() -> None:
    (finding,) = faults(comparison({"matched": 200, "duplicate_partner": 9}, books()))
    assert (finding.code, finding.confidence) == ("duplicate-counted-twice", Confidence.HINT)


def test_conversions_outside_the_other_files_period_are_no_gap() -> None:
    assert codes(comparison({"matched": 200, "only_tracker": 90}, books())) == []


@pytest.mark.parametrize(("lone", "level"), [(1, Level.INFO), (10, Level.WARN), (60, Level.BAD)])
def test_a_gap_weighs_as_much_as_its_share(lone: int, level: Level) -> None:
    shown = comparison({"matched": 200, "only_tracker": lone}, books(tracker=Side(200, 200, lone_inside=lone)))
    found = (item for item in checks.findings_of("event", shown.case) if item.code == "count-gap")
    assert [finding.level for finding in found] == [level]


def test_one_missing_conversion_of_three_is_no_proof() -> None:
    shown = comparison({"matched": 2, "only_tracker": 1}, books(tracker=Side(3, 3, lone_inside=1)))
    assert [finding.level for finding in faults(shown)] == [Level.WARN]


def test_a_pending_conversion_on_one_side_is_mere_information() -> None:
    pair = StatusPair("pending", "approved", "pending", "approved", 9)
    assert codes(comparison({"matched": 200, "status_differs": 9}, books(statuses=(pair,)))) == []


def test_a_word_nobody_knows_is_no_fault_where_both_files_say_it() -> None:
    pair = StatusPair("qualified", "Qualified", "", "", 9)
    shown = comparison({"matched": 200}, books(statuses=(pair,), unmapped=(UnmappedStatus("partner", "Qualified", 9),)))
    assert codes(shown) == []


def test_no_offset_is_no_fault() -> None:
    assert codes(comparison({"matched": 200}, books(offsets=(Offset(0, 120), Offset(0, 80))))) == []


def test_a_change_of_the_clock_is_told_with_both_offsets() -> None:
    offsets = (Offset(60, 120), Offset(120, 80, "2026-03-29T01:00:00.000Z"))
    (finding,) = faults(comparison({"matched": 200}, books(offsets=offsets), offset=60))
    assert finding.values["offset"] == "+1:00, +2:00"


def test_a_few_days_moved_by_midnight_are_no_other_basis() -> None:
    assert codes(comparison({"matched": 200, "time_differs": 9}, books(day_shifts={"+1": 9}, offsets=()))) == []


def test_all_days_moved_by_one_hint_at_another_basis() -> None:
    (finding,) = faults(comparison({"matched": 200, "time_differs": 200}, books(day_shifts={"+1": 200}, offsets=())))
    assert (finding.code, finding.confidence) == ("time-basis-mismatch", Confidence.HINT)


def test_two_late_conversions_are_no_pattern() -> None:
    assert codes(comparison({"matched": 200, "time_differs": 2}, books(late=Late("partner", 2, 90, 90, 6, 2)))) == []


def test_late_ones_spread_over_the_day_say_nothing_without_comparable_clocks() -> None:
    late = Late("partner", 150, 300, 900, 6, 12)
    assert codes(comparison({"matched": 200, "time_differs": 150}, books(late=late, offsets=()))) == []


def test_lone_leads_are_no_other_definition_where_the_other_file_has_leads_too() -> None:
    lone = (LoneStatus("tracker", "lead", "pending", 20),)
    statuses = (StatusPair("lead", "hold", "pending", "pending", 5),)
    assert codes(comparison({"matched": 200, "only_tracker": 20}, books(lone=lone, statuses=statuses))) == []
