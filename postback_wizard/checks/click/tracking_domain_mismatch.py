"""Do click and conversion go through the same tracking domain?"""

from collections.abc import Iterator

from postback_wizard.catalogue.names import find_platform
from postback_wizard.catalogue.who import propose, who
from postback_wizard.checks import example
from postback_wizard.domain.case import Case
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.site import site
from postback_wizard.domain.template import read_template
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

TRACKING_DOMAIN_MISMATCH = Rule(
    code="tracking-domain-mismatch",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.NETWORK,
    title=Text(
        en="The conversion goes to {host}, but the click went through {seen}.",
        ru="Конверсия уходит на {host}, а клик шёл через {seen}.",
    ),
    why=Text(
        en="{platform} can tie an offer to a tracking domain; a conversion that comes in on another one is refused "
        "there although its click ID is right.",
        ru="{platform} может привязать оффер к трекинговому домену; конверсию, пришедшую на другой домен, отклонят, "
        "хотя click ID верный.",
    ),
    fix=Text(
        en="Ask {platform} which tracking domain the offer has, and use it in the click link and the postback URL.",
        ru="Узнайте у {platform}, какой трекинговый домен у оффера, и используйте его и в ссылке клика, и в URL "
        "постбека.",
    ),
    settle=Text(
        en="The offer's settings at {platform}: which tracking domains does it list?",
        ru="Настройки оффера в {platform}: какие трекинговые домены там указаны?",
    ),
    sources=(
        "https://helpdesk.everflow.io/customer/conversions-error-code-reference-guide",
        "https://knowledgebase.offer18.com/network/faqs/what-are-different-status-in-advertiser-postback-logs",
    ),
)

#: Platforms whose documentation names the mismatch as a reason to refuse a conversion.
_STRICT = ("everflow", "offer18")
_SHOWN = 4


def check(case: Case) -> Iterator[Finding]:
    """The host of the postback beside every host of the click, for platforms that may tie the two together."""
    postback = next((found for text in (case.facts.sent_request, case.facts.template) if (found := _url(text))), "")
    host = split_url(postback).host.lower()
    receiver = find_platform(case.facts.receiver or propose(who(postback)).get("receiver", "")) if host else None
    seen = _click_hosts(case)
    if receiver is None or not seen or "{" in host or site(host) in {site(other) for other in seen}:
        return
    strict = receiver.id in _STRICT
    if not strict and case.facts.tracker not in (receiver.id, receiver.name):
        return
    yield TRACKING_DOMAIN_MISMATCH(
        "sent_request" if _url(case.facts.sent_request) else "template",
        level=Level.WARN if strict else Level.INFO,
        confidence=Confidence.LIKELY if strict else Confidence.HINT,
        owner=Owner.NETWORK if strict else Owner.AFFILIATE,
        host=host,
        seen=", ".join((*seen[:_SHOWN], *(["…"] if len(seen) > _SHOWN else []))),
        platform=receiver.name,
    )


def _url(text: str) -> str:
    request = read_template(text) if text.strip() else None
    return request.url if request else ""


def _click_hosts(case: Case) -> tuple[str, ...]:
    """Every host the click is known to go through, once."""
    urls = (click_url(case.facts), case.facts.offer_url, *(hop.request.url for hop in case.trace()))
    return tuple(dict.fromkeys(host for url in urls if (host := split_url(url.strip()).host.lower())))


EXAMPLES = {
    TRACKING_DOMAIN_MISMATCH: example(
        click_url="https://go.first-track.example/ABC/DEF/?sub1=w7k2m9x4q1",
        sent_request="https://www.second-track.example/?nid=77&transaction_id=5f1d0a1c2b3d4e5f6a7b8c9d0e1f2a3b",
        receiver="everflow",
    ),
}
