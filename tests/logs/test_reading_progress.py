"""How far the reading of a large log is, and its first hit, told while the rest is still read."""

from pathlib import Path

from postback_wizard.commands.reading_news import news_of_reading
from postback_wizard.domain.probe import LogFile, LogProbe
from postback_wizard.domain.progress import LISTENER, Reading
from postback_wizard.effects.logs import read_logs
from postback_wizard.steps.reading_words import told
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
    heard: list[Reading] = []
    token = LISTENER.set(heard.append)
    logs = await read_logs(LogProbe("lookup", (LogFile("attempt_log", str(path)),), CLICK), AT)
    LISTENER.reset(token)
    assert [row.row for row in logs.rows_of_click] == [1001]
    first = next(reading for reading in heard if reading.line)
    assert (first.file, first.line, first.total) == (str(path), 1001, path.stat().st_size)
    assert f"cid={CLICK}" in first.found
    assert first.done < first.total


def reading(done: int, *, line: int = 0, left_s: float = -1) -> Reading:
    return Reading("/logs/access.log", done * 1024**2, 1024 * 1024**2, left_s, "GET /pb?cid=x" if line else "", line)


def test_bytes_time_left_and_the_line_are_said() -> None:
    assert told(reading(512, line=7, left_s=3.4), "en").splitlines() == [
        "access.log: 512 of 1024 MB, about 3 s left",
        "Found in line 7; reading on for more.",
        "GET /pb?cid=x",
    ]


def test_nothing_is_said_of_a_time_nobody_knows() -> None:
    assert told(reading(0), "ru") == "access.log: 0 из 1024 МБ"


def test_standard_error_hears_each_tenth_once_and_the_find_at_once() -> None:
    said: list[str] = []
    hear = news_of_reading(said.append, "en")
    for item in (reading(1), reading(2, line=7), reading(110, line=7), reading(120, line=7), reading(300, line=7)):
        hear(item)
    assert said == [
        "Found in line 7; reading on for more.",
        "access.log: 110 of 1024 MB",
        "access.log: 300 of 1024 MB",
    ]
