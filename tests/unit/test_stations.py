"""One conversion as one line of stations, with delays and gaps."""

from datetime import timedelta
from typing import Any

from postback_wizard.checks import example
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row
from postback_wizard.domain.probe import LogRow, LogSource
from postback_wizard.domain.stations import Station, stations
from postback_wizard.report.timeline import spell


def line(*parts: LogSource | LogRow, **facts: Any) -> tuple[Station, ...]:
    return stations(example(looked_up(*parts), **{"click_id": CLICK, **facts}).case)


FILES = [log(role) for role in ("click_log", "conversion_log", "attempt_log", "partner_log")]


def test_rows_stand_in_the_order_of_their_times_with_the_delay_between() -> None:
    found = line(
        *FILES[:3],
        row("attempt_log", time="2026-02-11T13:00:05+03:00"),
        row("click_log", time="2026-02-11T09:00:00Z"),
        row("conversion_log", time="2026-02-11T10:00:00Z"),
    )
    assert [(item.role, item.after) for item in found] == [
        ("click_log", None),
        ("conversion_log", timedelta(hours=1)),
        ("attempt_log", timedelta(seconds=5)),
    ]


def test_what_is_missing_stands_where_it_should_have_been() -> None:
    found = line(*FILES, row("click_log", time="2026-02-11T09:00:00Z"), row("partner_log", time="2026-02-11T10:00:00Z"))
    assert [(item.role, item.missing) for item in found] == [
        ("click_log", False),
        ("conversion_log", True),
        ("attempt_log", True),
        ("partner_log", False),
    ]


def test_a_log_nobody_gave_is_not_called_missing() -> None:
    assert [item.role for item in line(FILES[0], row("click_log"))] == ["click_log"]


def test_a_time_somebody_told_stands_in_for_a_row() -> None:
    (found,) = line(conversion_time="2026-02-11T10:00:00Z", conversion_seen="yes")
    assert (found.role, found.row) == ("conversion_log", None)


def test_what_was_looked_for_in_vain_is_missing() -> None:
    assert [(item.role, item.missing) for item in line(attempt_seen="no")] == [("attempt_log", True)]


def test_a_long_time_is_told_in_days() -> None:
    assert spell(timedelta(days=2, hours=3, seconds=4)) == "2d 03:00:04"


def test_logs_that_were_searched_for_no_id_miss_nothing() -> None:
    assert line(*FILES, click_id="") == ()
