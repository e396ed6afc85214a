"""Does the event tell the same conversion as the steps before?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.upload import Judged, lint_of, timed_events
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import read_moment

UPLOAD_DIFFERS = Rule(
    code="upload-differs",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.SENDER,
    title=Text(
        en="The event says {field} {sent}, this case says {known}.",
        ru="В событии {field} — {sent}, а в этом случае — {known}.",
    ),
    why=Text(
        en="The ad platform learns from what it is told. A sum of the sale beside a payout may be meant; another "
        "order, currency or a time whole hours off seldom is.",
        ru="Рекламная платформа учится на том, что ей сообщают. Сумма продажи рядом с выплатой может быть задумана; "
        "другой заказ, валюта или время со сдвигом на целые часы — вряд ли.",
    ),
    fix=Text(
        en="Ask the sender whether {field} is meant to differ; if not, let it take the value from the same order.",
        ru="Спросите у отправителя, должно ли {field} отличаться; если нет, пусть берёт значение из того же заказа.",
    ),
    settle=Text(
        en="The order in the shop, with its sum, currency and time.",
        ru="Заказ в магазине с его суммой, валютой и временем.",
    ),
)

_HOUR = 3600


def check(case: Case) -> Iterator[Finding]:
    """One finding for each field that differs; only an upload of one event is the one of this case."""
    found = lint_of(case)
    if found is None or len(found.events) != 1:
        return
    yield from _order(case, found)
    yield from _sum(case, found)
    yield from _time(case, found)


def _order(case: Case, found: Judged) -> Iterator[Finding]:
    order = case.facts.transaction_id.strip()
    fields = [
        path for path, source in (found.rules.sending.event if found.rules.sending else {}).items() if source == "order"
    ]
    sent = {path: text for path in fields for text in found.events[0].texts(path)}
    if order and sent and order not in sent.values():
        field, value = next(iter(sent.items()))
        yield UPLOAD_DIFFERS(f"upload_event: {field}", field=field, sent=value[:80], known=order[:80])


def _sum(case: Case, found: Judged) -> Iterator[Finding]:
    facts, event, rules = case.facts, found.events[0], found.rules
    sent = event.texts(rules.value) if rules.value else ()
    if facts.payout and sent and _number(sent[0]) != _number(facts.payout):
        yield UPLOAD_DIFFERS(f"upload_event: {rules.value}", field=rules.value, sent=sent[0], known=facts.payout)
    code = event.texts(rules.currency) if rules.currency else ()
    if facts.currency and code and code[0].upper() != facts.currency.strip().upper():
        yield UPLOAD_DIFFERS(
            f"upload_event: {rules.currency}", field=rules.currency, sent=code[0][:20], known=facts.currency
        )


def _time(case: Case, found: Judged) -> Iterator[Finding]:
    known = read_moment(case.facts.conversion_time) if case.facts.conversion_time else None
    for _, time in timed_events(found) if known else ():
        if known is None or time.seconds is None:
            continue
        apart = time.seconds - int(known.utc.timestamp())
        hours = round(apart / _HOUR)
        zone = bool(hours) and abs(hours) <= 14 and abs(apart - hours * _HOUR) <= 120
        if zone or abs(apart) > _HOUR:
            field = found.rules.time.field.lstrip("^?") if found.rules.time else ""
            yield UPLOAD_DIFFERS(
                f"upload_event: {field}",
                level=Level.WARN if zone else Level.INFO,
                field=field,
                sent=f"{time.written[:40]} ({hours:+d} h)" if zone else time.written[:40],
                known=case.facts.conversion_time,
            )


def _number(text: str) -> float | str:
    try:
        return round(float(text), 2)
    except ValueError:
        return text


EXAMPLES = {
    UPLOAD_DIFFERS: example(
        currency="EUR",
        upload_event='{"data": [{"event_name": "Lead", "event_time": 1772355600, "action_source": "system_generated", '
        '"user_data": {"fbc": "fb.1.1772355000000.IwAR0abc"}, "custom_data": {"value": 5, "currency": "USD"}}]}',
    )
}
