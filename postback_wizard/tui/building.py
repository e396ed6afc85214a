"""An event of the case at hand, built for the platform the case names, and what is said about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from postback_wizard.catalogue import upload_api
from postback_wizard.catalogue.recognised import USUAL, rules_named
from postback_wizard.domain.case import Case
from postback_wizard.domain.text import Text
from postback_wizard.steps.built import as_text, build_request

BUILT = Text(
    en="Built for {platform} from this case. What the case does not know was left out; F5 names what is missing.",
    ru="Собрано для {platform} из этого случая. Чего случай не знает, то пропущено; F5 назовёт, чего не хватает.",
)
STANDS = Text(
    en="An event stands here already; empty the field to build one.",
    ru="Событие уже есть; очистите поле, чтобы собрать новое.",
)
NOBODY = Text(
    en="How {platform} takes events is not known here.", ru="Как {platform} принимает события, здесь неизвестно."
)


@dataclass(frozen=True, slots=True)
class BuiltEvent:
    """The text for the field, empty where there is none, and the message about it."""

    text: str
    message: Text
    platform: str = ""

    def say(self, lang: str) -> str:
        """The message in ``lang``."""
        return self.message.say(lang, platform=self.platform)


def built_event(case: Case, endpoints: Mapping[str, str]) -> BuiltEvent:
    """An event for the case's ad platform, Meta where it names none. The address is the platform's own."""
    if case.facts.upload_event.strip():
        return BuiltEvent("", STANDS)
    known = rules_named(case.facts.ad_platform)
    rules = next((item for item in known if item.id == USUAL), next(iter(known), None))
    probe = build_request(case, rules, endpoints.get(rules.id, "")) if rules else None
    if rules is None or probe is None:
        return BuiltEvent("", NOBODY, case.facts.ad_platform or "?")
    return BuiltEvent(as_text(probe), BUILT, upload_api(rules.id).platform)
