"""The template of the postback."""

from postback_wizard.domain.text import Text
from postback_wizard.practice.faults import TEMPLATE as HEALTHY_TEMPLATE
from postback_wizard.practice.faults import Faults
from postback_wizard.practice.scenarios.scenario import Scenario

TEMPLATE: tuple[Scenario, ...] = (
    Scenario(
        name="tidy-colleague",
        title=Text(
            en="Two hours ago all was fine. Now our conversions are rubbish.",
            ru="Два часа назад всё считалось. Теперь наши конверсии — мусор.",
        ),
        story=Text(
            en="A colleague tidied up some settings and went on holiday. The earlier rows of the logs "
            "look fine; the newest purchase was made on purpose.",
            ru="Коллега навёл порядок в настройках и ушёл в отпуск. Прежние строки логов выглядят хорошо, "
            "последняя покупка сделана для проверки.",
        ),
        step="template",
        code="macro-literal",
        explanation=Text(
            en="The edited template asks for {{click_id}}, but this tracker only knows {{clickid}}. An unknown macro "
            "is not replaced: its name travelled to the partner in place of the click ID, and the partner has no such "
            "click. Put the old macro back, then send the postback again.",
            ru="В изменённом шаблоне стоит {{click_id}}, а этот трекер знает только {{clickid}}. Незнакомый макрос не "
            "подставляется: вместо click ID партнёру ушло его имя, и такого клика у партнёра нет. Верните прежний "
            "макрос и отправьте постбек ещё раз.",
        ),
        faults=Faults(template=HEALTHY_TEMPLATE.replace("{clickid}", "{click_id}")),
    ),
    Scenario(
        name="exchange-office",
        title=Text(
            en="Every sale arrives, yet each week we are a tenth short.",
            ru="Все продажи доходят, а доход на десятую часть меньше.",
        ),
        story=Text(
            en="Both sides count the same number of sales. The accountant adds up the amounts and finds that the "
            "partner books less than the offer pays. Nobody changed a price.",
            ru="Число продаж у обеих сторон одинаковое. Бухгалтер складывает суммы и видит, что партнёр записывает "
            "меньше, чем платит оффер. Цен никто не менял.",
        ),
        step="template",
        code="currency-mismatch",
        explanation=Text(
            en="The template names euros as a fixed word, while the conversion is paid in dollars: the partner "
            "converts an amount that needed no converting. Put the macro {{currency}} back, so that each conversion "
            "names its own.",
            ru="В шаблоне постоянно стоят евро, а конверсия оплачена в долларах: партнёр пересчитывает сумму, которую "
            "пересчитывать не нужно. Верните макрос {{currency}}, чтобы каждая конверсия называла свою валюту.",
        ),
        faults=Faults(template=HEALTHY_TEMPLATE.replace("{currency}", "EUR")),
    ),
    Scenario(
        name="round-numbers",
        title=Text(
            en="A new tariff since Monday. The partner does not seem to know.",
            ru="С понедельника новый тариф. Партнёр об этом будто не знает.",
        ),
        story=Text(
            en="Sales arrive and are booked at once. In the tracker they have their new price, in the partner's report "
            "all of them look alike.",
            ru="Продажи доходят и сразу записываются. В трекере у них новая цена, в отчёте партнёра все они одинаковы.",
        ),
        step="template",
        code="payout-static-or-overridden",
        explanation=Text(
            en="Somebody typed the old price into the template in place of the macro {{payout}}. The partner books "
            "what it is told, the same for every sale. Put the macro back.",
            ru="Кто-то вписал в шаблон старую цену вместо макроса {{payout}}. Партнёр записывает то, что ему сказали, "
            "для всех продаж одно и то же. Верните макрос.",
        ),
        faults=Faults(template=HEALTHY_TEMPLATE.replace("{payout}", "10.00")),
    ),
    Scenario(
        name="copied-from-chat",
        title=Text(
            en="The manager pasted what you sent. Zero conversions since.",
            ru="Менеджер вставил ровно то, что вы прислали. И ноль конверсий.",
        ),
        story=Text(
            en="The address went through a messenger and a browser before it was saved. In the settings it looks a "
            "little longer than before, but every word is there.",
            ru="Прежде чем адрес сохранили, он прошёл через мессенджер и браузер. В настройках он стал немного "
            "длиннее, но все слова на месте.",
        ),
        step="template",
        code="macro-braces-encoded",
        explanation=Text(
            en="On its way through the address bar the brackets became %7B and %7D. The tracker looks for {{clickid}} "
            "with plain brackets, finds none, and sends the text along as it is. Write the brackets back and save.",
            ru="По пути через адресную строку скобки превратились в %7B и %7D. Трекер ищет {{clickid}} с обычными "
            "скобками, не находит и отправляет текст как есть. Верните скобки и сохраните.",
        ),
        faults=Faults(template=HEALTHY_TEMPLATE.replace("{clickid}", "%7Bclickid%7D")),
    ),
)
