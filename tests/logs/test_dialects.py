"""Every dialect and encoding of an export gives the same row."""

import gzip
import json
from collections.abc import Awaitable, Callable

import pytest

from postback_wizard.domain.probe import LogEvidence

LookUp = Callable[..., Awaitable[LogEvidence]]
CLICK = "w7k2p9q4m1"
ROWS = [
    ["time", "click_id", "status", "payout"],
    ["2026-03-01 09:00:00", "aaaaaaaaaa", "pending", "1.00"],
    ["2026-03-01 09:15:00", CLICK, "approved", "12.50"],
    ["2026-03-01 09:30:00", "bbbbbbbbbb", "rejected", "3.00"],
]
RUSSIAN = [["Дата", "ID клика", "Статус", "Выплата"], *ROWS[1:2], ["2026-03-01 09:15:00", CLICK, "одобрена", "12,50"]]


def table(rows: list[list[str]], delimiter: str = ",", end: str = "\n") -> str:
    return "".join(delimiter.join(row) + end for row in rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
async def test_a_delimiter_is_found_by_content(look_up: LookUp, delimiter: str) -> None:
    logs = await look_up(table(ROWS, delimiter).encode())
    (row,) = logs.rows_of_click
    assert row.values["payout"] == "12.50"
    assert logs.files[0].dialect["delimiter"] == delimiter


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
async def test_russian_text_is_read_in_any_encoding(look_up: LookUp, encoding: str) -> None:
    logs = await look_up(table(RUSSIAN, ";").encode(encoding))
    (row,) = logs.rows_of_click
    assert (row.values["status"], row.values["payout"], row.values["payout_written"]) == ("одобрена", "12.50", "12,50")


@pytest.mark.parametrize(
    ("encoding", "named"), [("utf-8-sig", "utf-8-bom"), ("utf-16", "utf-16-le-bom"), ("cp1251", "cp1251")]
)
async def test_the_encoding_is_reported(look_up: LookUp, encoding: str, named: str) -> None:
    logs = await look_up(table(RUSSIAN, ";").encode(encoding))
    assert logs.files[0].dialect["encoding"] == named


async def test_russian_headers_are_reported_under_our_names(look_up: LookUp) -> None:
    logs = await look_up(table(RUSSIAN).encode())
    assert logs.files[0].columns == {
        "click_id": "ID клика",
        "time": "Дата",
        "status": "Статус",
        "payout": "Выплата",
    }


@pytest.mark.parametrize("end", ["\r\n", "\r"])
async def test_other_line_ends_are_read(look_up: LookUp, end: str) -> None:
    assert len((await look_up(table(ROWS, end=end).encode())).rows_of_click) == 1


async def test_mixed_line_ends_are_read(look_up: LookUp) -> None:
    data = table(ROWS[:2], end="\r\n") + table(ROWS[2:])
    assert (await look_up(data.encode())).files[0].rows == 3


async def test_a_quoted_cell_may_hold_delimiters_and_lines(look_up: LookUp) -> None:
    logs = await look_up(f'click_id,answer\n{CLICK},"one, ""two""\nthree"\n'.encode())
    assert logs.rows_of_click[0].values["answer_body"] == 'one, "two"\nthree'


async def test_quotes_escaped_by_a_backslash_are_read(look_up: LookUp) -> None:
    logs = await look_up((f"click_id,answer\n{CLICK}," + '"{\\"status\\":\\"ok\\"}"\n').encode())
    assert logs.rows_of_click[0].values["answer_body"] == '{"status":"ok"}'


async def test_a_line_naming_the_separator_is_skipped(look_up: LookUp) -> None:
    assert len((await look_up(("sep=;\n" + table(ROWS, ";")).encode())).rows_of_click) == 1


async def test_a_title_above_the_header_is_skipped(look_up: LookUp) -> None:
    logs = await look_up(("Clicks of March\n\n" + table(ROWS)).encode())
    assert (logs.files[0].rows, len(logs.rows_of_click)) == (3, 1)


async def test_a_trailing_delimiter_in_every_row_loses_none(look_up: LookUp) -> None:
    data = "time,click_id\n" + "".join(f"2026-03-01 09:00:00,{name},\n" for name in ("aaaa", CLICK))
    logs = await look_up(data.encode())
    assert (logs.files[0].rows, logs.files[0].rejected_rows, len(logs.rows_of_click)) == (2, 0, 1)


async def test_a_column_can_be_given_by_number_where_there_is_no_header(look_up: LookUp) -> None:
    logs = await look_up(table(ROWS[1:]).encode(), columns={"click_id": "column2", "time": "1"})
    assert (logs.files[0].rows, logs.files[0].dialect["header"], logs.rows_of_click[0].row) == (3, "no", 2)


async def test_a_given_column_outranks_the_recognised_one(look_up: LookUp) -> None:
    data = f"click_id,our_ref\nother,{CLICK}\n{CLICK},other\n"
    logs = await look_up(data.encode(), columns={"click_id": "our_ref"})
    assert [row.row for row in logs.rows_of_click] == [1]


async def test_of_several_id_columns_the_one_with_the_id_is_used(look_up: LookUp) -> None:
    logs = await look_up(f"click_id,aff_sub\nnetwork-1,{CLICK}\n".encode())
    assert logs.files[0].columns["click_id"] == "aff_sub"


async def test_json_lines_are_read(look_up: LookUp) -> None:
    lines = [{"clickId": "aaaa"}, {"clickId": CLICK, "payout": 12.5, "request": {"url": "https://t.example/p"}}]
    logs = await look_up("\n".join(json.dumps(line) for line in lines).encode(), name="log.txt")
    values = logs.rows_of_click[0].values
    assert (logs.files[0].dialect["format"], values["payout"]) == ("jsonl", "12.5")


async def test_a_json_array_is_read(look_up: LookUp) -> None:
    logs = await look_up(json.dumps([{"click_id": "aaaa"}, {"click_id": CLICK}], indent=1).encode())
    assert [row.row for row in logs.rows_of_click] == [2]


async def test_a_broken_json_line_is_counted_and_skipped(look_up: LookUp) -> None:
    logs = await look_up(f'{{"click_id": "aaaa"}}\n{{"click_id": \n{{"click_id": "{CLICK}"}}\n'.encode())
    assert (logs.files[0].rows, logs.files[0].rejected_rows, len(logs.rows_of_click)) == (2, 1, 1)


async def test_a_gzip_file_is_known_by_content(look_up: LookUp) -> None:
    assert len((await look_up(gzip.compress(table(ROWS).encode()), name="log.csv")).rows_of_click) == 1


async def test_a_plain_file_named_gz_is_known_by_content(look_up: LookUp) -> None:
    assert len((await look_up(table(ROWS).encode(), name="log.csv.gz")).rows_of_click) == 1


async def test_one_broken_byte_late_in_a_file_loses_no_row(look_up: LookUp) -> None:
    filler = "".join(f"2026-03-01 09:00:00,f{n:09d},pending,1.00\n" for n in range(10_000))
    data = (table(ROWS[:1]) + filler).encode() + f"2026-03-01 09:15:00,{CLICK},".encode() + b"\xee\xea,1.00\n"
    logs = await look_up(data)
    assert (logs.files[0].rows, len(logs.rows_of_click)) == (10_001, 1)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026-03-01T12:15:00+03:00", "2026-03-01T09:15:00.000Z"),
        ("2026-03-01 12:15:00 +0300", "2026-03-01T09:15:00.000Z"),
        ("2026-03-01 09:15:00 UTC", "2026-03-01T09:15:00.000Z"),
        ("2026-03-01 09:15:00", "2026-03-01T09:15:00.000"),
        ("01.03.2026 09:15", "2026-03-01T09:15:00.000"),
        ("01.03.2026 09:15:30", "2026-03-01T09:15:30.000"),
        ("1772356500", "2026-03-01T09:15:00.000Z"),
        ("1772356500250", "2026-03-01T09:15:00.250Z"),
    ],
)
async def test_a_time_is_read_and_keeps_its_zone(look_up: LookUp, written: str, iso: str) -> None:
    logs = await look_up(f"click_id;time\n{CLICK};{written}\n".encode())
    assert logs.rows_of_click[0].values["time"] == iso
    assert logs.files[0].first_time == iso.removesuffix("Z") + "Z"


async def test_a_date_and_a_time_in_two_columns_are_one_moment(look_up: LookUp) -> None:
    logs = await look_up(f"Дата;Время;Клик\n01.03.2026;09:15;{CLICK}\n".encode())
    assert logs.rows_of_click[0].values["time"] == "2026-03-01T09:15:00.000"


async def test_first_and_last_time_are_those_of_the_whole_log(look_up: LookUp) -> None:
    data = "click_id;дата\na;02.03.2026 10:00\nb;28.02.2026 10:00\nc;01.03.2026 10:00\nd;n/a\n"
    file = (await look_up(data.encode())).files[0]
    assert (file.first_time, file.last_time) == ("2026-02-28T10:00:00.000Z", "2026-03-02T10:00:00.000Z")
