"""What a trainee may answer: nothing is wrong, or one of a few faults for each step."""

from dataclasses import dataclass
from typing import Literal

from postback_wizard.domain.case import StepId
from postback_wizard.domain.text import Text

#: A step, or an empty text for "nothing is wrong".
Pick = StepId | Literal[""]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: the step at fault and the finding's code, both empty for a healthy chain."""

    step: Pick
    code: str
    label: Text


CHOICES: tuple[Choice, ...] = (
    Choice("", "", Text(en="Nothing is wrong: the chain works.", ru="Всё в порядке: цепочка работает.")),
    Choice(
        "click",
        "redirect-drops-query",
        Text(
            en="A redirect forgets the parameters, and the click ID with them.",
            ru="Редирект теряет параметры, а с ними и click ID.",
        ),
    ),
    Choice(
        "click",
        "click-id-altered",
        Text(
            en="The click ID arrives, but changed on the way.",
            ru="Click ID доходит, но по дороге меняется.",
        ),
    ),
    Choice(
        "click",
        "url-structure-broken",
        Text(
            en="A link on the way is put together wrongly, and its parameters are misread.",
            ru="Ссылка по пути собрана неверно, и её параметры читаются не так.",
        ),
    ),
    Choice(
        "click",
        "permanent-redirect-cached",
        Text(
            en="A redirect says “moved for good”, and browsers remember it.",
            ru="Редирект сообщает «перемещено навсегда», и браузеры это запоминают.",
        ),
    ),
    Choice(
        "event",
        "event-never-fired",
        Text(
            en="The order exists, but the tracker was never told about it.",
            ru="Заказ есть, но трекеру о нём не сообщили.",
        ),
    ),
    Choice(
        "event",
        "postback-url-missing",
        Text(
            en="The tracker has the conversion, but never tried to send a postback.",
            ru="Конверсия в трекере есть, но он не пытался отправить постбек.",
        ),
    ),
    Choice(
        "event",
        "postback-auto-disabled",
        Text(
            en="After failures in a row the sender switched the postback off by itself.",
            ru="После отказов подряд отправитель сам отключил постбек.",
        ),
    ),
    Choice(
        "event",
        "browser-strips-click-id",
        Text(
            en="One family of browsers takes the ad click ID off the link.",
            ru="Одно семейство браузеров убирает рекламный click ID из ссылки.",
        ),
    ),
    Choice(
        "event",
        "timezone-day-shift",
        Text(
            en="Both sides have the same sales and count their days in different time zones.",
            ru="Продажи у сторон одни и те же, но дни они считают в разных часовых поясах.",
        ),
    ),
    Choice(
        "event",
        "logs-payout-cents",
        Text(
            en="One side writes amounts in cents, the other in whole units.",
            ru="Одна сторона пишет суммы в центах, другая — в целых единицах.",
        ),
    ),
    Choice(
        "replay",
        "ok-status-not-recorded",
        Text(
            en="The partner answers HTTP 200 and refuses the conversion in the body.",
            ru="Партнёр отвечает HTTP 200, а в теле ответа отказывает.",
        ),
    ),
    Choice(
        "replay",
        "endpoint-timeout",
        Text(
            en="The partner does not answer in time.",
            ru="Партнёр не отвечает вовремя.",
        ),
    ),
    Choice(
        "replay",
        "scheme-or-redirect-on-endpoint",
        Text(
            en="The partner's address redirects, and postbacks end there.",
            ru="Адрес партнёра отвечает редиректом, и постбеки дальше не идут.",
        ),
    ),
    Choice(
        "replay",
        "bot-challenge",
        Text(
            en="A firewall takes the tracker for a robot and asks it for a browser.",
            ru="Файрвол принимает трекер за робота и требует от него браузер.",
        ),
    ),
    Choice(
        "replay",
        "rate-limited",
        Text(
            en="The partner takes only so many requests at a time.",
            ru="Партнёр ограничивает частоту запросов.",
        ),
    ),
    Choice(
        "replay",
        "http-method-mismatch",
        Text(
            en="The partner wants another HTTP method.",
            ru="Партнёр ждёт другой HTTP-метод.",
        ),
    ),
    Choice(
        "replay",
        "signature-mismatch",
        Text(
            en="The partner gets another signature than the tracker sends.",
            ru="У партнёра получается не та подпись, которую прислал трекер.",
        ),
    ),
    Choice(
        "template",
        "macro-literal",
        Text(
            en="A macro leaves as its own name instead of a value.",
            ru="Макрос уходит своим именем, без подставленного значения.",
        ),
    ),
    Choice(
        "template",
        "currency-mismatch",
        Text(
            en="The postback names another currency than the offer.",
            ru="Валюта в постбеке не та, что у оффера.",
        ),
    ),
    Choice(
        "template",
        "payout-static-or-overridden",
        Text(
            en="The amount is a fixed number, the same for every conversion.",
            ru="Сумма вписана числом, одинаковым для всех конверсий.",
        ),
    ),
    Choice(
        "template",
        "macro-braces-encoded",
        Text(
            en="The macros were saved percent-encoded, so nobody replaces them.",
            ru="Макросы сохранены в процентной кодировке, и их никто не подставляет.",
        ),
    ),
    Choice(
        "upload",
        "fbc-malformed",
        Text(
            en="The ad click ID in the server event has the wrong form.",
            ru="Идентификатор рекламного клика в серверном событии записан не по форме.",
        ),
    ),
    Choice(
        "upload",
        "upload-event-too-old",
        Text(
            en="The server event is sent too late for the ad platform.",
            ru="Серверное событие отправлено слишком поздно для рекламной платформы.",
        ),
    ),
    Choice(
        "upload",
        "upload-time-unit-or-zone",
        Text(
            en="The time of the server event is in another unit or time zone.",
            ru="Время серверного события — в другой единице или в другом часовом поясе.",
        ),
    ),
    Choice(
        "upload",
        "value-currency-invalid",
        Text(
            en="The ad platform cannot read the sum in the server event.",
            ru="Рекламная платформа не может прочитать сумму в серверном событии.",
        ),
    ),
    Choice(
        "upload",
        "upload-wrong-account",
        Text(
            en="The server event goes to somebody else's account.",
            ru="Серверное событие уходит в чужой кабинет.",
        ),
    ),
)
