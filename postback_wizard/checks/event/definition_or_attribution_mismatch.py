"""Do both files count the same kind of conversion?"""

from collections.abc import Iterator

from postback_wizard.checks.reconciliation import Compared, compared, comparison
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.reconciliation import LoneStatus, Reconciliation, Side, StatusPair
from postback_wizard.domain.text import Text

DEFINITION_OR_ATTRIBUTION_MISMATCH = Rule(
    code="definition-or-attribution-mismatch",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.NETWORK,
    title=Text(
        en="{lone} of {all:conversion|conversions} missing from {file} have the status {word}, which it holds none of.",
        ru="{lone} из {all:конверсии|конверсий|конверсий}, которых нет в {file}, имеют статус {word}, а в нём таких "
        "нет.",
    ),
    why=Text(
        en="One system seems to count what the other leaves out: leads against approved sales. Both logs may be right.",
        ru="Похоже, одна система считает то, что другая пропускает: лиды против подтверждённых продаж. Оба лога могут "
        "быть верны.",
    ),
    fix=Text(
        en="Write down what a conversion is: event, status, window and attribution; then compare like with like.",
        ru="Запишите, что считается конверсией: событие, статус, окно и атрибуция; затем сравнивайте одинаковое.",
    ),
    settle=Text(
        en="The partner's word on which statuses its export holds.",
        ru="Ответ партнёра, какие статусы попадают в его выгрузку.",
    ),
)

_MOST, _LEAST = 0.8, 5


def check(case: Case) -> Iterator[Finding]:
    """Lone keys of one side nearly all mean something that the other file never says."""
    found = compared(case)
    if found is None or not found.matched:
        return
    for at, (side, other) in enumerate((("tracker", "partner"), ("partner", "tracker"))):
        lone = [item for item in found.books.lone if item.side == side]
        total, said = sum(item.keys for item in lone), _said(found, other)
        for means in sorted({item.means for item in lone} - said - {""}):
            keys = sum(item.keys for item in lone if item.means == means)
            if said and keys >= max(_LEAST, total * _MOST):
                word = next(item.word for item in lone if item.means == means)
                file = found.logs.files[1 - at].name
                yield DEFINITION_OR_ATTRIBUTION_MISMATCH("reconcile", lone=keys, all=total, file=file, word=word)


def _said(found: Compared, side: str) -> set[str]:
    """The meanings that occur in a file."""
    pairs = found.books.statuses
    matched = {pair.tracker_means if side == "tracker" else pair.partner_means for pair in pairs}
    return (matched | {item.means for item in found.books.lone if item.side == side}) - {""}


EXAMPLES = {
    DEFINITION_OR_ATTRIBUTION_MISMATCH: comparison(
        {"matched": 190, "only_tracker": 10},
        Reconciliation(
            key=("click_id",),
            tracker=Side(rows=200, keys=200),
            partner=Side(rows=190, keys=190),
            statuses=(StatusPair("sale", "approved", "approved", "approved", 190),),
            lone=(LoneStatus("tracker", "lead", "pending", 10),),
            timed_pairs=190,
        ),
    )
}
