"""Step 2: did the conversion happen, and was a postback attempted?"""

from collections.abc import Mapping, Sequence

from postback_wizard.checks.event import exact_rows, first_time, is_real_id
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import Evidence, LogEvidence, LogFile, LogProbe, LogRow, Probe
from postback_wizard.domain.reconciliation import ROLES
from postback_wizard.domain.step import Field, Settings, Step
from postback_wizard.domain.text import Text

#: In this order, so that the other ID of a conversion is looked for among the clicks and the attempts.
LOGS = ("conversion_log", "click_log", "partner_log", "attempt_log")
_KEYS = frozenset(("click_id", "transaction_id"))


def _plan(case: Case, heard: Sequence[Evidence], _settings: Settings) -> Sequence[Probe]:
    facts = case.facts
    files = tuple(LogFile(role, facts.get(role)) for role in LOGS if facts.get(role))
    if heard:
        return _comparison(case, heard)
    if not files:
        return ()
    click_id = facts.click_id if is_real_id(facts.click_id) else ""
    return (LogProbe("lookup", files, click_id, facts.transaction_id, facts.columns),)


def _comparison(case: Case, heard: Sequence[Evidence]) -> Sequence[Probe]:
    """Once both sides' conversions could be read and have a column in common, they are compared in full."""
    facts, logs = case.facts, [item for item in heard if isinstance(item, LogEvidence)]
    sources = [logs[0].source(role) for role in ROLES] if len(logs) == 1 else []
    read = [source for source in sources if source is not None and source.rows]
    if len(read) < len(ROLES) or not _KEYS.intersection(*(source.columns for source in read)):
        return ()
    return (comparison_of(facts),)


def comparison_of(facts: Facts) -> LogProbe:
    """The question how the two sides' conversions compare, as the facts name their files and platforms."""
    files = tuple(LogFile(role, facts.get(role)) for role in ROLES)
    platforms = {"conversion_log": facts.tracker, "partner_log": facts.network or facts.receiver}
    return LogProbe("reconcile", files, columns=facts.columns, platforms=platforms)


def _derive(_case: Case, heard: Sequence[Evidence]) -> Mapping[str, str]:
    logs = next((item for item in heard if isinstance(item, LogEvidence)), None)
    conversions = exact_rows(logs, "conversion_log") or exact_rows(logs, "partner_log")
    attempts = exact_rows(logs, "attempt_log")
    learned = {
        name: _first(conversions, name) or _first(attempts, name)
        for name in ("transaction_id", "payout", "currency", "status", "goal")
    }
    learned["click_id"] = next((text for row in conversions if is_real_id(text := row.values.get("click_id", ""))), "")
    learned["click_time"] = first_time(logs, "click_log")
    learned["conversion_time"] = first_time(logs, "conversion_log", "partner_log")
    learned |= _attempt(attempts)
    return {name: value for name, value in learned.items() if value}


def _attempt(rows: Sequence[LogRow]) -> dict[str, str]:
    """The last attempt: what was sent and what came back belong to one row."""
    last = next((row.values for row in reversed(rows) if "url" in row.values), rows[-1].values if rows else {})
    names = {"sent_request": "url", "method": "method", "body": "body", "attempt_time": "time"}
    names |= {"answer_status": "answer_status", "answer_body": "answer_body"}
    return {fact: last.get(name, "") for fact, name in names.items()}


def _first(rows: Sequence[LogRow], name: str) -> str:
    return next((row.values[name] for row in rows if row.values.get(name)), "")


