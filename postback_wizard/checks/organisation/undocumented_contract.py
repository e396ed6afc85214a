"""Does anything say what the receiver wants?"""

from collections.abc import Iterator

from postback_wizard.catalogue.names import find_platform
from postback_wizard.checks import example
from postback_wizard.checks.event import exact_rows
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import heard
from postback_wizard.domain.request import read_request
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

BESIDE = "template"

UNDOCUMENTED_CONTRACT = Rule(
    code="undocumented-contract",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.YOU,
    title=Text(
        en="Nothing at hand says which parameters, statuses and units {host} expects.",
        ru="Нигде не указано, какие параметры, статусы и единицы ждёт {host}.",
    ),
    why=Text(
        en="The receiver is not in the catalogue and has confirmed nothing yet, so names, encoding and amounts could "
        "only be compared with the template, not with what is wanted.",
        ru="Получателя нет в каталоге, и он пока ничего не подтвердил. Поэтому имена, кодировка и суммы сверены только "
        "с шаблоном, а не с тем, что нужно получателю.",
    ),
    fix=Text(
        en="Write one page with the partner: address, method, required parameters, statuses, units and currency, what "
        "a repeat means, and what a good answer looks like. It can be kept as a platform file of your own.",
        ru="Составьте с партнёром одну страницу: адрес, метод, обязательные параметры, статусы, единицы и валюта, что "
        "означает повтор и как выглядит удачный ответ. Её можно сохранить как свой файл платформы.",
    ),
    settle=Text(
        en="The receiver's documentation, or its log line of a conversion that was counted.",
        ru="Документация получателя или строка его лога по засчитанной конверсии.",
    ),
    sources=(
        "https://www.trackingaudit.online/knowledge-base/what-is-postback-tracking?lang=en",
        "https://app.betlink.ai/en/guides/postback-setup-checklist",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """A template for a receiver nobody has described, and not a word of it that a conversion was counted."""
    facts = case.facts
    if not facts.template or (facts.receiver and find_platform(facts.receiver)):
        return
    agreed = any(answer.verdicts.business in ("recorded", "duplicate") for answer in heard(case))
    if agreed or exact_rows(case.logs(), "partner_log"):
        return
    yield UNDOCUMENTED_CONTRACT("template", host=facts.receiver or _host(facts.template) or "—")


def _host(template: str) -> str:
    read = read_request(template)
    return split_url(getattr(read, "url", "") or template).host


EXAMPLES = {
    UNDOCUMENTED_CONTRACT: example(template="https://track.example/postback?cid={clickid}&payout={payout}"),
}
