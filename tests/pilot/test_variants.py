"""Variants of a click in the wizard: the yes before, the table after, and Esc in between."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import VARIANT, Effect, Evidence, HttpEvidence, HttpProbe, Probe
from postback_wizard.domain.variants import variants_of
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.desk import Start
from postback_wizard.tui.screens.confirm import Agree
from postback_wizard.tui.screens.frame import Reading
from postback_wizard.tui.screens.variants import VariantsTable
from tests.pilot.conftest import Press, settle
from tests.pilot.test_wizard import shown
from tests.screens import story
from tests.screens.stage import Stage, StageWorld

FACTS = Facts(title="Lamps", click_url=story.AD)
PHONE = "https://m.shop.example/lamps"


def chain(name: str, url: str) -> tuple[HttpEvidence, ...]:
    """A variant's way: phones are sent elsewhere, everybody else as in the story."""
    phone = name == "iphone"
    hops = (
        story.hop(1, url, 302, 48, story.OFFER),
        story.hop(2, story.OFFER, 302, 30, PHONE if phone else story.SHOP),
        story.hop(3, PHONE if phone else story.SHOP, 200, 20),
    )
    return tuple(replace(hop, name=f"{VARIANT}{name}") for hop in hops)


VARIANTS = tuple(hop for variant in variants_of(story.AD, "") for hop in chain(variant.code, variant.url))
EVIDENCE: tuple[Evidence, ...] = (*story.HOPS, *VARIANTS)


class Watched(StageWorld):
    """Knows what it was asked; holds variants back where it is told to."""

    def __init__(self, evidence: Sequence[Evidence], asked: list[Probe], *, silent: bool = False) -> None:
        super().__init__(evidence)
        self._asked = asked
        self._silent = silent
        self.stuck = asyncio.Event()
        self.stopped = 0

    async def perform(self, probe: Probe) -> Evidence:
        self._asked.append(probe)
        if self._silent and isinstance(probe, HttpProbe) and probe.name.startswith(VARIANT) and probe.hop == 2:
            self.stuck.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.stopped += 1
                raise
        return await super().perform(probe)


def wizard(asked: list[Probe], *, lang: str = "en", silent: bool = False) -> tuple[WizardApp, Stage, Watched]:
    stage = Stage(evidence=EVIDENCE, facts=FACTS, lang=lang)
    world = Watched(EVIDENCE, asked, silent=silent)
    app = WizardApp(Start(replace(stage.desk(), world=lambda case: world), lang, opened=stage.desk().open("x")))
    return app, stage, world


def clicks(asked: Sequence[Probe]) -> list[str]:
    return [probe.name for probe in asked if isinstance(probe, HttpProbe) and probe.hop == 1]


async def test_the_key_says_how_many_clicks_it_makes_and_esc_makes_none(press: Press) -> None:
    asked: list[Probe] = []
    app, _, _ = wizard(asked)
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "enter", "f6")
        assert isinstance(app.screen, Agree)
        assert "5 real clicks" in shown(app)
        await press(app, "escape")
        assert clicks(asked) == ["trace"]


async def test_after_a_trace_only_the_variants_are_clicked(press: Press) -> None:
    asked: list[Probe] = []
    app, _, _ = wizard(asked)
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "enter", "f6", "enter")
    assert clicks(asked) == [
        "trace",
        *(f"{VARIANT}{code}" for code in ("iphone", "android", "no-click-id", "http", "slash")),
    ]


async def test_without_a_trace_the_click_itself_is_made_beside_its_variants(press: Press) -> None:
    asked: list[Probe] = []
    app, _, _ = wizard(asked)
    async with app.run_test(size=(80, 24)):
        await press(app, "f6")
        assert "6 real clicks" in shown(app)
        await press(app, "enter")
    assert (len(clicks(asked)), {probe.effect for probe in asked}) == (6, {Effect.CLICK})


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("Variants of the click", "without click ID", "with trailing slash", "leaves the given way at hop 2")),
        ("ru", ("Варианты клика", "без click ID", "со слешем в конце", "расходится с исходным на переходе 2")),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["narrow", "wide"])
async def test_the_table_stands_on_the_screen(
    press: Press, lang: str, words: Sequence[str], size: tuple[int, int]
) -> None:
    app, _, _ = wizard([], lang=lang)
    async with app.run_test(size=size):
        await press(app, "f5", "enter", "f6", "enter")
        assert isinstance(app.screen, VariantsTable)
        seen = shown(app)
        await press(app, *["down"] * 5)
        seen += shown(app)
    assert [word for word in (*words, "m.shop.example/lamps", "F5", "Esc") if word not in seen] == []


async def test_enter_opens_every_hop_of_a_variant(press: Press) -> None:
    app, _, _ = wizard([])
    async with app.run_test(size=(120, 40)):
        await press(app, "f5", "enter", "f6", "enter", "down", "enter")
        assert isinstance(app.screen, Reading)
        assert "hop 1: ads.example 302" in shown(app)


async def test_the_table_is_shown_again_without_a_click(press: Press) -> None:
    asked: list[Probe] = []
    app, _, _ = wizard(asked)
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "enter", "f6", "enter", "escape", "f6")
        assert isinstance(app.screen, VariantsTable)
    assert len(clicks(asked)) == 6


async def test_a_new_comparison_is_a_wish_of_its_own(press: Press) -> None:
    asked: list[Probe] = []
    app, _, _ = wizard(asked)
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "enter", "f6", "enter", "f5")
        assert isinstance(app.screen, Agree)
        await press(app, "enter")
    assert len(clicks(asked)) == 11


async def test_a_changed_link_is_compared_anew(press: Press) -> None:
    asked: list[Probe] = []
    app, _, _ = wizard(asked)
    async with app.run_test(size=(80, 24)):
        await press(app, "f5", "enter", "f6", "enter", "escape")
        app.screen.query_one("#fact-click_url").focus()
        await press(app, "x", "f6")
        assert isinstance(app.screen, Agree)


async def test_without_a_link_there_is_nothing_to_compare(press: Press) -> None:
    app = Stage().app()
    async with app.run_test(size=(80, 24), notifications=True):
        await press(app, "f6")
        await settle(app)
        assert "no live link to compare" in shown(app)


async def test_esc_stops_every_variant_and_keeps_the_trace_proven() -> None:
    asked: list[Probe] = []
    app, stage, world = wizard(asked, silent=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f5", "enter")
        await settle(app)
        await pilot.press("f6", "enter")
        await world.stuck.wait()
        await pilot.pause()
        await pilot.press("escape")
        await settle(app)
    record = stage.opened[0].case.record("click")
    assert record is not None
    assert (record.reason, world.stopped, len(stage.opened[0].case.trace())) == ("", 5, len(story.HOPS))


async def test_every_key_of_the_click_step_fits_the_last_line(press: Press) -> None:
    for lang in ("en", "ru"):
        app, _, _ = wizard([], lang=lang)
        async with app.run_test(size=(80, 24)):
            await settle(app)
            assert app.screen.query_one("#keybar").size.height == 1
