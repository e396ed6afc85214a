"""Can the request be read and sent at all?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.domain.asked import asked
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import unheard
from postback_wizard.domain.request import RequestProblem
from postback_wizard.domain.text import Text

REQUEST_UNREADABLE = Rule(
    code="request-unreadable",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="The request cannot be read as one exact request; the trouble is at: {at}",
        ru="Запрос не удаётся прочитать как один точный запрос; проблемное место: {at}",
    ),
    why=Text(
        en="What is sent must be known byte for byte: nothing is guessed, no file or password is read, and "
        "no option that is not understood is passed over.",
        ru="Отправляемое должно быть известно байт в байт: ничего не угадывается, файлы и пароли не "
        "читаются, непонятные ключи не пропускаются.",
    ),
    fix=Text(
        en="Paste one full URL, one curl command, one raw request with its Host header, one entry of a HAR, or one "
        "line of a log; where a log names no host, give the template too.",
        ru="Вставьте один полный URL, одну команду curl, один сырой запрос с заголовком Host, одну запись HAR или "
        "одну строку лога; если в логе нет хоста, укажите и шаблон.",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """The pasted text, and an address the edge could not send to."""
    found = asked(case.facts)
    if isinstance(found, RequestProblem):
        yield REQUEST_UNREADABLE("sent_request", at=found.at or "—")
        return
    failed = unheard(case)
    if failed and failed.kind == "unreadable":
        yield REQUEST_UNREADABLE("sent_request", at=f"{failed.host} {failed.outcome} {failed.detail}".strip())


EXAMPLES = {
    REQUEST_UNREADABLE: example(sent_request="curl -d @body.json https://track.example/postback"),
}