_FIELDS = (
    Field(
        "conversion_seen",
        Text(en="Is the conversion recorded?", ru="Конверсия записана?"),
        Text(
            en="See the sender's conversion report. A log below answers it too.",
            ru="Посмотрите отчёт о конверсиях у отправителя. Лог ниже тоже ответит.",
        ),
        form="yes-no",
    ),
    Field(
        "attempt_seen",
        Text(en="Was a postback attempted?", ru="Попытка постбека была?"),
        Text(
            en="See the sender's postback log: any attempt counts, failed ones too.",
            ru="Посмотрите лог постбеков отправителя: считается любая попытка.",
        ),
        form="yes-no",
    ),
    Field(
        "transaction_id",
        Text(en="Transaction or order ID", ru="ID транзакции или заказа"),
        Text(
            en="The number of the order or conversion, as the advertiser writes it.",
            ru="Номер заказа или конверсии так, как его пишет рекламодатель.",
        ),
        "ORD-1042",
    ),
    Field(
        "click_id",
        Text(en="Click ID", ru="Click ID"),
        Text(
            en="The ID the tracker gave to the click; step 1 fills it when it finds it.",
            ru="ID, который трекер выдал клику; шаг 1 заполнит его, если найдёт.",
        ),
        "w7k2p9q4",
    ),
    Field(
        "click_log",
        Text(en="Click log", ru="Лог кликов"),
        Text(
            en="Path of the tracker's click export: CSV, TSV or one JSON object a line. Columns are recognised.",
            ru="Путь к выгрузке кликов из трекера: CSV, TSV или по одному объекту JSON в строке. Столбцы распознаются.",
        ),
        "clicks.csv",
        form="path",
    ),
    Field(
        "conversion_log",
        Text(en="Conversion log", ru="Лог конверсий"),
        Text(
            en="Path of the tracker's or network's conversion export.",
            ru="Путь к выгрузке конверсий трекера или сети.",
        ),
        "conversions.csv",
        form="path",
    ),
    Field(
        "attempt_log",
        Text(en="Log of postback attempts", ru="Лог попыток постбека"),
        Text(
            en="Path of the sender's postback log: time, URL, answer.",
            ru="Путь к логу постбеков отправителя: время, URL, ответ.",
        ),
        "postbacks.csv",
        form="path",
    ),
    Field(
        "partner_log",
        Text(en="Partner's log", ru="Лог партнёра"),
        Text(
            en="Path of the other side's export: its conversions, or the orders of the shop or CRM.",
            ru="Путь к выгрузке другой стороны: её конверсии или заказы магазина, CRM.",
        ),
        "partner.csv",
        form="path",
    ),
    Field(
        "conversion_time",
        Text(en="Time of the conversion", ru="Время конверсии"),
        Text(
            en="ISO 8601 with the offset; without one UTC is taken.",
            ru="ISO 8601 со смещением; без него принимается UTC.",
        ),
        "2026-03-01T10:00:00+03:00",
        more=True,
    ),
    Field(
        "attempt_time",
        Text(en="Time of the attempt", ru="Время попытки"),
        Text(en="ISO 8601, as above.", ru="ISO 8601, как выше."),
        "2026-03-01T10:00:05+03:00",
        more=True,
    ),
    Field(
        "status",
        Text(en="Status", ru="Статус"),
        Text(en="The conversion's status in the sender's words.", ru="Статус конверсии словами отправителя."),
        "approved",
        more=True,
    ),
    Field(
        "payout",
        Text(en="Payout", ru="Выплата"),
        Text(en="The amount, with a point for decimals.", ru="Сумма; дробная часть через точку."),
        "12.50",
        more=True,
    ),
    Field(
        "currency",
        Text(en="Currency", ru="Валюта"),
        Text(en="Three letters of ISO 4217.", ru="Три буквы по ISO 4217."),
        "USD",
        more=True,
    ),
    Field(
        "goal",
        Text(en="Goal or event", ru="Цель или событие"),
        Text(
            en="The goal's name or number, where the offer has several.",
            ru="Название или номер цели, если у оффера их несколько.",
        ),
        "deposit",
        more=True,
    ),
)

EVENT = Step(
    id="event",
    title=Text(en="Event", ru="Событие"),
    question=Text(
        en="Did the conversion happen, and was a postback attempted?",
        ru="Произошла ли конверсия и была ли попытка постбека?",
    ),
    why=Text(
        en="A postback nobody tried to send cannot be mended at the receiver. Answer what you can see, or name the "
        "exported logs: the rows of this click are looked up in them, and nothing leaves this computer.",
        ru="Если постбек никто не пытался отправить, у получателя чинить нечего. Ответьте, что видите, или укажите "
        "выгрузки логов: в них найдутся строки этого клика; файлы не покидают этот компьютер.",
    ),
    run=Text(en="Look it up", ru="Найти в логах"),
    fields=_FIELDS,
    reads=(
        *("conversion_seen", "attempt_seen", "transaction_id", "click_id", *LOGS, "columns"),
        *("click_time", "conversion_time", "attempt_time"),
        *("tracker", "network", "receiver", "ad_platform", "source", "click_url", "sent_request", "upload_event"),
    ),
    needs=("conversion_seen", "attempt_seen", *LOGS),
    weighs=("partner_message", "answer_body", "status", "goal", "offer", "sender"),
    plan=_plan,
    derive=_derive,
    checks="event",
)
