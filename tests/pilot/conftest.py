"""Waiting for a wizard without guessing how long."""

from collections.abc import Awaitable, Callable

import pytest
from textual import events
from textual.pilot import Pilot

from postback_wizard.tui.app import WizardApp

Press = Callable[..., Awaitable[None]]


async def settle(app: WizardApp) -> None:
    """Until no worker runs and everything has been painted."""
    await app.workers.wait_for_complete()
    await Pilot(app).pause()


def strike(app: WizardApp, key: str) -> None:
    """One key, without waiting for what comes of it."""
    driver = app._driver
    assert driver is not None
    driver.send_message(events.Key(key, None))


async def type_text(app: WizardApp, text: str) -> None:
    """Key after key without a pause, as fast fingers do, then quiet."""
    driver = app._driver
    assert driver is not None
    for letter in text:
        driver.send_message(events.Key(letter if letter.isalnum() else {".": "full_stop"}[letter], letter))
    await Pilot(app).pause()
    await settle(app)


@pytest.fixture
def press() -> Press:
    """Press keys one after the other, each followed by quiet."""

    async def pressing(app: WizardApp, *keys: str) -> None:
        for key in keys:
            await Pilot(app).press(key)
            await settle(app)

    return pressing
