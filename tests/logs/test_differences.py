"""The differences of two logs listed one by one: as many of each class as counted, found by any filter, written."""

import asyncio
import csv
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from postback_wizard.catalogue.backfill import Backfill
from postback_wizard.domain.differences import KINDS, Difference, Narrowing, Written
from postback_wizard.domain.probe import LogEvidence, LogFile, LogProbe
from postback_wizard.effects.differences import Differences, DifferencesError
from postback_wizard.effects.reconcile import reconcile
from tests.logs.workbooks import workbook, zipped

Row = dict[str, str]
START = datetime.fromisoformat("2026-03-02 00:20:00")
HEADERS = ("click_id", "transaction_id", "time", "status", "payout", "currency")


def conversion(n: int, **other: str) -> Row:
    time = str(START + timedelta(hours=n))
    told = (f"click{n:04}", f"ORD-{n}", time, ("approved", "pending", "rejected")[n % 3], f"{10 + n % 7}.50", "USD")
    return {**dict(zip(HEADERS, told, strict=True)), **other}


def planted() -> tuple[list[Row], list[Row]]:
    """A difference of each class, at known places, and one key of three classes."""
    tracker = [conversion(n) for n in range(60) if n != 30]
    partner = [conversion(n) for n in range(60) if n != 20]
    partner[3]["status"], partner[5]["payout"], partner[7]["currency"] = "rejected", "1.00", "EUR"
    partner[9]["time"] = "2026-04-05 10:00:00"
    partner[10] |= {"status": "rejected", "payout": "99.00", "time": "2026-04-06 10:00:00"}
    return [*tracker, dict(tracker[1])], [*partner, dict(partner[0]), dict(partner[0])]


def as_csv(rows: list[Row], delimiter: str = ",") -> bytes:
    lines = [delimiter.join(HEADERS), *(delimiter.join(row.values()) for row in rows)]
    return ("\n".join(lines) + "\n").encode()


