"""``check`` with two exports: the comparison is in the JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

TRACKER = "click_id,time,status,payout,currency\n" + "".join(
    f"click{n:03},2026-03-01 {n // 60:02}:{n % 60:02}:00,approved,1{n % 3}.50,USD\n" for n in range(100)
)


@pytest.fixture
def evidence(program: Any, tmp_path: Path) -> dict[str, Any]:
    """What ``check --json`` says of a tracker's file and a partner's that lacks seven rows and repeats two."""
    lines = TRACKER.splitlines(keepends=True)
    (tmp_path / "tracker.csv").write_text(TRACKER)
    (tmp_path / "partner.csv").write_text("".join([*lines[:20], *lines[27:], *lines[40:42]]))
    facts = tmp_path / "facts.json"
    paths = {"conversion_log": "tracker.csv", "partner_log": "partner.csv"}
    facts.write_text(json.dumps({name: str(tmp_path / path) for name, path in paths.items()}))
    done = json.loads(program.run("check", str(facts), "--offline", "--json", "--steps", "event").out)
    (step,) = (step for step in done["steps"] if step["step"] == "event")
    (found,) = (item for item in step["evidence"] if item["name"] == "reconcile")
    return {**found, "codes": {item["code"] for item in step["findings"]}}


def test_the_classes_are_counted_without_any_click_id(evidence: dict[str, Any]) -> None:
    counts = {name: count for name, count in evidence["classes"].items() if count}
    assert counts == {"matched": 93, "only_tracker": 7, "duplicate_partner": 2}


def test_the_keys_of_a_class_are_named(evidence: dict[str, Any]) -> None:
    assert evidence["samples"]["only_tracker"] == [f"click{n:03}" for n in range(19, 26)]


def test_the_findings_name_the_gap_and_the_repeated_rows(evidence: dict[str, Any]) -> None:
    assert {"count-gap", "duplicate-counted-twice"} <= evidence["codes"]
