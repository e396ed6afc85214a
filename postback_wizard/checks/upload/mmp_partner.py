"""Does somebody say that the attribution partner or the event is switched off?"""

import re
from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

MMP_PARTNER_OR_EVENT_OFF = Rule(
    code="mmp-partner-or-event-off",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.ADVERTISER,
    title=Text(
        en="By what the partner says, the network or the event is switched off in the attribution service: {said}",
        ru="Судя по словам партнёра, сеть или событие выключены в сервисе атрибуции: {said}",
    ),
    why=Text(
        en="An attribution service posts only to partners, and only those in-app events, that are switched on and "
        "mapped at the moment of the event; nothing is sent afterwards for the time before.",
        ru="Сервис атрибуции отправляет постбеки только тем партнёрам и только по тем событиям приложения, которые "
        "включены и сопоставлены в момент события; задним числом ничего не отправляется.",
    ),
    fix=Text(
        en="Ask the app's owner to switch the partner and its postbacks on, to map the event, and for the change log "
        "of that page: its times show which conversions are lost.",
        ru="Попросите владельца приложения включить партнёра и его постбеки, сопоставить событие и показать журнал "
        "изменений этой страницы: по времени в нём видно, какие конверсии потеряны.",
    ),
    settle=Text(
        en="The attribution service's change log for this partner, beside the time of the conversion.",
        ru="Журнал изменений сервиса атрибуции по этому партнёру рядом со временем конверсии.",
    ),
    sources=(
        "https://support.appsflyer.com/hc/en-us/articles/14272573202833-Postback-troubleshooting-for-advertisers",
    ),
)

_WHAT = re.compile(
    r"\b(in-?app events?|event (?:postback|mapping)s?|partner|integration|attribution link)\b"
    r"|событи\w+ приложения|партн[её]р\w*|интеграци\w+",
    re.IGNORECASE,
)
_OFF = re.compile(
    r"\b(?:off|disabled|deactivated|inactive|unmapped|not (?:mapped|enabled|active|activated|configured|switched on))\b"
    r"|выключен\w*|отключен\w*|отключён\w*|не (?:включ\w+|сопоставл\w+|настро\w+)",
    re.IGNORECASE,
)
#: Services that attribute app installs; without one named, the words alone are too common.
_SERVICE = re.compile(r"appsflyer|adjust|branch|kochava|singular|tenjin|airbridge|\bmmp\b|appmetrica", re.IGNORECASE)


def check(case: Case) -> Iterator[Finding]:
    """One finding where a sentence of the partner's message names the service, what is off, and that it is off."""
    facts = case.facts
    parties = f"{facts.tracker} {facts.network} {facts.sender} {facts.source}"
    for sentence in re.split(r"[.\n!?]+", facts.partner_message):
        named = _SERVICE.search(sentence) or _SERVICE.search(parties)
        if named and _WHAT.search(sentence) and _OFF.search(sentence):
            yield MMP_PARTNER_OR_EVENT_OFF("partner_message", said=sentence.strip()[:160])
            return


EXAMPLES = {
    MMP_PARTNER_OR_EVENT_OFF: example(
        partner_message="The in-app event af_purchase is not mapped for this network in AppsFlyer."
    )
}
MORE_EXAMPLES = {MMP_PARTNER_OR_EVENT_OFF: (example(partner_message="Партнёр был выключен.", tracker="adjust"),)}