def as_json(rows: list[Row]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def write(folder: Path, tracker: bytes, partner: bytes) -> LogProbe:
    paths = (folder / "tracker.csv", folder / "partner.csv")
    for path, data in zip(paths, (tracker, partner), strict=True):
        path.write_bytes(data)
    roles = ("conversion_log", "partner_log")
    return LogProbe("reconcile", tuple(LogFile(role, str(path)) for role, path in zip(roles, paths, strict=True)))


@asynccontextmanager
async def listed(folder: Path, tracker: bytes, partner: bytes) -> AsyncIterator[tuple[Differences, LogEvidence]]:
    probe = write(folder, tracker, partner)
    logs = await reconcile(probe, "")
    found = Differences(probe, logs)
    try:
        yield found, logs
    finally:
        found.close()


async def every(found: Differences) -> dict[str, list[Difference]]:
    listed = await found.prepare()
    rows = await found.page(0, listed.total)
    return {name: [row for row in rows if name in row.kinds] for name in KINDS}


WRITINGS: Mapping[str, Callable[[list[Row]], bytes]] = {
    "comma": as_csv,
    "semicolon": lambda rows: as_csv(rows, ";"),
    "json": as_json,
    "utf-16": lambda rows: as_csv(rows, "\t").decode().encode("utf-16"),
    "three hours later": lambda rows: as_csv(
        [{**row, "time": str(datetime.fromisoformat(row["time"]) + timedelta(hours=3))} for row in rows]
    ),
    "days only": lambda rows: as_csv([{**row, "time": row["time"][:10]} for row in rows]),
    "words nobody knows": lambda rows: as_csv([{**row, "status": f"w{row['status']}"} for row in rows]),
    "without transaction IDs": lambda rows: as_csv([{**row, "transaction_id": ""} for row in rows]),
}


@pytest.mark.parametrize("writing", WRITINGS)
async def test_each_class_lists_as_many_as_were_counted(writing: str, tmp_path: Path) -> None:
    tracker, partner = planted()
    async with listed(tmp_path, as_csv(tracker), WRITINGS[writing](partner)) as (found, logs):
        rows = await every(found)
    assert {name: len(items) for name, items in rows.items()} == {name: logs.classes[name] for name in KINDS}


async def test_the_rows_of_each_class_are_the_planted_ones(tmp_path: Path) -> None:
    async with listed(tmp_path, *map(as_csv, planted())) as (found, _):
        rows = await every(found)
    assert {name: [item.click_id for item in items] for name, items in rows.items()} == {
        "only_tracker": ["click0020"],
        "only_partner": ["click0030"],
        "duplicate_tracker": ["click0001"],
        "duplicate_partner": ["click0000", "click0000"],
        "status_differs": ["click0003", "click0010"],
        "payout_differs": ["click0005", "click0010"],
        "currency_differs": ["click0007"],
        "time_differs": ["click0009", "click0010"],
    }


async def test_deltas_are_partner_minus_tracker_with_the_offset_taken_off(tmp_path: Path) -> None:
    tracker, partner = planted()
    later = WRITINGS["three hours later"](partner)
    async with listed(tmp_path, as_csv(tracker), later) as (found, _):
        item = (await every(found))["payout_differs"][0]
    assert (item.payout_delta, item.seconds_delta) == ("-14.5", 0)


async def test_a_list_of_equal_logs_is_empty(tmp_path: Path) -> None:
    rows = as_csv([conversion(n) for n in range(20)])
    async with listed(tmp_path, rows, rows) as (found, _):
        assert (await found.prepare()).total == 0
        assert await found.page(0, 10) == ()


# -- pages and filters ---------------------------------------------------------------------------------------------


async def test_pages_put_together_are_the_whole_list(tmp_path: Path) -> None:
    async with listed(tmp_path, *map(as_csv, planted())) as (found, _):
        total = (await found.prepare()).total
        pages = [await found.page(first, 4) for first in range(0, total, 4)]
        assert tuple(item for page in pages for item in page) == await found.page(0, total)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Narrowing(kind="payout_differs"), ["click0005", "click0010"]),
        (Narrowing(text="CLICK0007"), ["click0007"]),
        (Narrowing(text="ord-20"), ["click0020"]),
        (Narrowing(amount_from=Decimal(99)), ["click0010"]),
        (Narrowing(amount_to=Decimal(1)), ["click0005"]),
        (
            Narrowing(time_from=int(datetime.fromisoformat("2026-04-05T00:00+00:00").timestamp())),
            ["click0009", "click0010"],
        ),
        (Narrowing(kind="payout_differs", amount_from=Decimal(99), amount_to=Decimal(99)), ["click0010"]),
        (Narrowing(text="%"), []),
        (Narrowing(text="'; DROP TABLE diff"), []),
    ],
)
async def test_a_filter_leaves_what_it_names(wanted: Narrowing, ids: list[str], tmp_path: Path) -> None:
    async with listed(tmp_path, *map(as_csv, planted())) as (found, _):
        await found.prepare()
        left = await found.narrow(wanted)
        assert [item.click_id for item in await found.page(0, 50)] == ids
        assert left.total == len(ids)


async def test_taking_a_filter_away_brings_everything_back(tmp_path: Path) -> None:
    async with listed(tmp_path, *map(as_csv, planted())) as (found, _):
        before = await found.prepare()
        await found.narrow(Narrowing(text="click0007"))
        assert await found.narrow(Narrowing()) == before


# -- sources -------------------------------------------------------------------------------------------------------


async def test_a_difference_opens_to_the_rows_of_both_files_with_their_lines(tmp_path: Path) -> None:
    async with listed(tmp_path, *map(as_csv, planted())) as (found, _):
        item = (await every(found))["payout_differs"][0]
        one, other = await found.sources(item)
    lines = [(tmp_path / row.file).read_text().splitlines()[row.line - 1] for row in (one, other)]
    assert [line.split(",")[0] for line in lines] == ["click0005", "click0005"]
    assert (one.exact, other.raw["payout"]) == (True, "1.00")


async def test_the_line_is_right_after_a_cell_of_several_lines_and_said_to_be_about(tmp_path: Path) -> None:
    tracker, partner = planted()
    broken = as_csv(partner).replace(b"ORD-2,", b'"ORD\n2",', 1)
    async with listed(tmp_path, as_csv(tracker), broken) as (found, _):
        item = (await every(found))["payout_differs"][0]
        other = (await found.sources(item))[1]
    text = (tmp_path / other.file).read_text().splitlines()[other.line - 1]
    assert (text.startswith("click0005"), other.exact) == (True, False)


