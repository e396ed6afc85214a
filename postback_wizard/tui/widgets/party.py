"""Fields that name a platform: suggestions while typing, and a line that says who it is and why it is proposed."""

from collections.abc import Mapping, Sequence

from textual.message import Message
from textual.message_pump import MessagePump
from textual.widgets import Static

from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence
from postback_wizard.domain.step import Step
from postback_wizard.domain.text import Text
from postback_wizard.tui.plain import plain

SURE: Mapping[Confidence, Text] = {
    Confidence.CERTAIN: Text(en="certain", ru="точно"),
    Confidence.LIKELY: Text(en="likely", ru="вероятно"),
    Confidence.HINT: Text(en="a hint", ru="намёк"),
}
CLEARED = Text(en="emptied by you, stays empty", ru="очищено вами, останется пустым")
KNOWN = Text(en="{name}: {kind}", ru="{name}: {kind}")
AD_PLATFORM = Text(en="ad platform", ru="рекламная платформа")
UNKNOWN = Text(en="Not in the catalogue; kept as typed.", ru="В каталоге нет; сохранено как введено.")
UNKNOWN_NEAR = Text(
    en="Not in the catalogue; kept as typed. Similar: {near}.",
    ru="В каталоге нет; сохранено как введено. Похоже: {near}.",
)


class PartiesRead(Message):
    """The catalogue is at hand: whom each field may name, and why proposals were made (sentence and how sure)."""

    def __init__(self, names: Mapping[str, Sequence[str]], reasons: Mapping[str, tuple[Text, Confidence]]) -> None:
        super().__init__()
        self.names = names
        self.reasons = reasons


def parties_named(step: Step, case: Case) -> tuple[str, ...]:
    """The platforms a case names in the fields of a step."""
    return tuple(value for item in step.fields if item.form == "party" and (value := case.facts.get(item.fact)))


def read_parties(news: MessagePump, step: Step, case: Case) -> None:
    """Read the catalogue and post what it says; for a thread, because the first time takes a moment."""
    from postback_wizard.catalogue.directory import listed_for  # wanted once a party is looked at
    from postback_wizard.steps.parties import reasons

    names = {
        field.fact: tuple(word for item in listed_for(field.fact) for word in (item.id, item.name))
        for field in step.fields
        if field.form == "party"
    }
    news.post_message(PartiesRead(names, {fact: (item.why, item.confidence) for fact, item in reasons(case).items()}))


class PartyNote(Static):
    """The line below a party's field; empty until the catalogue was read."""

    def __init__(self, fact: str, lang: str) -> None:
        super().__init__(classes="note")
        self._fact = fact
        self._lang = lang

    def on_mount(self) -> None:
        self.display = False

    def tell(self, value: str, why: Text | None = None) -> None:
        """Who a value is, and why it is there; the catalogue has to be read by now."""
        said = _said(self._fact, value, self._lang)
        text = " ".join(
            part for part in (f"{said}." if why and said else said, why.say(self._lang) if why else "") if part
        )
        self.update(plain(text, "$foreground 60%"))
        self.display = bool(text)


def _said(fact: str, value: str, lang: str) -> str:
    from postback_wizard.catalogue.directory import find_entry, near_entries
    from postback_wizard.catalogue.words import KINDS

    if not value.strip():
        return ""
    found = find_entry(value)
    if found:
        kind = AD_PLATFORM if found.kind == "upload" else KINDS[found.kind]
        return KNOWN.say(lang, name=found.name, kind=kind.say(lang))
    near = ", ".join(item.id for item in near_entries(value, fact))
    return UNKNOWN_NEAR.say(lang, near=near) if near else UNKNOWN.say(lang)
