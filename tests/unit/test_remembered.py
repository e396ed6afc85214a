"""Columns corrected before: recalled for the same export of the same platform, and for nothing else."""

import pytest

from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import LogSource
from postback_wizard.domain.remembered import RememberedColumns, new_of, recalled, to_remember

FILE = LogSource("partner_log", "p.csv", headers=("ID", "Sum", "Fee"), columns={"payout": "Sum"})
KEPT = RememberedColumns("affise", "partner_log", ("Fee", "Sum", "ID"), {"payout": "Fee"})
FACTS = Facts(network="affise")


def test_the_same_export_is_recalled_whatever_the_order_of_its_columns() -> None:
    assert recalled([KEPT], [FILE], FACTS) == {"partner_log.payout": "Fee"}


@pytest.mark.parametrize(
    ("file", "facts"),
    [
        (FILE, Facts(network="everflow")),
        (LogSource("conversion_log", "p.csv", headers=FILE.headers), FACTS),
        (LogSource("partner_log", "p.csv", headers=("ID", "Sum")), FACTS),
        (LogSource("partner_log", "p.csv"), FACTS),
    ],
)
def test_another_export_is_not(file: LogSource, facts: Facts) -> None:
    assert recalled([KEPT], [file], facts) == {}


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({}, {"partner_log.payout": "Fee"}),
        ({"partner_log.payout": "Sum"}, {}),
        ({"payout": "Sum"}, {}),
    ],
)
def test_what_was_said_of_this_case_stays(columns: dict[str, str], found: dict[str, str]) -> None:
    facts = Facts(network="affise", columns=columns)
    assert new_of({"partner_log.payout": "Fee"}, [FILE], facts) == found


def test_what_is_read_that_way_already_is_not_offered() -> None:
    assert new_of({"partner_log.payout": "Sum"}, [FILE], FACTS) == {}


def test_only_columns_the_file_has_are_kept() -> None:
    chosen = {"partner_log.payout": "Fee", "partner_log.time": "When", "click_log.time": "Fee"}
    (item,) = to_remember([FILE], FACTS, chosen)
    assert (item.platform, item.columns) == ("affise", {"payout": "Fee"})
