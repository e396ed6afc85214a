"""One key after a block or a silence asks a few harmless requests, with a yes before."""

from dataclasses import replace

import pytest

from postback_wizard.checks.samples import looked, replayed
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import DnsEvidence, Evidence, HttpEvidence
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.desk import Start
from tests.pilot.conftest import Press, settle
from tests.screens.stage import Stage

URL = "http://track.example/postback?cid=w7k2m9x4q1"
AT = "2026-03-01T10:00:00.000Z"


def heard(*looks: Evidence, status: int = 403) -> tuple[Evidence, ...]:
    name = DnsEvidence("endpoint", AT, "track.example", ("OK",), ("192.0.2.7",))
    return (name, replayed(status, url=URL), *looks)


def root(code: str, status: int) -> HttpEvidence:
    found = looked(code, status)
    return replace(found, request=replace(found.request, url="http://track.example/"))


def shown(app: WizardApp) -> str:
    """All text on the screen."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in lines)


async def sent(app: WizardApp, press: Press) -> None:
    """Step 3, sent once."""
    await settle(app)
    await press(app, "f8", "f8", "f6")
    await press(app, *"track.example", "enter")


def asked(stage: Stage) -> list[str]:
    record = stage.opened[0].case.record("replay")
    return [item.name for item in record.evidence if isinstance(item, HttpEvidence)] if record else []


@pytest.mark.parametrize(("size", "lang", "word"), [((80, 24), "en", "F3 Blocked?"), ((120, 40), "ru", "F3 Блок?")])
async def test_the_key_is_offered_after_a_block(size: tuple[int, int], lang: str, word: str, press: Press) -> None:
    app = Stage(heard(), Facts(sent_request=URL), lang=lang).app()
    async with app.run_test(size=size):
        await sent(app, press)
        assert word in shown(app)


async def test_an_answer_that_leaves_no_doubt_offers_no_key(press: Press) -> None:
    app = Stage(heard(status=200), Facts(sent_request=URL)).app()
    async with app.run_test(size=(120, 40)):
        await sent(app, press)
        assert "Blocked?" not in shown(app)


async def test_nothing_is_asked_without_the_yes(press: Press) -> None:
    stage = Stage(heard(root("root", 403), root("agent", 200)), Facts(sent_request=URL))
    app = stage.app()
    async with app.run_test(size=(80, 24)):
        await sent(app, press)
        await press(app, "f3", "escape")
    assert asked(stage) == ["replay"]


async def test_the_yes_asks_beside_what_was_heard_and_names_the_cause(press: Press) -> None:
    stage = Stage(heard(root("root", 403), root("agent", 200)), Facts(sent_request=URL))
    app = stage.app()
    async with app.run_test(size=(120, 40)):
        await sent(app, press)
        await press(app, "f3", "enter")
    assert asked(stage) == ["replay", "endpoint:root", "endpoint:agent"]
    record = stage.opened[0].case.record("replay")
    assert "user-agent-blocked" in [item.code for item in (record.findings if record else ())]


async def test_each_result_says_where_it_came_from(press: Press) -> None:
    app = Stage(heard(root("root", 403), root("agent", 200)), Facts(sent_request=URL)).app()
    async with app.run_test(size=(160, 60)):
        await sent(app, press)
        await press(app, "f3", "enter")
        await press(app, "pagedown")
        assert "200 from 192.0.2.10" in shown(app)


async def test_after_it_was_asked_the_key_is_gone(press: Press) -> None:
    app = Stage(heard(root("root", 403), root("agent", 200)), Facts(sent_request=URL)).app()
    async with app.run_test(size=(120, 40)):
        await sent(app, press)
        await press(app, "f3", "enter")
        assert "Blocked?" not in shown(app)


SIGNED = "http://track.example/postback?cid=w7k2m9x4q1&sig=9e107d9d372bb6826bd81d3542a419d6"
CANARY = "s3cr3t-canary-91"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_signed_request_offers_to_recompute_its_signature(size: tuple[int, int], press: Press) -> None:
    app = Stage((), Facts(sent_request=SIGNED)).app()
    async with app.run_test(size=size):
        await press(app, "f8", "f8")
        assert "F3 Secret" in shown(app)


async def test_the_typed_secret_is_handed_over_and_shown_nowhere(press: Press) -> None:
    given: list[str] = []
    stage = Stage((), Facts(sent_request=SIGNED))
    desk = replace(stage.desk(), give_secret=given.append)
    app = WizardApp(Start(desk, "en", opened=stage._open(stage._case())))
    async with app.run_test(size=(120, 40)):
        await press(app, "f8", "f8", "f3", *CANARY)
        assert CANARY not in shown(app)
        await press(app, "enter")
        assert CANARY not in shown(app)
    assert (given, CANARY in repr(stage.opened[0].case)) == ([CANARY], False)
