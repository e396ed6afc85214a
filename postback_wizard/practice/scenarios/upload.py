"""The server event for the ad platform."""

from postback_wizard.domain.text import Text
from postback_wizard.practice.faults import Faults
from postback_wizard.practice.scenarios.scenario import Scenario

UPLOAD: tuple[Scenario, ...] = (
    Scenario(
        name="blind-campaign",
        title=Text(
            en="Sales are paid, yet the ads manager credits almost none.",
            ru="Продажи оплачены, а рекламный кабинет их почти не видит.",
        ),
        story=Text(
            en="The partner pays and has no complaints. The ad platform takes every purchase without an error, and "
            "still the campaign does not learn. The developer says the ad click is sent along.",
            ru="Партнёр платит и не жалуется. Рекламная платформа принимает все покупки без ошибок, но кампания "
            "так и не обучается. Разработчик говорит, что рекламный клик передаётся.",
        ),
        step="upload",
        code="fbc-malformed",
        explanation=Text(
            en="The server event carries the bare fbclid in the field fbc. The platform accepts it and cannot use it: "
            "the value has to be built as fb.1, the time of the click in milliseconds and the untouched fbclid, "
            "with dots between them. Everything before the upload is healthy.",
            ru="В поле fbc серверного события лежит голый fbclid. Платформа такое принимает, но использовать "
            "не может: значение собирается из fb.1, времени клика в миллисекундах и нетронутого fbclid, через "
            "точки. Всё до выгрузки исправно.",
        ),
        faults=Faults(tracker_sends_bare_fbclid=True),
    ),
    Scenario(
        name="far-future",
        title=Text(
            en="Events moved to a faster library. Now nothing is counted.",
            ru="События перевели на новую библиотеку. За сегодня ничего нет.",
        ),
        story=Text(
            en="Every purchase goes out within a second, and the log of the sender is spotless. Somebody has seen one "
            "of our events with a date nobody alive will see.",
            ru="Каждая покупка уходит за секунду, в логе отправителя ни одной ошибки. Кто-то видел наше событие с "
            "датой, до которой никто из живущих не доживёт.",
        ),
        step="upload",
        code="upload-time-unit-or-zone",
        explanation=Text(
            en="The new library writes event_time in milliseconds, thirteen digits, and the platform reads seconds: "
            "the purchase lands tens of thousands of years ahead. Divide by 1000 where the event is built; everything "
            "before it is healthy.",
            ru="Новая библиотека пишет event_time в миллисекундах, тринадцать цифр, а платформа читает секунды: "
            "покупка уезжает на десятки тысяч лет вперёд. Делите на 1000 там, где собирается событие; всё до него "
            "исправно.",
        ),
        faults=Faults(tracker_sends_milliseconds=True),
    ),
    Scenario(
        name="generous-comma",
        title=Text(
            en="The campaign hunts big spenders. Our sales count as nothing.",
            ru="Кампания ищет щедрых, а наши продажи для неё ничего не стоят.",
        ),
        story=Text(
            en="Sales arrive, the number is right, the money is not. The accountant's new settings look better than "
            "ever in every report of ours.",
            ru="Продажи приходят, их число верно, а денег нет. С новыми настройками бухгалтера все наши отчёты "
            "выглядят лучше прежнего.",
        ),
        step="upload",
        code="value-currency-invalid",
        explanation=Text(
            en="The amount leaves as a text with a decimal comma. People read it, the platform does not: it takes a "
            "plain number with a point. Format sums for people only where people read them.",
            ru="Сумма уходит текстом с десятичной запятой. Люди её прочтут, платформа — нет: ей нужно число с точкой. "
            "Оформляйте суммы для людей только там, где их читают люди.",
        ),
        faults=Faults(tracker_writes_comma=True),
    ),
    Scenario(
        name="good-neighbour",
        title=Text(
            en="The platform answers 200 to all. Our ads never sold a thing.",
            ru="Платформа на всё отвечает 200, а реклама не продаёт.",
        ),
        story=Text(
            en="The campaign was copied from a neighbour's that had done well. The developer hands over a whole "
            "request as it leaves; the ID of our own dataset stands in the case.",
            ru="Кампанию скопировали с соседней, удачной. Разработчик передал запрос целиком, как он уходит; ID нашего "
            "набора данных указан в случае.",
        ),
        step="upload",
        code="upload-wrong-account",
        explanation=Text(
            en="The request names the neighbour's dataset in its address. The event is well formed and is received, in "
            "an account whose ads did not bring the click. Put the dataset of these ads into the address.",
            ru="В адресе запроса стоит набор данных соседа. Событие собрано верно и принято, но в кабинете, чьи "
            "объявления этого клика не приводили. Укажите в адресе набор данных этих объявлений.",
        ),
        faults=Faults(tracker_posts_elsewhere=True),
    ),
)
