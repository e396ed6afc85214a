"""How long the wizard's screen stands still while two logs are read and compared: gaps in a heartbeat of 50 ms.

Beside each gap stands the processor time of the screen's own thread within it: where that is far below the gap, the
machine was busy with something else.

Run: python -m tests.bench.heartbeat [rows, in millions, default 1]
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from pathlib import Path

from textual.pilot import Pilot

from postback_wizard.commands.desk import desk_for
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import LogEvidence
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.desk import Start
from tests.bench.reconcile import GENERATE, MILLION
from tests.screens.stage import Stage

BEAT_S = 0.05


Gaps = dict[str, tuple[float, float]]


async def beat(app: WizardApp, gaps: Gaps) -> None:
    """Keep the largest gap between two beats, and the thread's own work in it, by what was going on."""
    last, worked = time.perf_counter(), time.thread_time()
    while True:
        await asyncio.sleep(BEAT_S)
        now, used = time.perf_counter(), time.thread_time()
        doing = phase_of(app)
        gaps[doing] = max(gaps.get(doing, (0.0, 0.0)), (now - last, used - worked))
        last, worked = now, used


def phase_of(app: WizardApp) -> str:
    """Which part of the run is under way."""
    walk = app.work._walk
    if walk is None or walk.runs.step is None:
        return "judged and shown" if walk and walk.session.case.record("event") else "before the run"
    return "comparing in full" if walk.runs.heard else "looking the conversion up"


async def watch(folder: Path) -> tuple[Gaps, LogEvidence | None]:
    """The largest gaps in seconds of one run by keys, and what it found."""
    facts = Facts(
        conversion_log=str(folder / "tracker.csv"), partner_log=str(folder / "partner.csv"), title="Heartbeat"
    )
    stage = Stage(facts=facts)
    app = WizardApp(Start(desk_for(Namespace(), "en"), "en", opened=stage._open(stage._case())))
    gaps: Gaps = {}
    async with app.run_test(size=(120, 40)):
        await app.workers.wait_for_complete()
        beating = asyncio.ensure_future(beat(app, gaps))
        await Pilot(app).press("f8", "f5")
        await app.workers.wait_for_complete()
        await Pilot(app).pause()
        beating.cancel()
        walk = app.work._walk
        record = walk.session.case.record("event") if walk else None
    compared = [item for item in (record.evidence if record else ()) if isinstance(item, LogEvidence)]
    return gaps, next((item for item in compared if item.reconciliation), None)


def main() -> None:
    """Print the largest gap of each part of the run."""
    millions = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with tempfile.TemporaryDirectory(prefix="postback-wizard-bench-") as folder:
        os.environ["POSTBACK_WIZARD_HOME"] = folder
        subprocess.run([sys.executable, "-c", GENERATE, folder, str(millions * MILLION)], check=True)
        gaps, found = asyncio.run(watch(Path(folder)))
    print(f"{millions} million against {millions} million rows, matched {found.classes['matched'] if found else '-'}")
    for doing, (gap, worked) in gaps.items():
        print(f"{doing:28} largest gap {gap * 1000:5.0f} ms, own work in it {worked * 1000:4.0f} ms")


if __name__ == "__main__":
    main()
