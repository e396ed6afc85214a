"""Amounts and dates are read alike where one conversion is looked up and where two logs are compared."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from postback_wizard.domain.probe import LogEvidence, LogFile, LogProbe
from postback_wizard.effects.logs import read_logs
from postback_wizard.effects.reconcile import reconcile
from tests.logs.conftest import AT

HEAD = "click_id;time;payout;currency"
CLICK = "w7k2p9q4m0"
PLAIN = [("2026-03-13 10:00:00", "1234.56"), ("2026-03-14 11:30:00", "12.50"), ("2026-03-15 12:45:00", "7.00")]


async def both(folder: Path, rows: Sequence[tuple[str, str]], **columns: str) -> tuple[LogEvidence, LogEvidence]:
    """The first row looked up, and its file compared with the plain one."""
    files = []
    for role, written in (("conversion_log", PLAIN), ("partner_log", rows)):
        lines = [f"w7k2p9q4m{n};{time};{amount};USD" for n, (time, amount) in enumerate(written)]
        path = folder / f"{role}.csv"
        path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="cp1251")
        files.append(LogFile(role, str(path)))
    probe = LogProbe("lookup", (files[1],), CLICK, columns=columns)
    return await read_logs(probe, AT), await reconcile(LogProbe("reconcile", tuple(files), columns=columns), AT)


@pytest.mark.parametrize("written", ["1234,56", "1 234,56", "1\xa0234,56", "1.234,56", "1,234.56", "$1,234.56"])
async def test_an_amount_is_the_same_number_in_both(tmp_path: Path, written: str) -> None:
    rows = [(PLAIN[0][0], written), (PLAIN[1][0], "12,5"), (PLAIN[2][0], "7")]
    looked, compared = await both(tmp_path, rows)
    (row,) = looked.rows_of_click
    assert (row.values["payout"], row.values["payout_written"], row.raw["payout"]) == ("1234.56", written, written)
    assert (compared.classes["matched"], compared.classes["payout_differs"]) == (3, 0)


async def test_a_plain_amount_stays_as_it_stands(tmp_path: Path) -> None:
    looked, _ = await both(tmp_path, PLAIN)
    assert "payout_written" not in looked.rows_of_click[0].values


ORDERS = {
    "day first": ["13/03/2026 10:00:00", "14/03/2026 11:30", "15/03/2026 12:45:00"],
    "month first": ["03/13/2026 10:00 AM", "3/14/2026 11:30:00 AM", "03/15/2026 12:45 PM"],
}


@pytest.mark.parametrize("times", ORDERS.values(), ids=ORDERS.keys())
async def test_a_date_with_slashes_is_the_same_time_in_both(tmp_path: Path, times: list[str]) -> None:
    looked, compared = await both(tmp_path, [(time, amount) for time, (_, amount) in zip(times, PLAIN, strict=True)])
    assert looked.rows_of_click[0].values["time"] == "2026-03-13T10:00:00.000"
    assert looked.files[0].first_time == "2026-03-13T10:00:00.000Z"
    assert compared.reconciliation is not None
    assert (compared.reconciliation.timed_pairs, compared.classes["time_differs"]) == (3, 0)


AMBIGUOUS = [("01/02/2026 10:00:00", "1"), ("02/02/2026 10:00:00", "1"), ("03/02/2026 10:00:00", "1")]


async def test_an_order_that_no_row_proves_is_not_assumed(tmp_path: Path) -> None:
    looked, compared = await both(tmp_path, AMBIGUOUS)
    assert looked.rows_of_click[0].values["time"] == "01/02/2026 10:00:00"
    assert looked.files[0].dialect["date_order"] == "unknown"
    assert compared.reconciliation is not None
    assert compared.reconciliation.timed_pairs == 0


@pytest.mark.parametrize(("order", "time"), [("DD/MM", "2026-02-01"), ("MM/DD", "2026-01-02")])
async def test_the_agent_settles_the_order(tmp_path: Path, order: str, time: str) -> None:
    looked, compared = await both(tmp_path, AMBIGUOUS, date_order=order)
    assert looked.rows_of_click[0].values["time"] == f"{time}T10:00:00.000"
    assert compared.reconciliation is not None
    assert compared.reconciliation.timed_pairs == 3
