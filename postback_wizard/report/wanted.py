"""What a partner's support asks for before it looks, what of it is missing, and where to get it."""

from collections.abc import Iterator
from dataclasses import dataclass

from postback_wizard.domain.case import Case
from postback_wizard.domain.identifiers import AD_CLICK_IDS
from postback_wizard.domain.ledger import ledger
from postback_wizard.domain.template import read_values
from postback_wizard.domain.text import Text
from postback_wizard.report.addressee import known_platform
from postback_wizard.report.words import Sentence

WHAT = {
    "click_id": Text(en="click ID", ru="click ID"),
    "transaction_id": Text(en="conversion ID (order, transaction)", ru="ID конверсии (заказ, транзакция)"),
    "offer": Text(en="offer or campaign ID", ru="ID оффера или кампании"),
    "conversion_time": Text(en="time of the conversion", ru="время конверсии"),
    "attempt_time": Text(en="time of the postback", ru="время постбека"),
    "payout": Text(en="payout", ru="выплата"),
    "currency": Text(en="currency", ru="валюта"),
    "request": Text(en="exact request", ru="точный запрос"),
    "answer": Text(en="exact answer", ru="точный ответ"),
    "ad_click_id": Text(en="ad click ID", ru="рекламный click ID"),
}
WHERE = {
    "click_id": Text(
        en="the click URL after the tracker's redirect, or the tracker's click log",
        ru="URL клика после редиректа трекера или лог кликов трекера",
    ),
    "transaction_id": Text(
        en="the advertiser's order, or the conversion log of the tracker or the network",
        ru="заказ у рекламодателя либо лог конверсий трекера или сети",
    ),
    "offer": Text(en="the offer's page at the network", ru="страница оффера в партнёрской сети"),
    "conversion_time": Text(
        en="the conversion log, with its time zone", ru="лог конверсий; укажите и часовой пояс времени"
    ),
    "attempt_time": Text(en="the sender's log of postbacks", ru="лог постбеков у отправителя"),
    "payout": Text(en="the conversion log or the offer's terms", ru="лог конверсий или условия оффера"),
    "currency": Text(en="the conversion log or the offer's terms", ru="лог конверсий или условия оффера"),
    "request": Text(
        en="the sender's log of postbacks, or step 3 with the template",
        ru="лог постбеков отправителя или шаг 3 по шаблону",
    ),
    "answer": Text(
        en="the sender's log of postbacks, or step 3 once it is sent",
        ru="лог постбеков отправителя или шаг 3 после отправки",
    ),
    "ad_click_id": Text(
        en="the click URL as the ad platform opened it (fbclid, gclid, ttclid …)",
        ru="URL клика, как его открыла рекламная платформа (fbclid, gclid, ttclid …)",
    ),
}
LACKS = Text(en="Missing: {what}. Where to get it: {where}.", ru="Не хватает: {what}. Где взять: {where}.")
REQUIRED = Text(
    en="The live request lacks {param}, which {platform} requires.",
    ru="В живом запросе нет параметра {param}, который требует {platform}.",
)
LOG_AT = Text(en="{platform} keeps its own log here: {where}.", ru="Свой лог {platform} ведёт здесь: {where}.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing a partner asks for that the case does not hold; ``name`` is a fact's or one of the keys of ``WHAT``."""

    name: str
    said: Sentence


def missing(case: Case) -> tuple[Wanted, ...]:
    """What should be found before a report goes out, the most asked for first; empty when it is complete."""
    return (*_facts(case), *_exchange(case), *_required(case))


def _facts(case: Case) -> Iterator[Wanted]:
    facts = case.facts
    names = ("click_id", "transaction_id", "conversion_time", "attempt_time", "offer", "payout", "currency")
    for name in names:
        if not facts.get(name) and not _logged(case, name):
            yield _lacks(name)
    if facts.ad_platform and not any(row.name.lower() in AD_CLICK_IDS for row in ledger(case)):
        yield _lacks("ad_click_id")


def _logged(case: Case, name: str) -> bool:
    """Whether a row of the logs tells what the facts do not."""
    logs = case.logs()
    role, column = {"attempt_time": ("attempt_log", "time"), "conversion_time": ("conversion_log", "time")}.get(
        name, ("conversion_log", name)
    )
    return logs is not None and any(row.values.get(column) for row in logs.rows(role))


def _exchange(case: Case) -> Iterator[Wanted]:
    facts, sent = case.facts, case.replayed()
    if sent is None and not facts.sent_request:
        yield _lacks("request")
    if (sent is None or sent.answer is None) and not (facts.answer_status or facts.answer_body):
        yield _lacks("answer")


def _required(case: Case) -> Iterator[Wanted]:
    receiver, sent = known_platform(case.facts.receiver), case.replayed()
    text = sent.request.url if sent else case.facts.sent_request
    if receiver is None or not text:
        return
    body = sent.request.body if sent else case.facts.body
    there = {value.name for value in read_values(text, body)}
    for param in receiver.accepts.required_params.value:
        if param not in there:
            yield Wanted(param, Sentence(REQUIRED, {"param": param, "platform": receiver.name}))


def _lacks(name: str) -> Wanted:
    said = Text(*(LACKS.say(lang, what=WHAT[name], where=WHERE[name]) for lang in ("en", "ru")))
    return Wanted(name, Sentence(said))
