"""Is the offer link free of characters nobody sees, and are its UTM tags names that analytics read?"""

from collections.abc import Iterator

from postback_wizard.catalogue.names import has, owners
from postback_wizard.checks import example
from postback_wizard.checks.offer_link import OfferLink, offer_link
from postback_wizard.checks.template import characters
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

UTM_TAG_ODD = Rule(
    code="utm-tag-odd",
    level=Level.INFO,
    confidence=Confidence.LIKELY,
    owner=Owner.AFFILIATE,
    title=Text(
        en="The offer link has {shown}; analytics read {meant}.",
        ru="В ссылке оффера стоит {shown}; аналитика читает {meant}.",
    ),
    why=Text(
        en="UTM names are read letter by letter, in lower case and with an underscore, and each of them once. Clicks "
        "without a readable tag land under direct or other traffic.",
        ru="Имена UTM читаются буква в букву: строчными, с подчёркиванием и по одному разу. Клики без читаемой метки "
        "попадают в прямой или прочий трафик.",
    ),
    fix=Text(en="Write {meant} in the link, once.", ru="Напишите в ссылке {meant}, один раз."),
    sources=("https://support.google.com/analytics/answer/10917952",),
)
UTM_MACRO_FOREIGN = Rule(
    code="utm-macro-foreign",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.AFFILIATE,
    title=Text(
        en="{param} asks for {macro}, a macro of {whose}; this link is filled in by {tracker}.",
        ru="В {param} стоит {macro}, макрос {whose}; а эту ссылку заполняет {tracker}.",
    ),
    why=Text(
        en="Each platform fills in its own macros only: this tag will show the macro's name.",
        ru="Платформа подставляет только свои макросы: в метке останется имя макроса.",
    ),
    fix=Text(
        en="Take the macro of {tracker} for this value, or pass it on from the source's link.",
        ru="Возьмите для этого значения макрос {tracker} или передайте его из ссылки источника.",
    ),
)

_TAGS = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id")


def check(case: Case) -> Iterator[Finding]:
    """Characters of the link as it was saved, then its tags one by one."""
    link = offer_link(case)
    if link is None:
        return
    yield from characters.first_of_each("offer_url", case.facts.offer_url)
    yield from _names(link)
    yield from _macros(link)


def _names(link: OfferLink) -> Iterator[Finding]:
    """A tag in another spelling; the same tag twice in one spelling is a fault of the link's structure."""
    for param, _ in link.params:
        meant = param.name.lower().replace("-", "_").strip()
        if meant in _TAGS and param.name != meant:
            yield UTM_TAG_ODD(
                f"offer_url: {param.name}", shown=param.key, meant=meant, start=param.start, end=param.end
            )


def _macros(link: OfferLink) -> Iterator[Finding]:
    tracker = link.tracker
    if tracker is None or not tracker.sends.macros:
        return
    for param, macros in link.params:
        for macro in macros if param.name.lower() in _TAGS else ():
            others = [item for item in owners(macro) if item.kind == "ad_network"]
            if others and not has(macro, tracker):
                yield UTM_MACRO_FOREIGN(
                    f"offer_url: {param.name}",
                    param=param.name,
                    macro=macro.written,
                    whose=", ".join(item.name for item in others[:2]),
                    tracker=tracker.name,
                )


_LINK = "https://network.example/offer/7?aff_sub={clickid}"
EXAMPLES = {
    UTM_TAG_ODD: example(offer_url=f"{_LINK}&UTM_Source=push"),
    UTM_MACRO_FOREIGN: example(offer_url=f"{_LINK}&utm_campaign=__CAMPAIGN_ID__", tracker="voluum"),
}
