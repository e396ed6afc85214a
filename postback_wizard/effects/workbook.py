"""A spreadsheet's table as CSV: xlsx, xls, xlsb and ods, read without running anything in them."""

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from postback_wizard.effects.log_problem import LogProblem


def write_csv(path: Path, target: Path, check: Callable[[], None]) -> str:
    """Write the sheet with the most rows as UTF-8 CSV and tell its name; ``check`` may raise to stop.

    Raises:
        LogProblem: it is no workbook, is locked by a password, or holds no table.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # late: most runs read no workbook

    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except PasswordError as error:
        raise LogProblem("locked") from error
    except (CalamineError, OSError, ValueError) as error:
        raise LogProblem("not-a-log", f"{str(error)[:120]}") from error
    best = max(sheets, key=lambda sheet: sheet.total_height, default=None)
    if best is None or not best.total_height:
        raise LogProblem("empty")
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        for row in best.iter_rows():
            check()
            writer.writerow([_text(cell) for cell in row])
    return best.name


def _text(cell: object) -> str:
    match cell:
        case bool():
            return str(cell).lower()
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case dt.datetime():
            return cell.isoformat(sep=" ")
        case dt.date() | dt.time():
            return cell.isoformat()
        case None:
            return ""
        case _:
            return str(cell)
