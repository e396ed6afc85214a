"""Is there anything at the endpoint's path?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import heard, names_conversion
from postback_wizard.domain.text import Text

ENDPOINT_NOT_FOUND = Rule(
    code="endpoint-not-found",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{host} has nothing at this address: it answers {status}.",
        ru="На {host} по этому адресу ничего нет: ответ {status}.",
    ),
    why=Text(
        en="The server is there, the path is not: a typo, an old endpoint, or the postback of another account.",
        ru="Сервер есть, а пути нет: опечатка, старый адрес или постбек другого аккаунта.",
    ),
    fix=Text(
        en="Compare host and path with the postback URL in the partner's account or documentation, and save "
        "the correct one at the sender.",
        ru="Сверьте хост и путь с постбек-URL в кабинете или документации партнёра и сохраните верный у отправителя.",
    ),
    sources=(
        "https://help-center.affise.com/en/articles/6535165-http-codes-in-affiliates-postbacks",
        "https://trackingaudit.online/knowledge-base/postback-not-working?lang=ru",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """404 or 410, unless the body speaks of a click or a conversion that is not there."""
    for answer in heard(case):
        if answer.status in (404, 410) and not names_conversion(answer):
            yield ENDPOINT_NOT_FOUND(answer.where, host=answer.host or "—", status=answer.status)


EXAMPLES = {
    ENDPOINT_NOT_FOUND: example(
        replayed(404, "Not Found"), sent_request="https://track.example/postback?cid=w7k2m9x4q1"
    ),
}
