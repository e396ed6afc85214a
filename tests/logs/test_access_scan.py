"""One ID looked up in a web server's log, chunk by chunk."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.domain.probe import LogFile, LogProbe
from postback_wizard.effects import access_scan
from postback_wizard.effects.access_lookup import LARGE
from postback_wizard.effects.access_scan import Line, scan
from postback_wizard.effects.logs import read_logs


def nothing() -> None:
    """Go on."""


def found(path: Path, *ids: str) -> list[int]:
    return [line.number for line in scan(path, ids, nothing).found]


def test_lines_are_numbered_across_chunks(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    filler = "x" * 999 + "\n"
    path.write_text(filler * 5000 + "a cid=abc123 b\n" + filler * 5000 + "cid=abc123")
    done = scan(path, ["abc123"], nothing)
    assert ([line.number for line in done.found], done.lines) == ([5001, 10002], 10002)


@pytest.mark.parametrize("text", ["abc1234", "xabc123", "abc123-1", "_abc123"])
def test_a_part_of_a_longer_id_is_no_match(tmp_path: Path, text: str) -> None:
    path = tmp_path / "access.log"
    path.write_text(f"cid={text}\n")
    assert found(path, "abc123") == []


def test_each_line_is_told_when_it_is_met(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    path.write_text("abc123\nno\nabc123\n")
    told: list[Line] = []
    scan(path, ["abc123"], nothing, on_line=told.append)
    assert [line.number for line in told] == [1, 3]


def test_one_line_without_end_is_read_with_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    path.write_bytes(b"x" * (access_scan.CHUNK * 3))
    assert scan(path, ["abc123"], nothing).lines == 1


@given(st.lists(st.sampled_from(["", "abc123", "abc1234", "a abc123 b", "zz"]), max_size=40))
def test_it_finds_what_a_plain_loop_finds(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    path = tmp_path_factory.mktemp("scan") / "access.log"
    path.write_text("".join(f"{line}\n" for line in lines))
    wanted = [number for number, line in enumerate(lines, 1) if "abc123" in line.split()]
    assert found(path, "abc123") == wanted


async def test_a_large_access_log_is_looked_up_with_its_span_of_time(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    line = '198.51.100.7 - - [01/Mar/2026:{0}:00 +0000] "GET /pb?cid={1}&payout=2 HTTP/1.1" 200 2 "-" "curl"\n'
    with path.open("w") as file:
        file.write(line.format("09:00", "firstclick1"))
        block = line.format("10:00", "someclick22") * 10_000
        for _ in range(LARGE // len(block) + 1):
            file.write(block)
        file.write(line.format("11:00", "w7k2p9q4m1"))
    logs = await read_logs(LogProbe("lookup", (LogFile("attempt_log", str(path)),), "w7k2p9q4m1"), "")
    (row,) = logs.rows_of_click
    source = logs.files[0]
    assert (row.row, row.values["payout"], row.values["answer_status"]) == (source.rows, "2", "200")
    assert (source.first_time[11:16], source.last_time[11:16]) == ("09:00", "11:00")
