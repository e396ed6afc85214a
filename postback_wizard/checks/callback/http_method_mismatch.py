"""Does the endpoint take this method and this kind of body?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import heard
from postback_wizard.domain.text import Text

HTTP_METHOD_MISMATCH = Rule(
    code="http-method-mismatch",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{host} does not take this {method} request: it answers {status}. What it names as fitting: {allow}.",
        ru="{host} не принимает этот запрос {method}: ответ {status}. Подходящим называет: {allow}.",
    ),
    why=Text(
        en="Partners read postbacks either from the query of a GET or from the body of a POST; the other "
        "way finds nothing.",
        ru="Партнёры читают постбек либо из параметров GET, либо из тела POST; другим способом данные не увидят.",
    ),
    fix=Text(
        en="Set the method (and for a body its Content-Type) the partner documents in the sender's postback "
        "settings, then replay with it.",
        ru="Укажите в настройках постбека у отправителя метод (а для тела Content-Type) из документации "
        "партнёра и повторите запрос.",
    ),
    settle=Text(
        en="Replay once with the other method.",
        ru="Повторите запрос один раз другим методом.",
    ),
    sources=(
        "https://docs.keitaro.io/ru/postbacks/s2s.html",
        "https://support.tune.com/hc/en-us/articles/4413247665431-Receiving-Conversions-via-Postback-URL",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """405 is about the method, 501 usually, 415 about the kind of body."""
    for answer in heard(case):
        if answer.status in (405, 415, 501) and not answer.has("BLOCKED_BY_WAF"):
            confidence = Confidence.CERTAIN if answer.status == 405 else Confidence.LIKELY
            allow = answer.header("Allow") or answer.header("Accept") or answer.header("Accept-Post") or "—"
            method = answer.method or "HTTP"
            yield HTTP_METHOD_MISMATCH(
                answer.where,
                confidence=confidence,
                host=answer.host or "—",
                method=method,
                status=answer.status,
                allow=allow,
            )


EXAMPLES = {
    HTTP_METHOD_MISMATCH: example(
        replayed(405, "", (("Allow", "POST"),)), sent_request="https://track.example/postback?cid=w7k2m9x4q1"
    ),
}
