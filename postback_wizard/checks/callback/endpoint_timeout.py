"""Does the endpoint answer in time?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import unanswered
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import unheard
from postback_wizard.domain.text import Text

ENDPOINT_TIMEOUT = Rule(
    code="endpoint-timeout",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.RECEIVER,
    title=Text(
        en="{host} does not answer in time: {outcome}.",
        ru="{host} не отвечает вовремя: {outcome}.",
    ),
    why=Text(
        en="Senders give up after some seconds; the conversion is then lost, or sent again and counted twice. {detail}",
        ru="Отправители ждут лишь несколько секунд; потом конверсия теряется или уходит повторно и "
        "считается дважды. {detail}",
    ),
    fix=Text(
        en="Ask the owner of {host} to answer at once and do its work afterwards, and whether this request arrived.",
        ru="Попросите владельца {host} отвечать сразу, а обработку делать потом, и узнайте, дошёл ли этот запрос.",
    ),
    sources=("https://docs.revtoo.com/s2s-postback/postback-security",),
)


def check(case: Case) -> Iterator[Finding]:
    """Silence past the deadline, whether on connecting, in the handshake or after the request."""
    found = unheard(case)
    if found and found.kind == "time":
        yield ENDPOINT_TIMEOUT(found.where, host=found.host, outcome=found.outcome, detail=found.detail)


EXAMPLES = {
    ENDPOINT_TIMEOUT: example(
        unanswered("CONNECT_TIMEOUT"), sent_request="https://track.example/postback?cid=w7k2m9x4q1"
    ),
}
