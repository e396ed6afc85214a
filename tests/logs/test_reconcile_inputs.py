"""The two sides of a comparison as they come: several files, folders, archives, and broken ones among them."""

import csv
import gzip
import io
import json
import random
import zipfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from postback_wizard.domain.probe import LogEvidence, LogFile, LogProbe
from postback_wizard.effects.reconcile import reconcile
from tests.logs.workbooks import workbook

AT = "2026-03-01T10:00:00.000Z"
START = datetime.fromisoformat("2026-03-02 00:20:00")
Row = dict[str, str]


def conversions(count: int = 60) -> list[Row]:
    return [
        {
            "click_id": f"click{n:04}",
            "time": (START + n * timedelta(hours=1)).isoformat(sep=" "),
            "status": ("approved", "pending", "rejected")[n % 3],
            "payout": f"{10 + n % 7}.50",
            "currency": "USD",
        }
        for n in range(count)
    ]


def as_csv(rows: Sequence[Row], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


async def compare(folder: Path, partner: Path | str, part_rows: int = 1_000_000) -> LogEvidence:
    tracker = folder / "tracker.csv"
    if not tracker.exists():
        tracker.write_bytes(as_csv(conversions()))
    files = (LogFile("conversion_log", str(tracker)), LogFile("partner_log", str(partner)))
    return await reconcile(LogProbe("reconcile", files), AT, part_rows=part_rows)


def found(logs: LogEvidence) -> dict[str, int]:
    return {name: count for name, count in logs.classes.items() if count}


def written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.csv", data)
    return path


ROWS = conversions()
HALVES = {"january": as_csv(ROWS[:30]), "february": as_csv(ROWS[30:], ";").decode().encode("utf-16")}


async def test_a_folder_is_one_side(tmp_path: Path) -> None:
    for name, data in HALVES.items():
        written(tmp_path / "partner" / f"{name}.csv", data)
    assert found(await compare(tmp_path, tmp_path / "partner")) == {"matched": 60}


async def test_several_files_are_one_side(tmp_path: Path) -> None:
    paths = [str(written(tmp_path / f"{name}.csv", data)) for name, data in HALVES.items()]
    assert found(await compare(tmp_path, "; ".join(paths))) == {"matched": 60}


async def test_an_archive_is_one_side(tmp_path: Path) -> None:
    assert found(await compare(tmp_path, zipped(tmp_path / "partner.zip", **HALVES))) == {"matched": 60}


async def test_a_workbook_is_one_side(tmp_path: Path) -> None:
    table = [list(ROWS[0]), *(list(row.values()) for row in ROWS)]
    assert found(await compare(tmp_path, written(tmp_path / "partner.xlsx", workbook(table)))) == {"matched": 60}


async def test_a_row_of_the_second_file_is_named_with_its_file(tmp_path: Path) -> None:
    rows = [{**row, "payout": "99"} if row["click_id"] == "click0042" else row for row in ROWS]
    logs = await compare(tmp_path, zipped(tmp_path / "x.zip", one=as_csv(rows[:30]), two=as_csv(rows[30:])))
    assert logs.reconciliation
    (sample,) = logs.reconciliation.samples
    assert sample.partner
    assert (sample.partner.file, sample.partner.row, sample.partner.values["click_id"]) == ("two.csv", 13, "click0042")


async def test_the_lines_of_a_side_are_added_up(tmp_path: Path) -> None:
    logs = await compare(tmp_path, zipped(tmp_path / "x.zip", **HALVES))
    assert [(file.role, file.rows) for file in logs.files] == [("conversion_log", 60), ("partner_log", 60)]


async def test_files_may_have_their_columns_in_another_order(tmp_path: Path) -> None:
    turned = [dict(reversed(row.items())) for row in ROWS[30:]]
    logs = await compare(tmp_path, zipped(tmp_path / "x.zip", one=as_csv(ROWS[:30]), two=as_csv(turned)))
    assert found(logs) == {"matched": 60}


async def test_a_broken_file_stops_no_other(tmp_path: Path) -> None:
    written(tmp_path / "partner" / "a.csv", as_csv(ROWS))
    written(tmp_path / "partner" / "b.csv", b"")
    logs = await compare(tmp_path, tmp_path / "partner")
    assert (found(logs), [file.problem for file in logs.files]) == ({"matched": 60}, ["", "", "empty"])


async def test_a_file_without_a_key_stops_no_other(tmp_path: Path) -> None:
    written(tmp_path / "partner" / "a.csv", as_csv(ROWS))
    written(tmp_path / "partner" / "b.csv", b"colour,size\nred,1\n")
    logs = await compare(tmp_path, tmp_path / "partner")
    assert (found(logs), logs.files[-1].problem) == ({"matched": 60}, "no-click-id-column")


async def test_an_archive_that_ends_in_the_middle_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    dice = random.Random(1)
    rows = [{**row, "note": dice.randbytes(40).hex()} for row in conversions(3000)]
    (tmp_path / "tracker.csv").write_bytes(as_csv(rows))
    whole = gzip.compress(as_csv(rows))
    logs = await compare(tmp_path, written(tmp_path / "cut.csv.gz", whole[: len(whole) // 2]))
    assert (logs.outcome, logs.files[1].rejects[-1].reason) == (("OK",), "cut-short")
    assert 0 < logs.classes["matched"] < 3000


async def test_lines_that_are_no_json_are_kept_out_of_the_rows(tmp_path: Path) -> None:
    lines = "".join(json.dumps(row) + "\n" for row in ROWS) + "oops\n"
    logs = await compare(tmp_path, written(tmp_path / "log.jsonl", lines.encode()))
    assert logs.reconciliation
    assert (found(logs), logs.files[1].rejected_rows, logs.reconciliation.partner.rows) == ({"matched": 60}, 1, 60)


async def test_parquet_is_read(tmp_path: Path) -> None:
    tracker = written(tmp_path / "tracker.csv", as_csv(ROWS))
    with duckdb.connect() as con:
        con.execute(f"COPY (FROM read_csv('{tracker}')) TO '{tmp_path / 'partner.parquet'}' (FORMAT parquet)")
    assert found(await compare(tmp_path, tmp_path / "partner.parquet")) == {"matched": 60}


async def test_times_after_2038_and_large_amounts_are_compared(tmp_path: Path) -> None:
    rows = [{**row, "time": f"2{row['time'][1:]}".replace("2026", "2099"), "payout": "1234567.89"} for row in ROWS]
    (tmp_path / "tracker.csv").write_bytes(as_csv(rows))
    logs = await compare(tmp_path, written(tmp_path / "partner.csv", as_csv(rows[1:])))
    assert logs.reconciliation
    assert (found(logs), logs.reconciliation.timed_pairs) == ({"matched": 59, "only_tracker": 1}, 59)


#: Late cells of another kind than the first rows', and what they come to.
ODD: dict[str, tuple[str, str, dict[str, int]]] = {
    "a zone": ("time", "2026-07-04 22:20:00+03:00", {}),
    "a day and a month": ("time", "04.07.2026 19:20:00", {}),
    "no time": ("time", "soon", {}),
    "a decimal comma": ("payout", "16,50", {}),
    "a currency sign": ("payout", "$16.50", {}),
    "no amount": ("payout", "free", {}),
    "another amount": ("payout", "15.5", {"payout_differs": 1}),
    "another time": ("time", "2026-07-04 22:20:00", {"time_differs": 1}),
}


@pytest.mark.parametrize("kind", ODD)
async def test_a_late_cell_written_in_another_way_is_read_all_the_same(kind: str, tmp_path: Path) -> None:
    name, cell, expected = ODD[kind]
    rows = conversions(3000)
    (tmp_path / "tracker.csv").write_bytes(as_csv(rows))
    assert (rows[2995]["time"], rows[2995]["payout"]) == ("2026-07-04 19:20:00", "16.50")
    odd = [*rows[:2995], {**rows[2995], name: cell}, *rows[2996:]]
    logs = await compare(tmp_path, written(tmp_path / "partner.csv", as_csv(odd)))
    assert (logs.files[1].rows, {key: n for key, n in found(logs).items() if key != "matched"}) == (3000, expected)


async def test_a_late_row_with_a_cell_too_many_is_left_out_alone(tmp_path: Path) -> None:
    rows = conversions(3000)
    (tmp_path / "tracker.csv").write_bytes(as_csv(rows))
    lines = as_csv(rows).splitlines()
    lines[2990] += b",1,2,3"
    logs = await compare(tmp_path, written(tmp_path / "partner.csv", b"\n".join(lines)))
    assert [(reject.line, reject.reason) for reject in logs.files[1].rejects] == [(2991, "too-many")]
    assert found(logs) == {"matched": 2999, "only_tracker": 1}


@pytest.mark.parametrize("part_rows", [7, 59, 60])
async def test_parts_add_up_to_the_whole(tmp_path: Path, part_rows: int) -> None:
    partner = [{**row, "payout": "99"} if n % 9 == 1 else row for n, row in enumerate(ROWS[3:])] + ROWS[10:13]
    path = written(tmp_path / "partner.csv", as_csv(partner))
    whole, parted = await compare(tmp_path, path), await compare(tmp_path, path, part_rows)
    assert (parted.classes, parted.reconciliation) == (whole.classes, whole.reconciliation)


async def test_the_votes_for_an_offset_are_those_of_all_parts(tmp_path: Path) -> None:
    moved = [{**row, "time": str(datetime.fromisoformat(row["time"]) + timedelta(hours=3))} for row in ROWS]
    logs = await compare(tmp_path, written(tmp_path / "partner.csv", as_csv(moved)), part_rows=9)
    assert logs.reconciliation
    assert [(item.minutes, item.pairs) for item in logs.reconciliation.offsets] == [(180, 60)]


@pytest.mark.parametrize("seed", range(6))
async def test_an_offset_that_the_first_part_gets_wrong_is_mended(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    hours = [dice.choice([1, 1, 1, 2]) for _ in ROWS]
    moved = [
        {**row, "time": str(datetime.fromisoformat(row["time"]) + timedelta(hours=by))}
        for row, by in zip(ROWS, hours, strict=True)
    ]
    path = written(tmp_path / "partner.csv", as_csv(moved))
    whole, parted = await compare(tmp_path, path), await compare(tmp_path, path, 2)
    assert (parted.classes, parted.reconciliation) == (whole.classes, whole.reconciliation)
