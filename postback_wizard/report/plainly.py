"""What broke, for a reader who has never seen a postback: one sentence for each kind of wrong."""

from collections.abc import Mapping

from postback_wizard.domain.case import Case, StepId
from postback_wizard.domain.text import Text
from postback_wizard.report.blame import wrongs_of
from postback_wizard.report.diagnosis import Diagnosis
from postback_wizard.report.words import Sentence

_NO_NUMBER = Text(
    en="The report of the sale reached the partner without the visitor's number, so nobody is credited for it.",
    ru="Сообщение о продаже пришло партнёру без номера посетителя, поэтому продажа никому не засчитана.",
)
_LOST = Text(
    en="The visitor's number was lost between the ad and the shop, so the sale cannot be credited.",
    ru="По дороге от рекламы до магазина потерялся номер посетителя, поэтому продажу не засчитать.",
)
_NOT_SENT = Text(
    en="The sale was made, but no report of it was sent.", ru="Продажа состоялась, но сообщение о ней не отправлено."
)
_AMOUNT = Text(en="The amount of the sale is reported wrongly.", ru="Сумма продажи передаётся неверно.")
_UNHEARD = Text(
    en="The partner's server does not take the report of the sale.",
    ru="Сервер партнёра не принимает сообщение о продаже.",
)
_LATE = Text(
    en="The two sides date the same sales differently, so their days do not agree.",
    ru="Стороны по-разному датируют одни и те же продажи, поэтому итоги по дням не сходятся.",
)
_REFUSED = Text(en="The partner refuses the report of the sale.", ru="Партнёр отклоняет сообщение о продаже.")
#: The first wrong that a fault brings is the one that is told.
PLAIN: Mapping[str, Text] = {
    "visitor-lost": Text(
        en="Visitors do not reach the shop: a page on the way sends them nowhere.",
        ru="Посетители не доходят до магазина: одна из страниц по дороге никуда не ведёт.",
    ),
    "id-lost": _LOST,
    "id-changed": Text(
        en="The visitor's number changed on the way, so the sale belongs to nobody.",
        ru="Номер посетителя изменился по дороге, поэтому продажа ничья.",
    ),
    "id-wrong": _NO_NUMBER,
    "id-absent": _NO_NUMBER,
    "ad-id-lost": Text(
        en="The ad's own number was lost on the way, so the ad platform cannot credit the sale to an ad.",
        ru="По дороге потерялась метка рекламы, поэтому рекламная платформа не может отнести продажу к объявлению.",
    ),
    "no-conversion": Text(en="No sale was recorded for this visit.", ru="По этому визиту продажа не записана."),
    "held": Text(
        en="The sale waits for approval; it is reported only then.",
        ru="Продажа ждёт подтверждения, сообщение о ней уйдёт только после него.",
    ),
    "switched-off": Text(
        en="Reports of sales are switched off after many failures.",
        ru="Отправка сообщений о продажах отключена после многих сбоев.",
    ),
    "amount-wrong": _AMOUNT,
    "amount-differs": _AMOUNT,
    "currency-wrong": Text(en="The sale is reported in a wrong currency.", ru="Продажа передаётся не в той валюте."),
    "status-wrong": Text(
        en="The partner does not understand the state in which the sale is reported.",
        ru="Партнёр не понимает, в каком состоянии передаётся продажа.",
    ),
    "goal-wrong": Text(
        en="The partner does not know the kind of sale that is reported.",
        ru="Партнёр не знает вида продажи, о котором ему сообщают.",
    ),
    "order-wrong": Text(
        en="The order's number is not reported properly, so two sales can be taken for one.",
        ru="Номер заказа передаётся неверно, поэтому две продажи можно принять за одну.",
    ),
    "twice": Text(en="Some sales are counted more than once.", ru="Часть продаж посчитана больше одного раза."),
    "repeat-refused": Text(
        en="A later sale of the same visitor is taken for a repetition and not counted.",
        ru="Следующая продажа того же посетителя принята за повтор и не посчитана.",
    ),
    "clock-wrong": _LATE,
    "day-differs": _LATE,
    "late": Text(en="Reports of sales arrive with a delay.", ru="Сообщения о продажах приходят с задержкой."),
    "gap-seen": Text(en="The two sides' lists do not hold the same sales.", ru="В списках двух сторон разные продажи."),
    "undelivered": _UNHEARD,
    "attempt-failed": Text(
        en="The partner got the report of the sale, but its answer is taken for a failure.",
        ru="Партнёр получил сообщение о продаже, но его ответ считают сбоем.",
    ),
    "param-absent": Text(
        en="The report of the sale lacks something the partner requires.",
        ru="В сообщении о продаже нет того, что требует партнёр.",
    ),
    "refused": _REFUSED,
    "no-attempt": _NOT_SENT,
    "unmatched": Text(
        en="The partner does not recognise the visit this sale came from.",
        ru="Партнёр не узнаёт визит, с которого пришла продажа.",
    ),
    "uncounted": Text(
        en="The partner got the report of the sale and did not count it.",
        ru="Партнёр получил сообщение о продаже, но не посчитал её.",
    ),
}
_UPLOAD = Text(
    en="The ad platform does not get this sale the way it needs it, so the ads are not credited.",
    ru="Рекламная платформа получает эту продажу не так, как ей нужно, поэтому реклама за неё не засчитана.",
)
#: Faults whose own wrongs say less than this.
OF_CODE: Mapping[str, Text] = {
    "tracking-domain-mismatch": _REFUSED,
    "wrong-account-or-offer-id": _REFUSED,
    "receiver-5xx-block": _UNHEARD,
}
#: Where no wrong tells.
OF_STEP: Mapping[StepId, Text] = {
    "click": Text(
        en="Something is wrong on the way from the ad to the shop.",
        ru="Что-то не так на пути от рекламы до магазина.",
    ),
    "event": Text(
        en="Something is wrong with how the sale is recorded.", ru="Что-то не так с тем, как записана продажа."
    ),
    "template": Text(en="The report of the sale is not set up properly.", ru="Сообщение о продаже настроено неверно."),
    "replay": Text(
        en="The partner's answer to the report of the sale is not what it should be.",
        ru="Партнёр отвечает на сообщение о продаже не так, как должен.",
    ),
    "upload": _UPLOAD,
}


def plainly(case: Case, found: Diagnosis) -> Sentence:
    """The headline without a word of the trade; the usual one where nothing is wrong."""
    if found.finding is None or found.step is None:
        return found.headline
    wrongs = wrongs_of(case, found.finding) if found.step != "upload" else frozenset()
    told = OF_CODE.get(found.finding.code) or next(
        (text for wrong, text in PLAIN.items() if wrong in wrongs), OF_STEP[found.step]
    )
    return Sentence(told)
