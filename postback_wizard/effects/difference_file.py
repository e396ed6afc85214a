"""Differences as files: a list for spreadsheets, and lines for a tracker's own import of conversions.

A cell of the list that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises; a plain
number with a sign, such as -5, is none and stays as it is.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from postback_wizard.catalogue.backfill import Backfill, line_of
from postback_wizard.catalogue.statuses import status_meaning
from postback_wizard.domain.differences import Difference, Half, Written
from postback_wizard.effects.difference_sql import kinds_of
from postback_wizard.effects.new_file import new_file

__all__ = ("Backfill", "write_backfill", "write_list")

#: The columns of the list; names are the same in every language, because other programs read them.
HEADER = (
    *("class", "click_id", "transaction_id"),
    *("tracker_row", "tracker_status", "tracker_payout", "tracker_currency", "tracker_time"),
    *("partner_row", "partner_status", "partner_payout", "partner_currency", "partner_time"),
    *("payout_delta", "time_delta_seconds"),
)
#: The cells that hold text of the logs; amounts, times and row numbers are our own spelling.
_FOREIGN = tuple(HEADER.index(name) for name in HEADER if name.endswith(("_id", "_status", "_currency")))
_FORMULA = re.compile(r"\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def guarded(cell: str) -> str:
    """The cell as a spreadsheet may open it: what it would run as a formula has an apostrophe in front."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def write_list(folder: Path, stem: str, rows: Iterable[Sequence[object]]) -> Written:
    """RFC 4180 in UTF-8 with a byte order mark, CRLF at the ends of lines; see ``HEADER``.

    ``rows`` have the classes as bits first, and None for an empty cell.

    Raises:
        OSError: the disk refused; nothing is left behind.
    """
    count = changed = 0
    with new_file(folder, stem, ".csv") as file:
        out = io.TextIOWrapper(file.out, "utf-8-sig", errors="backslashreplace", newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(HEADER)
        for bits, *rest in rows:
            cells: list[object] = [" ".join(kinds_of(int(str(bits)))), *rest]
            for at in _FOREIGN:
                cell = cells[at]
                if isinstance(cell, str) and cell and not cell[0].isalnum() and (safe := guarded(cell)) != cell:
                    cells[at] = safe
                    changed += 1
            count += 1
            writer.writerow(cells)
        out.flush()
        out.detach()
    return Written(str(file.path), count, changed)


def write_backfill(folder: Path, stem: str, backfill: Backfill, items: Iterable[Difference]) -> Written:
    """One line for each key only the partner has, as the tracker's import wants it; rejected ones are left out.

    Raises:
        OSError: the disk refused; nothing is left behind.
    """
    rows = 0
    left: Counter[str] = Counter()
    with new_file(folder, stem, backfill.suffix) as file:
        file.out.write(backfill.header.encode())
        for item in items:
            if item.partner is None or item.kinds != ("only_partner",):
                continue
            line = _backfill_line(item, item.partner, backfill)
            if isinstance(line, bytes):
                rows += 1
                file.out.write(line)
            else:
                left[line] += 1
    return Written(str(file.path), rows, left_out=dict(left))


def _backfill_line(item: Difference, half: Half, backfill: Backfill) -> bytes | str:
    """The line, or why there is none."""
    if status_meaning(half.status, backfill.partner) == "rejected":
        return "rejected"
    if not item.click_id:
        return "no-click-id"
    values = {
        "click_id": item.click_id,
        "transaction_id": item.transaction_id,
        "payout": half.payout,
        "currency": half.currency,
        "status": half.status,
    }
    line = line_of(backfill, values)
    return "separator" if line is None else f"{line}\n".encode("utf-8", "backslashreplace")
