"""Every kind of file an export comes in gives the same row; several files of one fact are one log."""

import csv
import gzip
import io
from collections.abc import Awaitable, Callable
from pathlib import Path

import duckdb
import pytest

from postback_wizard.domain.probe import LogEvidence, LogFile, LogProbe, LogReject
from postback_wizard.effects.logs import read_logs
from tests.logs.workbooks import workbook, zipped

LookUp = Callable[..., Awaitable[LogEvidence]]
AT = "2026-03-01T10:00:00.000Z"
CLICK = "w7k2p9q4m1"
ROWS = [
    ["time", "click_id", "status", "payout"],
    ["2026-03-01 09:00:00", "aaaaaaaaaa", "pending", "1.00"],
    ["2026-03-01 09:15:00", CLICK, "approved", "12.50"],
]
TEXT = "".join(",".join(row) + "\n" for row in ROWS).encode()


def found(logs: LogEvidence) -> list[str]:
    return [f"{row.values['status']} {row.values['payout']}" for row in logs.rows_of_click]


async def read(text: str, role: str = "conversion_log") -> LogEvidence:
    return await read_logs(LogProbe("lookup", (LogFile(role, text),), CLICK), AT)


def parquet(tmp_path: Path) -> bytes:
    source, target = tmp_path / "source.csv", tmp_path / "made.parquet"
    source.write_bytes(TEXT)
    with duckdb.connect() as con:
        con.read_csv(str(source), all_varchar=True, header=True).write_parquet(str(target))
    source.unlink()
    data = target.read_bytes()
    target.unlink()
    return data


async def test_a_workbook_is_read(look_up: LookUp) -> None:
    logs = await look_up(workbook(ROWS), name="export.xlsx")
    assert (found(logs), logs.files[0].dialect["format"]) == (["approved 12.50"], "workbook")


async def test_a_workbook_under_another_name_is_read(look_up: LookUp) -> None:
    assert found(await look_up(workbook(ROWS), name="export.csv")) == ["approved 12.50"]


async def test_a_parquet_file_is_read(look_up: LookUp, tmp_path: Path) -> None:
    logs = await look_up(parquet(tmp_path), name="export.parquet")
    assert (found(logs), logs.files[0].rows) == (["approved 12.50"], 2)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
async def test_gzip_of_any_kind_is_read(look_up: LookUp, tmp_path: Path, kind: str) -> None:
    data = {"csv": TEXT, "xlsx": workbook(ROWS), "parquet": parquet(tmp_path)}[kind]
    assert found(await look_up(gzip.compress(data), name=f"export.{kind}.gz")) == ["approved 12.50"]


async def test_every_member_of_an_archive_is_a_file_of_its_own(look_up: LookUp) -> None:
    logs = await look_up(zipped({"jan.csv": TEXT.decode(), "feb/feb.csv": TEXT.decode()}), name="all.zip")
    assert [file.name for file in logs.files] == ["jan.csv", "feb.csv"]
    assert found(logs) == ["approved 12.50"] * 2


