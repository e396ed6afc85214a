"""Broken files: each is told by name with what to do, in the look-up and the comparison, and the others still work."""

import gzip
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from postback_wizard.checks import findings_of
from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Verdict
from postback_wizard.domain.probe import LogEvidence, LogFile, LogProbe
from postback_wizard.effects.logs import read_logs
from postback_wizard.effects.reconcile import reconcile
from postback_wizard.report.words import fix_of, title_of
from tests.logs.conftest import AT

CLICK = "w7k2p9q4m0123"
HEAD = "click_id,transaction_id,time,status,payout\n"
ROWS = [f"{CLICK}{n or ''},ORD-{n},2026-03-01 10:{n % 60:02}:00,approved,12.50\n" for n in range(60)]
GOOD = (HEAD + "".join(ROWS)).encode()


def long_line(path: Path) -> None:
    """64 MB without a line end; sparse, so that no disk is filled."""
    with path.open("wb") as file:
        file.write(HEAD.encode())
        file.seek(64 * 1024**2)
        file.write(b"x")


def unclosed(path: Path) -> None:
    lines = [f"click{n},ORD-{n},2026-03-01 10:00:00,approved,1\n" for n in range(200_000)]
    path.write_text(HEAD + 'bad,"ORD,2026-03-01 10:00:00,approved,1\n' + "".join(lines) + ROWS[0])


def bare(data: bytes) -> Callable[[Path], None]:
    return lambda path: void(path.write_bytes(data))


def void(_: object) -> None:
    """Nothing comes back."""


def folder(path: Path) -> None:
    path.mkdir()


#: What is wrong, by LogSource.problem of the file alone.
UNUSABLE: dict[str, tuple[Callable[[Path], None], str]] = {
    "nothing in it": (bare(b""), "empty"),
    "an empty folder": (folder, "folder"),
    "a web page called CSV": (bare(b"<!doctype html><html><body>Sign in</body></html>"), "not-a-log"),
    "a picture called CSV": (bare(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40), "not-a-log"),
    "columns missing": (bare(b"colour,size\nred,1\nblue,2\n"), "no-click-id-column"),
    "an archive cut before its first row": (bare(gzip.compress(GOOD)[:12]), "cut-short"),
}


async def step(broken: Path) -> tuple[LogEvidence, LogEvidence]:
    """A broken log of the partner beside a good log of conversions: looked up, and compared."""
    good = broken.with_name("good.csv")
    good.write_bytes(GOOD)
    files = (LogFile("conversion_log", str(good)), LogFile("partner_log", str(broken)))
    looked = await read_logs(LogProbe("lookup", files, CLICK), AT)
    return looked, await reconcile(LogProbe("reconcile", files), AT)


def said(*evidence: LogEvidence) -> str:
    """The sentences of everything found, in English."""
    facts = Facts(click_id=CLICK, partner_log="x")
    case = Case(id="c", opened_at=AT, facts=facts).merge(
        StepRecord("event", facts, AT, Verdict.NOT_CHECKED, evidence=evidence)
    )
    found = list(findings_of("event", case))
    return "\n".join(part.text.say("en", part.values) for item in found for part in (title_of(item), fix_of(item)))


@pytest.mark.parametrize(("write", "problem"), UNUSABLE.values(), ids=UNUSABLE.keys())
async def test_an_unusable_file_is_named_in_both_and_the_other_is_searched(
    write: Callable[[Path], None], problem: str, tmp_path: Path
) -> None:
    path = tmp_path / "partner.csv"
    write(path)
    looked, compared = await step(path)
    assert [file.problem for file in looked.files] == ["", problem]
    assert [row.role for row in looked.rows_of_click] == ["conversion_log"]
    assert [(file.name, file.problem) for file in compared.files] == [("partner.csv", problem)]


async def test_a_sentence_names_the_file_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "partner.csv"
    path.write_bytes(b"")
    looked, compared = await step(path)
    assert said(looked).count("partner.csv could not be read: there is nothing in it.") == 1
    assert "Export it again" in said(looked)
    assert "not compared. partner.csv: there is nothing in it." in said(looked, compared)


async def test_a_path_through_a_file_is_told_as_missing(tmp_path: Path) -> None:
    (tmp_path / "partner.csv").write_bytes(b"x")
    files = (LogFile("partner_log", str(tmp_path / "partner.csv" / "log.csv")),)
    assert (await read_logs(LogProbe("lookup", files, CLICK), AT)).files[0].problem == "missing"


