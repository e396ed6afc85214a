"""Is the partner's server itself in order?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import heard
from postback_wizard.domain.text import Text

RECEIVER_5XX = Rule(
    code="receiver-5xx",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.RECEIVER,
    title=Text(
        en="{host} answers {status}: an error of its own. {reason}",
        ru="{host} отвечает {status}: ошибка на его стороне. {reason}",
    ),
    why=Text(
        en="The fault is on the receiving side, or in a gateway before it; behind a gateway the conversion "
        "may even have been counted.",
        ru="Ошибка на стороне получателя или шлюза перед ним; за шлюзом конверсия могла быть и засчитана.",
    ),
    fix=Text(
        en="Send the partner this request with its time and ask for its error log; after the repair send "
        "the lost conversions again.",
        ru="Отправьте партнёру этот запрос с временем и попросите его лог ошибок; после исправления "
        "отправьте потерянные конверсии снова.",
    ),
    sources=(
        "https://help-center.affise.com/en/articles/6535165-http-codes-in-affiliates-postbacks",
        "https://support.appsflyer.com/hc/en-us/articles/360001376085-Postback-retries",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """500 to 599, but for 501, which speaks of the method."""
    for answer in heard(case):
        if answer.verdicts.http == "server-error" and answer.status != 501 and not answer.has("BLOCKED_BY_WAF"):
            yield RECEIVER_5XX(answer.where, host=answer.host or "—", status=answer.status, reason=answer.reason)


EXAMPLES = {
    RECEIVER_5XX: example(replayed(502, "Bad Gateway"), sent_request="https://track.example/postback?cid=w7k2m9x4q1"),
}
