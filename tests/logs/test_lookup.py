"""Which rows are found, and what is said of a log that cannot be used."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from postback_wizard.domain.probe import LogEvidence, LogFile, LogProbe
from postback_wizard.effects.logs import read_logs

LookUp = Callable[..., Awaitable[LogEvidence]]
AT = "2026-03-01T10:00:00.000Z"
CLICK = "w7k2p9q4m1"


async def read(*paths: Path | str, click_id: str = CLICK) -> LogEvidence:
    return await read_logs(LogProbe("lookup", tuple(LogFile("click_log", str(path)) for path in paths), click_id), AT)


async def test_every_row_of_the_click_is_found_with_its_number(look_up: LookUp) -> None:
    logs = await look_up(f"cid,sum\nx,1\n{CLICK},2\ny,3\n{CLICK},4\n".encode())
    assert [(row.row, row.values["payout"]) for row in logs.rows_of_click] == [(2, "2"), (4, "4")]


async def test_a_row_keeps_the_columns_of_the_file(look_up: LookUp) -> None:
    logs = await look_up(f"cid,campaign\n{CLICK},spring\n".encode())
    assert logs.rows_of_click[0].raw == {"cid": CLICK, "campaign": "spring"}


async def test_rows_of_one_file_are_capped(look_up: LookUp) -> None:
    logs = await look_up(("cid\n" + f"{CLICK}\n" * 500).encode())
    assert (logs.files[0].rows, len(logs.rows_of_click)) == (500, 200)


@pytest.mark.parametrize(
    ("written", "match"), [(CLICK.upper(), "casefold"), (CLICK[:8], "prefix"), (CLICK + "%7D", "prefix")]
)
async def test_a_near_match_says_what_it_is(look_up: LookUp, written: str, match: str) -> None:
    logs = await look_up(f"cid,x\n{written},1\n".encode())
    assert logs.rows_of_click[0].values["match"] == match


async def test_near_matches_are_left_out_where_one_is_exact(look_up: LookUp) -> None:
    logs = await look_up(f"cid,x\n{CLICK}0,1\n{CLICK},2\n".encode())
    assert [row.values["match"] for row in logs.rows_of_click] == ["exact"]


async def test_a_short_beginning_is_no_match(look_up: LookUp) -> None:
    assert (await look_up(f"cid,x\n{CLICK[:5]},1\n".encode())).rows_of_click == ()


async def test_a_transaction_is_found_by_its_order_number(look_up: LookUp) -> None:
    logs = await look_up("Номер заказа;Сумма\nORD-1;5\n".encode(), click_id="", transaction_id="ORD-1")
    assert logs.rows_of_click[0].values["by"] == "transaction_id"


async def test_a_click_is_found_inside_the_url_of_an_attempt(look_up: LookUp) -> None:
    data = f"time,request,code\n2026-03-01,https://t.example/p?cid={CLICK}0,200\n2026-03-01,https://t.example/p?cid={CLICK}&a=1,500\n"
    logs = await look_up(data.encode(), role="attempt_log")
    assert [(row.row, row.values["answer_status"]) for row in logs.rows_of_click] == [(2, "500")]


async def test_a_status_of_an_attempt_that_looks_like_http_is_the_answer(look_up: LookUp) -> None:
    logs = await look_up(f"cid,status\n{CLICK},404\n".encode(), role="attempt_log")
    assert logs.rows_of_click[0].values["answer_status"] == "404"


async def test_an_order_number_of_the_conversion_finds_the_attempt_without_a_click_id(tmp_path: Path) -> None:
    conversions, attempts = tmp_path / "conversions.csv", tmp_path / "attempts.csv"
    conversions.write_text(f"click_id,order_id\n{CLICK},ORD-77\n")
    attempts.write_text("url,code\nhttps://t.example/p?cid=&tx=ORD-77,400\n")
    files = (LogFile("conversion_log", str(conversions)), LogFile("attempt_log", str(attempts)))
    logs = await read_logs(LogProbe("lookup", files, CLICK), AT)
    assert [row.role for row in logs.rows_of_click] == ["conversion_log", "attempt_log"]


async def test_wildcards_in_a_name_mean_themselves(tmp_path: Path) -> None:
    (tmp_path / "a1.csv").write_text(f"cid,x\n{CLICK},1\n")
    odd = tmp_path / "a[1]?*.csv"
    odd.write_text("cid,x\nother,1\n")
    logs = await read(odd)
    assert (logs.files[0].rows, logs.rows_of_click) == (1, ())


# -- what can be wrong with a file -------------------------------------------------------------------------------


async def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert (await read(tmp_path / "no.csv")).files[0].problem == "missing"


async def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert (await read(tmp_path)).files[0].problem == "folder"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
async def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("cid\n1\n")
    path.chmod(0)
    assert (await read(path)).files[0].problem == "no-permission"


async def test_a_name_no_file_can_have_is_told() -> None:
    assert (await read("a\0b.csv")).files[0].problem == "missing"


async def test_an_address_is_no_file() -> None:
    assert (await read("https://127.0.0.1/log.csv")).files[0].problem == "missing"


async def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert (await read(tmp_path / "pipe")).files[0].problem == "unreadable"


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\r\n \r\n"])
async def test_a_file_without_text_is_empty(look_up: LookUp, data: bytes) -> None:
    assert (await look_up(data)).files[0].problem == "empty"


@pytest.mark.parametrize("data", [b"cid,x", b"cid,x\n"])
async def test_a_header_alone_is_a_log_of_no_rows(look_up: LookUp, data: bytes) -> None:
    file = (await look_up(data)).files[0]
    assert (file.problem, file.rows, file.columns) == ("", 0, {"click_id": "cid"})


async def test_a_log_without_an_id_column_names_its_columns(look_up: LookUp) -> None:
    file = (await look_up(b"colour,size\nred,1\n")).files[0]
    assert (file.problem, file.detail) == ("no-click-id-column", "colour, size")


async def test_a_broken_archive_is_told(look_up: LookUp) -> None:
    file = (await look_up(b"PK\x03\x04" + b"\0" * 100, name="log.csv")).files[0]
    assert file.problem == "not-a-log"


async def test_rows_of_another_width_are_counted(look_up: LookUp) -> None:
    file = (await look_up(f"cid,a,b\nx,1,2\nx,1\nx,1,2,3\n{CLICK},1,2\n".encode())).files[0]
    assert (file.rows, file.rejected_rows) == (2, 2)


async def test_a_bad_file_stops_no_other(tmp_path: Path) -> None:
    good = tmp_path / "good.csv"
    good.write_text(f"cid,x\n{CLICK},1\n")
    logs = await read(tmp_path / "no.csv", good)
    assert ([file.problem for file in logs.files], len(logs.rows_of_click)) == (["missing", ""], 1)


async def test_the_outcome_tells_when_no_file_could_be_used(tmp_path: Path) -> None:
    assert (await read(tmp_path)).outcome == ("LOGS_UNREADABLE",)


BROKEN = {
    "NUL bytes": b"cid,x\nab\x00c,1\n" + CLICK.encode() + b",2\n",
    "an unclosed quote": b'cid,x\na,"1\n' + b"b,2\n" * 3000 + CLICK.encode() + b",3\n",
    "a stray quote": b'cid,x\na,"1"2\n' + CLICK.encode() + b",3\n",
    "a line of 1 MB": b"cid,x\na," + b"y" * 1_000_000 + b"\n" + CLICK.encode() + b",3\n",
    "a line of 6 MB": b"cid,x\na," + b"y" * 6_000_000 + b"\n" + CLICK.encode() + b",3\n",
    "a cut last line": b"cid,x\n" + CLICK.encode() + b",3\nzz",
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
async def test_the_row_is_found_in_spite_of(look_up: LookUp, data: bytes) -> None:
    assert len((await look_up(data)).rows_of_click) == 1


RUBBISH = {
    "random bytes": bytes(range(256)) * 64,
    "only quotes": b'"' * 100_000,
    "one line of 6 MB": b"x" * 6_000_000,
    "deep JSON": b"[" * 100_000,
    "deep JSON lines": b'{"a":' * 100_000 + b"\n",
    "half a gzip file": b"\x1f\x8b\x08\x00" + b"\0" * 40,
    "odd UTF-16": b"\xff\xfec\x00i\x00d\x00\n\x00x",
    "a JSON array of numbers": b"[{}, 1, 2]",
    "an HTML page": b"<!doctype html><title>Sign in</title>",
    "bytes of NUL": b"\0" * 4096,
}


@pytest.mark.parametrize("data", RUBBISH.values(), ids=RUBBISH.keys())
async def test_rubbish_gives_evidence(look_up: LookUp, data: bytes) -> None:
    logs = await look_up(data)
    assert (logs.name, logs.rows_of_click) == ("lookup", ())


# -- the edge's manners ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def big_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of attempts in UTF-16, large enough that each of its two stages, copy and query, can be stopped midway."""
    path = tmp_path_factory.mktemp("big") / "big.csv"
    rows = "".join(f"2026-03-01 10:00:00,https://t.example/p?cid=click-{n:012d}\n" for n in range(20_000))
    with path.open("wb") as file:
        file.write("\ufefftime,url\n".encode("utf-16-le"))
        for _ in range(75):
            file.write(rows.encode("utf-16-le"))
    return path


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def size_of(path: Path) -> int:
    return path.stat().st_size


def listing(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def copied(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*/log"))


@pytest.mark.parametrize("stage", ["copy", "query"])
async def test_a_cancelled_look_up_stops_reading_and_leaves_no_copy(big_log: Path, temporary: Path, stage: str) -> None:
    whole = (size_of(big_log) - 2) // 2
    enough = whole if stage == "query" else 1
    probe = LogProbe("lookup", (LogFile("attempt_log", str(big_log)),), CLICK)
    work = asyncio.ensure_future(read_logs(probe, AT))
    while copied(temporary) < enough and not work.done():
        await asyncio.wait([work], timeout=0.005)
    assert not work.done(), work.result()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert listing(temporary) == []


async def test_a_copy_in_another_encoding_is_gone_afterwards(look_up: LookUp, temporary: Path) -> None:
    await look_up(f"cid,x\n{CLICK},1\n".encode("utf-16"))
    assert listing(temporary) == ["log.csv"]