#: What can be read around: how many rows are read, and the first line left out with its reason.
READ_AROUND: dict[str, tuple[Callable[[Path], None], int, tuple[int, str] | None]] = {
    "a line longer than any memory should hold": (long_line, 0, (2, "too-long")),
    "a quote that is never closed": (unclosed, 200_002, None),
    "NUL bytes": (bare(GOOD.replace(b"ORD-7,", b"ORD\0-7,")), 60, None),
    "duplicate headers": (bare(GOOD.replace(b"transaction_id,time", b"click_id,time", 1)), 60, None),
    "a header only": (bare(HEAD.encode()), 0, None),
    "a gzip called CSV": (bare(gzip.compress(GOOD)), 60, None),
    "a row too short": (bare(GOOD + b"only-this\n"), 60, (62, "too-few")),
}


@pytest.mark.parametrize(("write", "rows", "reject"), READ_AROUND.values(), ids=READ_AROUND.keys())
async def test_what_can_be_read_is_read_and_what_cannot_is_told_by_its_line(
    write: Callable[[Path], None], rows: int, reject: tuple[int, str] | None, tmp_path: Path
) -> None:
    path = tmp_path / "partner.csv"
    write(path)
    looked, compared = await step(path)
    file = looked.files[1]
    assert (file.problem, file.rows) == ("", rows)
    assert (next(((item.line, item.reason) for item in file.rejects), None)) == reject
    assert {row.role for row in looked.rows_of_click} >= {"conversion_log"}
    assert (compared.outcome, compared.files[1].rows) == (("OK",), rows)


async def test_an_archive_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "partner.csv.gz"
    lines = HEAD + "".join(f"click{n * 7919 % 100_003},ORD-{n},2026-03-01 10:00:00,approved,1\n" for n in range(90_000))
    packed = gzip.compress(lines.encode())
    path.write_bytes(packed[: len(packed) // 2])
    looked, compared = await step(path)
    assert 0 < looked.files[1].rows < 90_000
    assert looked.files[1].rejects[-1].reason == "cut-short"
    assert [(file.name, file.problem) for file in compared.files] != []


async def test_an_archive_of_one_log_is_compared_under_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "partner.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("march.csv", GOOD)
    _, compared = await step(path)
    assert compared.classes["matched"] == 60
    assert compared.files[1].path == f"{path}/march.csv"


async def test_files_without_a_common_column_are_named(tmp_path: Path) -> None:
    path = tmp_path / "partner.csv"
    path.write_bytes(b"order_id,time\nORD-1,2026-03-01 10:00:00\n")
    good = tmp_path / "good.csv"
    good.write_bytes(b"click_id,time\nabc,2026-03-01 10:00:00\n")
    files = (LogFile("conversion_log", str(good)), LogFile("partner_log", str(path)))
    compared = await reconcile(LogProbe("reconcile", files), AT)
    assert (compared.outcome, [file.problem for file in compared.files]) == (("NO_COMMON_KEY",), ["no-common-key"] * 2)


_AS_NOBODY = """
import asyncio, os, sys
from postback_wizard.domain.probe import LogFile, LogProbe
from postback_wizard.effects.logs import read_logs
from postback_wizard.effects.reconcile import reconcile
def both(*paths):
    files = tuple(LogFile(role, path) for role, path in zip(("conversion_log", "partner_log"), paths))
    looked = asyncio.run(read_logs(LogProbe("lookup", files, "w7k2p9q4m0123"), ""))
    return looked, asyncio.run(reconcile(LogProbe("reconcile", files), ""))

both(sys.argv[1], sys.argv[1])  # whatever is loaded late is loaded while it may be
os.setuid(65534)
looked, compared = both(*sys.argv[1:])
print([file.problem for file in looked.files], len(looked.rows_of_click), [file.problem for file in compared.files])
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_file_that_may_not_be_read_is_told_to_somebody_who_is_not_root(tmp_path: Path) -> None:
    good, locked = tmp_path / "good.csv", tmp_path / "partner.csv"
    for path in (good, locked):
        path.write_bytes(GOOD)
    locked.chmod(0)
    for part in (tmp_path, *tmp_path.parents[:3]):
        if not part.stat().st_mode & 0o001:
            part.chmod(part.stat().st_mode | 0o011)
    done = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY, good, locked], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "['', 'no-permission'] 1 ['no-permission']"
