"""How far the reading of a large log is, and its first hit, told while the rest is still read."""

from pathlib import Path

from postback_wizard.commands.reading_news import news_of_reading
from postback_wizard.domain.probe import LogFile, LogProbe
from postback_wizard.domain.progress import LISTENER, Progress
from postback_wizard.effects.logs import read_logs
from postback_wizard.steps.progress_words import progress_text
from tests.logs.conftest import AT

CLICK = "w7k2p9q4m1zz"
LINE = '198.51.100.7 - - [01/Mar/2026:12:00:00 +0300] "GET /pb?cid={} HTTP/1.1" 200 2 "-" "curl/8"\n'


def large_log(path: Path) -> Path:
    """A little over the size from which an access log is searched line by line; the click stands in line 1001."""
    block = (LINE.format("somebody-else") * 1000).encode()
    with path.open("wb") as file:
        file.write(block + LINE.format(CLICK).encode())
        while file.tell() <= 65 * 1024**2:
            file.write(block)
    return path


async def test_the_first_hit_is_told_with_its_line_before_the_log_is_read_to_its_end(tmp_path: Path) -> None:
    path = large_log(tmp_path / "access.log")
    heard: list[Progress] = []
    token = LISTENER.set(heard.append)
    logs = await read_logs(LogProbe("lookup", (LogFile("attempt_log", str(path)),), CLICK), AT)
    LISTENER.reset(token)
    assert [row.row for row in logs.rows_of_click] == [1001]
    first = next(reading for reading in heard if reading.line)
    assert (first.found_in, first.line, first.total) == (str(path), 1001, path.stat().st_size)
    assert f"cid={CLICK}" in first.found
    assert first.done < first.total


def reading(done: int, *, line: int = 0, left_s: int = -1) -> Progress:
    found = ("GET /pb?cid=x", "/logs/access.log") if line else ("", "")
    return Progress("reading", done * 1_000_000, 1_000_000_000, left_s, "/logs/access.log", line, *found)


def test_bytes_time_left_and_the_line_are_said() -> None:
    assert progress_text(reading(512, line=7, left_s=3), "en").splitlines() == [
        "512 of 1000 MB read, about 3 s left",
        "Found in access.log, line 7; reading on for more.",
        "GET /pb?cid=x",
    ]


def test_nothing_is_said_of_a_time_nobody_knows() -> None:
    assert progress_text(reading(0), "ru") == "прочитано 0 из 1000 МБ"


def test_standard_error_hears_each_tenth_once_and_the_find_at_once() -> None:
    said: list[str] = []
    hear = news_of_reading(said.append, "en")
    for item in (reading(1), reading(2, line=7), reading(110, line=7), reading(120, line=7), reading(300, line=7)):
        hear(item)
    assert said == [
        "Found in access.log, line 7; reading on for more.",
        "110 of 1000 MB read",
        "300 of 1000 MB read",
    ]
