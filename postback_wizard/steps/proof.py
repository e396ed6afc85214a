"""Which step looks at a failure mode, and whether it can prove it."""

from collections.abc import Mapping

from postback_wizard.catalogue.modes import Mode
from postback_wizard.catalogue.recognised import rules_named
from postback_wizard.checks import folder_of
from postback_wizard.domain.case import StepId
from postback_wizard.domain.text import Text
from postback_wizard.steps import BY_ID, STEPS

#: Where to look for what no check raises by itself; what people agreed on stands in no data.
_LOOK: Mapping[str, StepId] = {
    "click": "click",
    "event": "event",
    "callback": "replay",
    "template": "template",
    "upload": "upload",
    "reconciliation": "event",
}
PROVES = Text(en="Step {number}, {title}, can prove it.", ru="Доказать может шаг {number}, «{title}».")
LOOK = Text(en="Where to look: step {number}, {title}.", ru="Где искать: шаг {number}, «{title}».")
ASK = Text(en="No step can prove it: ask the partner.", ru="Ни один шаг этого не докажет: спросите партнёра.")


def proof(mode: Mode, platform: str = "") -> tuple[StepId | None, bool]:
    """The step that looks at a mode, and whether a check of it raises that very mode for this platform."""
    folder = folder_of(mode.id)
    proving = next((step.id for step in STEPS if folder and step.checks == folder), None)
    if proving and (proving != "upload" or rules_named(platform)):
        return proving, True
    return proving or _LOOK.get(mode.layer), False


def proof_words(mode: Mode, platform: str, lang: str) -> str:
    """The same as a sentence."""
    step, is_proof = proof(mode, platform)
    if step is None:
        return ASK.say(lang)
    number = STEPS.index(BY_ID[step]) + 1
    return (PROVES if is_proof else LOOK).say(lang, number=number, title=BY_ID[step].title)
