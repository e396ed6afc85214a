"""Does the partner refuse the address or domain the postback comes from?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.callback import refusals_meaning
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

APP_ALLOWLIST_REJECT = Rule(
    code="app-allowlist-reject",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.NETWORK,
    title=Text(
        en="{host} refuses postbacks from this address or domain ({status}): {reason}",
        ru="{host} не принимает постбеки с этого адреса или домена ({status}): {reason}",
    ),
    why=Text(
        en="The partner's platform keeps a list of allowed addresses or domains for the offer or account. Our own "
        "replay comes from this machine, so only the sender's log tells what the sender meets.",
        ru="Платформа партнёра хранит список разрешённых адресов или доменов для оффера или аккаунта. Наш повтор "
        "уходит с этого компьютера, поэтому о самом отправителе говорит только его лог.",
    ),
    fix=Text(
        en="Ask the sender for the addresses its postbacks come from and have the partner add them to the list of "
        "this offer or account.",
        ru="Узнайте у отправителя, с каких адресов уходят постбеки, и попросите партнёра внести их в список этого "
        "оффера или аккаунта.",
    ),
    settle=Text(
        en="The same words in the sender's own log.",
        ru="Те же слова в логе самого отправителя.",
    ),
    sources=(
        "https://helpdesk.everflow.io/customer/conversions-error-code-reference-guide",
        "https://help-center.affise.com/en/articles/6476587-postback-errors",
        "https://knowledgebase.offer18.com/network/faqs/what-are-different-status-in-advertiser-postback-logs",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """A refusal whose words are about an IP address or domain; what our own replay meets proves nothing about the "
    "sender."""
    return refusals_meaning(APP_ALLOWLIST_REJECT, case)


EXAMPLES = {
    APP_ALLOWLIST_REJECT: example(
        replayed(403, '{"error": "IP is not in the whitelist"}'),
        sent_request="https://track.example/postback?cid=w7k2m9x4q1",
    ),
}
