"""Do both files hold the same conversions?"""

from collections.abc import Iterator

from postback_wizard.checks.reconciliation import Compared, compared, comparison, sample
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.reconciliation import Reconciliation, Side, Stake
from postback_wizard.domain.text import Text

COUNT_GAP = Rule(
    code="count-gap",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.NETWORK,
    title=Text(
        en="{lost:conversion is|conversions are} in one file only, {share} % of all: {tracker} the tracker's alone, "
        "{partner} the partner's alone.",
        ru="Только в одном из файлов {lost:конверсия|конверсии|конверсий}, {share} % всех: {tracker} лишь у трекера, "
        "{partner} лишь у партнёра.",
    ),
    why=Text(
        en="Compared by {key}, within the time both files cover. At stake: {money}. For example: {rows}.",
        ru="Сверено по {key} за период, который есть в обоих файлах. На кону: {money}. Например: {rows}.",
    ),
    fix=Text(
        en="Follow a few of these IDs through both systems, from click to postback, and have the missing ones counted.",
        ru="Проследите несколько таких ID в обеих системах, от клика до постбека, и добейтесь учёта пропавших.",
    ),
    settle=Text(
        en="The same rows exported again for a longer period, in case one file was cut off.",
        ru="Те же строки в новой выгрузке за больший период: возможно, один из файлов обрезан.",
    ),
)

LOGS_SHARE_NO_KEY = Rule(
    code="logs-share-no-key",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="Not one {key} of the tracker's file is in the partner's file.",
        ru="Ни один {key} из файла трекера не встречается в файле партнёра.",
    ),
    why=Text(
        en="{tracker} against {partner} keys. Either the columns hold different IDs, or the files cover different "
        "times or offers.",
        ru="Ключей: {tracker} против {partner}. Либо в столбцах разные ID, либо файлы за разное время или по разным "
        "офферам.",
    ),
    fix=Text(
        en="Name under columns the column that holds the tracker's click ID in both files, and compare again.",
        ru="Укажите в columns столбец, где в обоих файлах лежит click ID трекера, и повторите сверку.",
    ),
)

LOGS_AGREE = Rule(
    code="logs-agree",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="{matched:conversion|conversions} matched in both files by {key}.",
        ru="Есть в обоих файлах (по {key}): {matched:конверсия|конверсии|конверсий}.",
    ),
    why=Text(
        en="Compared key by key; what differs is named in findings of its own.",
        ru="Файлы сверены по каждому ключу; расхождения названы отдельными выводами.",
    ),
    fix=Text(en="Nothing to do.", ru="Ничего делать не нужно."),
)

#: Gaps below the first share are everyday; from the second on something is broken, if it is more than a few.
_EVERYDAY, _BROKEN, _SEVERAL = 0.02, 0.1, 5


def check(case: Case) -> Iterator[Finding]:
    """Either nothing meets, or how much is missing on each side."""
    found = compared(case)
    if found is None:
        return
    books, key = found.books, " + ".join(found.books.key)
    if not found.matched:
        if books.tracker.keys and books.partner.keys:
            yield LOGS_SHARE_NO_KEY("reconcile", key=key, tracker=books.tracker.keys, partner=books.partner.keys)
        return
    if books.tracker.lone_inside + books.partner.lone_inside:
        yield _gap(found, key)
    else:
        yield LOGS_AGREE("reconcile", matched=found.matched, key=key)


def _gap(found: Compared, key: str) -> Finding:
    tracker, partner = found.books.tracker.lone_inside, found.books.partner.lone_inside
    lost = tracker + partner
    share = lost / (found.matched + lost)
    severe = share >= _BROKEN and lost >= _SEVERAL
    rejected = any(file.rejected_rows for file in found.logs.files)
    return COUNT_GAP(
        "reconcile",
        level=Level.INFO if share < _EVERYDAY else Level.BAD if severe else Level.WARN,
        confidence=Confidence.LIKELY if rejected else None,
        lost=lost,
        share=f"{share * 100:.3g}",
        tracker=tracker,
        partner=partner,
        key=key,
        money=found.money("only_tracker", "only_partner"),
        rows=found.rows("only_tracker", "only_partner"),
    )


def _books() -> Reconciliation:
    return Reconciliation(
        key=("click_id",),
        tracker=Side(rows=200, keys=200, lone_inside=9),
        partner=Side(rows=191, keys=191),
        stakes=(Stake("only_tracker", "USD", 9, "112.5"),),
        samples=(sample("only_tracker", tracker=17),),
        timed_pairs=191,
    )


EXAMPLES = {
    COUNT_GAP: comparison({"matched": 191, "only_tracker": 9}, _books()),
    LOGS_SHARE_NO_KEY: comparison({"only_tracker": 200, "only_partner": 200}),
    LOGS_AGREE: comparison({"matched": 200}),
}
