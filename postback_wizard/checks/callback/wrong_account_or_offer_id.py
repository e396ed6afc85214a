"""Does the request name an account, offer or campaign the partner does not have?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.callback import refusals_meaning
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

WRONG_ACCOUNT_OR_OFFER_ID = Rule(
    code="wrong-account-or-offer-id",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en="{host} does not know the account, offer or campaign of this request ({status}): {reason}",
        ru="{host} не знает аккаунта, оффера или кампании из этого запроса ({status}): {reason}",
    ),
    why=Text(
        en="The address was taken from another account or offer, or the click belongs to another one than the "
        "postback names.",
        ru="Адрес взят из другого аккаунта или оффера, либо клик относится не к тому, что названо в постбеке.",
    ),
    fix=Text(
        en="Copy the postback URL again from the partner's settings of this very offer, and compare its IDs with "
        "those of the click.",
        ru="Скопируйте URL постбека заново из настроек именно этого оффера у партнёра и сравните ID в нём с ID клика.",
    ),
    settle=Text(
        en="The partner's click row: which offer and account it belongs to.",
        ru="Строка клика у партнёра: к какому офферу и аккаунту он относится.",
    ),
    sources=(
        "https://helpdesk.everflow.io/en/articles/6127792-error-code-reference-guide-conversions",
        "https://help-center.affisereach.com/en/articles/6444814-postback-errors",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """A refusal whose words are about an account, network, offer or campaign."""
    return refusals_meaning(WRONG_ACCOUNT_OR_OFFER_ID, case)


EXAMPLES = {
    WRONG_ACCOUNT_OR_OFFER_ID: example(
        replayed(200, '{"success": false, "error": "Unknown offer"}'),
        sent_request="https://track.example/postback?cid=w7k2m9x4q1",
    ),
}
