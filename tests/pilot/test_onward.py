"""A trace that ended at a page with a script is taken on with one key, as the same chain."""

import pytest

from postback_wizard.checks.samples import hop
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import Evidence, HttpEvidence
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.widgets.form import FactTyped
from tests.pilot.conftest import Press, settle
from tests.screens.stage import Stage

START = "https://trk.example/c/7"
SHOP = "https://shop.example/landing?clickid=w7k2m9x4q1"
SCRIPT = f"<script>location.replace('{SHOP}')</script>"
CHAIN: tuple[Evidence, ...] = (
    hop(1, START, body=SCRIPT, outcome="BROWSER_REDIRECT(script)"),
    hop(2, SHOP, asked_as="by-hand"),
)


def shown(app: WizardApp) -> str:
    """All text on the screen."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


async def traced(app: WizardApp, press: Press) -> None:
    """Trace, and say yes to the click."""
    await settle(app)
    await press(app, "f5", "enter")


def hops(stage: Stage) -> list[tuple[int, str, str]]:
    record = stage.opened[0].case.record("click")
    found = (item for item in record.evidence if isinstance(item, HttpEvidence)) if record else ()
    return [(item.hop, item.name, item.request.url) for item in found]


@pytest.mark.parametrize(("size", "lang", "word"), [((80, 24), "en", "F3 Go on"), ((120, 40), "ru", "F3 Пройти")])
async def test_the_key_is_offered_where_a_page_leads_on(
    size: tuple[int, int], lang: str, word: str, press: Press
) -> None:
    app = Stage(CHAIN, Facts(click_url=START), lang=lang).app()
    async with app.run_test(size=size):
        await traced(app, press)
        assert word in shown(app)
        assert "shop.example" in shown(app)


async def test_the_key_continues_the_chain(press: Press) -> None:
    stage = Stage(CHAIN, Facts(click_url=START))
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await traced(app, press)
        await press(app, "f3")
    assert hops(stage) == [(1, "trace", START), (2, "by-hand", SHOP)]


async def test_a_chain_that_went_on_says_that_a_person_took_it_there(press: Press) -> None:
    app = Stage(CHAIN, Facts(click_url=START)).app()
    async with app.run_test(size=(120, 40)):
        await traced(app, press)
        await press(app, "f3")
        assert "taken on by hand" in shown(app)
        assert "F3 Go on" not in shown(app)


async def test_an_ordinary_landing_page_offers_no_key(press: Press) -> None:
    app = Stage((hop(1, START, SHOP), hop(2, SHOP)), Facts(click_url=START)).app()
    async with app.run_test(size=(120, 40)):
        await traced(app, press)
        assert "F3" not in shown(app)


async def test_nothing_is_asked_when_the_click_url_has_changed(press: Press) -> None:
    stage = Stage(CHAIN, Facts(click_url=START))
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await traced(app, press)
        app.on_fact_typed(FactTyped("click_url", f"{START}8"))
        await press(app, "f3")
    assert hops(stage) == [(1, "trace", START)]


async def test_a_case_opened_again_asks_before_it_goes_on(press: Press) -> None:
    first = Stage(CHAIN, Facts(click_url=START))
    app = first.app()
    async with app.run_test(size=(80, 24)):
        await traced(app, press)
        app.work._walk.session.traced.clear()  # type: ignore[union-attr]  # as after a restart
        await press(app, "f3")
        assert "shop.example" in shown(app)
        assert hops(first) == [(1, "trace", START)]
        await press(app, "enter")
    assert hops(first) == [(1, "trace", START), (2, "by-hand", SHOP)]
