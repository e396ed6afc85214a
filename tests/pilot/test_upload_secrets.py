"""Step 5 on screen: secrets are dots, stay as typed in memory, and a case opened again says what is missing."""

import json
from dataclasses import replace
from html import unescape

from textual.widgets import TextArea

from postback_wizard.domain.facts import Facts
from postback_wizard.domain.leaks import find_leaks
from tests.pilot.conftest import Press
from tests.pilot.test_wizard import shown
from tests.screens.stage import Stage

EMAIL, TOKEN, NAME = "canary.person@mail-canary.example", "EAABcanaryPasted0123456789xyz", "Canaryname"
EVENT = {
    "data": [
        {
            "event_name": "Lead",
            "event_time": 1772355600,
            "action_source": "system_generated",
            "user_data": {"em": [EMAIL], "fbc": "fb.1.1772355000000.IwAR0abc"},
        }
    ],
    "access_token": TOKEN,
}
TO_UPLOADS = ("f8", "f8", "f8", "f8")


async def test_no_picture_of_step_5_shows_a_secret_and_memory_keeps_it(press: Press) -> None:
    facts = Facts(title="Uploads", upload_event=json.dumps(EVENT, indent=1), customer={"email": EMAIL, "fn": NAME})
    app = Stage(facts=facts).app()
    async with app.run_test(size=(120, 60)):
        await press(app, *TO_UPLOADS)
        before = app.export_screenshot()
        await press(app, "f5", "f2")
        pictures = unescape(before + app.export_screenshot()).replace("\xa0", " ")
        kept = app.screen.query_one("#fact-upload_event", TextArea).text
    assert find_leaks(pictures, (EMAIL, TOKEN, NAME)) == ()
    assert "••••" in pictures
    assert "event_name" in pictures
    assert json.loads(kept) == EVENT


async def test_a_case_opened_again_asks_for_the_secret_parts(press: Press) -> None:
    event = json.dumps(EVENT).replace(TOKEN, "withheld-token-1").replace(EMAIL, "withheld-email-1")
    app = Stage(facts=replace(Facts(title="Again"), upload_event=event)).app()
    async with app.run_test(size=(120, 50)):
        await press(app, *TO_UPLOADS)
        text = shown(app)
        await press(app, "f6")
        refused = [item.message for item in app._notifications]  # what was said on screen
    assert "paste it again" in text
    assert any("withheld" in item for item in refused)
