"""Opening a hop, and taking over what somebody says about whose it is."""

import asyncio
from typing import TYPE_CHECKING

from postback_wizard.catalogue.owners import LONGEST_HOST
from postback_wizard.tui import hopspeech as words
from postback_wizard.tui.desk import Desk, DeskError
from postback_wizard.tui.hops import HOST, clip
from postback_wizard.tui.rows import Row
from postback_wizard.tui.screens.hop import COPY_WANTED, WHOSE_WANTED, HopWindow, WhoseWindow
from postback_wizard.tui.walk import Walk
from postback_wizard.tui.whose import choices, mark_of

if TYPE_CHECKING:
    from postback_wizard.tui.app import WizardApp


async def show_hop(app: "WizardApp", desk: Desk, walk: Walk, row: Row) -> None:
    """Open a hop; from there its owner can be corrected, which counts at once, and its request copied."""

    def closed(wish: str | None) -> None:
        if wish == WHOSE_WANTED:
            app.push_screen(WhoseWindow(row.host, walk.lang), picked)
        elif wish == COPY_WANTED:
            walk.copying.wish(row.request)

    def picked(key: str | None) -> None:
        if key:
            app.call_later(_remember, app, desk, walk, row.host, key)

    await app.push_screen(HopWindow(row, walk.lang), closed)


async def _remember(app: "WizardApp", desk: Desk, walk: Walk, host: str, key: str) -> None:
    lang, mark, shown = walk.lang, mark_of(key), clip(host, HOST)
    try:
        await asyncio.to_thread(desk.remember_owner, host[: LONGEST_HOST + 1], mark)
    except DeskError as error:
        app.complain(error)
        return
    said = next((choice.words for choice in choices("", lang) if choice.key == key), mark.name if mark else "")
    text = words.REMEMBERED.say(lang, host=shown, owner=said) if mark else words.FORGOTTEN.say(lang, host=shown)
    app.notify(text, markup=False)
    await walk.judge_again("click")
