"""Does the endpoint talk HTTP to us at all?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import unanswered
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import unheard
from postback_wizard.domain.text import Text

ENDPOINT_UNREACHABLE = Rule(
    code="endpoint-unreachable",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.RECEIVER,
    title=Text(
        en="{host} gives no HTTP answer: {outcome}.",
        ru="{host} не даёт HTTP-ответа: {outcome}.",
    ),
    why=Text(
        en="The port is closed, the connection was cut, or something other than a web server is there; a "
        "firewall that does not know the sender looks the same. {detail}",
        ru="Порт закрыт, соединение разорвано или там не веб-сервер; так же выглядит файрвол, который не "
        "знает отправителя. {detail}",
    ),
    fix=Text(
        en="Ask the owner of {host} whether the port is open and the sender's addresses are allowed through "
        "the firewall.",
        ru="Узнайте у владельца {host}, открыт ли порт и пропускает ли файрвол адреса отправителя.",
    ),
    settle=Text(
        en="The same request from the sender's own address, or a line in the firewall's log.",
        ru="Тот же запрос с адреса самого отправителя или строка в логе файрвола.",
    ),
    sources=(
        "https://help-center.affise.com/en/articles/6535165-http-codes-in-affiliates-postbacks",
        "https://www.trackingaudit.online/how-to-test-postbacks?lang=en",
    ),
)

ENDPOINT_NOT_ALLOWED = Rule(
    code="endpoint-not-allowed",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="Nothing was sent: {host} is not a public address ({outcome}).",
        ru="Ничего не отправлено: {host} не публичный адрес ({outcome}).",
    ),
    why=Text(
        en="Requests to machines of your own network are only made after you say so. {detail}",
        ru="Запросы к машинам вашей сети отправляются только с вашего разрешения. {detail}",
    ),
    fix=Text(
        en="If this is your own test machine, name it: allow in the facts file, --allow on the command "
        "line, or the question in the wizard. A real partner never has such an address: then correct the "
        "template.",
        ru="Если это ваша тестовая машина, разрешите её: allow в файле с данными, --allow в командной "
        "строке или вопрос в мастере. У настоящего партнёра такого адреса не бывает: тогда исправьте "
        "шаблон.",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """A refused, cut or foreign connection; an address that may not be spoken to."""
    found = unheard(case)
    if found and found.kind == "not-allowed":
        yield ENDPOINT_NOT_ALLOWED(found.where, host=found.host, outcome=found.outcome, detail=found.detail)
    if found and found.kind == "unreachable":
        confidence = Confidence.LIKELY if found.where == "answer_status" else Confidence.CERTAIN
        host = found.host or "—"
        yield ENDPOINT_UNREACHABLE(
            found.where, confidence=confidence, host=host, outcome=found.outcome, detail=found.detail
        )


EXAMPLES = {
    ENDPOINT_UNREACHABLE: example(
        unanswered("CONNECT_REFUSED"), sent_request="https://track.example/postback?cid=w7k2m9x4q1"
    ),
    ENDPOINT_NOT_ALLOWED: example(
        unanswered("BLOCKED_ADDRESS", detail="10.0.0.5"), sent_request="https://track.example/postback?cid=w7k2m9x4q1"
    ),
}
