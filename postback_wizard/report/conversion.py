"""One conversion with the IDs every party knows it by, under the names the reader has for them."""

from collections.abc import Iterator

from postback_wizard.catalogue import Platform
from postback_wizard.domain.case import Case
from postback_wizard.domain.identifiers import AD_CLICK_IDS
from postback_wizard.domain.ledger import carrier, ledger
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import clock, read_moment
from postback_wizard.report import phrases
from postback_wizard.report.addressee import addressee, their_name
from postback_wizard.report.diagnosis import Diagnosis
from postback_wizard.report.md import cell, heading, prose, table, words
from postback_wizard.steps.words import origin

YOURS = Text(en="With you it is called", ru="Как это называется у вас")
IN_REQUEST = Text(en="Parameter", ru="Параметр")
NOT_KNOWN = Text(en="not known to us", ru="нам неизвестно")
WRITTEN_FOR = Text(
    en="Names in the third column are those of {platform}.", ru="Названия в третьем столбце — как в {platform}."
)
TIMES = {
    "click_time": Text(en="time of the click, UTC", ru="время клика, UTC"),
    "conversion_time": Text(en="time of the conversion, UTC", ru="время конверсии, UTC"),
    "attempt_time": Text(en="time of the postback, UTC", ru="время постбека, UTC"),
}
_PARTY = ("source", "tracker", "network", "ad_platform", "sender", "receiver")
_VALUES = (
    *(("tracker", "click_id"), ("network", "transaction_id"), ("all", "offer"), ("all", "goal"), ("all", "status")),
    *(("all", "payout"), ("all", "currency")),
)
_CARRIED = ("click_id", "transaction_id", "status", "payout", "currency")

Row = tuple[str, str, str, str, str]


def conversion(case: Case, diagnosis: Diagnosis, lang: str) -> Iterator[str]:
    """A table of every ID, amount and time, with what is not known named as such."""
    partner = addressee(case, diagnosis)
    yield heading(2, words(phrases.CONVERSION.say(lang)))
    named = YOURS if partner else IN_REQUEST
    head = [words(text.say(lang)) for text in (phrases.PARTY, phrases.KIND, named, phrases.VALUE, phrases.ORIGIN)]
    yield table(head, _rows(case, partner, lang))
    if partner:
        yield prose(WRITTEN_FOR, lang, platform=partner.name)


def _rows(case: Case, partner: Platform | None, lang: str) -> Iterator[Row]:
    for party, fact in _VALUES:
        yield _row(case, lang, party, fact, _name(case, partner, fact))
    yield from _ad_click_ids(case, lang)
    if case.facts.dataset_id:
        yield _row(case, lang, "ad_platform", "dataset_id", "")
    for fact, said in TIMES.items():
        yield _time(case, lang, fact, said)
    for fact in _PARTY:
        if case.facts.get(fact):
            yield _row(case, lang, fact, fact, "", phrases.NAMES["id"])


def _name(case: Case, partner: Platform | None, fact: str) -> str:
    """The partner's own word, or the parameter of the request."""
    if partner is None:
        return carrier(case, fact) if fact in _CARRIED else ""
    return their_name(case, partner, fact)


def _row(case: Case, lang: str, party: str, fact: str, named: str, kind: Text | None = None) -> Row:
    value = case.facts.get(fact)
    shown = cell(value) if value else words(NOT_KNOWN.say(lang))
    what = (kind or phrases.NAMES[fact]).say(lang)
    return words(phrases.PARTIES[party].say(lang)), words(what), _named(named), shown, _origin(case, fact, lang)


def _ad_click_ids(case: Case, lang: str) -> Iterator[Row]:
    for row in ledger(case):
        if row.name.lower() in AD_CLICK_IDS:
            value = next(seen.value for seen in row.seen if seen.value is not None)
            who, what = phrases.PARTIES["ad_platform"].say(lang), phrases.NAMES["ad_click_id"].say(lang)
            yield words(who), words(what), cell(row.name), cell(value), ""


def _time(case: Case, lang: str, fact: str, said: Text) -> Row:
    told = case.facts.get(fact)
    moment = read_moment(told)
    shown = cell(clock(moment.utc) if moment else told) if told else words(NOT_KNOWN.say(lang))
    return words(phrases.PARTIES["all"].say(lang)), words(said.say(lang)), "", shown, _origin(case, fact, lang)


def _origin(case: Case, fact: str, lang: str) -> str:
    return words(origin(case.origins.get(fact, ""), lang)) if case.facts.get(fact) else ""


def _named(name: str) -> str:
    return cell(name) if name else ""
