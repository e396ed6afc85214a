"""Do both files mean the same by their statuses?"""

from collections.abc import Iterator

from postback_wizard.checks.reconciliation import Compared, compared, comparison, sample
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.reconciliation import Reconciliation, Side, StatusPair, UnmappedStatus
from postback_wizard.domain.text import Text

STATUS_NOT_MAPPED = Rule(
    code="status-not-mapped",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.AFFILIATE,
    title=Text(
        en="The status {word} ({count:row|rows} of {file}) is in no vocabulary.",
        ru="Статуса {word} ({count:строка|строки|строк} в {file}) нет ни в одном словаре.",
    ),
    why=Text(
        en="In the other file these conversions stand as: {met}. A status the receiver does not know is dropped or "
        "stays where it was.",
        ru="В другом файле эти конверсии стоят как: {met}. Неизвестный статус получатель отбрасывает или оставляет "
        "прежний.",
    ),
    fix=Text(
        en="Add {word} to the status mapping of the receiver, or let the sender send a word it knows.",
        ru="Добавьте {word} в сопоставление статусов у получателя или передавайте известное ему слово.",
    ),
    settle=Text(
        en="The receiver's own list of accepted statuses.",
        ru="Список принимаемых статусов у самого получателя.",
    ),
    sources=("https://help-center.peerclick.com/en/articles/4314836-conversion-statuses-settings",),
)

LOGS_STATUS_DIFFERS = Rule(
    code="logs-status-differs",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.NETWORK,
    title=Text(
        en="{count:conversion has|conversions have} another status on each side.",
        ru="У {count:конверсии|конверсий|конверсий} статусы сторон расходятся.",
    ),
    why=Text(
        en="Tracker and partner: {pairs}. The rows are worth {money} to tracker and partner. For example: {rows}.",
        ru="Трекер и партнёр: {pairs}. Сумма у трекера и партнёра: {money}. Например: {rows}.",
    ),
    fix=Text(
        en="Have the partner send a postback for each change of status, and take the later status over.",
        ru="Попросите партнёра слать постбек при каждой смене статуса и перенесите последний статус.",
    ),
)

_SHOWN = 5


def check(case: Case) -> Iterator[Finding]:
    """Words nobody knows that met another word, and statuses that mean different things."""
    found = compared(case)
    if found is None:
        return
    for item in found.books.unmapped[:_SHOWN]:
        met = _met(found, item.side, item.word)
        if met:
            file = found.logs.files[0 if item.side == "tracker" else 1].name
            yield STATUS_NOT_MAPPED("reconcile", word=item.word, count=item.rows, file=file, met=met)
    if found.count("status_differs"):
        yield _differs(found)


def _met(found: Compared, side: str, word: str) -> str:
    """What an unknown word met in the other file, unless that was the same word."""
    met: dict[str, int] = {}
    for pair in found.books.statuses:
        own, other = (pair.tracker, pair.partner) if side == "tracker" else (pair.partner, pair.tracker)
        if own == word and other and other.casefold() != word.casefold():
            met[other] = met.get(other, 0) + pair.keys
    return ", ".join(f"{other} ({count})" for other, count in list(met.items())[:_SHOWN])


def _differs(found: Compared) -> Finding:
    differing = [
        pair
        for pair in found.books.statuses
        if pair.tracker_means and pair.partner_means and pair.tracker_means != pair.partner_means
    ]
    only_waiting = all("pending" in (pair.tracker_means, pair.partner_means) for pair in differing)
    return LOGS_STATUS_DIFFERS(
        "reconcile",
        level=Level.INFO if only_waiting else None,
        count=found.count("status_differs"),
        pairs=", ".join(f"{pair.tracker} / {pair.partner} ({pair.keys})" for pair in differing[:_SHOWN]),
        money=found.both("status_differs"),
        rows=found.rows("status_differs"),
    )


def _books(*statuses: StatusPair, unmapped: tuple[UnmappedStatus, ...] = ()) -> Reconciliation:
    return Reconciliation(
        key=("click_id",),
        tracker=Side(rows=200, keys=200),
        partner=Side(rows=200, keys=200),
        statuses=statuses,
        unmapped=unmapped,
        samples=(sample("status_differs", tracker=5, partner=9),),
        timed_pairs=200,
    )


EXAMPLES = {
    STATUS_NOT_MAPPED: comparison(
        {"matched": 200},
        _books(
            StatusPair("pending", "buyout_ok", "pending", "", 12),
            unmapped=(UnmappedStatus("partner", "buyout_ok", 12),),
        ),
    ),
    LOGS_STATUS_DIFFERS: comparison(
        {"matched": 200, "status_differs": 12}, _books(StatusPair("approved", "rejected", "approved", "rejected", 12))
    ),
}
