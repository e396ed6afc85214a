"""Do both files name the same money?"""

from collections.abc import Iterator

from postback_wizard.checks.reconciliation import Compared, compared, comparison, sample
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.reconciliation import Ratio, Reconciliation, Side, Stake
from postback_wizard.domain.text import Text

LOGS_PAYOUT_DIFFERS = Rule(
    code="logs-payout-differs",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.NETWORK,
    title=Text(
        en="{count:conversion has|conversions have} another payout on each side.",
        ru="У {count:конверсии|конверсий|конверсий} выплаты сторон расходятся.",
    ),
    why=Text(
        en="Sums of tracker and partner: {money}. {ratio} For example: {rows}.",
        ru="Суммы трекера и партнёра: {money}. {ratio} Например: {rows}.",
    ),
    fix=Text(
        en="Send the payout of each conversion in the postback, and agree on currency, unit and who rounds.",
        ru="Передавайте в постбеке выплату каждой конверсии и согласуйте валюту, единицу и округление.",
    ),
)

LOGS_PAYOUT_CENTS = Rule(
    code="logs-payout-cents",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en="The amounts of one file are a hundred times the other's ({count:conversion|conversions}): cents for units.",
        ru="Суммы одного файла в сто раз больше, чем в другом ({count:конверсия|конверсии|конверсий}): центы вместо "
        "целых единиц.",
    ),
    why=Text(
        en="Partner's divided by tracker's is {ratio}. Sums of tracker and partner: {money}. For example: {rows}.",
        ru="Сумма партнёра, делённая на сумму трекера, равна {ratio}. Суммы трекера и партнёра: {money}. "
        "Например: {rows}.",
    ),
    fix=Text(
        en="Agree on the unit, and divide or multiply by a hundred on one side only.",
        ru="Согласуйте единицу; делите или умножайте на сто только на одной стороне.",
    ),
    settle=Text(
        en="The agreed payout of one of these conversions.",
        ru="Согласованная выплата по одной из этих конверсий.",
    ),
)

LOGS_PAYOUT_STATIC = Rule(
    code="logs-payout-static",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.TRACKER,
    title=Text(
        en="{file} has {amount} for every conversion, while the other file's payouts vary.",
        ru="В {file} у каждой конверсии {amount}, хотя выплаты в другом файле разные.",
    ),
    why=Text(
        en="A payout fixed in the offer or in the postback hides the real one. {count:conversion differs|conversions "
        "differ}; sums of tracker and partner: {money}.",
        ru="Выплата, заданная в оффере или в постбеке числом, скрывает настоящую. Расходится "
        "{count:конверсия|конверсии|конверсий}; суммы трекера и партнёра: {money}.",
    ),
    fix=Text(
        en="Put the sender's payout macro into the postback, and switch the fixed payout of the offer off.",
        ru="Поставьте в постбек макрос выплаты отправителя и отключите фиксированную выплату оффера.",
    ),
    settle=Text(
        en="The payout setting of the offer and the postback's payout parameter.",
        ru="Настройка выплаты оффера и параметр выплаты в постбеке.",
    ),
)

LOGS_CURRENCY_DIFFERS = Rule(
    code="logs-currency-differs",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{count:conversion is|conversions are} in another currency on each side.",
        ru="У {count:конверсии|конверсий|конверсий} валюты сторон расходятся.",
    ),
    why=Text(
        en="Sums of tracker and partner: {money}. {ratio} For example: {rows}.",
        ru="Суммы трекера и партнёра: {money}. {ratio} Например: {rows}.",
    ),
    fix=Text(
        en="Send the currency with the payout, or set both accounts to the same one.",
        ru="Передавайте валюту вместе с выплатой или приведите оба аккаунта к одной валюте.",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding about amounts, the most telling, and one about currencies."""
    found = compared(case)
    if found is None:
        return
    count = found.count("payout_differs")
    cents = next((item for item in found.books.ratios if item.kind == "cents"), None)
    static = _static(found)
    money, rows = found.both("payout_differs"), found.rows("payout_differs")
    if count and cents:
        yield LOGS_PAYOUT_CENTS("reconcile", count=count, money=money, rows=rows, ratio=cents.value)
    elif count and static:
        file, amount = static
        yield LOGS_PAYOUT_STATIC("reconcile", count=count, money=money, file=file, amount=amount)
    elif count:
        ratio = _rates(found, same=True)
        yield LOGS_PAYOUT_DIFFERS("reconcile", count=count, money=money, rows=rows, ratio=ratio)
    if found.count("currency_differs"):
        yield LOGS_CURRENCY_DIFFERS(
            "reconcile",
            count=found.count("currency_differs"),
            money=found.both("currency_differs"),
            ratio=_rates(found, same=False),
            rows=found.rows("currency_differs"),
        )


def _static(found: Compared) -> tuple[str, str] | None:
    """The file whose amount never varies, where the other's does."""
    one, other = found.books.tracker.static_payout, found.books.partner.static_payout
    if bool(one) == bool(other):
        return None
    return (found.logs.files[0].name, one) if one else (found.logs.files[1].name, other)


def _rates(found: Compared, *, same: bool) -> str:
    rates = [
        f"{item.tracker_currency or '?'} → {item.partner_currency or '?'} × {item.value}"
        for item in found.books.ratios
        if item.kind == "rate" and (item.tracker_currency == item.partner_currency) == same
    ]
    return f"{', '.join(rates)}." if rates else ""


def _books(name: str, *ratios: Ratio, static: str = "") -> Reconciliation:
    return Reconciliation(
        key=("click_id",),
        tracker=Side(rows=200, keys=200, static_payout=static),
        partner=Side(rows=200, keys=200),
        stakes=(Stake(name, "USD", 80, "1000", "1200"),),
        samples=(sample(name, tracker=5, partner=9),),
        ratios=ratios,
        timed_pairs=200,
    )


EXAMPLES = {
    LOGS_PAYOUT_DIFFERS: comparison({"matched": 200, "payout_differs": 80}, _books("payout_differs")),
    LOGS_PAYOUT_CENTS: comparison(
        {"matched": 200, "payout_differs": 200}, _books("payout_differs", Ratio("USD", "USD", "100", 200, "cents"))
    ),
    LOGS_PAYOUT_STATIC: comparison({"matched": 200, "payout_differs": 80}, _books("payout_differs", static="10")),
    LOGS_CURRENCY_DIFFERS: comparison(
        {"matched": 200, "currency_differs": 80}, _books("currency_differs", Ratio("USD", "EUR", "0.92", 80))
    ),
}
