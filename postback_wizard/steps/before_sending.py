"""What somebody should know before a callback is sent: where it goes, what it may repeat, what is left to clean up."""

from collections.abc import Iterator, Sequence

from postback_wizard.catalogue import platform, platform_ids
from postback_wizard.domain.case import Case
from postback_wizard.domain.endpoint_kind import kind_of
from postback_wizard.domain.probe import DnsEvidence, Evidence, HttpProbe
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

ADDRESS = Text(en="Address: {addresses}. {kind}", ru="Адрес: {addresses}. {kind}")
THROUGH = Text(en="Through the proxy {proxy}. {kind}", ru="Через прокси {proxy}. {kind}")
KINDS = {
    "production": Text(
        en="Nothing about {host} says test: take it for production.",
        ru="Ничто в {host} не говорит о тесте: считайте его рабочим.",
    ),
    "staging": Text(en="{host} looks like a test server.", ru="{host} похож на тестовый сервер."),
    "private": Text(
        en="{host} is a private address, not on the public internet.", ru="{host} — непубличный, внутренний адрес."
    ),
}
NO_ADDRESS = Text(en="not looked up", ru="не запрашивался")
SAME_ID = Text(
    en="This click or transaction was already sent from this machine: {times}.",
    ru="Этот клик или транзакция уже отправлялись с этого компьютера: {times}.",
)
REPEAT_RULE = Text(en="Repeats at {receiver}: {rule}", ru="Повторы у {receiver}: {rule}")
NO_REPEAT_RULE = Text(
    en="How {receiver} treats a repeat is not known here: it may count twice.",
    ru="Как {receiver} поступает с повтором, здесь неизвестно: его могут засчитать дважды.",
)
NO_RECEIVER = Text(
    en="How the receiver treats a repeat is not known here: it may count twice.",
    ru="Как получатель поступает с повтором, здесь неизвестно: его могут засчитать дважды.",
)
CLEAN_UP = Text(
    en="Note the minute of sending: without a click or transaction ID the test conversion is found by time only.",
    ru="Запомните минуту отправки: без click ID и ID транзакции тестовую конверсию можно найти только по времени.",
)


def identifiers_of(case: Case) -> tuple[str, ...]:
    """The values by which the same conversion is known in any request."""
    return tuple(value for value in (case.facts.click_id, case.facts.transaction_id) if len(value) > 3)


def where_to(probe: HttpProbe, case: Case, heard: Sequence[Evidence], lang: str) -> str:
    """The resolved addresses and what kind of host it is, in one line."""
    host = split_url(probe.url).host
    found = next((item for item in heard if isinstance(item, DnsEvidence)), None)
    addresses = found.addresses if found else ()
    kind = KINDS[kind_of(host, addresses)].say(lang, host=host)
    if case.facts.proxy:
        proxy = split_url(case.facts.proxy)
        return THROUGH.say(lang, proxy=proxy.host + proxy.port, kind=kind)
    return ADDRESS.say(lang, addresses=", ".join(addresses) or NO_ADDRESS.say(lang), kind=kind)


def repeats(case: Case, lang: str, *, repeated: bool) -> str:
    """What the receiver's documentation says it does with a repeat; where it says nothing, a warning for repeats."""
    receiver = case.facts.receiver or case.facts.network
    known = platform(receiver) if receiver in platform_ids() else None
    if known is not None and known.duplicate_rule is not None:
        rule = known.duplicate_rule.value
        return REPEAT_RULE.say(lang, receiver=known.name, rule=rule.ru if lang == "ru" else rule.en)
    if not repeated:
        return ""
    named = known.name if known else receiver
    return NO_REPEAT_RULE.say(lang, receiver=named) if named else NO_RECEIVER.say(lang)


def preview(
    probe: HttpProbe, case: Case, heard: Sequence[Evidence], same: Sequence[str], lang: str, *, repeated: bool = False
) -> Iterator[str]:
    """Everything worth knowing before the yes, a line each.

    ``same`` is when the same conversion was sent before, ``repeated`` whether this very request was.
    """
    yield where_to(probe, case, heard, lang)
    if same:
        yield SAME_ID.say(lang, times=", ".join(same))
    rule = repeats(case, lang, repeated=repeated or bool(same))
    if rule:
        yield rule
    if not identifiers_of(case):
        yield CLEAN_UP.say(lang)
