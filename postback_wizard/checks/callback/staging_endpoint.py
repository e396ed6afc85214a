"""Does the postback go to a test server instead of the real one?"""

import re
from collections.abc import Iterator
from ipaddress import ip_address

from postback_wizard.checks import example
from postback_wizard.checks.samples import unanswered
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.template import live_request, read_template
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

STAGING_ENDPOINT = Rule(
    code="staging-endpoint",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en="The postback goes to {host}, which looks like a test or local server ({sign}).",
        ru="Постбек уходит на {host}, а это похоже на тестовый или локальный сервер ({sign}).",
    ),
    why=Text(
        en="Tests pass there and real conversions end there too: the partner's production never hears of them.",
        ru="Проверки там проходят, но там же остаются и настоящие конверсии: рабочая система партнёра о них не узнаёт.",
    ),
    fix=Text(
        en="Ask the partner for the production address and put it into the template; send a test only while testing.",
        ru="Узнайте у партнёра рабочий адрес и запишите его в шаблон; тестовый нужен только на время проверки.",
    ),
    settle=Text(
        en="The partner: is {host} the address for real conversions?",
        ru="Партнёр: предназначен ли {host} для настоящих конверсий?",
    ),
    sources=(
        "https://docs.unity.com/en-us/grow/offerwall/monetization/virtual-currency/troubleshoot-callback-failures",
        "https://trackingaudit.online/knowledge-base/how-to-test-postback",
    ),
)

_SIGN = re.compile(
    r"(?:^|[.\-])(staging|stage|stg|sandbox|test|testing|uat|preprod|dev|qa)(?=[.\-]|\d*\.)"
    r"|\b(ngrok|localtunnel|loca\.lt|webhook\.site|requestbin|beeceptor|pipedream)\b",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Finding]:
    """The live request's host, or the template's; an address the case was told to allow is on purpose."""
    request = live_request(case) or read_template(case.facts.template)
    host = split_url(request.url).host if request else ""
    sign = _local(host) or _named(host)
    if sign and not (case.facts.allow and _local(host)):
        where = "sent_request" if case.facts.sent_request or case.replayed() else "template"
        certain = Confidence.CERTAIN if _local(host) else Confidence.LIKELY
        yield STAGING_ENDPOINT(where, confidence=certain, host=host, sign=sign)


def _local(host: str) -> str:
    """What makes a host nobody else can reach: its name, or the kind of its address."""
    bare = host.strip("[]").rstrip(".").lower()
    if bare == "localhost" or bare.endswith((".localhost", ".local", ".internal")):
        return bare.rpartition(".")[2]
    try:
        found = ip_address(bare)
    except ValueError:
        return ""
    return "private" if found.is_private or found.is_loopback else ""


def _named(host: str) -> str:
    found = _SIGN.search(host)
    return next((part for part in found.groups() if part), "") if found else ""


EXAMPLES = {
    STAGING_ENDPOINT: example(
        unanswered("OFFLINE"), sent_request="https://staging.track.example/postback?cid=w7k2m9x4q1"
    ),
}
