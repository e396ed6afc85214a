"""Step 5 on screen: secrets are dots, stay as typed in memory, and a case opened again says what is missing."""

import hashlib
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


GOOGLE = {
    "partialFailure": True,
    "conversions": [
        {
            "conversionAction": "customers/123/conversionActions/4",
            "gclid": "Cj0abc",
            "conversionDateTime": "2026-03-01 09:00:00+00:00",
        }
    ],
}


async def test_a_developer_token_is_asked_for_after_the_access_token_and_never_shown(press: Press) -> None:
    facts = Facts(upload_event=json.dumps(GOOGLE), ad_platform="google_ads", dataset_id="123")
    stage = Stage(facts=facts, has_token=True)
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await press(app, *TO_UPLOADS, "f6")
        asked = shown(app)
        await press(app, *"canary", "enter")
        text = shown(app)
    assert "developer token" in asked
    assert "canary" not in text
    assert stage.second == ["canary"]


async def test_a_customer_typed_by_keys_is_compared_and_its_values_stay_dots(press: Press) -> None:
    typed = "em=Jane@Shop.example"
    sent = json.dumps(EVENT).replace(EMAIL, hashlib.sha256(b"Jane@Shop.example").hexdigest()).replace(TOKEN, "x")
    stage = Stage(facts=Facts(upload_event=sent))
    app = stage.app()
    async with app.run_test(size=(120, 60)):
        await press(app, *TO_UPLOADS, "f2")
        app.screen.query_one("#fact-customer").focus()
        await press(app, *({"=": "equals_sign", "@": "at", ".": "full_stop"}.get(key, key) for key in typed))
        picture = unescape(app.export_screenshot())
        await press(app, "f5")
        text = shown(app)
    assert "em=••••" in picture
    assert "Shop" not in picture + text
    record = stage.opened[-1].case.records["upload"]
    assert [item.values["mistake"] for item in record.findings if "mistake" in item.values] == ["not-lower-cased"]
