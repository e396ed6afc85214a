"""Is a conversion counted more than once?"""

from collections.abc import Iterator

from postback_wizard.checks.reconciliation import Compared, compared, comparison, sample
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.reconciliation import Reconciliation, Side, Stake
from postback_wizard.domain.text import Text

DUPLICATE_COUNTED_TWICE = Rule(
    code="duplicate-counted-twice",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.RECEIVER,
    title=Text(
        en="{file} has {surplus:surplus row|surplus rows} that repeat a {key} already counted.",
        ru="В {file} {surplus:лишняя строка повторяет|лишние строки повторяют|лишних строк повторяют} уже учтённый "
        "{key}.",
    ),
    why=Text(
        en="The other file has {other} such rows. Worth {money}. For example: {rows}. A pixel beside the postback, or "
        "a postback repeated after a slow answer, counts one sale twice.",
        ru="В другом файле таких строк: {other}. Сумма: {money}. Например: {rows}. Пиксель вместе с постбеком или "
        "повтор постбека после медленного ответа засчитывает одну продажу дважды.",
    ),
    fix=Text(
        en="Have the receiver count each transaction ID once, and switch off the second sender.",
        ru="Пусть получатель учитывает каждый ID транзакции один раз; второй источник отключите.",
    ),
    settle=Text(
        en="Transaction IDs in both files: they tell a repeated sale from a second one of the same click.",
        ru="ID транзакций в обоих файлах: они отличают повтор от второй продажи по тому же клику.",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """A side with more surplus rows than the other; as many on both sides are several sales of one click."""
    found = compared(case)
    if found is None:
        return
    counts = {side: found.count(f"duplicate_{side}") for side in ("tracker", "partner")}
    for at, (side, other) in enumerate((("tracker", "partner"), ("partner", "tracker"))):
        if counts[side] > counts[other]:
            yield _repeated(found, side, found.logs.files[at].name, counts[side], counts[other])


def _repeated(found: Compared, side: str, file: str, surplus: int, other: int) -> Finding:
    by_order = "transaction_id" in found.books.key
    return DUPLICATE_COUNTED_TWICE(
        "reconcile",
        confidence=Confidence.LIKELY if by_order else Confidence.HINT,
        file=file,
        surplus=surplus,
        other=other,
        key=" + ".join(found.books.key),
        money=found.money(f"duplicate_{side}"),
        rows=found.rows(f"duplicate_{side}"),
    )


EXAMPLES = {
    DUPLICATE_COUNTED_TWICE: comparison(
        {"matched": 200, "duplicate_partner": 4},
        Reconciliation(
            key=("click_id", "transaction_id"),
            tracker=Side(rows=200, keys=200),
            partner=Side(rows=204, keys=200),
            stakes=(Stake("duplicate_partner", "USD", 4, "0", "50"),),
            samples=(sample("duplicate_partner", partner=31),),
            timed_pairs=200,
        ),
    )
}
