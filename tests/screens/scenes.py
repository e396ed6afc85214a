"""The scenes: a state of the wizard each, reached by keys, rendered in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual.pilot import Pilot

from postback_wizard.domain.facts import Facts
from postback_wizard.tui.app import WizardApp
from postback_wizard.tui.desk import RecentCase, UnknownSend
from tests.screens import story
from tests.screens.caught import one_came
from tests.screens.compared import EVIDENCE_COMPARED, PARTNER_LOG, TellDifferences
from tests.screens.stage import Stage

NARROW, WIDE = (80, 24), (120, 40)


@dataclass(frozen=True, slots=True)
class Scene:
    """How to get there: where the wizard starts, what is pressed, and on which size of terminal."""

    name: str
    keys: Sequence[str] = ()
    size: tuple[int, int] = NARROW
    home: bool = False
    theme: str = "textual-dark"
    compared: bool = False
    facts: Facts = story.FACTS

    def stage(self, lang: str) -> Stage:
        """The stage of this scene."""
        return Stage(
            evidence=EVIDENCE_COMPARED if self.compared else story.EVIDENCE,
            facts=replace(self.facts, partner_log=PARTNER_LOG) if self.compared else self.facts,
            recent=RECENT,
            unknown=[UNKNOWN],
            before=("2026-03-01T09:12:44.000Z",),
            lang=lang,
            theme=self.theme,
            differences=TellDifferences if self.compared else None,
            listening=one_came,
        )


RECENT = (
    RecentCase("a", "", "", problem="damaged file"),
    RecentCase(
        "b", "Lamps: no sales since Friday", "2026-03-01T09:40:00.000Z", (("click", "broken"), ("event", "clear"))
    ),
    RecentCase("c", "Payouts differ on offer 42", "2026-02-27T16:02:00.000Z", (("click", "clear"),)),
)
UNKNOWN = UnknownSend("i1", "b", "2026-03-01 09:41", "GET", "https://partner.example/postback?cid=w8f3kd02")

TRACED = ("f5", "enter")
TO_EVENT = (*TRACED, "f8", "f5")
TO_REPLAY = (*TO_EVENT, "f8")
TO_TEMPLATE = (*TO_REPLAY, "f5", "f8", "f5")
TO_UPLOAD = (*TO_TEMPLATE, "f8", "f5")
HOST = tuple("partner.example".replace(".", "~"))
SEND = ("f6", *("full_stop" if key == "~" else key for key in HOST), "enter")

#: A template with an encoded macro, a space, and no transaction ID.
MISTYPED = replace(
    story.FACTS, template="https://partner.example/postback?cid=%7Bclickid%7D&payout={payout}&currency= {currency}"
)
MESSAGE = tuple({" ": "space", ":": "colon"}.get(key, key) for key in "Affise: Broken clickid")

SCENES = (
    Scene("home", home=True),
    Scene("practice", keys=("down", "enter"), home=True),
    Scene("knowledge", keys=("down", "down", "enter"), home=True),
    Scene("question", keys=("enter",), home=True),
    Scene("question-known", keys=("enter", *MESSAGE), home=True),
    Scene("question-light", keys=("enter", *MESSAGE), size=WIDE, home=True, theme="textual-light"),
    Scene("click-before"),
    Scene("click-confirm", keys=("f5",)),
    Scene("click-after", keys=TRACED, size=WIDE),
    Scene("click-narrow", keys=TRACED),
    Scene("event", keys=TO_EVENT),
    Scene("differences", keys=(*TO_EVENT, "f6", "down"), compared=True),
    Scene("replay-dry", keys=(*TO_REPLAY, "f5")),
    Scene("replay-confirm", keys=(*TO_REPLAY, "f6")),
    Scene("replay-caught", keys=(*TO_REPLAY, "f10")),
    Scene("replay-answer", keys=(*TO_REPLAY, *SEND)),
    Scene("template", keys=TO_TEMPLATE, size=WIDE),
    Scene("template-repair", keys=(*TO_TEMPLATE, "f6"), facts=MISTYPED),
    Scene("upload", keys=TO_UPLOAD),
    Scene("upload-token", keys=(*TO_UPLOAD, "f6")),
    Scene("ledger", keys=(*TO_UPLOAD, "f4")),
    Scene("finding", keys=(*TRACED, "enter")),
    Scene("exchange", keys=(*TRACED, "tab", "down", "down", "enter")),
    Scene("help", keys=("f1",)),
    Scene("report", keys=(*TO_REPLAY, *SEND, "f9")),
    Scene("report-form", keys=(*TO_REPLAY, *SEND, "f9", "f4")),
    Scene("report-message", keys=(*TO_REPLAY, *SEND, "f9", "f4", "down", "enter")),
    Scene("closing", keys=(*TO_REPLAY, *SEND, "f9", "f8")),
    Scene("import", keys=("down", "down", "down", "enter"), home=True),
    Scene("report-light", keys=(*TO_REPLAY, *SEND, "f9"), size=WIDE, theme="textual-light"),
    Scene("click-light", keys=TRACED, size=WIDE, theme="textual-light"),
)


async def render(scene: Scene, lang: str) -> str:
    """The scene as SVG, byte for byte the same on every machine."""
    app = scene.stage(lang).app(home=scene.home)
    async with app.run_test(size=scene.size) as pilot:
        await settle(app)
        for key in scene.keys:
            await pilot.press(key)
            await settle(app)
        app.clear_notifications()
        await pilot.pause()
        await settle(app)
        seen, shown = "", _picture(app)
        while seen != shown:  # a busy machine lays out late what a thread found for a field
            await pilot.pause(0.2)
            await settle(app)
            seen, shown = shown, _picture(app)
        return shown


def _picture(app: WizardApp) -> str:
    return app.export_screenshot(title="postback_wizard", simplify=True) + "\n"


async def settle(app: WizardApp) -> None:
    """Wait until nothing runs in the background and everything has been painted."""
    ending = [worker for worker in app.workers if worker.group != "receiver"]  # that one listens until it is closed
    if ending:
        await app.workers.wait_for_complete(ending)
    await app.animator.wait_until_complete()
    await Pilot(app).pause()
