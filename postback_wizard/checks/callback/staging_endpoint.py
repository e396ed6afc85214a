"""Does the postback go to a test server instead of the real one?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import unanswered
from postback_wizard.domain.case import Case
from postback_wizard.domain.endpoint_kind import local_sign, trial_sign
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


def check(case: Case) -> Iterator[Finding]:
    """The live request's host, or the template's; an address the case was told to allow is on purpose."""
    request = live_request(case) or read_template(case.facts.template)
    host = split_url(request.url).host if request else ""
    sign = local_sign(host) or trial_sign(host)
    if sign and not (case.facts.allow and local_sign(host)):
        where = "sent_request" if case.facts.sent_request or case.replayed() else "template"
        certain = Confidence.CERTAIN if local_sign(host) else Confidence.LIKELY
        yield STAGING_ENDPOINT(where, confidence=certain, host=host, sign=sign)


EXAMPLES = {
    STAGING_ENDPOINT: example(
        unanswered("OFFLINE"), sent_request="https://staging.track.example/postback?cid=w7k2m9x4q1"
    ),
}
