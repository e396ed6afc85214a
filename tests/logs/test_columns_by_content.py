"""Columns told by their cells where no header tells them."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from postback_wizard.domain.probe import LogEvidence, LogFile, LogProbe
from postback_wizard.effects.logs import read_logs

LookUp = Callable[..., Awaitable[LogEvidence]]
AT = "2026-03-01T10:00:00.000Z"
IDS = ("w7k2p9q4m1", "a8d3f7g2k5", "z1x2c3v4b5", "q9w8e7r6t5")


def rows(head: str) -> bytes:
    lines = [f"{name},2026-03-0{n} 10:00:00,{n}.50,USD,approved,Spring sale\n" for n, name in enumerate(IDS, 1)]
    return (head + "".join(lines)).encode()


async def test_every_column_is_told_by_its_cells(look_up: LookUp) -> None:
    file = (await look_up(rows("a,b,c,d,e,f\n"))).files[0]
    assert file.columns == {"click_id": "a", "time": "b", "currency": "d", "status": "e", "payout": "c"}


async def test_what_was_told_by_cells_is_said_to_be_a_guess(look_up: LookUp) -> None:
    file = (await look_up(rows("click_id,b,c,d,e,f\n"))).files[0]
    assert file.guessed == ("time", "currency", "status", "payout")


async def test_a_header_goes_before_any_cell(look_up: LookUp) -> None:
    file = (await look_up(rows("a,click_id,c,d,e,f\n"))).files[0]
    assert file.columns["click_id"] == "click_id"


async def test_of_two_columns_of_ids_neither_is_taken(look_up: LookUp) -> None:
    data = "a,b\n" + "".join(f"{name},{name[::-1]}\n" for name in IDS)
    assert (await look_up(data.encode(), click_id="nothing-like-it9")).files[0].problem == "no-click-id-column"


async def test_of_two_columns_of_ids_the_one_the_other_file_shares_is_taken(tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("click_id\n" + "".join(f"{name}\n" for name in IDS))
    second.write_text("a,b\n" + "".join(f"{name[::-1]}x,{name}\n" for name in IDS[1:]))
    files = (LogFile("conversion_log", str(first)), LogFile("partner_log", str(second)))
    logs = await read_logs(LogProbe("lookup", files, IDS[0]), AT)
    assert logs.files[1].columns["click_id"] == "b"