async def test_a_text_in_another_encoding_opens_too(tmp_path: Path) -> None:
    tracker, partner = planted()
    async with listed(tmp_path, as_csv(tracker), WRITINGS["utf-16"](partner)) as (found, _):
        item = (await every(found))["payout_differs"][0]
        assert (await found.sources(item))[1].raw["click_id"] == "click0005"


# -- files and folders ---------------------------------------------------------------------------------------------


def as_table(rows: list[Row]) -> list[list[str]]:
    return [list(HEADERS), *(list(row.values()) for row in rows)]


def a_folder(folder: Path, rows: list[Row]) -> Path:
    inside = folder / "partner"
    inside.mkdir()
    (inside / "1-january.csv").write_bytes(as_csv(rows[:4]))
    (inside / "2-february.csv").write_bytes(as_csv(rows[4:], ";").decode().encode("utf-16"))
    return inside


def an_archive(folder: Path, rows: list[Row]) -> Path:
    path = folder / "partner.zip"
    path.write_bytes(zipped({"january.csv": as_csv(rows[:4]).decode(), "february.csv": as_csv(rows[4:]).decode()}))
    return path


def a_workbook(folder: Path, rows: list[Row]) -> Path:
    path = folder / "partner.xlsx"
    path.write_bytes(workbook(as_table(rows), first=3))
    return path


#: A side as it comes, the file that holds the row with another payout, its record and its line there.
SIDES: Mapping[str, tuple[Callable[[Path, list[Row]], Path], tuple[str, int, int]]] = {
    "folder": (a_folder, ("2-february.csv", 2, 3)),
    "archive": (an_archive, ("partner.zip/february.csv", 2, 3)),
    "workbook": (a_workbook, ("partner.xlsx", 6, 9)),
}


@pytest.mark.parametrize("kind", SIDES)
async def test_a_side_of_several_files_lists_its_differences_and_opens_to_their_lines(
    kind: str, tmp_path: Path
) -> None:
    tracker, partner = planted()
    make, place = SIDES[kind]
    probe = write(tmp_path, as_csv(tracker), b"")
    probe = replace(probe, files=(probe.files[0], LogFile("partner_log", str(make(tmp_path, partner)))))
    logs = await reconcile(probe, "")
    found = Differences(probe, logs)
    rows = await every(found)
    item = next(item for item in rows["payout_differs"] if item.click_id == "click0005")
    other = (await found.sources(item))[1]
    found.close()
    assert {name: len(items) for name, items in rows.items()} == {name: logs.classes[name] for name in KINDS}
    assert (other.file, other.row, other.line, other.raw["payout"]) == (*place, "1.00")


async def test_a_row_of_the_second_of_several_files_opens_from_that_file(tmp_path: Path) -> None:
    tracker, partner = planted()
    probe = write(tmp_path, as_csv(tracker), as_csv(partner[:3]))
    rest = tmp_path / "rest.csv"
    rest.write_bytes(as_csv(partner[3:]))
    both = LogFile("partner_log", f"{probe.files[1].path}; {rest}")
    probe = replace(probe, files=(probe.files[0], both))
    found = Differences(probe, await reconcile(probe, ""))
    item = (await every(found))["payout_differs"][0]
    other = (await found.sources(item))[1]
    found.close()
    assert (other.file, rest.read_text().splitlines()[other.line - 1].split(",")[0]) == ("rest.csv", "click0005")


async def test_dates_with_slashes_are_listed_in_the_order_the_comparison_read_them(tmp_path: Path) -> None:
    tracker, partner = planted()
    slashed = [{**row, "time": datetime.fromisoformat(row["time"]).strftime("%m/%d/%Y %H:%M:%S")} for row in partner]
    probe = replace(write(tmp_path, as_csv(tracker), as_csv(slashed)), columns={"partner_log.date_order": "MM/DD"})
    found = Differences(probe, await reconcile(probe, ""))
    rows = await every(found)
    found.close()
    assert [item.click_id for item in rows["time_differs"]] == ["click0009", "click0010"]


# -- files that are written ------------------------------------------------------------------------------------------


def bytes_of(written: Written) -> bytes:
    return Path(written.path).read_bytes()


