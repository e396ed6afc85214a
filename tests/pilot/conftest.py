"""Waiting for a wizard without guessing how long."""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from postback_wizard.tui.app import WizardApp

Press = Callable[..., Awaitable[None]]


async def settle(app: WizardApp) -> None:
    """Until no worker runs and everything has been painted."""
    await app.workers.wait_for_complete()
    await Pilot(app).pause()


@pytest.fixture
def press() -> Press:
    """Press keys one after the other, each followed by quiet."""

    async def pressing(app: WizardApp, *keys: str) -> None:
        for key in keys:
            await Pilot(app).press(key)
            await settle(app)

    return pressing
