"""Does the template send the same payout for every conversion?"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from postback_wizard.checks import example
from postback_wizard.checks.template import parts, receiver_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

PAYOUT_STATIC_OR_OVERRIDDEN = Rule(
    code="payout-static-or-overridden",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="The template sends the fixed payout {sent} in {param} for every conversion (known for this one: {known}).",
        ru="Шаблон передаёт в {param} одну и ту же выплату {sent} для любой конверсии (по этой известно: {known}).",
    ),
    why=Text(
        en="The number of conversions will be right and the money wrong as soon as payouts change or differ by goal.",
        ru="Число конверсий будет верным, а деньги разойдутся, как только выплаты изменятся или станут зависеть от "
        "цели.",
    ),
    fix=Text(
        en="Put the sender's payout macro into {param}; keep a fixed number only if every conversion of this offer "
        "pays exactly that.",
        ru="Поставьте в {param} макрос выплаты отправителя; постоянное число оставьте, только если каждая конверсия "
        "этого оффера стоит ровно столько.",
    ),
    settle=Text(
        en="Two conversions of different value in the receiver's log: do they show the same payout?",
        ru="Две конверсии с разной стоимостью в логе получателя: одинаковы ли у них выплаты?",
    ),
    sources=(
        "https://docs.binom.org/payout-tracking-v2.php",
        "https://doc.voluum.com/article/conversion-upload",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """A payout written as a number; certain when this conversion is known to be worth something else."""
    known, receiver = _number(case.facts.payout), receiver_of(case)
    for part in parts(case, "template"):
        fixed = _number(part.value.decoded) if part.meaning == "payout" and part.is_real else None
        if fixed is None:
            continue
        wrong = known is not None and known != fixed
        to_source = receiver is not None and receiver.kind == "ad_network"
        yield PAYOUT_STATIC_OR_OVERRIDDEN(
            f"template: {part.value.param}",
            # A traffic source is often told one value for all conversions, and means it.
            level=Level.BAD if wrong else Level.INFO if to_source else None,
            confidence=Confidence.CERTAIN if wrong else None,
            param=part.value.param,
            sent=part.value.decoded.strip(),
            known=case.facts.payout or "—",
        )


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        found = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


EXAMPLES = {
    PAYOUT_STATIC_OR_OVERRIDDEN: example(template="https://trk.example/postback?cid={clickid}&payout=10"),
}
