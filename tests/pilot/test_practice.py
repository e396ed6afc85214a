"""Every practice case, walked by keys against the running chain, ends in a report that names what is broken."""

import re
from argparse import Namespace
from pathlib import Path

import pytest

from postback_wizard.checks import rules
from postback_wizard.commands.desk import desk_for
from postback_wizard.domain.text import LANGS
from postback_wizard.practice.scenarios import SCENARIOS, Scenario
from postback_wizard.report.diagnosis import diagnose
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.desk import Start
from postback_wizard.tui.screens.confirm import ConfirmSend
from postback_wizard.tui.walk import Walk
from tests.pilot.conftest import Press, settle, type_text

PARTNER = "partner.localhost"
PLATFORM = "adplatform.localhost"


def walk_of(app: WizardApp) -> Walk:
    walk = app.work._walk
    assert walk is not None
    return walk


async def send(app: WizardApp, press: Press, host: str) -> None:
    """F6 and the host's name, where there is something to send."""
    await press(app, "f6")
    if isinstance(app.screen, ConfirmSend):
        await type_text(app, host)
        await press(app, "enter")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POSTBACK_WIZARD_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
async def test_a_case_walked_by_keys_ends_in_the_right_report(
    scenario: Scenario, lang: str, home: Path, press: Press
) -> None:
    app = WizardApp(Start(desk_for(Namespace(), lang), lang, lesson=scenario.name))
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "f5", "enter", "f8", "f5", "f8", "f5")
        await send(app, press, PARTNER)
        await press(app, "f8", "f5", "f8", "f5")
        await send(app, press, PLATFORM)
        diagnosis = diagnose(walk_of(app).session.case)
        await press(app, "f9", "f2")
        await settle(app)
    reports = [path.read_text(encoding="utf-8") for path in (home / "exports").glob(f"*-partner-{lang}.md")]
    assert (diagnosis.code or "", diagnosis.step or "") == (scenario.code, scenario.step)
    assert len(reports) == 1
    named = [code for code in re.findall(r"^- [^:]+: `([a-z0-9-]+)`$", reports[0], re.MULTILINE) if code in rules()]
    assert named[:1] == ([scenario.code] if scenario.code else [])


async def test_practice_leaves_no_case_behind(home: Path, press: Press) -> None:
    app = WizardApp(Start(desk_for(Namespace(), "en"), "en", lesson="first-launch"))
    async with app.run_test(size=(80, 24)):
        await settle(app)
        await press(app, "f5", "enter", "escape", "escape")
    assert list((home / "cases").glob("*.json")) == []
