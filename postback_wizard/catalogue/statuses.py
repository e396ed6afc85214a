"""What a status word of a conversion means, in a platform's vocabulary and in everybody's."""

from typing import Literal

from postback_wizard.catalogue.names import find_platform

Meaning = Literal["approved", "pending", "rejected", ""]

_WORDS: dict[Meaning, str] = {
    "approved": "approved approve approval confirmed confirm accepted accept valid validated sale sold paid payed "
    "success successful ok completed complete done purchase dep deposit ftd rebill upsell delivered buyout closed 1 a "
    "подтвержден подтверждена подтверждено одобрен одобрена одобрено принят принята принято оплачен оплачена оплачено "
    "выкуплен выкуплена выкуп завершен завершена выполнен выполнена продажа успешно",
    "pending": "pending pend hold onhold held lead new wait waiting expect open processing inprogress review "
    "unconfirmed registered reg registration created submitted 2 p "
    "ожидает ожидание вожидании ожидаетподтверждения холд вхолде удержание новый новая лид вобработке обрабатывается "
    "впроцессе напроверке проверка регистрация",
    "rejected": "rejected reject declined decline cancelled canceled cancel trash invalid fail failed error "
    "refused denied void voided refund refunded chargeback returned duplicate scrubbed fraud 3 d "
    "отклонен отклонена отклонено отказ отказано отменен отменена отменено отмена аннулирован возврат треш трэш брак "
    "невалид невалидный дубль",
}
_NEUTRAL = {word: meaning for meaning, words in _WORDS.items() for word in words.split()}
#: Words that mean something else to one platform than to everybody.
_OWN: dict[tuple[str, str], Meaning] = {("terraleads", "accept"): "pending"}


def status_meaning(word: str, platform: str = "") -> Meaning:
    """What a status means; empty for a word no vocabulary knows. ``platform`` is an id or a name, or empty."""
    plain = _plain(word)
    found = find_platform(platform) if platform else None
    if found:
        if (found.id, plain) in _OWN:
            return _OWN[found.id, plain]
        for entry in found.status_values.value if found.status_values else ():
            code, equals, meant = entry.partition("=")
            if equals and _plain(code) == plain:
                return _NEUTRAL.get(_plain(meant), "")
    return _NEUTRAL.get(plain, "")


def _plain(word: str) -> str:
    return "".join(letter for letter in word.casefold().replace("ё", "е") if letter.isalnum())
