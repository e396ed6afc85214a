"""Did the request leave without a final answer?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import unanswered
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

SENT_OUTCOME_UNKNOWN = Rule(
    code="sent-outcome-unknown",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.RECEIVER,
    title=Text(
        en="The request left for {host}, and no final answer came ({outcome}): the conversion may have been counted.",
        ru="Запрос ушёл на {host}, окончательного ответа нет ({outcome}): конверсия могла быть засчитана.",
    ),
    why=Text(
        en="Sending it once more could create a second conversion.",
        ru="Повторная отправка может создать вторую конверсию.",
    ),
    fix=Text(
        en="Before anything is sent again, ask the owner of {host} whether the request of {at} UTC is in its log.",
        ru="Прежде чем отправлять снова, узнайте у владельца {host}, есть ли в его логе запрос от {at} UTC.",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Delivery decides, not the reason."""
    sent = case.replayed()
    if sent is not None and sent.delivery == "sent":
        host = split_url(sent.request.url).host
        yield SENT_OUTCOME_UNKNOWN("answer", host=host, outcome=", ".join(sent.outcome), at=sent.at)


EXAMPLES = {
    SENT_OUTCOME_UNKNOWN: example(
        unanswered("NO_ANSWER", "sent"), sent_request="https://track.example/postback?cid=w7k2m9x4q1"
    ),
}