async def test_the_list_is_written_as_csv_a_spreadsheet_may_open(tmp_path: Path) -> None:
    tracker, partner = planted()
    partner[29] |= {"transaction_id": '=HYPERLINK("http://x")', "click_id": "-x9"}
    partner[29]["payout"] = "-5"
    text = as_csv(partner).replace(b'=HYPERLINK("http://x")', b'"=HYPERLINK(""http://x"")"')
    async with listed(tmp_path, as_csv(tracker), text) as (found, _):
        await found.prepare()
        await found.narrow(Narrowing(text="hyperlink"))
        written = await found.write_list(tmp_path / "out", "list")
    data = bytes_of(written)
    assert data.startswith(b"\xef\xbb\xbfclass,click_id,")
    row = next(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert (row["transaction_id"], row["click_id"]) == ('\'=HYPERLINK("http://x")', "'-x9")
    assert (row["partner_payout"], written.rows, written.guarded) == ("-5", 1, 2)


async def test_lines_of_the_file_end_as_rfc_4180_wants(tmp_path: Path) -> None:
    async with listed(tmp_path, *map(as_csv, planted())) as (found, _):
        total = (await found.prepare()).total
        data = bytes_of(await found.write_list(tmp_path / "out", "list"))
    assert data.count(b"\r\n") == data.count(b"\n") == total + 1


async def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("mine")
    async with listed(tmp_path, *map(as_csv, planted())) as (found, _):
        await found.prepare()
        names = [Path((await found.write_list(tmp_path, "list")).path).name for _ in range(2)]
    assert (names, (tmp_path / "list.csv").read_text()) == (["list-2.csv", "list-3.csv"], "mine")


async def test_a_backfill_holds_what_only_the_partner_has_and_did_not_reject(tmp_path: Path) -> None:
    tracker, partner = planted()
    tracker = [row for row in tracker if row["click_id"] not in ("click0040", "click0041", "click0042", "click0043")]
    partner[42]["click_id"] = "with:colon"
    backfill = Backfill("{click_id}:{payout}:{status}", ("click_id", "payout", "status"))
    async with listed(tmp_path, as_csv(tracker), as_csv(partner)) as (found, _):
        await found.prepare()
        written = await found.write_backfill(tmp_path / "out", "lines", backfill)
    lines = bytes_of(written).decode().splitlines()
    assert lines == ["click0030:12.5:approved", "click0040:15.5:pending", "click0042:10.5:approved"]
    assert written.left_out == {"rejected": 1, "separator": 1}


# -- ends ----------------------------------------------------------------------------------------------------------


async def test_files_that_changed_since_they_were_compared_are_told_of(tmp_path: Path) -> None:
    tracker, partner = planted()
    probe = write(tmp_path, as_csv(tracker), as_csv(partner))
    logs = await reconcile(probe, "")
    write(tmp_path, as_csv(tracker), as_csv(partner[5:]))
    found = Differences(probe, logs)
    assert (await found.prepare()).changed
    found.close()


async def test_a_file_that_is_gone_is_named_by_its_code(tmp_path: Path) -> None:
    probe = write(tmp_path, *map(as_csv, planted()))
    logs = await reconcile(probe, "")
    (tmp_path / "partner.csv").unlink()
    with pytest.raises(DifferencesError) as caught:
        await Differences(probe, logs).prepare()
    assert caught.value.code == "missing"


async def test_closing_leaves_nothing_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    async with listed(tmp_path, *map(as_csv, planted())) as (found, _):
        await found.prepare()
        assert list(scratch.iterdir())
    assert not list(scratch.iterdir())


async def stopped(work: Awaitable[object]) -> None:
    task = asyncio.ensure_future(work)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_stopping_the_first_reading_leaves_nothing_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = write(tmp_path, *map(as_csv, planted()))
    logs = await reconcile(probe, "")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    await stopped(Differences(probe, logs).prepare())
    assert not list(scratch.iterdir())


async def test_after_a_file_was_stopped_there_is_none_and_the_list_still_works(tmp_path: Path) -> None:
    async with listed(tmp_path, *map(as_csv, planted())) as (found, _):
        total = (await found.prepare()).total
        await stopped(found.write_list(tmp_path / "out", "list"))
        assert len(await found.page(0, total)) == total
    assert not [path for path in (tmp_path / "out").glob("*") if path.name.startswith(".tmp-")]
