"""Is the payout written as a plain amount, in the unit it was agreed in?"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from postback_wizard.checks import example
from postback_wizard.checks.template import parts
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.template import Value
from postback_wizard.domain.text import Text

PAYOUT_FORMAT_UNIT = Rule(
    code="payout-format-unit",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en="{param} carries {sent}; a receiver that reads plain numbers takes it for {read}, meant was {meant}.",
        ru="В {param} ушло {sent}; получатель, который читает обычные числа, поймёт {read}, а имелось в виду {meant}.",
    ),
    why=Text(
        en="A comma, a currency sign or cents in place of units makes the revenue zero, cut off or a hundred times "
        "off, and nobody reports an error.",
        ru="Запятая, знак валюты или центы вместо целых единиц делают доход нулевым, обрезанным или в сто раз другим, "
        "и ошибки никто не видит.",
    ),
    fix=Text(
        en="Agree with the receiver on the unit and send a plain number with a point, such as {meant}.",
        ru="Согласуйте с получателем единицу и передавайте обычное число с точкой, например {meant}.",
    ),
    settle=Text(
        en="The amount the receiver has recorded for this conversion.",
        ru="Сумма, которую получатель записал по этой конверсии.",
    ),
    sources=(
        "https://www.trackingaudit.online/knowledge-base/what-is-postback-tracking?lang=en",
        "https://help.clickflare.io/en/settings/conversion-upload",
    ),
)

_PLAIN = re.compile(r"-?\d{1,12}(?:\.\d{1,8})?")
_NUMBER = re.compile(r"\d[\d  .,']*")
#: How many times another unit of the same money is off: cents for units and the reverse.
_UNITS = (Decimal(100), Decimal("0.01"))


def check(case: Case) -> Iterator[Finding]:
    """A payout that is no plain number; certain when it is a hundred times the known one."""
    known = _amount(case.facts.payout)
    for part in parts(case, "sent_request"):
        if part.meaning != "payout" or not part.is_real:
            continue
        sent = part.value.decoded.strip()
        if not _PLAIN.fullmatch(sent):
            meant = known if known is not None else _amount(sent)
            if meant is not None:
                yield _finding(part.value, sent, _cut(sent), meant)
        elif known and Decimal(sent) / known in _UNITS:
            yield _finding(part.value, sent, sent, known, Confidence.CERTAIN)


def _finding(value: Value, sent: str, read: str, meant: Decimal, confidence: Confidence | None = None) -> Finding:
    return PAYOUT_FORMAT_UNIT(
        f"sent_request: {value.param}",
        confidence=confidence,
        param=value.param,
        sent=sent,
        read=read,
        meant=f"{meant:f}",
        **value.span(),
    )


def _cut(text: str) -> str:
    """What a reader that stops at the first strange character makes of it."""
    found = re.match(r"\s*-?\d+(?:\.\d+)?", text)
    return found.group().strip() if found else "0"


def _amount(text: str) -> Decimal | None:
    """The amount a person means: the last comma or point before one or two digits divides, the rest is grouping."""
    found = _NUMBER.search(text)
    if not found:
        return None
    digits = re.sub(r"[  ']", "", found.group()).strip(".,")
    whole, mark, rest = digits, "", ""
    last = max(digits.rfind(","), digits.rfind("."))
    if last >= 0 and (len(digits) - last - 1 <= 2 or (digits.count(digits[last]) == 1 and digits[last] == ".")):
        whole, mark, rest = digits[:last], ".", digits[last + 1 :]
    try:
        return Decimal(re.sub(r"[.,]", "", whole) + mark + rest)
    except InvalidOperation:
        return None


EXAMPLES = {
    PAYOUT_FORMAT_UNIT: example(sent_request="https://trk.example/postback?cid=c1f7&payout=12,50"),
}