async def test_a_folder_is_all_of_its_files(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv"):
        (tmp_path / name).write_bytes(TEXT)
    logs = await read(str(tmp_path))
    assert ([file.name for file in logs.files], len(logs.rows_of_click)) == (["a.csv", "b.csv"], 2)


@pytest.mark.parametrize("between", ["\n", ";", " ; \n"])
async def test_several_paths_stand_in_one_fact(tmp_path: Path, between: str) -> None:
    paths = [tmp_path / name for name in ("a.csv", "b.csv")]
    for path in paths:
        path.write_bytes(TEXT)
    assert len((await read(between.join(map(str, paths)))).rows_of_click) == 2


async def test_a_name_with_a_semicolon_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "a;b.csv"
    path.write_bytes(TEXT)
    assert [file.name for file in (await read(str(path))).files] == ["a;b.csv"]


async def test_files_of_one_role_count_as_one_log(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(TEXT)
    source = (await read(str(tmp_path))).source("conversion_log")
    assert source is not None
    assert (source.rows, source.name) == (4, "a.csv (+1)")


ACCESS = (
    '198.51.100.7 - - [01/Mar/2026:12:14:59 +0300] "GET /robots.txt HTTP/1.1" 404 9{tail}\n'
    f'198.51.100.7 - - [01/Mar/2026:12:15:00 +0300] "GET /pb?cid={CLICK}&payout=12.50&status=ok%20now HTTP/1.1" 200 2'
    "{tail}\n"
)


@pytest.mark.parametrize(
    "tail", ["", ' "-" "curl/8.5"', ' "https://a.example/" "Mozilla/5.0 (a \\"b\\")" 0.003 "x"'], ids=str
)
async def test_postbacks_in_an_access_log_become_columns(look_up: LookUp, tail: str) -> None:
    logs = await look_up(ACCESS.replace("{tail}", tail).encode(), name="access.log", role="attempt_log")
    (row,) = logs.rows_of_click
    assert (row.row, row.values["payout"], row.values["status"]) == (2, "12.50", "ok now")
    assert (row.values["time"], row.values["answer_status"]) == ("2026-03-01T09:15:00.000Z", "200")


async def test_a_line_that_is_no_request_is_counted_and_left_out(look_up: LookUp) -> None:
    data = ACCESS.replace("{tail}", "") + "nginx was reloaded\n"
    file = (await look_up(data.encode(), name="access.log")).files[0]
    assert (file.rows, file.rejected_rows, file.rejects) == (2, 1, (LogReject(3, "no-request"),))


async def test_a_virtual_host_before_the_address_is_understood(look_up: LookUp) -> None:
    data = ACCESS.replace("{tail}", "").replace("198.51", "shop.example:443 198.51")
    (row,) = (await look_up(data.encode(), name="access.log")).rows_of_click
    assert row.values["payout"] == "12.50"


async def test_a_column_can_be_named_for_one_log_alone(look_up: LookUp) -> None:
    data = f"cid,other\n{CLICK[::-1]},{CLICK}\n".encode()
    logs = await look_up(data, role="partner_log", columns={"partner_log.click_id": "other", "click_id": "cid"})
    assert logs.files[0].columns["click_id"] == "other"


async def test_the_delimiter_can_be_corrected(look_up: LookUp) -> None:
    data = f"click_id,a;status\n{CLICK},b;c\n".encode()
    given = {"delimiter": "semicolon", "click_id": "click_id,a"}
    logs = await look_up(data, columns=given, click_id=f"{CLICK},b")
    assert logs.files[0].dialect["delimiter"] == ";"


async def test_the_encoding_can_be_corrected(look_up: LookUp) -> None:
    data = f"click_id,Статус\n{CLICK},одобрен\n".encode("koi8-r")
    logs = await look_up(data, columns={"encoding": "koi8-r"})
    assert logs.rows_of_click[0].values["status"] == "одобрен"


async def test_rejected_rows_are_named_by_line_and_reason(look_up: LookUp) -> None:
    file = (await look_up(f"cid,a,b\nx,1,2\nx,1\nx,1,2,3\n{CLICK},1,2\n".encode())).files[0]
    assert [(item.line, item.reason) for item in file.rejects] == [(3, "too-few"), (4, "too-many")]


# -- broken files ------------------------------------------------------------------------------------------------


def many(rows: int) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["cid", "sum"])
    writer.writerows([f"click{n:07d}x{n * 7919 % 1000003}", n] for n in range(rows))
    return out.getvalue().encode()


async def test_a_cut_gzip_file_is_read_as_far_as_it_goes(look_up: LookUp) -> None:
    packed = gzip.compress(many(60_000))
    file = (await look_up(packed[: len(packed) // 2], name="log.csv.gz")).files[0]
    assert (file.problem, file.rejects[-1].reason) == ("", "cut-short")
    assert 1000 < file.rows < 60_000


async def test_a_gzip_file_of_which_nothing_is_left_is_told(look_up: LookUp) -> None:
    file = (await look_up(gzip.compress(TEXT)[:12], name="log.csv.gz")).files[0]
    assert file.problem == "cut-short"


async def test_an_unclosed_quote_in_the_first_of_many_rows_hides_no_other(look_up: LookUp) -> None:
    data = b'cid,sum\n"' + many(200_000).partition(b"\n")[2] + f"{CLICK},1\n".encode()
    logs = await look_up(data)
    assert len(logs.rows_of_click) == 1
    assert logs.files[0].rows >= 200_000


async def test_headers_of_one_name_keep_their_cells_apart(look_up: LookUp) -> None:
    logs = await look_up(f"cid,status,status\n{CLICK},a,b\n".encode())
    assert list(logs.rows_of_click[0].raw.values()) == [CLICK, "a", "b"]


@pytest.mark.parametrize(
    ("data", "detail"), [(b"<!DOCTYPE html><title>Log in</title>", "HTML"), (b"%PDF-1.7 stuff", "PDF")]
)
async def test_a_file_of_another_kind_says_which(look_up: LookUp, data: bytes, detail: str) -> None:
    file = (await look_up(data, name="export.csv")).files[0]
    assert (file.problem, file.detail) == ("not-a-log", detail)


async def test_a_broken_member_stops_no_other(look_up: LookUp) -> None:
    data = bytearray(zipped({"a.csv": TEXT.decode() * 50, "b.csv": TEXT.decode()}))
    data[60:70] = b"\xff" * 10
    logs = await look_up(bytes(data), name="all.zip")
    assert [file.problem for file in logs.files] == ["archive", ""]


async def test_an_empty_archive_is_told(look_up: LookUp) -> None:
    assert (await look_up(zipped({"x/": ""}), name="all.zip")).files[0].problem == "empty"


@pytest.mark.parametrize("zone", ["+03:00", "Europe/Moscow", "UTC+3"])
async def test_the_time_zone_can_be_told(look_up: LookUp, zone: str) -> None:
    logs = await look_up(TEXT, columns={"time_zone": zone})
    assert logs.rows_of_click[0].values["time"] == "2026-03-01T06:15:00.000Z"
    assert logs.files[0].first_time == "2026-03-01T06:00:00.000Z"


async def test_a_time_that_names_its_zone_keeps_it(look_up: LookUp) -> None:
    data = f"cid,time\n{CLICK},2026-03-01T09:15:00+01:00\n".encode()
    logs = await look_up(data, columns={"time_zone": "+03:00"})
    assert logs.rows_of_click[0].values["time"] == "2026-03-01T08:15:00.000Z"


async def test_an_unknown_zone_is_named_in_the_evidence_as_taken_for_utc(look_up: LookUp) -> None:
    logs = await look_up(TEXT)
    assert logs.files[0].dialect["time_zone"] == "not named, taken as UTC"


async def test_a_line_of_megabytes_in_place_of_a_header_stays_out_of_the_evidence(look_up: LookUp) -> None:
    file = (await look_up(b"x" * 6_000_000)).files[0]
    assert (file.problem, file.headers, len(file.detail) <= 200) == ("no-click-id-column", (), True)
