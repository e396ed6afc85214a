"""Since when a fault has been there, and what it costs, as far as logs, books and facts tell."""

import re
from collections.abc import Iterator

from postback_wizard.checks.reconciliation import compared
from postback_wizard.domain.case import Case
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import clock, read_moment
from postback_wizard.report.blame import Cause
from postback_wizard.report.words import Sentence

#: Findings whose value ``start`` is the moment a fault began.
_BEGIN = ("unannounced-partner-change", "postback-auto-disabled", "receiver-5xx-block")
_EXPIRED = re.compile(r"TLS_EXPIRED\((\d{4}-\d{2}-\d{2})\)")

SINCE_LOG = Text(en="Since {at} UTC, by the log of attempts.", ru="С {at} UTC, по логу попыток.")
SINCE_BOOKS = Text(
    en="Since {at} UTC at the latest: the first conversion that only one side has.",
    ru="Не позднее {at} UTC: первая конверсия, которая есть только у одной стороны.",
)
SINCE_DAY = Text(en="Since {at}: the certificate ended then.", ru="С {at}: тогда закончился сертификат.")
SINCE_CASE = Text(
    en="Since {at} UTC at the latest: the conversion at hand.", ru="Не позднее {at} UTC: рассматриваемая конверсия."
)
LONE = Text(
    en="{n:conversion stands|conversions stand} in only one of the two logs, worth {money}.",
    ru="{n:конверсия есть|конверсии есть|конверсий есть} только в одном из двух логов, на сумму {money}.",
)
LONE_ONLY = Text(
    en="{n:conversion stands|conversions stand} in only one of the two logs; their worth is not known.",
    ru="{n:конверсия есть|конверсии есть|конверсий есть} только в одном из двух логов; сумма неизвестна.",
)
TWICE = Text(
    en="{n:row stands|rows stand} in a log more than once, worth {money}.",
    ru="{n:строка повторена|строки повторены|строк повторено} в логе, на сумму {money}.",
)
DIFFER = Text(
    en="{n:conversion has|conversions have} another amount on the other side: {money} (tracker / partner).",
    ru="У {n:конверсии|конверсий|конверсий} суммы сторон не совпадают: {money} (трекер / партнёр).",
)
FAILED = Text(en="{failed} of {rows} attempts in the log failed.", ru="Неудачных попыток в логе: {failed} из {rows}.")
THIS_ONE = Text(
    en="At least the conversion at hand: {money}. No log tells of others.",
    ru="Как минимум рассматриваемая конверсия: {money}. О других логи не говорят.",
)


def since_of(case: Case, cause: Cause) -> Sentence | None:
    """When a fault began, or since when at the latest it has been there; None where nothing tells."""
    findings = (cause.finding, *(finding for _, finding in cause.effects))
    began = min(
        (item.values["start"] for item in findings if item.code in _BEGIN and "start" in item.values), default=""
    )
    if moment := read_moment(began):
        return Sentence(SINCE_LOG, {"at": clock(moment.utc)})
    expired = _EXPIRED.search(cause.finding.values.get("outcome", ""))
    if expired:
        return Sentence(SINCE_DAY, {"at": expired.group(1)})
    books = compared(case)
    if books and any(item.code == "count-gap" for item in findings):
        firsts = (read_moment(side.lone_first_time) for side in (books.books.tracker, books.books.partner))
        known = [first.utc for first in firsts if first]
        if known:
            return Sentence(SINCE_BOOKS, {"at": clock(min(known))})
    return _at_hand(case)


def _at_hand(case: Case) -> Sentence | None:
    names = [name for name in ("conversion_time", "attempt_time", "click_time") if not case.is_hint(name)]
    moment = next(filter(None, (read_moment(case.facts.get(name)) for name in names)), None)
    return Sentence(SINCE_CASE, {"at": clock(moment.utc)}) if moment else None


def cost_of(case: Case, cause: Cause) -> tuple[Sentence, ...]:
    """What is known of the damage: conversions and money by the two logs, failed attempts, or the one at hand."""
    told = (*_of_books(case), *_of_attempts(case))
    money = f"{case.facts.payout} {case.facts.currency}".strip()
    if told or not case.facts.payout or cause.step == "upload":
        return told
    return (Sentence(THIS_ONE, {"money": money}),)


def _of_books(case: Case) -> Iterator[Sentence]:
    found = compared(case)
    if found is None:
        return
    lone = found.books.tracker.lone_inside + found.books.partner.lone_inside
    if lone:
        money = found.money("only_tracker", "only_partner")
        yield Sentence(LONE_ONLY if money == "—" else LONE, {"n": str(lone), "money": money})
    twice = found.count("duplicate_tracker") + found.count("duplicate_partner")
    if twice:
        yield Sentence(TWICE, {"n": str(twice), "money": found.money("duplicate_tracker", "duplicate_partner")})
    if found.count("payout_differs"):
        yield Sentence(DIFFER, {"n": str(found.count("payout_differs")), "money": found.both("payout_differs")})


def _of_attempts(case: Case) -> Iterator[Sentence]:
    logs = case.logs()
    file = logs.source("attempt_log") if logs else None
    spans = file.of("time") if file else ()
    failed, rows = sum(span.lack for span in spans), sum(span.rows for span in spans)
    if failed:
        yield Sentence(FAILED, {"failed": str(failed), "rows": str(rows)})
