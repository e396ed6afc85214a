"""Does the endpoint's host name resolve?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import unheard
from postback_wizard.domain.probe import DnsEvidence
from postback_wizard.domain.text import Text

ENDPOINT_DNS_FAILURE = Rule(
    code="endpoint-dns-failure",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.RECEIVER,
    title=Text(
        en="The postback's host {host} cannot be found: {outcome}.",
        ru="Хост постбека {host} не находится: {outcome}.",
    ),
    why=Text(
        en='Without an address nothing can be sent; senders\' logs show code 0 or "could not connect" for it. {detail}',
        ru="Без адреса отправить ничего нельзя; в логах отправителей это код 0 или «нет соединения». {detail}",
    ),
    fix=Text(
        en="Compare {host} letter by letter with the partner's documentation; if it is right, ask the "
        "partner to repair its DNS record.",
        ru="Сверьте {host} посимвольно с документацией партнёра; если всё верно, попросите партнёра "
        "исправить DNS-запись.",
    ),
    settle=Text(
        en="Look {host} up from another network; a name that is missing there too is not a fault of this side.",
        ru="Проверьте {host} из другой сети; если имени нет и там, дело не в вашей стороне.",
    ),
    sources=(
        "https://help-center.affise.com/en/articles/6572454-wrong-http-code-in-affiliate-postbacks-solutions",
        "https://trackingaudit.online/knowledge-base/postback-not-working?lang=ru",
    ),
)

_TEMPORARY = ("DNS_TIMEOUT", "DNS_SERVFAIL", "DNS_REFUSED")


def check(case: Case) -> Iterator[Finding]:
    """The look-up's or the replay's own word."""
    found = unheard(case)
    if found and found.kind == "dns":
        confidence = Confidence.LIKELY if found.outcome.startswith(_TEMPORARY) else Confidence.CERTAIN
        yield ENDPOINT_DNS_FAILURE(
            found.where, confidence=confidence, host=found.host, outcome=found.outcome, detail=found.detail
        )


EXAMPLES = {
    ENDPOINT_DNS_FAILURE: example(
        DnsEvidence("endpoint", "2026-03-01T10:00:00.000Z", "trck.example", ("DNS_NXDOMAIN",)),
        sent_request="https://trck.example/postback?cid=w7k2m9x4q1",
    ),
}
