"""Does the partner say it recorded the conversion?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import heard
from postback_wizard.domain.text import Text

ANSWER_RECORDED = Rule(
    code="answer-recorded",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.RECEIVER,
    title=Text(
        en="{host} answers {status} and says the conversion is recorded.",
        ru="{host} отвечает {status} и сообщает, что конверсия записана.",
    ),
    why=Text(
        en="These are the partner's own words, so the request, its path and its parameters are right.",
        ru="Это слова самого партнёра, значит запрос, путь и параметры верны.",
    ),
    fix=Text(
        en="Nothing to mend in this request; compare it with the template and with what the sender really sent.",
        ru="В этом запросе исправлять нечего; сравните его с шаблоном и с тем, что отправитель послал на самом деле.",
    ),
)

ANSWER_DUPLICATE = Rule(
    code="answer-duplicate",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.RECEIVER,
    title=Text(
        en="{host} says it already has this conversion: {reason}",
        ru="{host} сообщает, что такая конверсия у него уже есть: {reason}",
    ),
    why=Text(
        en="The first request arrived and was recorded. For a replay that is the expected answer; for a "
        "real second sale it means the partner needs a new transaction ID.",
        ru="Первый запрос дошёл и был записан. Для повтора это ожидаемый ответ; для настоящей второй "
        "продажи партнёру нужен новый ID транзакции.",
    ),
    fix=Text(
        en="Look the conversion up at the partner by its ID; if it is a second sale, send it with a "
        "transaction ID of its own.",
        ru="Найдите конверсию у партнёра по её ID; если это вторая продажа, отправьте её с собственным ID транзакции.",
    ),
    sources=("https://docs.keitaro.io/en/conversions/postback.html",),
)


def check(case: Case) -> Iterator[Finding]:
    """Only the partner's clear word counts."""
    for answer in heard(case):
        host = answer.host or "—"
        if answer.verdicts.business == "recorded":
            yield ANSWER_RECORDED(answer.where, host=host, status=answer.status)
        elif answer.verdicts.business == "duplicate":
            yield ANSWER_DUPLICATE(answer.where, host=host, reason=answer.reason or str(answer.status))


EXAMPLES = {
    ANSWER_RECORDED: example(
        replayed(200, '{"status": "recorded"}'), sent_request="https://track.example/postback?cid=w7k2m9x4q1"
    ),
    ANSWER_DUPLICATE: example(
        replayed(200, '{"success": false, "error": "duplicate conversion"}'),
        sent_request="https://track.example/postback?cid=w7k2m9x4q1",
    ),
}
