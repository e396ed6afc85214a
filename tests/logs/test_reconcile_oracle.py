"""Random pairs of logs: what the comparison says is what the obvious, slow way says."""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from postback_wizard.domain.probe import LogEvidence, LogFile, LogProbe
from postback_wizard.domain.reconciliation import CLASSES
from postback_wizard.effects.reconcile import reconcile

AT = "2026-03-01T10:00:00.000Z"
NAMES = ("click_id", "transaction_id", "time", "status", "payout", "currency")


Row = dict[str, str]
CENT = Decimal("0.01")
MEANINGS = {"approved": 1, "sale": 1, "1": 1, "pending": 2, "hold": 2, "2": 2, "rejected": 3, "отклонён": 3, "3": 3}


@dataclass(frozen=True)
class Books:
    """Counts of the classes, and the rows (from 1) each class begins with."""

    classes: dict[str, int]
    first: dict[str, list[tuple[int | None, int | None]]]


def compare(tracker: Sequence[Row], partner: Sequence[Row], key: Sequence[str], offset_minutes: int = 0) -> Books:
    """Compare row by row; the first row of a key speaks for it."""
    classes = dict.fromkeys(CLASSES, 0)
    first: dict[str, list[tuple[int | None, int | None]]] = {name: [] for name in CLASSES}

    def count(name: str, one: int | None, other: int | None) -> None:
        classes[name] += 1
        first[name].append((None if one is None else one + 1, None if other is None else other + 1))

    ones: dict[tuple[str, ...], int] = {}
    others: dict[tuple[str, ...], int] = {}
    for rows, found, side in ((tracker, ones, "tracker"), (partner, others, "partner")):
        for at, row in enumerate(rows):
            name = tuple(row[part] for part in key)
            if not any(name):
                continue
            if name in found:
                count(f"duplicate_{side}", *((at, None) if side == "tracker" else (None, at)))
            else:
                found[name] = at
    for name, at in ones.items():
        if name not in others:
            count("only_tracker", at, None)
            continue
        other = others[name]
        count("matched", at, other)
        for kind in differences(tracker[at], partner[other], offset_minutes):
            count(kind, at, other)
    for name, at in others.items():
        if name not in ones:
            count("only_partner", None, at)
    return Books(classes, {name: sorted(rows, key=lambda row: row[0] or row[1] or 0) for name, rows in first.items()})


def differences(one: Row, other: Row, offset_minutes: int) -> list[str]:
    """The classes of a matched key, beside matched itself."""
    found: list[str] = []
    statuses = MEANINGS.get(one["status"]), MEANINGS.get(other["status"])
    if all(statuses) and statuses[0] != statuses[1]:
        found.append("status_differs")
    currencies = one["currency"], other["currency"]
    if all(currencies) and currencies[0] != currencies[1]:
        found.append("currency_differs")
    elif (
        one["payout"] and other["payout"] and abs(Decimal(one["payout"]) - Decimal(other["payout"])) >= Decimal("0.01")
    ):
        found.append("payout_differs")
    if one["time"] and other["time"]:
        gap = datetime.fromisoformat(other["time"]) - datetime.fromisoformat(one["time"])
        if abs(gap.total_seconds() - offset_minutes * 60) > 300:
            found.append("time_differs")
    return found


def row(dice: random.Random) -> Row:
    return {
        "click_id": dice.choice(["", *(f"c{n}" for n in range(30))]),
        "transaction_id": dice.choice(["", "o1", "o2"]),
        "time": dice.choice(["", *(f"2026-03-0{day}T{hour:02}:00:00" for day in (1, 2) for hour in (1, 9, 23))]),
        "status": dice.choice(["", *MEANINGS, "qualified"]),
        "payout": dice.choice(["", "10", "10.00", "10.01", "1000", "0.1", "-3"]),
        "currency": dice.choice(["", "USD", "EUR"]),
    }


def write(path: Path, rows: list[Row]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, NAMES)
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


async def compared(folder: Path, tracker: list[Row], partner: list[Row]) -> LogEvidence:
    files = (
        LogFile("conversion_log", write(folder / "tracker.csv", tracker)),
        LogFile("partner_log", write(folder / "partner.csv", partner)),
    )
    return await reconcile(LogProbe("reconcile", files), AT)


def first_rows(logs: LogEvidence, name: str) -> list[tuple[int | None, int | None]]:
    assert logs.reconciliation
    return [
        (item.tracker and item.tracker.row, item.partner and item.partner.row)  # type: ignore[misc]  # row or None
        for item in logs.reconciliation.samples
        if item.name == name
    ]


@pytest.mark.parametrize("seed", range(40))
async def test_random_pairs_come_back_as_the_slow_way_counts_them(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    tracker = [row(dice) for _ in range(dice.choice([0, 1, 5, 60, 200]))]
    partner = [dict(item) for item in tracker if dice.random() < 0.6] + [row(dice) for _ in range(dice.choice([1, 30]))]
    for item in partner:
        if dice.random() < 0.3:
            name = dice.choice(NAMES[2:])
            item[name] = row(dice)[name]
    dice.shuffle(partner)
    logs = await compared(tmp_path, tracker, partner)
    assert logs.reconciliation
    wanted = compare(tracker, partner, logs.reconciliation.key, logs.offset_minutes)
    assert logs.classes == wanted.classes


@pytest.mark.parametrize("seed", range(20))
async def test_the_examples_are_the_first_rows_of_each_class(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    tracker = [row(dice) for _ in range(100)]
    partner = [dict(item) for item in tracker if dice.random() < 0.6] + [row(dice) for _ in range(30)]
    for item in partner:
        item["status"] = row(dice)["status"]
    logs = await compared(tmp_path, tracker, partner)
    assert logs.reconciliation
    wanted = compare(tracker, partner, logs.reconciliation.key, logs.offset_minutes)
    found = {name: first_rows(logs, name) for name in CLASSES[1:]}
    assert found == {name: wanted.first[name][:10] for name in CLASSES[1:]}
