"""What is said about parts of a case that no file holds: when it is opened again, and before it is sent."""

from postback_wizard.domain.case import Case, StepId
from postback_wizard.domain.probe import HttpProbe
from postback_wizard.domain.text import Text
from postback_wizard.domain.withheld import holds_withheld, withheld_facts
from postback_wizard.steps import STEPS

REOPENED = Text(
    en="Tokens and raw customer data are never saved, so they are missing here: {fields}. What was found still stands. "
    "Paste the texts again to judge them anew or to send.",
    ru="Токены и данные покупателей не сохраняются, поэтому их здесь нет: {fields}. Прежние выводы в силе. Чтобы "
    "проверить заново или отправить, вставьте тексты ещё раз.",
)
NOT_WHOLE = Text(
    en="A part of this was not saved (withheld-…). Paste it again before sending.",
    ru="Часть этого не сохранена (withheld-…). Перед отправкой вставьте её заново.",
)
SHOWN_BY_NAME = Text(
    en="Secret parts are shown by name (withheld-…) and sent as you pasted them.",
    ru="Секретное показано именами (withheld-…), отправлено будет то, что вы вставили.",
)
_SENT: dict[StepId, tuple[str, ...]] = {
    "replay": ("sent_request", "body", "headers", "template"),
    "upload": ("upload_event",),
}


def reopened(case: Case, lang: str) -> str:
    """What is missing in a case that was stored and opened again; empty where nothing is."""
    missing = withheld_facts(case.facts)
    if case.origins.get("customer") and not case.facts.customer:
        missing = (*missing, "customer")
    labels = {field.fact: field.label.say(lang) for step in STEPS for field in step.fields}
    return REOPENED.say(lang, fields=", ".join(labels.get(name, name) for name in missing)) if missing else ""


def is_whole(case: Case, step: StepId) -> bool:
    """Whether everything a step sends is at hand; a template serves only where nothing was pasted."""
    names = [name for name in _SENT.get(step, ()) if name != "template" or not case.facts.sent_request]
    return not set(names) & set(withheld_facts(case.facts))


def shown_by_name(probe: HttpProbe) -> bool:
    """Whether a request as it is shown has names in place of secrets."""
    return any(holds_withheld(text) for text in (probe.url, probe.body, *(value for _, value in probe.headers)))
