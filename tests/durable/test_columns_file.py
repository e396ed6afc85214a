"""The file of corrected columns: what is written is read, what is damaged is named and left alone."""

import os
import stat
from pathlib import Path

import pytest
from filelock import FileLock

from postback_wizard.commands.columns import ColumnBook
from postback_wizard.domain.remembered import RememberedColumns
from postback_wizard.effects.columns_file import ColumnsError, ColumnsFile

SALES = RememberedColumns("binom_v1", "partner_log", ("ID", "Сумма"), {"payout": "Сумма"})


@pytest.fixture
def file(tmp_path: Path) -> ColumnsFile:
    return ColumnsFile(tmp_path / "config" / "columns.json", patience_s=0)


def test_without_a_file_nothing_is_remembered(file: ColumnsFile) -> None:
    assert file.load() == ()


def test_what_was_said_is_read_again(file: ColumnsFile) -> None:
    file.remember(SALES)
    assert file.load() == (SALES,)


def test_the_same_export_is_kept_once_whatever_the_order_of_its_columns(file: ColumnsFile) -> None:
    file.remember(SALES)
    other = RememberedColumns("binom_v1", "partner_log", ("Сумма", "ID"), {"click_id": "ID"})
    file.remember(other)
    assert file.load() == (other,)


def test_without_columns_an_export_is_forgotten_and_no_other(file: ColumnsFile) -> None:
    other = RememberedColumns("keitaro", "partner_log", ("ID", "Сумма"), {"click_id": "ID"})
    file.remember(SALES)
    file.remember(other)
    file.remember(RememberedColumns("binom_v1", "partner_log", ("ID", "Сумма")))
    assert file.load() == (other,)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_the_file_is_the_users_alone(file: ColumnsFile) -> None:
    file.remember(SALES)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"\xff",
        b"[]",
        b'{"version": 2, "exports": []}',
        b'{"version": 1, "exports": {}}',
        b'{"version": 1, "exports": [1]}',
        b'{"version": 1, "exports": [{"platform": "", "role": "", "headers": ["a"], "columns": {"a": 1}}]}',
    ],
)
def test_a_damaged_file_is_named_and_left_alone(file: ColumnsFile, content: bytes) -> None:
    file.path.parent.mkdir()
    file.path.write_bytes(content)
    with pytest.raises(ColumnsError, match=r"columns\.json"):
        file.remember(SALES)
    assert file.path.read_bytes() == content


def test_a_file_another_program_writes_is_left_alone(file: ColumnsFile) -> None:
    file.remember(SALES)
    with FileLock(file.path.with_name("columns.json.lock")), pytest.raises(ColumnsError, match="Another program"):
        file.remember(RememberedColumns("keitaro", "partner_log", ("a",), {"click_id": "a"}))
    assert file.load() == (SALES,)


def test_practice_reaches_neither_the_disk_nor_real_cases(file: ColumnsFile) -> None:
    book = ColumnBook(file)
    book.remember(SALES, passing=True)
    assert (book.read(), book.read(passing=True), file.path.exists()) == ((), (SALES,), False)
