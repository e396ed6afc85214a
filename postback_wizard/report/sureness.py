"""How sure a root cause is, and what speaks for it: its own evidence, its effects, and the ledger's first break."""

from collections.abc import Iterator

from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence
from postback_wizard.domain.ledger import ledger
from postback_wizard.domain.text import Text
from postback_wizard.report.blame import Cause
from postback_wizard.report.words import Sentence, settle_of

SURE = {
    Confidence.CERTAIN: Text(en="It stands in the data itself.", ru="Это видно в самих данных."),
    Confidence.LIKELY: Text(en="It fits a known pattern.", ru="Это похоже на известную картину."),
    Confidence.HINT: Text(en="It is a hint and no proof.", ru="Это намёк, а не доказательство."),
}
EXPLAINS = Text(
    en="It explains {n:more finding|more findings} of this case.",
    ru="Других выводов по этому случаю, которые этим объясняются: {n}.",
)
BREAK = Text(
    en="The ledger breaks there too: {name}, {where}.",
    ru="В сводке значений разрыв там же: {name}, {where}.",
)


def why_sure(case: Case, cause: Cause) -> tuple[Sentence, ...]:
    """Reasons in the order of their weight; what would settle it comes last, where it is open."""
    return tuple(_reasons(case, cause))


def _reasons(case: Case, cause: Cause) -> Iterator[Sentence]:
    yield Sentence(SURE[cause.finding.confidence])
    places = _places(cause.finding.where.partition(":")[0])
    broken = next((row for row in ledger(case) if row.first_break in places), None)
    if broken:
        yield Sentence(BREAK, {"name": broken.name, "where": broken.first_break})
    if cause.effects:
        yield Sentence(EXPLAINS, {"n": str(len(cause.effects))})
    settle = settle_of(cause.finding)
    if settle.text.en:
        yield settle


def _places(where: str) -> tuple[str, ...]:
    """Where a fault shows in the ledger: what a hop does to a value is seen in the next address."""
    head, _, number = where.partition(" ")
    if head == "hop" and number.isdecimal():
        return (where, f"hop {int(number) + 1}", "landing")
    return (where,) if where else ()
