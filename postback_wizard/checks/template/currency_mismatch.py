"""Does the request name the currency the conversion was paid in?"""

import re
from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.template import Part, parts
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

CURRENCY_MISMATCH = Rule(
    code="currency-mismatch",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{param} says {sent} while the conversion is in {known}.",
        ru="В {param} указано {sent}, а конверсия в валюте {known}.",
    ),
    why=Text(
        en="The receiver converts the amount by the currency it is told, or by its own default: the revenue is off by "
        "an exchange rate.",
        ru="Получатель пересчитывает сумму по названной ему валюте или по своей основной: доход расходится на курс.",
    ),
    fix=Text(
        en="Send the currency of the conversion as three letters in {param}, or set both accounts to the same one.",
        ru="Передавайте в {param} валюту конверсии тремя буквами или приведите оба аккаунта к одной валюте.",
    ),
    settle=Text(
        en="Amount and currency of this conversion in both logs.",
        ru="Сумма и валюта этой конверсии в обоих логах.",
    ),
    sources=("https://docs.binom.org/postback-url.php",),
)

_CODE = re.compile(r"[A-Za-z]{3}")


def check(case: Case) -> Iterator[Finding]:
    """Another currency than the known one is certain; a word that is no currency code is likely wrong."""
    known = case.facts.currency.strip().upper()
    for part in (*parts(case, "sent_request"), *_fixed(case)):
        if part.meaning != "currency" or not part.is_real:
            continue
        sent = part.value.decoded.strip()
        if not _CODE.fullmatch(sent) or (_CODE.fullmatch(known) and sent.upper() != known):
            sure = bool(_CODE.fullmatch(sent) and known)
            yield CURRENCY_MISMATCH(
                f"{part.where}: {part.value.param}",
                confidence=None if sure else Confidence.LIKELY,
                param=part.value.param,
                sent=sent,
                known=known or "—",
                **part.value.span(),
            )


def _fixed(case: Case) -> tuple[Part, ...]:
    """The template's own values where no live request shows what became of them."""
    return () if case.facts.sent_request else parts(case, "template")


EXAMPLES = {
    CURRENCY_MISMATCH: example(
        sent_request="https://trk.example/postback?cid=c1f7&payout=12.50&currency=EUR", currency="USD"
    ),
}
